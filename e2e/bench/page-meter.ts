import type { CDPSession, Page } from '@playwright/test';
import { WorkerHeaps } from './worker-heaps.ts';

/** What a stretch of time cost the page. Times in ms. */
export interface Stretch {
  readonly seconds: number;
  readonly frames: number;
  readonly p50: number;
  readonly p95: number;
  readonly p99: number;
  /** Frames that took less than 20 ms, 0–1. */
  readonly inTime: number;
  /** Work of the main thread, all of it and by kind, in ms a second. */
  readonly main: number;
  readonly script: number;
  readonly style: number;
  readonly layout: number;
}

export interface Heap {
  /** Of the page and its workers. */
  readonly mebibytes: number;
  /** Of its workers alone. */
  readonly inWorkers: number;
  readonly nodes: number;
  readonly listeners: number;
}

interface FrameLog {
  frameTimes: number[];
}

/** Reads frames from the page's own animation frames, work and heap from the browser. */
export class PageMeter {
  readonly #page: Page;
  readonly #client: CDPSession;
  readonly #workers: WorkerHeaps;

  private constructor(page: Page, client: CDPSession, workers: WorkerHeaps) {
    this.#page = page;
    this.#client = client;
    this.#workers = workers;
  }

  static async attach(page: Page): Promise<PageMeter> {
    const client = await page.context().newCDPSession(page);
    await client.send('Performance.enable');
    await client.send('HeapProfiler.enable');
    await page.evaluate(() => {
      const log: FrameLog = { frameTimes: [] };
      Object.assign(window, { frameLog: log });
      let before = performance.now();
      const tick = (now: number): void => {
        log.frameTimes.push(now - before);
        before = now;
        requestAnimationFrame(tick);
      };
      requestAnimationFrame(tick);
    });
    return new PageMeter(page, client, await WorkerHeaps.attach(client));
  }

  async over(ms: number): Promise<Stretch> {
    await this.#takeFrames();
    const before = await this.#metrics();
    await this.#page.waitForTimeout(ms);
    const frames = (await this.#takeFrames()).sort((a, b) => a - b);
    const after = await this.#metrics();
    const seconds = after('Timestamp') - before('Timestamp') || ms / 1_000;
    const perSecond = (name: string): number => ((after(name) - before(name)) * 1_000) / seconds;
    const at = (ratio: number): number => frames[Math.min(frames.length - 1, Math.floor(frames.length * ratio))] ?? 0;
    return {
      seconds,
      frames: frames.length,
      p50: at(0.5),
      p95: at(0.95),
      p99: at(0.99),
      inTime: frames.filter((frame) => frame < 20).length / Math.max(1, frames.length),
      main: perSecond('TaskDuration'),
      script: perSecond('ScriptDuration'),
      style: perSecond('RecalcStyleDuration'),
      layout: perSecond('LayoutDuration'),
    };
  }

  /** What is still held after the garbage was collected. */
  async heap(): Promise<Heap> {
    await this.#client.send('HeapProfiler.collectGarbage');
    await this.#client.send('HeapProfiler.collectGarbage');
    const inWorkers = (await this.#workers.used()) / 2 ** 20;
    const metric = await this.#metrics();
    return {
      mebibytes: metric('JSHeapUsedSize') / 2 ** 20 + inWorkers,
      inWorkers,
      nodes: metric('Nodes'),
      listeners: metric('JSEventListeners'),
    };
  }

  async #metrics(): Promise<(name: string) => number> {
    const { metrics } = await this.#client.send('Performance.getMetrics');
    const values = new Map(metrics.map(({ name, value }) => [name, value]));
    return (name) => values.get(name) ?? 0;
  }

  #takeFrames(): Promise<number[]> {
    return this.#page.evaluate(() => (window as unknown as { frameLog: FrameLog }).frameLog.frameTimes.splice(0));
  }
}
