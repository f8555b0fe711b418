import type { Page } from '@playwright/test';
import axe from 'axe-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** Themes differ in their colours: what is no matter of colour is judged in one of them. */
const JUDGED = [
  { colorScheme: 'light', rules: null },
  { colorScheme: 'dark', rules: ['color-contrast', 'link-in-text-block'] },
] as const;

interface Violation {
  readonly id: string;
  readonly nodes: readonly string[];
}

/** What axe objects to on the page as it is. All of its rules (null) are those that it has switched on by itself. */
async function judged(page: Page, rules: readonly string[] | null): Promise<readonly Violation[]> {
  // Half a megabyte: it stays with the page, and only what is found comes back.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async (values) => {
    const { violations } = await window.axe.run(document, {
      resultTypes: ['violations'],
      ...(values === null ? {} : { runOnly: { type: 'rule', values: [...values] } }),
    });
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html.slice(0, 160)) }));
  }, rules);
}

/** What axe objects to on the page as it is, in the light theme and in the dark one. */
export async function violationsOf(page: Page, what: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { colorScheme, rules } of JUDGED) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await page.locator(`html[data-theme=${colorScheme}]`).waitFor();
    for (const { id, nodes } of await judged(page, rules)) {
      found.push(`${what}, ${colorScheme}, ${id}: ${nodes.join(' | ')}`);
    }
  }
  return found;
}
