import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** Rules whose answer the theme can change. */
const OF_COLOUR = ['color-contrast', 'link-in-text-block'];

async function found(page: Page, what: string, rules?: string[]): Promise<readonly string[]> {
  // The other mode opens a page of its own for what is in frames of other origins; there are none.
  const builder = new AxeBuilder({ page }).setLegacyMode(true);
  const { violations } = await (rules === undefined ? builder : builder.withRules(rules)).analyze();
  return violations.map(
    ({ id, nodes }) => `${what} ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`,
  );
}

/** What axe objects to on the page as it is: every rule in the light theme, and those about colour in the dark one. */
export async function violationsOf(page: Page, what: string): Promise<readonly string[]> {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const light = await found(page, `${what}, light`);
  await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
  await page.locator('html[data-theme=dark]').waitFor();
  return [...light, ...(await found(page, `${what}, dark`, OF_COLOUR))];
}
