import { fileURLToPath } from 'node:url';

/**
 * What Node is given to start the balancer, before the balancer's own flags; as `npm run balancer` has it. A request
 * leaves little behind: with the usual 16 MB for what is new each thread would hold 10 MB of nothing, and a start would
 * take an eighth more processor time.
 */
export const START_COMMAND: readonly string[] = [
  '--max-semi-space-size=2',
  fileURLToPath(new URL('./main.js', import.meta.url)),
];
