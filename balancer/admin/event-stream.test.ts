import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { StreamMessage } from '../../lib/api/events.ts';
import type { ControlPlane, EventFeed, NumberedMessage } from '../core/control-plane.ts';
import { FakeClock } from '../testing/fake-clock.ts';
import { EventStream } from './event-stream.ts';

/** A feed that says what a test wants it to; it holds the last 10 messages. */
class Says implements EventFeed {
  readonly bootId = 'boot';
  readers = 0;
  readonly held: NumberedMessage[] = [];
  readonly listeners = new Set<(message: NumberedMessage) => void>();

  latest(): number {
    return this.held.at(-1)?.id ?? 0;
  }

  since(id: number): { missed: readonly NumberedMessage[] | null } {
    const oldest = this.held[0]?.id ?? 1;
    if (id < oldest - 1 || id > this.latest()) return { missed: null };
    return { missed: this.held.filter((message) => (message.id ?? 0) > id) };
  }

  subscribe(listener: (message: NumberedMessage) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  say(name: string, bytes = 0): void {
    const message = gone(name + 'x'.repeat(bytes));
    const numbered = { id: this.latest() + 1, message };
    this.held.push(numbered);
    if (this.held.length > 10) this.held.shift();
    for (const listener of this.listeners) listener(numbered);
  }

  flash(bytes: number): void {
    for (const listener of this.listeners) listener({ id: null, message: gone('y'.repeat(bytes)) });
  }
}

function gone(name: string): StreamMessage {
  return { type: 'replica-gone', data: { name, seat: 1 } };
}

let feed: Says;
let clock: FakeClock;
let stream: EventStream;
let server: Server;
let states = 0;

beforeEach(async () => {
  feed = new Says();
  clock = new FakeClock();
  states = 0;
  // Of the control plane the stream knows the feed and the state only.
  const control = { feed, state: () => ({ sequence: states++ }) } as unknown as ControlPlane;
  stream = new EventStream(control, clock);
  server = createServer((request, response) => stream.serve(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(() => {
  stream.close();
  server.closeAllConnections();
  server.close();
});

interface Reader {
  readonly response: IncomingMessage;
  readonly text: () => string;
  readonly closed: Promise<void>;
}

function connect(headers: Record<string, string> = {}, isReading = true): Promise<Reader> {
  const { port } = server.address() as AddressInfo;
  const { promise, resolve, reject } = Promise.withResolvers<Reader>();
  get({ port, host: '127.0.0.1', headers }, (response) => {
    let text = '';
    const { promise: closed, resolve: close } = Promise.withResolvers<void>();
    response.once('close', close);
    response.on('error', () => undefined);
    if (isReading) response.on('data', (piece: Buffer) => (text += piece.toString()));
    else response.pause();
    resolve({ response, text: () => text, closed });
  }).once('error', reject);
  return promise;
}

async function until(check: () => boolean): Promise<void> {
  while (!check()) await new Promise((resolve) => setTimeout(resolve, 2));
}

test('a new reader gets hello, then every message with its id, and frames without one', async () => {
  feed.say('a');
  const reader = await connect();
  await until(() => feed.listeners.size === 1);
  feed.say('b');
  feed.flash(1);
  await until(() => reader.text().includes('"y"'));
  expect(reader.text()).toBe(
    [
      'retry: 1000',
      '',
      'id: boot-1',
      'event: hello',
      'data: {"sequence":0}',
      '',
      'id: boot-2',
      'event: replica-gone',
      'data: {"name":"b","seat":1}',
      '',
      'event: replica-gone',
      'data: {"name":"y","seat":1}',
      '',
      '',
    ].join('\n'),
  );
});

test('a reader that comes back gets what it missed, and nothing twice', async () => {
  for (const name of ['a', 'b', 'c']) feed.say(name);
  const reader = await connect({ 'last-event-id': 'boot-1' });
  await until(() => reader.text().includes('"c"'));
  expect(reader.text()).toContain('id: boot-2');
  expect(reader.text()).not.toContain('hello');
  expect(reader.text()).not.toContain('id: boot-1\n');
});

test.each(['boot-1', 'other-30', 'boot-99', 'nonsense'])(
  'an id that is no longer held (%s) starts over with hello',
  async (id) => {
    for (let i = 0; i < 30; i++) feed.say(`m${i}`);
    const reader = await connect({ 'last-event-id': id });
    await until(() => reader.text().includes('data:'));
    expect(reader.text()).toContain('event: hello');
  },
);

test('a crowd that connects at once shares one hello, and misses nothing said since', async () => {
  const readers = await Promise.all(Array.from({ length: 20 }, () => connect()));
  feed.say('later');
  await until(() => readers.every((reader) => reader.text().includes('later')));
  const last = await connect();
  await until(() => last.text().includes('later'));
  expect(states).toBe(1);
});

test('a heartbeat comes every 15 s', async () => {
  const reader = await connect();
  await until(() => feed.listeners.size === 1);
  await clock.advance(15_000);
  await until(() => reader.text().endsWith(':\n\n'));
});

test('a reader that takes nothing is cut within 30 s; others are not', async () => {
  const [stuck, well] = await Promise.all([connect({}, false), connect()]);
  await until(() => feed.listeners.size === 1);
  for (let i = 0; i < 200; i++) {
    feed.flash(100_000);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  feed.say('still-here');
  await until(() => well.text().includes('still-here'));
  await clock.advance(25_000);
  stuck.response.resume();
  await stuck.closed;
  expect(well.response.destroyed).toBe(false);
  feed.say('after');
  await until(() => well.text().includes('after'));
});

test('lifecycle messages pile up for one reader to a bound only', async () => {
  const stuck = await connect({}, false);
  await until(() => feed.listeners.size === 1);
  for (let i = 0; i < 100; i++) feed.say('m', 100_000);
  stuck.response.resume();
  await stuck.closed;
});

test('a crowd is written to slice by slice, and what came up meanwhile goes out together', async () => {
  const readers = await Promise.all(Array.from({ length: 120 }, () => connect()));
  await until(() => feed.readers === 120);
  feed.say('one');
  feed.say('two');
  const got = (name: string): number => readers.filter((reader) => reader.text().includes(name)).length;
  await until(() => got('"one"') === 50);
  expect(got('"two"')).toBe(0);
  await clock.advance(5);
  await until(() => got('"one"') === 100);
  await clock.advance(100);
  await until(() => got('"two"') === 120);
  expect(readers.every((reader) => reader.text().split('"one"').length === 2)).toBe(true);
});

test('nobody is subscribed while nobody reads', async () => {
  const reader = await connect();
  await until(() => feed.listeners.size === 1);
  reader.response.destroy();
  await until(() => feed.listeners.size === 0 && feed.readers === 0);
});

test('when the balancer stops, streams end and new ones are refused', async () => {
  const reader = await connect();
  await until(() => feed.listeners.size === 1);
  stream.close();
  await reader.closed;
  const late = await connect();
  expect(late.response.statusCode).toBe(503);
});
