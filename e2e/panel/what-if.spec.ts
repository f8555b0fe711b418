import type { Page } from '@playwright/test';
import type { Balancer } from '../support/balancer.ts';
import { expect, shared as test } from './fixture.ts';

interface Ring {
  readonly owner: readonly number[];
  readonly members: readonly { readonly name: string; readonly seat: number }[];
}

async function ringOf(balancer: Balancer): Promise<Ring> {
  const answer = await fetch(`${balancer.url}/_ring/v1/state`);
  return ((await answer.json()) as { ring: Ring }).ring;
}

/** Moves as the sheet lists them: "S1 S4 26". */
function movesBetween(before: Ring, after: Ring): string[] {
  const names = new Map([...before.members, ...after.members].map(({ name, seat }) => [seat, name]));
  const counts = new Map<string, number>();
  before.owner.forEach((from, slot) => {
    const to = after.owner[slot] ?? 0;
    const key = `${names.get(from)} ${names.get(to)}`;
    if (from !== to) counts.set(key, (counts.get(key) ?? 0) + 1);
  });
  return [...counts].map(([key, count]) => `${key} ${count}`).sort();
}

async function shownMoves(page: Page): Promise<string[]> {
  const rows = page.getByTestId('preview-moves').locator('tbody tr');
  await rows.first().waitFor();
  const cells = await rows.evaluateAll((all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent).join(' ')),
  );
  return cells.sort();
}

test('what adding two replicas would move is what then moves', async ({ overview, balancer }) => {
  await overview.open();
  const before = await ringOf(balancer);
  await overview.page.getByRole('button', { name: 'Add…' }).click();
  await overview.sheet.getByRole('button', { name: 'One more' }).click();
  await expect(overview.sheet.getByRole('button', { name: 'Add 2 replicas' })).toBeEnabled();
  const promised = await shownMoves(overview.page);
  const movedWords = await overview.previewMoved.textContent();
  await overview.confirm('Add 2 replicas');
  await expect(overview.rows).toHaveCount(5);
  await expect.poll(async () => (await ringOf(balancer)).members.length).toBe(5);
  const actual = movesBetween(before, await ringOf(balancer));
  expect(promised).toEqual(actual);
  const total = actual.reduce((sum, move) => sum + Number(move.split(' ')[2]), 0);
  expect(movedWords).toContain(`${total} slots would move`);
});

test('what removing a replica would move is what then moves, and the replica is gone', async ({
  overview,
  balancer,
}) => {
  await overview.open();
  const before = await ringOf(balancer);
  await overview.choose('S2', 'Remove…');
  await expect(overview.sheet.getByRole('button', { name: 'Remove S2' })).toBeEnabled();
  const promised = await shownMoves(overview.page);
  await overview.confirm('Remove S2');
  await expect(overview.row('S2')).toHaveCount(0);
  expect(promised).toEqual(movesBetween(before, await ringOf(balancer)));
  await expect(overview.serving).toHaveText('2/2');
});

test('a name that is taken is refused in the sheet, and nothing changes', async ({ overview }) => {
  await overview.open();
  await overview.page.getByRole('button', { name: 'Add…' }).click();
  await overview.page.getByLabel('Names').fill('S1');
  await expect(overview.sheet.getByRole('alert')).toContainText('S1');
  await expect(overview.sheet.getByRole('button', { name: 'Add 1 replica' })).toBeDisabled();
  await overview.page.keyboard.press('Escape');
  await expect(overview.rows).toHaveCount(3);
});
