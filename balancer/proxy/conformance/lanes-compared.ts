import { type RawClient, startClient } from './client.ts';
import { type Entry, enter } from './entry.ts';
import type { Script } from './recording-replica.ts';
import type { Step } from './steps.ts';
import { readAnswers } from './strict-answer.ts';
import type { Field } from './strict-bytes.ts';
import type { Target } from './target.ts';

const PATIENCE_MS = 8_000;
const LOOK_EVERY_MS = 25;
/** Differ from one exchange to the next, belong to the connection, or are a known deviation of the general lane. */
const PASSING = new Set([
  'expect',
  'x-seq',
  'x-connection',
  'date',
  'connection',
  'keep-alive',
  'content-length',
  'transfer-encoding',
]);

/** Everything that may be told of an exchange from outside, without what belongs to its connections. */
export interface Exchange {
  readonly arrived: readonly unknown[];
  readonly answered: readonly unknown[];
  readonly closed: boolean;
}

/** One exchange with the target, its request entering one lane or the other. */
export async function exchange(
  target: Target,
  entry: Entry,
  steps: readonly Step[],
  method: string,
  script?: Script,
): Promise<Exchange> {
  target.replica.begin(script);
  const client = await startClient(target.port, enter(steps, entry));
  await client.played;
  const until = performance.now() + PATIENCE_MS;
  while (!isAnswered(client, method) && performance.now() < until) await client.change(LOOK_EVERY_MS);
  const { bytes, closed } = client.sighting();
  client.destroy();
  const arrived = target.replica.journal().arrivals.map(({ request }) => ({
    method: request.method,
    target: request.target,
    host: request.host,
    body: request.body,
    fields: comparable(request.fields),
  }));
  const answered = readAnswers(bytes, [method], closed).answers.map(({ status, fields, body }) => ({
    status,
    body: script === undefined && status === 200 ? '' : body,
    fields: comparable(fields),
  }));
  return { arrived, answered, closed };
}

function isAnswered(client: RawClient, method: string): boolean {
  const { bytes, closed } = client.sighting();
  return closed || readAnswers(bytes, [method], closed).answers.length > 0;
}

function comparable(fields: readonly Field[]): readonly string[] {
  return fields
    .filter(({ name }) => !PASSING.has(name))
    .map(({ name, value }) => `${name}: ${value}`)
    .sort();
}
