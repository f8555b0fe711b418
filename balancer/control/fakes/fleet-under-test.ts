import type { Log } from '../../core/log.ts';
import { MemoryStore } from '../../core/memory-store.ts';
import type { Store } from '../../core/store.ts';
import { FakeClock, settle } from '../../testing/fake-clock.ts';
import type { FixedWebhook } from '../alerts/webhook-desk.ts';
import { type RunningControl, startControl } from '../start.ts';
import { FakePlane } from './fake-plane.ts';
import { FakeProbe, FakeRuntime } from './fake-runtime.ts';
import { FakeSender } from './fake-sender.ts';

export const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export interface FleetUnderTest {
  readonly clock: FakeClock;
  readonly runtime: FakeRuntime;
  readonly probe: FakeProbe;
  readonly plane: FakePlane;
  readonly sender: FakeSender;
  readonly store: Store;
  readonly control: RunningControl;
  /** Kinds of the events so far, of one replica or of all. */
  events(replica?: string): readonly string[];
  statusOf(name: string): string | undefined;
}

const POLICY = {
  health: { intervalMs: 500, timeoutMs: 2250, rise: 2, fall: 3 },
  startTimeoutMs: 30_000,
  replaceAfterMs: 10_000,
  stopGraceMs: 10_000,
  drainTimeoutMs: 30_000,
};

/** The whole control plane over fakes: only clock, runtime, probes and traffic are not the real ones. */
export async function startFleet(
  options: {
    replicas?: number;
    standby?: boolean;
    store?: Store;
    runtime?: (runtime: FakeRuntime) => void;
    open?: boolean;
    webhooks?: readonly FixedWebhook[];
  } = {},
): Promise<FleetUnderTest> {
  const clock = new FakeClock();
  const runtime = new FakeRuntime(clock);
  options.runtime?.(runtime);
  const probe = new FakeProbe(runtime, clock);
  const plane = new FakePlane();
  const sender = new FakeSender();
  const store = options.store ?? new MemoryStore();
  const control = startControl({
    version: '0',
    bootId: 'boot',
    startedAt: clock.wallTime(),
    workers: 1,
    key: 'request',
    placement: 'balanced',
    seed: 1,
    replicas: options.replicas ?? 3,
    policy: { ...POLICY, standby: options.standby ?? false },
    outlier: { consecutiveErrors: 5, baseMs: 10_000, maxMs: 30_000 },
    runtime,
    probe,
    plane,
    store,
    clock,
    random: () => 0.5,
    log: silent,
    metricsPage: { render: async () => '' },
    alerting: { sender, webhooks: options.webhooks ?? [], mayChangeWebhooks: true, panelUrl: 'http://panel' },
  });
  const opened = control.open();
  opened.catch(() => undefined);
  if (options.open !== false) {
    await clock.advance(100);
    await opened;
  }
  await settle();
  return {
    clock,
    runtime,
    probe,
    plane,
    sender,
    store,
    control,
    events: (replica) =>
      store
        .events({ limit: 1000 })
        .filter((event) => replica === undefined || event.replica === replica)
        .map(({ kind }) => kind),
    statusOf: (name) => control.plane.replicas().find((view) => view.name === name)?.status,
  };
}
