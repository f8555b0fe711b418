import { expect, shared as test } from './fixture.ts';
import { violationsOf } from './violations.ts';

const PAGES = [
  '/',
  '/ring?slot=40',
  '/replicas',
  '/replicas/S2',
  '/events',
  '/incidents',
  '/alerts',
  '/history',
  '/replay',
];

// A low window, in which more of a page scrolls by itself than at the usual height, and has to be reached by keyboard.
test.use({ viewport: { width: 1440, height: 700 } });

test('axe finds nothing to object to on any page in either theme, a replica away', async ({ overview, page }) => {
  test.slow();
  await overview.open();
  await overview.choose('S2', 'Pause…');
  await overview.confirm('Pause S2');
  await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
  for (const path of PAGES) {
    await (path === '/replay' ? overview.openReplay() : overview.open(path));
    expect(await violationsOf(page, path)).toEqual([]);
  }
  await overview.open('/');
  await overview.page.getByRole('button', { name: 'Add…' }).click();
  await expect(overview.sheet.getByRole('button', { name: 'Add 1 replica' })).toBeEnabled();
  expect(await violationsOf(page, 'sheet')).toEqual([]);
});
