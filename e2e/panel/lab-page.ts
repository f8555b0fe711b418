import type { Locator, Page } from '@playwright/test';

/** The pages of experiments, loads and runs, as their reader uses them. */
export class LabPage {
  readonly page: Page;
  readonly run: Locator;
  readonly progress: Locator;
  readonly runs: Locator;
  readonly replay: Locator;
  readonly stopwatch: Locator;
  readonly schedules: Locator;
  readonly #url: string;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    this.run = page.getByTestId('run');
    this.progress = page.getByTestId('progress');
    this.runs = page.getByTestId('runs');
    this.replay = page.getByTestId('replay');
    this.stopwatch = page.getByTestId('kill-strip');
    this.schedules = page.getByTestId('schedules');
  }

  async open(path = '/experiments'): Promise<void> {
    await this.page.goto(this.#url + path);
  }

  /** `word` as on the switch: "A-1", "Kill demo". */
  async choose(word: string): Promise<void> {
    await this.page.getByRole('radiogroup', { name: 'Experiment' }).getByText(word, { exact: true }).click();
  }

  async fill(values: Readonly<Record<string, string>>): Promise<void> {
    for (const [label, value] of Object.entries(values)) {
      const field = this.page.getByLabel(label, { exact: true });
      if ((await field.evaluate((node) => node.tagName)) === 'SELECT') await field.selectOption(value);
      else await field.fill(value);
    }
  }

  async start(word: string): Promise<void> {
    await this.page.getByRole('button', { name: word, exact: true }).click();
  }

  figure(title: string): Locator {
    return this.page.getByRole('figure', { name: title });
  }
}
