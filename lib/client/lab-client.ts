import type { ExperimentRequest } from '../lab/experiment.ts';
import { type Run, type RunHead, type RunMessage, run, runHead, runMessage, runsPage } from '../lab/run.ts';
import { type Schedule, type ScheduleRequest, schedule, schedulesPage } from '../lab/schedule.ts';
import { bodyOf, type ClientOptions, caller } from './client.ts';
import { serverSentEvents } from './server-sent-events.ts';

const SCHEDULES = '/_ring/v1/schedules';

/** Experiments, loads and the runs they leave. Calls reject with an ApiError when they are refused. */
export interface LabClient {
  start(request: ExperimentRequest, signal?: AbortSignal): Promise<RunHead>;
  runs(signal?: AbortSignal): Promise<readonly RunHead[]>;
  run(id: string, signal?: AbortSignal): Promise<Run>;
  /** Ends after `finished`. */
  watch(id: string, signal: AbortSignal): AsyncGenerator<RunMessage>;
  cancel(id: string, signal?: AbortSignal): Promise<RunHead>;
  remove(id: string, signal?: AbortSignal): Promise<void>;
  schedules(signal?: AbortSignal): Promise<readonly Schedule[]>;
  schedule(request: ScheduleRequest, signal?: AbortSignal): Promise<Schedule>;
  unschedule(id: string, signal?: AbortSignal): Promise<void>;
}

export function createLabClient(options: ClientOptions): LabClient {
  const call = caller(options);
  const path = (id: string, rest = ''): string => `/_ring/v1/runs/${encodeURIComponent(id)}${rest}`;
  const json = async (request: Parameters<typeof call>[0]): Promise<unknown> => (await call(request)).json();
  return {
    start: async (body, signal) =>
      runHead.parse(await json({ method: 'POST', path: '/_ring/v1/experiments', body, signal })),
    runs: async (signal) => runsPage.parse(await json({ path: '/_ring/v1/runs', signal })).runs,
    run: async (id, signal) => run.parse(await json({ path: path(id), signal })),
    watch: async function* (id, signal) {
      const response = await call({ path: path(id, '/events'), signal });
      for await (const { event, data } of serverSentEvents(bodyOf(response))) {
        yield runMessage.parse({ type: event, data: JSON.parse(data) });
      }
    },
    cancel: async (id, signal) => runHead.parse(await json({ method: 'POST', path: path(id, '/cancel'), signal })),
    remove: async (id, signal) => {
      await call({ method: 'DELETE', path: path(id), signal });
    },
    schedules: async (signal) => schedulesPage.parse(await json({ path: SCHEDULES, signal })).schedules,
    schedule: async (body, signal) => schedule.parse(await json({ method: 'POST', path: SCHEDULES, body, signal })),
    unschedule: async (id, signal) => {
      await call({ method: 'DELETE', path: `${SCHEDULES}/${encodeURIComponent(id)}`, signal });
    },
  };
}
