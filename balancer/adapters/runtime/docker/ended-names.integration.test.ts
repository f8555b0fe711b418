import { afterEach, beforeEach, expect, test } from 'vitest';
import { EndedNames } from './ended-names.ts';
import { Engine } from './engine.ts';
import { type Answer, type FakeEngine, startFakeEngine } from './fake-engine.ts';

const ID = 'a'.repeat(64);
const forever = new AbortController().signal;
let fake: FakeEngine;
let names: EndedNames;
let renames: number;
let renamed: PromiseWithResolvers<Answer>;

beforeEach(async () => {
  renames = 0;
  renamed = Promise.withResolvers();
  fake = await startFakeEngine(() => {
    renames++;
    return renamed.promise;
  });
  names = new EndedNames(new Engine({ socketPath: fake.socketPath }));
  names.ended('S1', ID);
});

afterEach(() => fake.dispose());

test('a dead container is not removed while it is moved aside', async () => {
  const freed = names.free('S1', forever);
  await expect.poll(() => renames).toBe(1);
  const order: string[] = [];
  void freed?.then(() => order.push('moved'));
  const removed = names.remove(ID, async () => void order.push('removed'));
  renamed.resolve({ status: 204 });
  await removed;
  expect(order).toEqual(['moved', 'removed']);
});

test('nor moved aside while it is removed: its name is free after that', async () => {
  const { promise, resolve } = Promise.withResolvers<void>();
  const removed = names.remove(ID, () => promise);
  const freed = names.free('S1', forever);
  resolve();
  await Promise.all([removed, freed]);
  expect(renames).toBe(0);
  expect(names.free('S1', forever)).toBeNull();
});
