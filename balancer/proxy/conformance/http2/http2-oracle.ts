import { difference } from '../fuzz-oracle.ts';
import type { Observation } from '../judge.ts';
import type { Arrival } from '../recording-replica.ts';
import { contentOf, hasFlag } from './frame-rules.ts';
import { FLAG, type Frame, readFrames, TYPE } from './frames.ts';
import { HpackReader } from './hpack.ts';
import type { Http2Conversation } from './strict-http2.ts';
import type { StrictStream } from './strict-stream.ts';

/** What the client got on one stream. */
export interface StreamAnswer {
  readonly status: number;
  /** The number of the arrival whose answer it is; empty where the proxy answers itself. */
  readonly seq: string;
  readonly body: string;
  /** Ended, or reset. */
  readonly isOver: boolean;
}

const NOTHING: StreamAnswer = { status: 0, seq: '', body: '', isOver: false };
/** Whatever table the client allows, an encoder may use less than that. */
const ANY_TABLE_BYTES = 2 ** 32;

/** The answers that a client can read in these bytes, by stream; a text says what it cannot read. */
export function readHttp2Answers(bytes: string): ReadonlyMap<number, StreamAnswer> | string {
  const hpack = new HpackReader(ANY_TABLE_BYTES);
  const answers = new Map<number, StreamAnswer>();
  for (const frame of sectionsJoined(readFrames(bytes))) {
    const before = answers.get(frame.stream) ?? NOTHING;
    if (frame.type === TYPE.data) answers.set(frame.stream, withBody(before, frame));
    if (frame.type === TYPE.reset) answers.set(frame.stream, { ...before, isOver: true });
    if (frame.type !== TYPE.headers) continue;
    const fields = hpack.read(frame.payload);
    if (typeof fields === 'string') return fields;
    answers.set(frame.stream, withFields(before, new Map(fields), hasFlag(frame, FLAG.endStream)));
  }
  return answers;
}

/** CONTINUATION put into the HEADERS before it. */
function sectionsJoined(frames: readonly Frame[]): Frame[] {
  const joined: Frame[] = [];
  for (const frame of frames) {
    const payload = frame.type === TYPE.headers ? (contentOf(frame) ?? '') : frame.payload;
    const before = joined.at(-1);
    if (frame.type !== TYPE.continuation || before === undefined) joined.push({ ...frame, payload });
    else joined.splice(-1, 1, { ...before, payload: before.payload + payload });
  }
  return joined;
}

function withBody(before: StreamAnswer, frame: Frame): StreamAnswer {
  return { ...before, body: before.body + (contentOf(frame) ?? ''), isOver: hasFlag(frame, FLAG.endStream) };
}

function withFields(before: StreamAnswer, fields: ReadonlyMap<string, string>, isOver: boolean): StreamAnswer {
  const status = Number(fields.get(':status') ?? before.status);
  return { ...before, status, seq: fields.get('x-seq') ?? before.seq, isOver };
}

/** Is everything that has to be answered or refused? */
export function isSettled(meant: Http2Conversation, answers: ReturnType<typeof readHttp2Answers>): boolean {
  // There is no more to hope for.
  if (typeof answers === 'string') return true;
  const open = meant.streams.filter(({ id }) => answers.get(id)?.isOver !== true);
  return meant.end !== 'broken' && open.every(({ verdict, isGivenUp }) => verdict === 'cut' || isGivenUp);
}

/**
 * "Never two meanings": each request that reached the replica is one that the client said whole on a stream of its own,
 * and got there once; what was left unfinished there was visibly cut; and an answer belongs to its stream's request.
 */
export function http2Problem(meant: Http2Conversation, { journal, client }: Observation): string | undefined {
  if (journal.malformed.length > 0) return `the replica could not read: ${journal.malformed[0]}`;
  if (journal.unfinishedOpen > 0) return 'the replica still waits for the rest of a request';
  const answers = readHttp2Answers(client.bytes);
  if (typeof answers === 'string') return `the client could not read its answer: ${answers}`;
  const left = new Set(meant.streams);
  for (const arrival of [...journal.arrivals].sort((a, b) => hasAnswer(answers, b) - hasAnswer(answers, a))) {
    const stream = [...left].find((one) => isOf(one, arrival, answers.get(one.id)));
    if (stream === undefined) return strayed(arrival, meant);
    left.delete(stream);
  }
  const begun = [...left].filter(({ request }) => request !== undefined).length;
  if (journal.unfinishedEnded > begun) return 'the replica saw the beginning of a request that nobody began';
  const owned = journal.arrivals.map(({ seq }) => String(seq));
  const odd = [...answers].find(([, { seq }]) => seq !== '' && !owned.includes(seq));
  return odd === undefined ? undefined : `stream ${odd[0]} got an answer to nothing`;
}

function hasAnswer(answers: ReadonlyMap<number, StreamAnswer>, { seq }: Arrival): number {
  return [...answers.values()].some((answer) => answer.seq === String(seq)) ? 1 : 0;
}

/** An answer tells whose request it is; without one, any that says the same will do. */
function isOf({ verdict, request }: StrictStream, { seq, request: arrived }: Arrival, answer?: StreamAnswer): boolean {
  if (request === undefined || (verdict !== 'whole' && verdict !== 'lenient')) return false;
  if (answer !== undefined && answer.seq !== '' && answer.seq !== String(seq)) return false;
  return difference(request, arrived) === undefined && cookieOf(request) === cookieOf(arrived);
}

function cookieOf({ fields }: Arrival['request']): string {
  return fields
    .filter(({ name }) => name === 'cookie')
    .map(({ value }) => value)
    .join('\n');
}

function strayed({ request }: Arrival, { streams, end, reason }: Http2Conversation): string {
  const meant = streams.map((one) => {
    const why = one.request === undefined ? one.reason : (difference(one.request, request) ?? one.reason);
    return `${one.id} ${one.verdict} ${why}`;
  });
  return `arrived: ${request.method} ${request.target.slice(0, 60)}; meant: ${meant.join(', ')}; ${end} ${reason}`;
}

/** Is each stream answered by the replica, in full, with the answer to its own request? */
export function isServedWhole(meant: Http2Conversation, { journal, client }: Observation): boolean {
  const answers = readHttp2Answers(client.bytes);
  if (typeof answers === 'string' || journal.arrivals.length !== meant.streams.length) return false;
  return meant.streams.every(({ id, request }) => {
    const { status, seq, body, isOver } = answers.get(id) ?? NOTHING;
    const echo = JSON.stringify({ method: request?.method, target: request?.target, bodyBytes: request?.body.length });
    return isOver && status === 200 && seq !== '' && body === (request?.method === 'HEAD' ? '' : echo);
  });
}
