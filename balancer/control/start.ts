import type { ControlPlane } from '../core/control-plane.ts';
import { messageOf } from '../core/log.ts';
import { Control } from './control.ts';
import { Feed } from './event-feed.ts';
import { Fleet } from './fleet.ts';
import { Journal } from './journal.ts';
import { OutlierWatch } from './outlier-watch.ts';
import { PauseWatch } from './pause-watch.ts';
import { ResourceWatch } from './resource-watch.ts';
import type { FleetSettings } from './settings.ts';
import { TrafficMeter } from './traffic-meter.ts';
import { ViewFeed } from './view-feed.ts';

/** Frames a second: 1000 / this. */
const FRAME_MS = 150;
const SECOND_MS = 1_000;
const RECONCILE_MS = 30_000;

export interface RunningControl {
  readonly plane: ControlPlane;
  /** Takes up or starts the replicas; resolves when the first ones run. */
  open(): Promise<void>;
  close(onExit: 'remove' | 'keep'): Promise<void>;
}

/** Builds the control loops around a traffic plane and a runtime, and runs them until closed. */
export function startControl(settings: FleetSettings): RunningControl {
  const { clock, runtime, log, plane, store } = settings;
  const stop = new AbortController();
  const feed = new Feed(settings.bootId);
  const counters = (): { requests: number; retried: number; lost: number } => plane.totals();
  const answered = (seat: number): number => plane.totals().seats.find((other) => other.seat === seat)?.requests ?? 0;
  const journal = new Journal({ clock, store, feed, log, counters, answered });
  const pauseWatch = new PauseWatch(clock, (ms) => {
    const message = `the balancer itself stood still for ${(ms / 1000).toFixed(1)} s`;
    journal.write({ kind: 'balancer-paused', severity: 'warning', message });
  });
  const meter = new TrafficMeter(plane, clock);
  const fleet = new Fleet({
    ...settings,
    journal,
    pauseWatch,
    onChange: (seats) => viewFeed.changed(seats),
    onGone: (seat) => {
      meter.forget(seat.seat);
      viewFeed.gone(seat);
    },
  });
  const resources = new ResourceWatch(runtime, fleet);
  const views = { fleet, meter, resources: (seat: number) => resources.of(seat) };
  const viewFeed = new ViewFeed(feed, views);
  const control = new Control({ ...views, feed, journal, settings, metricsPage: settings.metricsPage });
  const outliers = new OutlierWatch(fleet, clock, settings.outlier);

  const every = async (ms: number, task: () => unknown): Promise<void> => {
    while (!stop.signal.aborted) {
      await clock.sleep(ms, stop.signal).catch(() => undefined);
      if (stop.signal.aborted) return;
      try {
        await task();
      } catch (error) {
        log.error({ error: messageOf(error) }, 'a control loop failed, and goes on');
      }
    }
  };
  const onFrame = (): void => {
    const totals = plane.totals();
    outliers.look(totals.seats);
    journal.lookForFirstRequests(totals.seats);
    if (!feed.hasListeners) return meter.rest();
    const frame = meter.frame();
    if (frame !== null) feed.flash({ type: 'traffic', data: frame });
  };
  const onSecond = (): void => {
    meter.second(fleet.seats().map(({ seat }) => seat));
    resources.update(feed.hasListeners);
    if (feed.hasListeners) feed.flash({ type: 'second', data: control.secondFrame() });
  };
  const loops = (): Promise<void>[] => [
    pauseWatch.run(stop.signal),
    every(FRAME_MS, onFrame),
    every(SECOND_MS, onSecond),
    every(RECONCILE_MS, () => fleet.reconcile()),
    runtime
      .watch((event) => fleet.onRuntimeEvent(event), stop.signal)
      .catch((error) => {
        if (!stop.signal.aborted) log.error({ error: messageOf(error) }, 'watching the runtime ended');
      }),
  ];
  let running: Promise<void>[] = [];

  return {
    plane: control,
    open: async () => {
      journal.write({
        kind: 'balancer-started',
        severity: 'info',
        message: `version ${settings.version}, ${runtime.detail}`,
      });
      running = loops();
      await fleet.open(settings.replicas, stop.signal);
    },
    close: async (onExit) => {
      await fleet.close(onExit);
      stop.abort(new Error('the balancer is stopping'));
      resources.update(false);
      await Promise.all(running);
    },
  };
}
