import AxeBuilder from '@axe-core/playwright';
import { expect, test } from './shared-fixture.ts';

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

for (const theme of ['light', 'dark'] as const) {
  test(`axe finds nothing to object to on any page in the ${theme} theme, a replica away`, async ({
    overview,
    page,
  }) => {
    test.slow();
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await overview.open();
    await overview.choose('S2', 'Pause…');
    await overview.confirm('Pause S2');
    await expect(overview.row('S2')).toHaveAttribute('data-status', 'paused');
    for (const path of PAGES) {
      await (path === '/replay' ? overview.openReplay() : overview.open(path));
      const { violations } = await new AxeBuilder({ page }).analyze();
      const found = violations.map(
        ({ id, nodes }) => `${path} ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
      );
      expect(found).toEqual([]);
    }
    await overview.open('/');
    await overview.page.getByRole('button', { name: 'Add…' }).click();
    await expect(overview.sheet.getByRole('button', { name: 'Add 1 replica' })).toBeEnabled();
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `sheet ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`),
    ).toEqual([]);
  });
}
