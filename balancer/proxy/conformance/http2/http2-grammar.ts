import type { Random } from '../random.ts';
import { bytesOf } from '../steps.ts';
import { HTTP2_CONNECTION_CASES } from './corpus/connections.ts';
import { HTTP2_REQUEST_CASES } from './corpus/requests.ts';
import { FLAG, type Frame, frame, number, OPENING, PREFACE, readFrames, TYPE } from './frames.ts';
import { HpackWriter } from './hpack-writer.ts';
import { type Message, messagesOf } from './http2-messages.ts';
import { mutateBytes, mutateFrames, mutateMessage } from './http2-mutations.ts';

/** Longer ones take more time than they find. */
const MAX_CORPUS_BYTES = 5_000;

const CORPUS = [...HTTP2_REQUEST_CASES, ...HTTP2_CONNECTION_CASES]
  .map(({ steps }) => bytesOf(steps))
  .filter((bytes) => bytes.startsWith(PREFACE) && bytes.length < MAX_CORPUS_BYTES);

/** A section in HEADERS and CONTINUATION. */
function section(random: Random, stream: number, block: string, endsStream: boolean): Frame[] {
  const cuts = random.chance(0.25) ? [random.below(block.length + 1), random.below(block.length + 1)] : [];
  const [first = '', ...others] = [0, ...cuts.sort((a, b) => a - b)].map((from, i, all) =>
    block.slice(from, all[i + 1]),
  );
  const hasPriority = random.chance(0.15);
  const flags = (endsStream ? FLAG.endStream : 0) + (hasPriority ? FLAG.priority : 0);
  const payload = (hasPriority ? priority(random, stream) : '') + first;
  const frames = [
    padded(random, { type: TYPE.headers, flags, stream, payload }),
    ...others.map((rest) => ({ type: TYPE.continuation, flags: 0, stream, payload: rest })),
  ];
  return frames.map((one, i) => (i === frames.length - 1 ? { ...one, flags: one.flags + FLAG.endHeaders } : one));
}

/** Of a stream that depends on any other. */
function priority(random: Random, stream: number): string {
  const exclusive = random.pick([0, 2 ** 31]);
  return number(exclusive + random.pick([0, stream + 2]), 4) + number(random.below(256), 1);
}

function padded(random: Random, { type, flags, stream, payload }: Frame): Frame {
  if (random.chance(0.8)) return { type, flags, stream, payload };
  const size = random.pick([0, 1, 5, 255]);
  return { type, flags: flags + FLAG.padded, stream, payload: number(size, 1) + payload + '\0'.repeat(size) };
}

type Part = () => readonly Frame[];

/** The parts of a message, each to be made when its turn on the connection comes: the order is that of the table. */
function partsOf(random: Random, writer: HpackWriter, stream: number, { fields, pieces, trailers }: Message): Part[] {
  const count = pieces.length + (trailers.length > 0 ? 1 : 0);
  return [
    () => section(random, stream, writer.block(fields), count === 0),
    ...pieces.map((payload, i) => () => {
      const flags = i + 1 === count ? FLAG.endStream : 0;
      return [padded(random, { type: TYPE.data, flags, stream, payload })];
    }),
    ...(trailers.length > 0 ? [() => section(random, stream, writer.block(trailers), true)] : []),
  ];
}

/** A frame that changes nothing of what is asked for. */
function aside(random: Random, streams: readonly number[]): Frame {
  const stream = random.pick([0, ...streams]);
  return random.pick<Frame>([
    { type: TYPE.ping, flags: 0, stream: 0, payload: '12345678' },
    { type: TYPE.windowUpdate, flags: 0, stream, payload: number(random.pick([1, 1000, 2 ** 20]), 4) },
    { type: TYPE.priority, flags: 0, stream: stream + 1, payload: priority(random, stream + 1) },
    { type: random.pick([0xb, 0xbe, 0xff]), flags: random.below(256), stream, payload: 'what is this' },
    { type: TYPE.settings, flags: 0, stream: 0, payload: plainSettings(random) },
  ]);
}

