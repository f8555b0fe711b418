import { DATA } from '../fuzz-grammar.ts';
import type { Random } from '../random.ts';
import type { Field } from './frames.ts';

/** A request in the order in which it is said. */
export interface Message {
  readonly fields: readonly Field[];
  /** Of the body, each in a frame of its own; none: there is no body. */
  readonly pieces: readonly string[];
  /** Empty: none. */
  readonly trailers: readonly Field[];
}

const METHODS = ['GET', 'GET', 'GET', 'HEAD', 'POST', 'POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'];
const PATHS = ['/', '/a', '/a/b?c=d', '/a%20b', '//x', '/?', "/~!$&'()*+,;=:@|", '/a/../b', `/${'p'.repeat(200)}`];
const FIELDS: readonly Field[] = [
  ['accept', '*/*'],
  ['accept-encoding', 'gzip, deflate'],
  ['cookie', 'a=b'],
  ['cookie', 'c=d; e=f'],
  ['x-a', '1'],
  ['x-a', '2'],
  ['x-empty', ''],
  ['x-tab', 'a\tb'],
  ['x-high', '\xc3\xa9\xff'],
  ['x-text', 'GET / HTTP/1.1'],
  ['x-long', 'v'.repeat(300)],
  ['x-forwarded-for', '10.0.0.1'],
  ['x-forwarded-host', 'evil.example'],
  ['authorization', 'Basic eA=='],
  ['te', 'trailers'],
  ['content-type', 'text/plain'],
  ['user-agent', 'fuzz'],
  ['range', 'bytes=0-1'],
  ['via', '1.0 fred'],
  ['host', 'a.example'],
  ["!#$%&'*+.^_`|~9", 'token'],
];
const TRAILERS: readonly Field[] = [
  ['x-t', '1'],
  ['x-u', ''],
  ['grpc-status', '0'],
];

/** A few valid requests. */
export function messagesOf(random: Random): Message[] {
  return Array.from({ length: 1 + random.below(4) }, () => anyMessage(random));
}

function anyMessage(random: Random): Message {
  const method = random.pick(METHODS);
  const hasBody = !random.chance(['GET', 'HEAD', 'OPTIONS', 'DELETE'].includes(method) ? 0.9 : 0.2);
  const data = hasBody ? random.pick(DATA) : '';
  const at = random.below(data.length + 1);
  const pieces = random.pick([[data], [data.slice(0, at), data.slice(at)], [data, '']]);
  const length: Field[] = hasBody && random.chance(0.5) ? [['content-length', String(data.length)]] : [];
  return {
    fields: [...shuffled(random, pseudo(random, method)), ...shuffled(random, [...someFields(random), ...length])],
    pieces: hasBody ? pieces : [],
    trailers: random.chance(0.15) ? TRAILERS.slice(random.below(TRAILERS.length)) : [],
  };
}

function pseudo(random: Random, method: string): Field[] {
  return [
    [':method', method],
    [':scheme', 'http'],
    [':authority', 'a.example'],
    [':path', random.pick(PATHS)],
  ];
}

function someFields(random: Random): Field[] {
  const fields = Array.from({ length: random.below(6) }, () => random.pick(FIELDS));
  return fields.filter(([name], i) => name !== 'host' || fields.findIndex(([other]) => other === name) === i);
}

function shuffled<Item>(random: Random, items: readonly Item[]): Item[] {
  const left = [...items];
  return items.flatMap(() => left.splice(random.below(left.length), 1));
}
