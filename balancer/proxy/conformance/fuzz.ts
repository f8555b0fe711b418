import { fuzz } from './fuzz-run.ts';
import { startRingmaster } from './ringmaster-target.ts';

/** `npm run fuzz`: FUZZ_SECONDS (default 600) of random conversations; FUZZ_SEED repeats a run. Ends with 1 on a finding. */
const seconds = Number(process.env['FUZZ_SECONDS'] ?? 600);
const seed = Number(process.env['FUZZ_SEED'] ?? Date.now() % 2 ** 31);

console.log(`seed ${seed}, ${seconds} s`);
const { conversations, findings } = await fuzz(() => startRingmaster(), seed, seconds * 1000);
for (const { steps, problem } of findings) console.log(`\n${problem}\n  ${JSON.stringify(steps)}`);
console.log(`${conversations} conversations, ${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