function plainSettings(random: Random): string {
  const pairs = [
    [1, random.pick([0, 100, 4096, 65_536])],
    [2, 0],
    [3, random.pick([0, 1, 100])],
    [4, random.pick([1000, 65_535, 2 ** 20])],
    [5, random.pick([16_384, 2 ** 24 - 1])],
    [6, 100_000],
    [0xabcd, 7],
  ] as const;
  const chosen = pairs.filter(() => random.chance(0.3));
  return chosen.map(([id, value]) => number(id, 2) + number(value, 4)).join('');
}

/** The messages on streams of their own, at the same time. */
function framesOf(random: Random, messages: readonly Message[]): Frame[] {
  const writer = new HpackWriter(random);
  const [frames, streams]: [Frame[], number[]] = [[], []];
  for (const part of interleaved(
    random,
    messages.map((one) => (id: number) => partsOf(random, writer, id, one)),
  )) {
    if (random.chance(0.2)) frames.push(aside(random, streams));
    const said = part();
    frames.push(...said);
    streams.push(...said.map(({ stream }) => stream));
  }
  return frames;
}

/** Any order but this: what begins a stream comes when its number is the highest, and each stream keeps its own. */
function* interleaved(random: Random, streams: readonly ((id: number) => Part[])[]): Generator<Part> {
  const [waiting, open]: [((id: number) => Part[])[], Part[][]] = [[...streams], []];
  for (let id = 1; waiting.length + open.length > 0; ) {
    const begun = open.length === 0 || random.chance(0.4) ? waiting.shift()?.(id) : undefined;
    if (begun !== undefined) {
      open.push(begun);
      id += random.pick([2, 2, 2, 6]);
    }
    const parts = begun ?? random.pick(open);
    const part = parts.shift();
    if (part !== undefined) yield part;
    if (parts.length === 0) open.splice(open.indexOf(parts), 1);
  }
}

function begun(random: Random, frames: readonly Frame[]): string {
  const opening = random.chance(0.5) ? OPENING : PREFACE + frame(TYPE.settings, 0, 0, plainSettings(random));
  const acknowledged = random.chance(0.5) ? frame(TYPE.settings, FLAG.ack, 0, '') : '';
  return opening + acknowledged + written(frames);
}

function written(frames: readonly Frame[]): string {
  return frames.map(({ type, flags, stream, payload }) => frame(type, flags, stream, payload)).join('');
}

/** A valid conversation: a few requests, in one of the many ways RFC 9113 knows to say them. */
export function anyConversation(random: Random): string {
  return begun(random, framesOf(random, messagesOf(random)));
}

/** A conversation with something odd in its messages, its frames or its bytes. */
export function wildConversation(random: Random): string {
  const level = random.pick(['message', 'message', 'frames', 'bytes', 'corpus']);
  if (level === 'corpus') {
    const bytes = random.pick(CORPUS);
    const frames = mutated(random, readFrames(bytes.slice(PREFACE.length)), mutateFrames);
    return random.chance(0.5) ? mutateBytes(random, bytes) : PREFACE + written(frames);
  }
  const messages = messagesOf(random);
  const odd = random.below(messages.length);
  const changed =
    level === 'message' ? messages.map((one, i) => (i === odd ? mutated(random, one, mutateMessage) : one)) : messages;
  const frames = framesOf(random, changed);
  if (level === 'frames') return begun(random, mutated(random, frames, mutateFrames));
  const bytes = begun(random, frames);
  return level === 'bytes' ? mutated(random, bytes, mutateBytes) : bytes;
}

/** Changed one to three times. */
function mutated<Thing>(random: Random, thing: Thing, mutate: (random: Random, thing: Thing) => Thing): Thing {
  let changed = thing;
  for (let count = 1 + random.below(3); count > 0; count -= 1) changed = mutate(random, changed);
  return changed;
}
