import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, expect, test } from 'vitest';
import type { Log } from '../../core/log.ts';
import { SqliteStore } from './sqlite-store.ts';
import { someEvent, someFleet, storeContract } from './store.contract.ts';

const silent: Log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };
const folder = mkdtempSync(join(tmpdir(), 'ringmaster-store-'));
let count = 0;

afterAll(() => rmSync(folder, { recursive: true }));

function fresh(): string {
  return join(folder, String(++count));
}

function open(directory: string): SqliteStore {
  return new SqliteStore(directory, silent, 42);
}

let last = '';
storeContract(
  'sqlite file',
  () => {
    last = fresh();
    return open(last);
  },
  (store) => {
    store.close();
    return open(last);
  },
);

test.each([
  ['garbage', Buffer.from('this is no database, and it is long enough to be read as the header of one: '.repeat(9))],
  ['cut short', null],
])('a damaged file (%s) is moved aside and said, and a new one begun', (_, bytes) => {
  const directory = fresh();
  const store = open(directory);
  store.saveFleet(someFleet());
  store.close();
  const path = join(directory, 'ringmaster.db');
  writeFileSync(path, bytes ?? Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(3000, 7)]));
  const again = open(directory);
  expect(again.loadFleet()).toMatchObject({ kind: 'damaged', detail: expect.stringContaining('moved to') });
  expect(existsSync(`${path}.damaged-42`)).toBe(true);
  expect(again.saveFleet(someFleet())).toEqual({ ok: true });
  again.close();
  expect(open(directory).loadFleet()).toMatchObject({ kind: 'found' });
});

test.each([
  ['no JSON', '{"ring":'],
  ['half a ring', JSON.stringify({ ...someFleet(), ring: { ...someFleet().ring, owner: [1, 2, 3] } })],
  ['an owner that is no member', JSON.stringify({ ...someFleet(), ring: { ...someFleet().ring, members: [] } })],
])('a saved fleet that is %s is damage, not a fleet', (_, text) => {
  const directory = fresh();
  const store = open(directory);
  store.saveFleet(someFleet());
  store.close();
  const database = new DatabaseSync(join(directory, 'ringmaster.db'));
  database.prepare('UPDATE fleet SET record = ?').run(text);
  database.close();
  const again = open(directory);
  expect(again.loadFleet()).toMatchObject({ kind: 'damaged' });
  expect(again.loadFleet()).toEqual({ kind: 'empty' });
  again.close();
});

test('a second balancer on the same directory is refused, not taken for damage', { timeout: 10_000 }, () => {
  const directory = fresh();
  const store = open(directory);
  store.saveFleet(someFleet());
  expect(() => open(directory)).toThrow(/another balancer uses/);
  expect(readdirSync(directory).filter((name) => name.includes('damaged'))).toEqual([]);
  store.close();
});

test('events are bounded', () => {
  const store = new SqliteStore(fresh(), silent, 42, 600);
  for (let i = 1; i <= 1_000; i++) store.appendEvent('a', someEvent(i));
  const oldest = store.events({ after: 0, limit: 1 })[0]?.sequence ?? 0;
  expect(oldest).toBe(401);
  store.close();
});

test('a directory that cannot be made is said', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  expect(() => open(join(file, 'state'))).toThrow(/ENOTDIR|EEXIST/);
});
