import {
  type Field,
  listOf,
  malformed,
  PARTIAL,
  type Read,
  readChunked,
  readFields,
  readLine,
  valuesOf,
} from './strict-bytes.ts';

/** An answer as the strictest client understands it. */
export interface StrictAnswer {
  readonly status: number;
  readonly fields: readonly Field[];
  readonly body: string;
  /** Its 1xx answers that came ahead of it. */
  readonly interim: readonly number[];
  readonly framing: 'none' | 'length' | 'chunked' | 'until-close';
}

const STATUS_LINE = /^HTTP\/1\.[01] ([1-9][0-9]{2}) ?([\t\x20-\x7e\x80-\xff]*)$/;

/** Reads one final answer that begins at `from`; `ended` tells whether the connection is over. */
export function readAnswer(bytes: string, from: number, method: string, ended: boolean): Read<StrictAnswer> {
  const interim: number[] = [];
  let at = from;
  for (;;) {
    const line = readLine(bytes, at);
    if (line.kind !== 'whole') return line;
    const status = Number(STATUS_LINE.exec(line.value)?.[1]);
    if (Number.isNaN(status)) return malformed(`status line ${JSON.stringify(line.value.slice(0, 60))}`);
    const fields = readFields(bytes, line.next, 'client');
    if (fields.kind !== 'whole') return fields;
    at = fields.next;
    if (status >= 200 || status === 101)
      return readBody(bytes, at, { status, fields: fields.value, interim }, method, ended);
    interim.push(status);
  }
}

type Head = Pick<StrictAnswer, 'status' | 'fields' | 'interim'>;

function readBody(bytes: string, from: number, head: Head, method: string, ended: boolean): Read<StrictAnswer> {
  const codings = valuesOf(head.fields, 'transfer-encoding');
  const lengths = valuesOf(head.fields, 'content-length');
  if (codings.length + lengths.length > 1) return malformed('more than one framing field');
  if (isBodiless(head.status, method)) return whole({ ...head, body: '', framing: 'none' }, from);
  if (codings.length === 1) return chunkedBody(bytes, from, head, codings[0]);
  if (lengths.length === 1) return lengthBody(bytes, from, head, lengths[0] ?? '');
  return ended ? whole({ ...head, body: bytes.slice(from), framing: 'until-close' }, bytes.length) : PARTIAL;
}

/** RFC 9112 6.3: these end with their header section, whatever it says. */
function isBodiless(status: number, method: string): boolean {
  return method === 'HEAD' || status === 101 || status === 204 || status === 304;
}

function chunkedBody(bytes: string, from: number, head: Head, coding: string | undefined): Read<StrictAnswer> {
  if (coding?.toLowerCase() !== 'chunked') return malformed(`Transfer-Encoding ${JSON.stringify(coding)}`);
  const read = readChunked(bytes, from, 'client');
  if (read.kind !== 'whole') return read;
  return whole({ ...head, body: read.value.body, framing: 'chunked' }, read.next);
}

function lengthBody(bytes: string, from: number, head: Head, length: string): Read<StrictAnswer> {
  if (!/^[0-9]+$/.test(length)) return malformed(`Content-Length ${JSON.stringify(length)}`);
  const next = from + Number(length);
  if (!Number.isSafeInteger(next) || bytes.length < next) return PARTIAL;
  return whole({ ...head, body: bytes.slice(from, next), framing: 'length' }, next);
}

function whole(value: StrictAnswer, next: number): Read<StrictAnswer> {
  return { kind: 'whole', value, next };
}

/** All answers on one connection to requests with `methods`, in order. */
export interface Answers {
  readonly answers: readonly StrictAnswer[];
  readonly end: 'clean' | 'partial' | 'malformed';
  readonly reason: string;
  /** What came behind the last whole answer. */
  readonly rest: string;
}

export function readAnswers(bytes: string, methods: readonly string[], ended: boolean): Answers {
  const answers: StrictAnswer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const read = readAnswer(bytes, at, methods[answers.length] ?? 'GET', ended);
    if (read.kind !== 'whole') {
      const reason = read.kind === 'malformed' ? read.reason : '';
      return { answers, end: read.kind, reason, rest: withoutInterim(bytes.slice(at)) };
    }
    answers.push(read.value);
    at = read.next;
    if (endsConversation(read.value)) break;
  }
  return { answers, end: 'clean', reason: '', rest: bytes.slice(at) };
}

/** 1xx answers whose final answer never came are nothing that could be mistaken. */
function withoutInterim(bytes: string): string {
  return bytes.replace(/^(?:HTTP\/1\.1 1(?!01)[0-9]{2}[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n)+$/, '');
}

/** Behind a 101 other bytes follow; behind `Connection: close` none may (a body sent in answer to HEAD is left to the caller). */
function endsConversation(answer: StrictAnswer): boolean {
  return answer.status === 101 || listOf(answer.fields, 'connection').includes('close');
}
