import { expect, test } from 'vitest';
import { Turns } from './turns.ts';

const forever = new AbortController().signal;

function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { wait: () => promise, open: resolve };
}

test('no more than so many run at once, in the order they came, and a failure frees its place', async () => {
  const turns = new Turns(2);
  const gates = [gate(), gate(), gate(), gate()];
  const begun: number[] = [];
  const runs = gates.map(({ wait }, i) =>
    turns.run(forever, async () => {
      begun.push(i);
      await wait();
      if (i === 0) throw new Error('broken');
    }),
  );
  await Promise.resolve();
  expect(begun).toEqual([0, 1]);
  gates[0]?.open();
  await expect(runs[0]).rejects.toThrow('broken');
  expect(begun).toEqual([0, 1, 2]);
  for (const { open } of gates) open();
  await Promise.all(runs.slice(1));
  expect(begun).toEqual([0, 1, 2, 3]);
});

test('who gives up waiting loses the place and nobody else’s', async () => {
  const turns = new Turns(1);
  const first = gate();
  const running = turns.run(forever, first.wait);
  const impatient = new AbortController();
  const given = turns.run(impatient.signal, async () => 'never');
  const patient = turns.run(forever, async () => 'done');
  impatient.abort(new Error('enough'));
  await expect(given).rejects.toThrow('enough');
  first.open();
  await running;
  expect(await patient).toBe('done');
});
