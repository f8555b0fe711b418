/** What RFC 9113 says of a frame that can be judged alone (4.2, 6). */
import { FLAG, type Frame, TYPE, valueAt } from './frames.ts';

export const MAX_FRAME_BYTES = 16_384;
export const MAX_WINDOW = 2 ** 31 - 1;
const MAX_STREAM = 2 ** 31;
const PRIORITY_BYTES = 5;
const SETTING_BYTES = 6;
const MIN_GOAWAY_BYTES = 8;
const INITIAL_WINDOW = 4;

const OF_STREAMS: readonly number[] = [TYPE.data, TYPE.headers, TYPE.reset, TYPE.continuation];
const OF_CONNECTIONS: readonly number[] = [TYPE.settings, TYPE.ping, TYPE.goaway];
const SIZES: ReadonlyMap<number, number> = new Map([
  [TYPE.reset, 4],
  [TYPE.windowUpdate, 4],
  [TYPE.ping, 8],
]);
/** Settings with limits: from, up to. */
const LIMITS: ReadonlyMap<number, readonly [number, number]> = new Map([
  [2, [0, 1]],
  [INITIAL_WINDOW, [0, MAX_WINDOW]],
  [5, [MAX_FRAME_BYTES, 2 ** 24 - 1]],
]);
/** Settings of later RFCs (8441, 9218), which bind only those who know them. */
const LATER_SETTINGS = [8, 9];

/** Without the reserved bit. */
export function streamOf({ stream }: Frame): number {
  return stream % MAX_STREAM;
}

export function hasFlag({ flags }: Frame, flag: number): boolean {
  return Math.floor(flags / flag) % 2 === 1;
}

export function settingsOf({ payload }: Frame): readonly (readonly [id: number, value: number])[] {
  const count = Math.floor(payload.length / SETTING_BYTES);
  return Array.from({ length: count }, (_, i) => [
    valueAt(payload, i * SETTING_BYTES, 2),
    valueAt(payload, i * SETTING_BYTES + 2, 4),
  ]);
}

/** What ends the connection; undefined where nothing does. */
export function frameFault(frame: Frame): string | undefined {
  const { type, payload } = frame;
  const isOfStream = streamOf(frame) > 0;
  if (payload.length > MAX_FRAME_BYTES && type !== TYPE.continuation) return 'a frame too large';
  if (OF_STREAMS.includes(type) && !isOfStream) return `type ${type} on stream 0`;
  if (OF_CONNECTIONS.includes(type) && isOfStream) return `type ${type} on a stream`;
  if (type === TYPE.pushPromise) return 'a promise by a client';
  const size = SIZES.get(type) ?? payload.length;
  if (payload.length !== size) return `type ${type} of ${payload.length} bytes`;
  if (type === TYPE.goaway && payload.length < MIN_GOAWAY_BYTES) return 'GOAWAY too short';
  return type === TYPE.settings ? settingsFault(frame) : undefined;
}

function settingsFault(frame: Frame): string | undefined {
  const { payload } = frame;
  if (hasFlag(frame, FLAG.ack) && payload !== '') return 'an acknowledgement that says something';
  if (payload.length % SETTING_BYTES !== 0) return 'SETTINGS of a part of a setting';
  const odd = settingsOf(frame).find(([id, value]) => {
    const [least, most] = LIMITS.get(id) ?? [0, Number.POSITIVE_INFINITY];
    return value < least || value > most;
  });
  return odd === undefined ? undefined : `setting ${odd[0]} of ${odd[1]}`;
}

/**
 * Where the RFCs leave a choice: what is under way at GOAWAY may be served or not (RFC 9113, 6.8); settings of later RFCs
 * bind those who know them. And what nghttp2 overlooks, which changes no request: PRIORITY, heeded by nobody any more
 * (5.3.2), and with an error in it; acknowledgements of nothing; CONTINUATION that is too large.
 */
export function isArguable(frame: Frame): boolean {
  const { type, payload } = frame;
  if (type === TYPE.goaway) return true;
  if (type === TYPE.ping) return hasFlag(frame, FLAG.ack);
  if (type === TYPE.continuation) return payload.length > MAX_FRAME_BYTES;
  if (type === TYPE.settings) return settingsOf(frame).some(([id]) => LATER_SETTINGS.includes(id));
  if (type === TYPE.priority)
    return payload.length !== PRIORITY_BYTES || streamOf(frame) === 0 || dependsOnItself(frame, payload);
  const hasPriority = type === TYPE.headers && hasFlag(frame, FLAG.priority);
  return hasPriority && dependsOnItself(frame, unpadded(frame) ?? '');
}

function dependsOnItself(frame: Frame, priority: string): boolean {
  return valueAt(priority, 0, 4) % MAX_STREAM === streamOf(frame);
}

/** The initial window that SETTINGS ask for; undefined where they say nothing of it. */
export function initialWindowOf(frame: Frame): number | undefined {
  return settingsOf(frame).findLast(([id]) => id === INITIAL_WINDOW)?.[1];
}

/** Without padding (RFC 9113, 6.1); undefined where there is more of it than there is room. */
function unpadded(frame: Frame): string | undefined {
  const { payload } = frame;
  if (!hasFlag(frame, FLAG.padded)) return payload;
  const padding = payload.charCodeAt(0);
  return padding < payload.length ? payload.slice(1, payload.length - padding) : undefined;
}

/** What DATA or HEADERS carry; undefined where padding or priority do not fit in. */
export function contentOf(frame: Frame): string | undefined {
  const content = unpadded(frame);
  const hasPriority = frame.type === TYPE.headers && hasFlag(frame, FLAG.priority);
  if (content === undefined || !hasPriority) return content;
  return content.length >= PRIORITY_BYTES ? content.slice(PRIORITY_BYTES) : undefined;
}
