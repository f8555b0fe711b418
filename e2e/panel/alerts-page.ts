import type { Locator, Page } from '@playwright/test';

/** The alerts page: where things are and how one gets about, without a judgement on what is found. */
export class AlertsPage {
  readonly page: Page;
  readonly active: Locator;
  readonly over: Locator;
  readonly rules: Locator;
  readonly silences: Locator;
  readonly webhooks: Locator;
  readonly deliveries: Locator;
  readonly headline: Locator;
  readonly notice: Locator;
  readonly sheet: Locator;
  readonly ruleWords: Locator;
  readonly toasts: Locator;

  constructor(page: Page) {
    this.page = page;
    this.active = page.getByTestId('active-alerts').locator('> li');
    this.over = page.getByTestId('recent-alerts').locator('tbody tr');
    this.rules = page.getByTestId('rules').locator('> li');
    this.silences = page.getByTestId('silences').locator('> li');
    this.webhooks = page.getByTestId('webhooks').locator('> li');
    this.deliveries = page.getByTestId('deliveries').locator('tbody tr');
    this.headline = page.getByTestId('alert-figure');
    this.notice = page.getByTestId('alert-notice');
    this.sheet = page.getByRole('dialog');
    this.ruleWords = page.getByTestId('rule-words');
    this.toasts = page.locator('[data-sonner-toast]');
  }

  /** Adds a rule that fires as soon as one replica is missing, and ends as soon as none is. */
  async addMissingRule(name: string): Promise<void> {
    await this.page.getByRole('button', { name: 'Add a rule…' }).click();
    await this.sheet.getByLabel('Name').fill(name);
    await this.sheet.getByLabel('When').selectOption('too-few-serving');
    await this.sheet.getByLabel('Has to hold for, s').fill('0');
    await this.sheet.getByLabel('Over after, s').fill('1');
    await this.sheet.getByText('critical', { exact: true }).click();
    await this.sheet.getByRole('button', { name: 'Add the rule' }).click();
  }

  alert(title: string): Locator {
    return this.active.filter({ hasText: title });
  }
}
