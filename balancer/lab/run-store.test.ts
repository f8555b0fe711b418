import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Run } from '../../lib/lab/run.ts';
import { RunStore } from './run-store.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringmaster-store-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function runAt(second: number): Run {
  return {
    id: `20261123-1015${String(second).padStart(2, '0')}000-load-00ff`,
    kind: 'load',
    status: 'cancelled',
    startedAt: second,
    finishedAt: second + 1,
    summary: 'cancelled',
    pass: null,
    request: { kind: 'kill', fault: 'kill', path: '/home', perSecond: 100, repeat: 1, everyMs: 0, maxLost: 0 },
    environment: null,
    result: null,
  };
}

test('what is saved is read back whole, and listed newest first', async () => {
  const store = new RunStore(join(folder, 'not-there-yet'));
  expect(await store.list()).toEqual([]);
  for (const second of [2, 9, 5]) await store.save(runAt(second));
  expect((await store.list()).map((head) => head.startedAt)).toEqual([9, 5, 2]);
  expect(await store.read(runAt(5).id)).toEqual(runAt(5));
});

test('a file that is no run is passed over, and no half-written one stays', async () => {
  const store = new RunStore(folder);
  await store.save(runAt(1));
  await writeFile(join(folder, `${runAt(2).id}.json`), '{"id":');
  await writeFile(join(folder, 'notes.json'), '{}');
  expect((await store.list()).map((head) => head.startedAt)).toEqual([1]);
  expect(await store.read(runAt(2).id)).toBeNull();
  expect((await readdir(folder)).filter((name) => name.endsWith('.part'))).toEqual([]);
});

test.each(['../secret', 'a/b', '', '20261123-101500000-load-00ff/../x'])('%j names no run', async (id) => {
  const store = new RunStore(folder);
  expect(await store.read(id)).toBeNull();
  expect(await store.remove(id)).toBe(false);
});

test('a run that is removed is gone, once', async () => {
  const store = new RunStore(folder);
  await store.save(runAt(1));
  expect(await store.remove(runAt(1).id)).toBe(true);
  expect(await store.remove(runAt(1).id)).toBe(false);
  expect(await store.list()).toEqual([]);
});
