import { expect, shared as test } from './fixture.ts';
import { violationsOf } from './violations.ts';

// A low window, in which more of a page scrolls by itself than at the usual height, and has to be reached by keyboard.
test.use({ viewport: { width: 1440, height: 700 } });

test('axe finds nothing to object to on any page in either theme, a replica away', async ({ overview, page }) => {
  test.slow();
  await overview.open();
  await overview.choose('S2', 'Pause…');
  await overview.confirm('Pause S2');
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
  const judge = async (): Promise<void> => expect(await violationsOf(page, page.url())).toEqual([]);
  await judge();
  await overview.go('Ring');
  await overview.ring.press('End');
  await expect(page).toHaveURL(/slot=511/);
  await judge();
  await overview.go('Replicas');
  await judge();
  await overview.row('S2').getByRole('link', { name: 'S2' }).click();
  await expect(page).toHaveURL(/replicas\/S2/);
  await judge();
  for (const name of ['Events', 'Incidents', 'Alerts', 'History']) {
    await overview.go(name);
    await judge();
  }
  await overview.go('Replay');
  await overview.replayShown();
  await judge();
  await overview.go('Overview');
  await overview.page.getByRole('button', { name: 'Add…' }).click();
  await expect(overview.sheet.getByRole('button', { name: 'Add 1 replica' })).toBeEnabled();
  expect(await violationsOf(page, 'sheet')).toEqual([]);
});
