/**
 * How long it takes from the kill of a container under load to as many healthy ones as before: Ringmaster beside
 * Docker's `--restart always` and a Swarm service. Needs a Docker Engine that is in no Swarm.
 *   npm run bench:recovery -- [--rounds 10] [--rate 1000] [--port 15990] [--only ringmaster]
 */
import { parseArgs } from 'node:util';
import { type LoadSummary, loadSpec } from '../lib/lab/load.ts';
import { Engine } from './adapters/runtime/docker/engine.ts';
import { ensureSampleImage, sampleImage } from './adapters/runtime/docker/sample-image.ts';
import { runLoad } from './lab/load/load-process.ts';
import { type Contender, type Recovery, sleep } from './recovery/contender.ts';
import { startRestartAlways } from './recovery/restart-always.ts';
import { startRingmaster } from './recovery/ringmaster.ts';
import { startService, startSwarm } from './recovery/swarm.ts';

interface Result {
  readonly name: string;
  readonly recoveries: readonly Recovery[];
  readonly load: LoadSummary;
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '1000' },
    port: { type: 'string', default: '15990' },
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const pace = { kind: 'rate', perSecond: Number(values.rate), connections: 64 };

async function measure(contender: Contender, count: number): Promise<Result> {
  const enough = new AbortController();
  const spec = loadSpec.parse({ pace, requests: null, durationMs: 600_000 });
  const loading = runLoad(contender.origin, spec, {}, enough.signal);
  try {
    await sleep(1000);
    const recoveries: Recovery[] = [];
    for (let i = 0; i < count; i++) recoveries.push(await contender.round(i));
    enough.abort();
    return { name: contender.name, recoveries, load: await loading };
  } finally {
    enough.abort();
    await loading.catch(() => {});
    await contender.stop();
  }
}

function quantile(values: readonly (number | null)[], ratio: number): string {
  const known = values.filter((value) => value !== null).sort((a, b) => a - b);
  const value = known[Math.min(known.length - 1, Math.ceil(known.length * ratio) - 1)];
  return value === undefined ? '–' : String(Math.round(value));
}

function pair(values: readonly (number | null)[]): string {
  return values.every((value) => value === null) ? '–' : `${quantile(values, 0.5)} / ${quantile(values, 0.95)}`;
}

function row({ name, recoveries, load }: Result, isBalancer: boolean): string {
  const back = recoveries.map(({ backMs }) => backMs);
  const answered = Object.entries(load.byStatus).filter(([status]) => !status.startsWith('5'));
  const lost = load.requests - answered.reduce((sum, [, count]) => sum + count, 0);
  const cells = [
    name.padEnd(46),
    pair(recoveries.map(({ noticedMs }) => noticedMs)).padStart(11),
    pair(recoveries.map(({ outOfRotationMs }) => outOfRotationMs)).padStart(15),
    (back.every((ms) => ms === null) ? 'never' : pair(back)).padStart(13),
    (isBalancer ? `${lost} of ${load.requests}` : '').padStart(14),
  ];
  return cells.join('  ');
}

async function compare(image: string): Promise<readonly Result[]> {
  const results: Result[] = [];
  const run = async (start: () => Promise<Contender>, count = rounds): Promise<void> => {
    const contender = await start();
    process.stderr.write(`measuring: ${contender.name} …\n`);
    const result = await measure(contender, count);
    results.push(result);
    console.log(row(result, contender.name.startsWith('Ringmaster')));
  };
  const port = Number(values.port);
  await run(() => startRingmaster(port, 'docker kill'));
  await run(() => startRingmaster(port, 'SIGKILL'));
  if (values.only === 'ringmaster') return results;
  await run(() => startRestartAlways(image, 'docker kill'), 2);
  await run(() => startRestartAlways(image, 'SIGKILL'));
  const swarm = await startSwarm();
  if (swarm === null) {
    console.log('Swarm: left out, as this Engine is part of one');
    return results;
  }
  try {
    await run(() => startService(image, '0s'));
    await run(() => startService(image, 'default'));
  } finally {
    await swarm.leave();
  }
  return results;
}

const image = sampleImage();
await ensureSampleImage(new Engine(), image, new AbortController().signal);
console.log(`${rounds} kills, ${pace.perSecond} requests/s; ms after the kill was ordered, median / p95`);
const headings = [
  'noticed'.padStart(11),
  'out of rotation'.padStart(15),
  'back to N'.padStart(13),
  'requests lost'.padStart(14),
];
console.log(['', ...headings].join('  ').padStart(46 + 61));
const [own, ...others] = await compare(image);
const median = (result: Result | undefined): number =>
  Number(quantile(result?.recoveries.map(({ backMs }) => backMs) ?? [], 0.5));
for (const other of others) {
  const ratio = median(other) / median(own);
  if (Number.isFinite(ratio)) console.log(`${other.name}: ${ratio.toFixed(1)} times as long as Ringmaster`);
}
