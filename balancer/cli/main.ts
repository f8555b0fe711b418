/** The terminal program: `npx ringmaster`. */
import { runProgram } from './program.ts';
import { createScreen } from './terminal/screen.ts';
import { createStyle } from './terminal/style.ts';

const { stdout, stderr, env } = process;
const isTerminal = stdout.isTTY === true && stderr.isTTY === true;
const style = createStyle(isTerminal && env['NO_COLOR'] === undefined && env['TERM'] !== 'dumb');
const stop = new AbortController();
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stop.abort());
// Whoever reads this may have had enough, as `head` does.
for (const stream of [stdout, stderr]) stream.on('error', () => process.exit(0));
process.exitCode = await runProgram(process.argv.slice(2), {
  screen: createScreen(stdout, stderr, isTerminal, isTerminal ? stdout.columns : Number.POSITIVE_INFINITY, style),
  environment: env,
  signal: stop.signal,
});
