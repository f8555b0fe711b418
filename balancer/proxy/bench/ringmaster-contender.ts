/**
 * Ringmaster's data path alone: `node ringmaster-contender.ts '{"workers":1}' PORT…`, with any options of the data path
 * in the first argument. Prints its port; at the end what each replica was asked and how much went past its own.
 */
import type { TrafficOptions } from '../../core/traffic.ts';
import { planeFor } from '../testing/traffic.ts';

const [options = '{}', ...ports] = process.argv.slice(2);
const plane = await planeFor(ports.map(Number), JSON.parse(options) as Partial<TrafficOptions>);
process.stdout.write(`${plane.port}\n`);
process.once('SIGTERM', () => {
  const { seats, spilled } = plane.totals();
  process.stdout.write(`${JSON.stringify({ requests: seats.map(({ requests }) => requests), spilled })}\n`);
  void plane.stop(1000).then(() => process.exit(0));
});
