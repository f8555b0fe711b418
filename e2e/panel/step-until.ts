import { expect, type Locator, type Page } from '@playwright/test';

const MOST_STEPS = 8;

/**
 * Steps through a replay until the row's status is like this. Each step is waited for: one that is taken again because
 * the page was slow would go past what is looked for.
 */
export async function stepUntil(page: Page, step: () => Promise<void>, row: Locator, status: RegExp): Promise<void> {
  const slider = page.getByRole('slider', { name: 'Moment' });
  for (let n = 0; n < MOST_STEPS; n++) {
    const before = await slider.inputValue();
    await step();
    await expect(slider).not.toHaveValue(before);
    if (status.test((await row.getAttribute('data-status')) ?? '')) return;
  }
  throw new Error(`no status like ${status} within ${MOST_STEPS} steps`);
}
