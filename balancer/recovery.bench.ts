/**
 * How long it takes from the kill of a container under load to as many healthy ones as before: Ringmaster beside
 * Docker's `--restart always` and a Swarm service, at a steady rate and with 100 clients that ask as fast as they can.
 * Needs a Docker Engine that is in no Swarm.
 *   npm run bench:recovery -- [--rounds 10] [--load both|rate|clients] [--rate 300] [--clients 100] [--port 15990]
 *     [--only ringmaster]
 */
import { parseArgs } from 'node:util';
import { type LoadSpec, loadSpec } from '../lib/lab/load.ts';
import { Engine } from './adapters/runtime/docker/engine.ts';
import { ensureSampleImage, sampleImage } from './adapters/runtime/docker/sample-image.ts';
import { runLoad } from './lab/load/load-process.ts';
import { type Contender, type Recovery, sleep } from './recovery/contender.ts';
import { heading, median, type Result, row } from './recovery/report.ts';
import { startRestartAlways } from './recovery/restart-always.ts';
import { startRingmaster } from './recovery/ringmaster.ts';
import { startService, startSwarm } from './recovery/swarm.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '10' },
    load: { type: 'string', default: 'both' },
    rate: { type: 'string', default: '300' },
    clients: { type: 'string', default: '100' },
    port: { type: 'string', default: '15990' },
    only: { type: 'string' },
  },
});
const rounds = Number(values.rounds);
const port = Number(values.port);
const LOADS = {
  rate: { kind: 'rate', perSecond: Number(values.rate), connections: 64 },
  clients: { kind: 'concurrency', clients: Number(values.clients) },
} as const;

async function measure(contender: Contender, pace: object, count: number): Promise<Result> {
  const enough = new AbortController();
  const spec: LoadSpec = loadSpec.parse({ pace, requests: null, durationMs: 600_000 });
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

async function compare(image: string, pace: object): Promise<void> {
  const results: Result[] = [];
  const run = async (start: () => Promise<Contender>, count = rounds): Promise<void> => {
    const contender = await start();
    process.stderr.write(`measuring: ${contender.name} …\n`);
    const result = await measure(contender, pace, count);
    results.push(result);
    console.log(row(result));
  };
  await run(() => startRingmaster(port, 'docker kill', 'on'));
  await run(() => startRingmaster(port, 'SIGKILL', 'on'));
  await run(() => startRingmaster(port, 'docker kill', 'off'));
  if (values.only !== 'ringmaster') {
    await run(() => startRestartAlways(image, 'docker kill'), 2);
    await run(() => startRestartAlways(image, 'SIGKILL'));
    const swarm = await startSwarm();
    if (swarm === null) console.log('Swarm: left out, as this Engine is part of one');
    else {
      try {
        await run(() => startService(image, '0s'));
        await run(() => startService(image, 'default'));
      } finally {
        await swarm.leave();
      }
    }
  }
  printRatios(results);
}

function printRatios([own, ...others]: readonly Result[]): void {
  if (own === undefined) return;
  for (const other of others) {
    const ratio = median(other) / median(own);
    if (Number.isFinite(ratio)) console.log(`${other.name}: ${ratio.toFixed(1)} times as long as ${own.name}`);
  }
}

const image = sampleImage();
await ensureSampleImage(new Engine(), image, new AbortController().signal);
for (const [name, pace] of Object.entries(LOADS)) {
  if (values.load !== 'both' && values.load !== name) continue;
  const inWords = name === 'rate' ? `${values.rate} requests/s` : `${values.clients} clients, as fast as they can`;
  console.log(`\n${rounds} kills, ${inWords}; ms after the kill was ordered, median / p95`);
  console.log(heading());
  await compare(image, pace);
}
