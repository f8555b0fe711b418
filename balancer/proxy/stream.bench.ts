/**
 * Large bodies in constant memory: `npm run bench:stream -- [--gigabytes 10]` sends that much each way through each lane
 * and prints the balancer's memory before, at its peak and after. Fails when the peak is more than 100 MB above the start.
 */
import { type ClientRequest, type IncomingMessage, request } from 'node:http';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Contender, startDataPath } from './bench/contender.ts';
import { usageOf } from './bench/measure.ts';
import { nextLine, OTHER_CORES, start } from './bench/processes.ts';

const ALLOWED_MB = 100;
const SAMPLE_MS = 200;
const PIECE = Buffer.alloc(262_144, 'x');
/** An odd field in Connection takes a request through the general lane. */
const LANES = { fast: {}, general: { Connection: 'keep-alive, x-lane' } } as const;

const { values } = parseArgs({ options: { gigabytes: { type: 'string', default: '10' } } });
const BYTES = Math.round(Number(values.gigabytes) * 1e9);

function answerTo(sent: ClientRequest): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => sent.once('response', resolve).once('error', reject));
}

/** Resolves with the bytes that came. */
async function download(port: number, headers: Record<string, string>): Promise<number> {
  const answer = await answerTo(request({ port, host: '127.0.0.1', path: `/${BYTES}`, headers }).end());
  let taken = 0;
  for await (const piece of answer) taken += (piece as Buffer).length;
  return taken;
}

/** Resolves with the bytes that arrived. */
async function upload(port: number, headers: Record<string, string>): Promise<number> {
  const fields = { ...headers, 'Content-Length': String(BYTES) };
  const sent = request({ port, host: '127.0.0.1', path: '/', method: 'PUT', headers: fields });
  const answered = answerTo(sent);
  for (let left = BYTES; left > 0; left -= PIECE.length) {
    const isTaken = sent.write(left < PIECE.length ? PIECE.subarray(0, left) : PIECE);
    if (!isTaken) await new Promise((resolve) => sent.once('drain', resolve));
  }
  sent.end();
  let text = '';
  for await (const piece of await answered) text += String(piece);
  return Number(text);
}

async function run(name: string, { port, child }: Contender, stream: () => Promise<number>): Promise<boolean> {
  const rss = () => usageOf(child.pid ?? 0).rssMb;
  const before = rss();
  let peak = before;
  const sampler = setInterval(() => {
    peak = Math.max(peak, rss());
  }, SAMPLE_MS);
  const startedAt = Date.now();
  const bytes = await stream();
  clearInterval(sampler);
  const seconds = (Date.now() - startedAt) / 1000;
  const cells = [before, peak, rss()].map((mb) => mb.toFixed(0).padStart(8));
  const speed = (BYTES / 1e6 / seconds).toFixed(0).padStart(8);
  const isRight = bytes === BYTES && peak - before <= ALLOWED_MB;
  process.stdout.write(
    `${name.padEnd(24)}${cells.join('')}${speed}  ${isRight ? 'holds' : `FAILS (${bytes} bytes, port ${port})`}\n`,
  );
  return isRight;
}

const script = fileURLToPath(new URL('./bench/endless-replica.ts', import.meta.url));
const replica = Number(await nextLine(start(OTHER_CORES, process.execPath, [script])));
process.stdout.write(`${BYTES / 1e9} GB each way       RSS MB:  before    peak   after    MB/s\n`);
let holds = true;
for (const [lane, headers] of Object.entries(LANES)) {
  const contender = await startDataPath(lane, [replica]);
  for (const [way, stream] of [['down', download] as const, ['up', upload] as const]) {
    const right = await run(`${lane} lane, ${way}`, contender, () => stream(contender.port, headers));
    holds &&= right;
  }
}
process.exit(holds ? 0 : 1);
