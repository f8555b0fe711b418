import type { Locator, Page } from '@playwright/test';

/** The overview: where things are and how one gets about, without a judgement on what is found. */
export class OverviewPage {
  readonly page: Page;
  readonly #url: string;
  readonly connection: Locator;
  readonly banner: Locator;
  readonly serving: Locator;
  readonly healthWords: Locator;
  readonly headline: Locator;
  readonly stopwatch: Locator;
  readonly events: Locator;
  readonly rows: Locator;
  readonly ring: Locator;
  readonly sheet: Locator;
  readonly previewMoved: Locator;
  readonly previewMoves: Locator;
  readonly toasts: Locator;

  constructor(page: Page, url: string) {
    this.page = page;
    this.#url = url;
    this.connection = page.getByTestId('connection');
    this.banner = page.getByTestId('connection-banner');
    this.serving = page.getByTestId('serving');
    this.healthWords = page.getByTestId('health-words');
    this.headline = page.getByTestId('headline');
    this.stopwatch = page.getByTestId('stopwatch');
    this.events = page.getByTestId('events');
    this.rows = page.getByTestId('replica-table').locator('tbody tr');
    this.ring = page.getByRole('slider', { name: 'Ring of 512 slots' });
    this.sheet = page.getByRole('dialog');
    this.previewMoved = page.getByTestId('preview-moved');
    this.previewMoves = page.getByTestId('preview-moves').locator('tbody tr');
    this.toasts = page.locator('[data-sonner-toast]');
  }

  /** Opens a page of the panel and waits until it is live. */
  async open(path = '/'): Promise<void> {
    await this.page.goto(this.#url + path);
    await this.live();
  }

  /** Waits until the page is live: before that nothing in it can be pressed. */
  async live(): Promise<void> {
    await this.page.getByTestId('connection').getByText('live', { exact: true }).waitFor();
  }

  /** Follows a link of the navigation, as one gets about without loading the panel again, until the new page has come. */
  async go(name: string): Promise<void> {
    const from = this.page.url();
    await this.page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    await this.page.waitForURL((url) => url.href !== from);
    await this.page.getByRole('main').locator('section, figure').first().waitFor();
    // The title comes with the last of a page, a moment after what is seen.
    await this.page.waitForFunction(() => document.title !== '');
  }

  /** Opens the replay, which is never live, and waits until it shows a moment or says that none was kept. */
  async openReplay(): Promise<void> {
    await this.page.goto(`${this.#url}/replay`);
    await this.replayShown();
  }

  async replayShown(): Promise<void> {
    await this.page.getByTestId('moment-shown').or(this.page.getByTestId('nothing-kept')).first().waitFor();
  }

  row(name: string): Locator {
    return this.page.getByTestId(`replica-${name}`);
  }

  /** Opens the menu of a replica and picks an item. */
  async choose(name: string, item: string): Promise<void> {
    await this.page.getByRole('button', { name: `Actions for ${name}` }).click();
    await this.page.getByRole('menuitem', { name: item }).click();
  }

  /** How far the latest toast reaches over what the page is about, px; it comes from above. */
  async toastOverMain(): Promise<number> {
    const toast = this.toasts.first();
    // Where it comes to rest: on its way it is elsewhere.
    await toast.evaluate((node) => Promise.all(node.getAnimations().map((animation) => animation.finished)));
    const [toastBox, mainBox] = await Promise.all([toast.boundingBox(), this.page.getByRole('main').boundingBox()]);
    if (toastBox === null || mainBox === null) throw new Error('there is no toast');
    return toastBox.y + toastBox.height - mainBox.y;
  }

  /** Where the latest toast ends, px from the top of the window. */
  async toastBottom(): Promise<number> {
    const box = await this.toasts.first().boundingBox();
    return box === null ? Number.NaN : box.y + box.height;
  }

  /** How far the page can be scrolled past its end, px. */
  roomBelowMain(): Promise<number> {
    return this.page
      .getByRole('main')
      .evaluate((main) => document.documentElement.scrollHeight - (main.getBoundingClientRect().bottom + scrollY));
  }

  async confirm(words: string): Promise<void> {
    await this.sheet.getByRole('button', { name: words, exact: true }).click();
  }

  async kill(name: string): Promise<void> {
    await this.choose(name, 'Kill…');
    await this.confirm(`Kill ${name}`);
  }
}
