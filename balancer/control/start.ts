import type { ControlPlane } from '../core/control-plane.ts';
import type { Counters } from '../core/incident.ts';
import { messageOf } from '../core/log.ts';
import type { TrafficTotals } from '../core/traffic.ts';
import { type Alerting, startAlerting } from './alerts/alerting.ts';
import { readSignals } from './alerts/fleet-signals.ts';
import { CalmCounters } from './calm-counters.ts';
import { Control } from './control.ts';
import { Feed } from './event-feed.ts';
import { Fleet } from './fleet.ts';
import { type Entry, Journal } from './journal.ts';
import { OutlierWatch } from './outlier-watch.ts';
import { PauseWatch } from './pause-watch.ts';
import { ResourceWatch } from './resource-watch.ts';
import { SampleRecorder } from './sample-recorder.ts';
import type { FleetSettings } from './settings.ts';
import { prepareStandby } from './standby-turn.ts';
import { TimelineRecorder } from './timeline-recorder.ts';
import { TrafficMeter } from './traffic-meter.ts';
import { ViewFeed } from './view-feed.ts';
import { viewRing } from './views.ts';

/** Frames a second: 1000 / this. */
const FRAME_MS = 150;
/** A crowd of readers costs what the frames of all of them cost: 2,000 messages a second are enough. */
const FRAME_MS_A_READER = 0.5;
const MAX_FRAME_MS = 1_000;
const HURRIED_LOOK_MS = 10;
/** Without traffic nobody's first request is in a hurry any more. */
const HURRY_MS = 3_000;
const SECOND_MS = 1_000;
const RECONCILE_MS = 30_000;
const STANDBY_LOOK_MS = 250;

export interface RunningControl {
  readonly plane: ControlPlane;
  /** Writes down what happened outside of the loops. */
  note(entry: Entry): void;
  /** Takes up or starts the replicas; resolves when the first ones run. */
  open(): Promise<void>;
  close(onExit: 'remove' | 'keep'): Promise<void>;
}

/** The stopwatch of a failure ends with a request, and is read in ms: the frames come too seldom for it. */
async function awaitFirstRequests({ clock, plane }: FleetSettings, journal: Journal, stop: AbortSignal): Promise<void> {
  const until = clock.now() + HURRY_MS;
  while (journal.awaitsFirstRequest && clock.now() < until && !stop.aborted) {
    await clock.sleep(HURRIED_LOOK_MS, stop).catch(() => undefined);
    journal.lookForFirstRequests(plane.totals().seats);
  }
}

interface Loops {
  readonly fleet: Fleet;
  readonly journal: Journal;
  readonly feed: Feed;
  readonly meter: TrafficMeter;
  readonly resources: ResourceWatch;
  readonly control: Control;
  readonly pauseWatch: PauseWatch;
  readonly recorder: SampleRecorder;
  readonly alerting: Alerting;
  readonly timeline: TimelineRecorder;
  readonly calm: CalmCounters;
}

function build(settings: FleetSettings, stop: AbortSignal): Loops {
  const { clock, runtime, log, plane, store } = settings;
  const feed = new Feed(settings.bootId);
  const answered = (seat: number): number => plane.totals().seats.find((other) => other.seat === seat)?.requests ?? 0;
  const onAwaiting = (): void => void awaitFirstRequests(settings, journal, stop);
  const counters = (): TrafficTotals => plane.totals();
  const calm = new CalmCounters(counters);
  const before = (seat: number): Counters => calm.before(seat);
  const journal = new Journal({ clock, store, feed, log, answered, counters, before, onAwaiting });
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
  const timeline = new TimelineRecorder({ store, bootId: settings.bootId, wallTime: () => clock.wallTime() });
  const viewFeed = new ViewFeed(feed, timeline, views);
  const alerting = startAlerting({ clock, random: settings.random, store, journal, feed, settings: settings.alerting });
  const control = new Control({ ...views, feed, journal, settings, alerting, metricsPage: settings.metricsPage });
  const recorder = new SampleRecorder(store);
  return { fleet, journal, feed, meter, resources, control, pauseWatch, recorder, alerting, timeline, calm };
}

/** What is done at each frame: it serves the loops as much as the stream. */
function frameTask({ plane, clock, outlier }: FleetSettings, { fleet, journal, feed, meter, calm }: Loops): () => void {
  const outliers = new OutlierWatch(fleet, clock, outlier);
  let lastFrameAt = 0;
  return () => {
    const totals = plane.totals();
    calm.look(totals);
    outliers.look(totals.seats);
    journal.lookForFirstRequests(totals.seats);
    if (!feed.hasListeners) {
      meter.rest();
      return;
    }
    const wait = meter.isQuiet(totals) ? SECOND_MS : feed.readers * FRAME_MS_A_READER;
    if (clock.now() - lastFrameAt < Math.min(wait, MAX_FRAME_MS)) return;
    lastFrameAt = clock.now();
    const frame = meter.frame();
    if (frame !== null) feed.flash({ type: 'traffic', data: frame });
  };
}

function secondTask({ clock }: FleetSettings, loops: Loops, isClosing: () => boolean): () => void {
  const { fleet, journal, feed, meter, resources, control, recorder, alerting } = loops;
  return () => {
    meter.second(fleet.seats().map(({ seat }) => seat));
    journal.recount();
    resources.update(feed.hasListeners);
    recorder.record(clock.wallTime(), control.reading());
    if (!isClosing()) alerting.look(readSignals(loops));
    if (feed.hasListeners) feed.flash({ type: 'second', data: control.secondFrame() });
  };
}

/** Builds the control loops around a traffic plane and a runtime, and runs them until closed. */
export function startControl(settings: FleetSettings): RunningControl {
  const { clock, runtime, log } = settings;
  const stop = new AbortController();
  const loops = build(settings, stop.signal);
  const { fleet, journal, control, resources } = loops;
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
  const watch = async (): Promise<void> => {
    while (!stop.signal.aborted) {
      try {
        await runtime.watch((event) => fleet.onRuntimeEvent(event), stop.signal);
      } catch (error) {
        if (!stop.signal.aborted)
          log.error({ error: messageOf(error) }, 'watching the runtime failed, and is tried again');
      }
      await clock.sleep(SECOND_MS, stop.signal).catch(() => undefined);
    }
  };
  let running: Promise<void>[] = [];
  let isClosing = false;
  return {
    plane: control,
    note: (entry) => journal.write(entry),
    open: async () => {
      const message = `version ${settings.version}, ${runtime.detail}`;
      loops.timeline.begin(viewRing(fleet));
      journal.write({ kind: 'balancer-started', severity: 'info', message });
      running = [
        loops.pauseWatch.run(stop.signal),
        every(FRAME_MS, frameTask(settings, loops)),
        every(
          SECOND_MS,
          secondTask(settings, loops, () => isClosing),
        ),
        every(RECONCILE_MS, () => fleet.reconcile(stop.signal)),
        ...(settings.policy.standby ? [every(STANDBY_LOOK_MS, () => prepareStandby(fleet))] : []),
        watch(),
      ];
      await fleet.open(settings.replicas, stop.signal);
    },
    close: async (onExit) => {
      // What ends now ends on purpose: it is nobody's alarm.
      isClosing = true;
      await loops.alerting.close();
      await fleet.close(onExit);
      stop.abort(new Error('the balancer is stopping'));
      resources.update(false);
      await Promise.all(running);
      loops.recorder.close();
      loops.timeline.end();
    },
  };
}
