/**
 * What the overview costs a browser while requests come in: frames, work of the main thread, and a heap that must not
 * grow. An empty page comes first: what this machine gives any page beside such a load. Needs the built panel (`npx next build`).
 *   npm run bench:panel -- [--replicas 56] [--rate 2000] [--seconds 600] [--path /] [--show]
 */
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { type Browser, chromium } from '@playwright/test';
import { startPanel } from '../panel/panel-process.ts';
import { type Balancer, startBalancer } from '../support/balancer.ts';
import { chromiumOptions } from '../support/browser.ts';
import { type Heap, PageMeter, type Stretch } from './page-meter.ts';
import { startUpstreams } from './upstreams.ts';

const { values } = parseArgs({
  options: {
    replicas: { type: 'string', default: '56' },
    rate: { type: 'string', default: '2000' },
    seconds: { type: 'string', default: '600' },
    path: { type: 'string', default: '/' },
    show: { type: 'boolean', default: false },
  },
});
const replicas = Number(values.replicas);
const rate = Number(values.rate);
const seconds = Number(values.seconds);
const VIEWPORT = { width: 1440, height: 900 };
/** A page settles for so long: its buffers of two minutes fill only in a long run. */
const WARM_UP_MS = Math.min(125_000, seconds * 250);
const STRETCHES = Math.max(1, Math.min(10, Math.floor(seconds / 10)));
/** The most one load may last; then the next begins, as soon as the one before is over. */
const LOAD_MS = 600_000;
const CONFLICT = 409;
const CONTROL_MS = 10_000;

async function keepLoading({ url }: Balancer, stop: AbortSignal): Promise<void> {
  const pace = { kind: 'rate', perSecond: rate, connections: 64 };
  const body = JSON.stringify({ kind: 'load', load: { pace, requests: null, durationMs: LOAD_MS } });
  const headers = { 'content-type': 'application/json' };
  while (!stop.aborted) {
    const answer = await fetch(`${url}/_ring/v1/experiments`, { method: 'POST', body, headers });
    const words = await answer.text();
    if (!answer.ok && answer.status !== CONFLICT) throw new Error(`the load was refused: ${words}`);
    await sleep(answer.ok ? LOAD_MS : 250, undefined, { signal: stop }).catch(() => undefined);
  }
}

function stretchWords(stretch: Stretch): string {
  const { frames, p50, p95, p99, inTime, main, script, style, layout } = stretch;
  const ms = (value: number): string => value.toFixed(1).padStart(6);
  const perFrame = (main * stretch.seconds) / Math.max(1, frames);
  return [
    `${(frames / stretch.seconds).toFixed(1).padStart(6)} frames/s, ms a frame p50${ms(p50)} p95${ms(p95)} p99${ms(p99)},`,
    `${(inTime * 100).toFixed(1)} % under 20 ms; main thread ${main.toFixed(0)} ms/s, ${perFrame.toFixed(2)} ms a frame`,
    `(script ${script.toFixed(0)}, style ${style.toFixed(0)}, layout ${layout.toFixed(0)} ms/s)`,
  ].join(' ');
}

function heapWords({ mebibytes, inWorkers, nodes, listeners }: Heap): string {
  return `${mebibytes.toFixed(2)} MiB (${inWorkers.toFixed(2)} in workers), ${nodes} nodes, ${listeners} listeners`;
}

/** Single heaps go up and down by what has just come in: halves say whether anything is kept. */
function growthWords(heaps: readonly Heap[]): string {
  const half = Math.ceil(heaps.length / 2);
  const mean = (part: readonly Heap[]): number => part.reduce((sum, heap) => sum + heap.mebibytes, 0) / part.length;
  const [first, last] = [mean(heaps.slice(0, half)), mean(heaps.slice(-half))];
  return `mean heap of the first half ${first.toFixed(2)} MiB, of the last half ${last.toFixed(2)} MiB`;
}

/** A page with nothing but a loop of animation frames, while the same load runs. */
async function measureEmptyPage(browser: Browser): Promise<void> {
  const page = await browser.newPage({ viewport: VIEWPORT });
  const meter = await PageMeter.attach(page);
  console.log(`an empty page: ${stretchWords(await meter.over(CONTROL_MS))}`);
  await page.close();
}

async function measure(url: string): Promise<void> {
  const browser = await chromium.launch({ headless: !values.show, ...chromiumOptions(values.show) });
  try {
    await measureEmptyPage(browser);
    const page = await browser.newPage({ viewport: VIEWPORT });
    await page.goto(url + values.path);
    await page.getByTestId('connection').getByText('live', { exact: true }).waitFor();
    const meter = await PageMeter.attach(page);
    await page.waitForTimeout(WARM_UP_MS);
    const first = await meter.heap();
    const heaps = [first];
    console.log(`heap after ${WARM_UP_MS / 1_000} s: ${heapWords(first)}`);
    for (let n = 0; n < STRETCHES; n++) {
      console.log(stretchWords(await meter.over((seconds * 1_000) / STRETCHES)));
      const heap = await meter.heap();
      heaps.push(heap);
      console.log(`heap: ${heapWords(heap)}`);
    }
    console.log(growthWords(heaps));
  } finally {
    await browser.close();
  }
}

const upstreams = await startUpstreams(replicas);
const balancer = await startBalancer(['--upstreams', upstreams.addresses.join(',')], 60_000);
const panel = await startPanel(balancer.url);
const stop = new AbortController();
try {
  const loading = keepLoading(balancer, stop.signal);
  await Promise.race([measure(panel.url), loading]);
  stop.abort();
  await loading;
} finally {
  stop.abort();
  await panel.stop();
  await balancer.stop();
  upstreams.stop();
}
