import type { StrictRequest } from '../strict-request.ts';
import type { Field } from './frames.ts';
import { isUnsayable, readSection, trailerFault } from './strict-fields.ts';

/**
 * `whole`: a request. `lenient`: one, but for fields with bytes that no field may have, and without these; to refuse it
 * is right, to leave them out is what nghttp2 does (a known deviation). `malformed`: to be refused. `cut`: not ended.
 */
export type Verdict = 'whole' | 'lenient' | 'malformed' | 'cut';

/** What a client said on one stream. */
export interface StrictStream {
  readonly id: number;
  readonly verdict: Verdict;
  /** With the body as far as it came; undefined where the header section is malformed. */
  readonly request: StrictRequest | undefined;
  /** The client took it back, or said more behind its end: it needs no answer. */
  readonly isGivenUp: boolean;
  readonly reason: string;
}

/** The same while it is read. */
export interface OpenStream {
  readonly id: number;
  verdict: Verdict;
  request: StrictRequest | undefined;
  length: number | undefined;
  isGivenUp: boolean;
  /** The client took it back. */
  isReset: boolean;
  /** Some of its fields cannot be said. */
  isLenient: boolean;
  reason: string;
}

/** The stream that a header section begins. */
export function openStream(id: number, fields: readonly Field[]): OpenStream {
  const sayable = sayableOf(fields);
  const read = readSection(sayable);
  const isLenient = sayable.length < fields.length;
  const common = { id, isGivenUp: false, isReset: false, isLenient };
  if (typeof read === 'string')
    return { ...common, verdict: 'malformed', request: undefined, length: undefined, reason: read };
  return { ...common, verdict: 'cut', request: read.request, length: read.length, reason: '' };
}

/** A section behind the body. */
export function takeTrailers(stream: OpenStream, fields: readonly Field[], endsStream: boolean): void {
  const sayable = sayableOf(fields);
  stream.isLenient ||= sayable.length < fields.length;
  const fault = endsStream ? trailerFault(sayable) : 'trailers that do not end the stream';
  if (fault === undefined) endStream(stream);
  else spoil(stream, fault);
}

/** Makes it malformed. */
export function spoil(stream: OpenStream, reason: string): void {
  stream.verdict = 'malformed';
  stream.reason = reason;
}

/** The client has said all of it. */
export function endStream(stream: OpenStream): void {
  if (stream.request === undefined) return;
  const bytes = stream.request.body.length;
  if (bytes !== (stream.length ?? bytes)) spoil(stream, `${bytes} bytes for a length of ${stream.length}`);
  else stream.verdict = stream.isLenient ? 'lenient' : 'whole';
}

/** Without the regular fields that hold bytes which no field may have. */
function sayableOf(fields: readonly Field[]): Field[] {
  return fields.filter((field) => field[0].startsWith(':') || !isUnsayable(field));
}
