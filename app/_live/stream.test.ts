import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { followStream } from './stream.ts';
import type { Connection } from './view.ts';

/** The streams that were opened, newest last. */
let sources: FakeSource[] = [];

class FakeSource extends EventTarget {
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    sources.push(this);
  }

  say(type: string, data: object, lastEventId: string): void {
    this.dispatchEvent(new MessageEvent(type, { data: JSON.stringify(data), lastEventId }));
  }

  close(): void {}
}

/** What the page was told, without repetitions. */
let said: Connection[] = [];
let ended: AbortController;

beforeEach(() => {
  vi.useFakeTimers();
  sources = [];
  said = [];
  ended = new AbortController();
  vi.stubGlobal('EventSource', FakeSource);
  vi.stubGlobal('fetch', async () => new Response('{}', { status: 502 }));
  void followStream(
    'boot-1',
    { message: () => undefined, connection: (next) => said.at(-1) === next || said.push(next) },
    ended.signal,
  );
});

afterEach(() => {
  ended.abort();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('a stream that falls silent is said to be silent, and live again with the next message', async () => {
  sources[0]?.say('second', {}, 'boot-2');
  await vi.advanceTimersByTimeAsync(4_000);
  sources[0]?.say('second', {}, 'boot-3');
  expect(said).toEqual(['live', 'stale', 'live']);
});

test('a balancer that hangs is down until it is heard again, however often the stream is opened meanwhile', async () => {
  sources[0]?.say('second', {}, 'boot-2');
  await vi.advanceTimersByTimeAsync(60_000);
  expect(said).toEqual(['live', 'stale', 'balancer-down']);
  expect(sources.length).toBeGreaterThan(3);
  sources.at(-1)?.say('second', {}, 'boot-3');
  expect(said.at(-1)).toBe('live');
  await vi.advanceTimersByTimeAsync(4_000);
  expect(said.at(-1)).toBe('stale');
});

test('a stream is taken up after the last message that had an id', async () => {
  expect(sources[0]?.url).toBe('/api/events?after=boot-1');
  sources[0]?.say('second', {}, 'boot-7');
  sources[0]?.say('traffic', {}, '');
  sources[0]?.dispatchEvent(new Event('error'));
  await vi.advanceTimersByTimeAsync(300);
  expect(sources.map(({ url }) => url)).toEqual(['/api/events?after=boot-1', '/api/events?after=boot-7']);
});
