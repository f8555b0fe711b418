import type { ReplicaView, State } from '../../../lib/api/state.ts';
import type { Command, Terminal } from '../command.ts';
import { connect } from '../connection.ts';
import type { Screen } from '../terminal/screen.ts';
import type { Style } from '../terminal/style.ts';
import { fittingTable } from '../terminal/text-table.ts';

const REFRESH_MS = 1000;
/** Left out where there is no room, in this order. */
const SPARE = ['since', 'restarts', 'p50', 'in flight', 'slots'];

/** The fleet as a table that keeps itself up to date in a terminal. */
export const status: Command = {
  name: 'status',
  summary: 'the fleet as a live table',
  operands: '',
  options: [{ name: 'once', value: null, help: 'show it once, as it does without a terminal' }],
  run: async (given, terminal) => {
    const { client } = connect(given, terminal.environment);
    const { screen, signal } = terminal;
    const first = await client.state(signal);
    if (given.has('json')) screen.print(`${JSON.stringify(first, null, 2)}\n`);
    else if (given.has('once') || !screen.isLive) screen.print(statusText(first, screen));
    else await keepShowing(first, () => client.state(signal), terminal);
    return 0;
  },
};

async function keepShowing(first: State, next: () => Promise<State>, { screen, signal }: Terminal): Promise<void> {
  let state = first;
  while (!signal.aborted) {
    screen.redraw(`${statusText(state, screen)}\n${screen.style.faint('Ctrl+C ends this')}\n`);
    await pause(REFRESH_MS, signal);
    if (!signal.aborted) state = await next();
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    const stop = (): void => {
      clearTimeout(timer);
      resolve();
    };
    signal.addEventListener('abort', stop, { once: true });
  });
}

/** A line on the whole, then a line for each replica. */
export function statusText(state: State, { style, width }: Pick<Screen, 'style' | 'width'>): string {
  const { totals, balancer, ring } = state;
  const well = totals.serving === state.desired;
  const head = `${(well ? style.good : style.critical)(`${totals.serving} of ${state.desired} serving`)} · ${ring.placement}`;
  const rates = `${totals.requestsPerSecond.toFixed(0)} requests/s · p99 ${ms(totals.p99Ms)} · ${totals.lost} lost`;
  const rows = state.replicas.map((replica) => replicaRow(replica, state.at, style));
  const columns = ['replica', 'state', 'slots', 'req/s', 'in flight', 'p50', 'p99', 'errors', 'restarts', 'since'];
  return `${head} · ${balancer.runtime.kind}\n${rates}\n\n${fittingTable(columns, rows, style, { width, spare: SPARE })}`;
}

function replicaRow(replica: ReplicaView, now: number, style: Style): string[] {
  const { traffic } = replica;
  return [
    style.seat(replica.seat, replica.name),
    stateText(replica, style),
    String(replica.slots),
    traffic.requestsPerSecond.toFixed(0),
    String(traffic.inFlight),
    ms(traffic.p50Ms),
    ms(traffic.p99Ms),
    String(traffic.errors),
    String(replica.restarts),
    age(now - replica.since),
  ];
}

/** A sign, a word and the reason: colour alone says nothing to many. */
function stateText({ status, reason }: ReplicaView, style: Style): string {
  if (status === 'serving') return style.good('● serving');
  const away = status === 'down' || status === 'crash-looping' || status === 'replacing';
  const words = `${away ? '✗' : '◐'} ${status}${reason ? `: ${reason}` : ''}`;
  return away ? style.critical(words) : style.warning(words);
}

function ms(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(1)} ms`;
}

function age(elapsedMs: number): string {
  const seconds = Math.max(0, Math.floor(elapsedMs / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  return `${Math.floor(seconds / 3600)} h`;
}
