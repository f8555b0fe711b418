import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** All of its rules, but without an account of what passed, which takes longer than the rules themselves. */
function axe(page: Page): AxeBuilder {
  // The other mode opens a page of its own for what is in frames of other origins; there are none.
  return new AxeBuilder({ page }).setLegacyMode(true).options({ resultTypes: ['violations'] });
}

/** What axe objects to on the page as it is, in the light theme and in the dark one. */
export async function violationsOf(page: Page, what: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
    const { violations } = await axe(page).analyze();
    for (const { id, nodes } of violations) {
      found.push(`${what}, ${colorScheme}, ${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`);
    }
  }
  return found;
}
