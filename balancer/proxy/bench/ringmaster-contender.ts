/** Ringmaster's data path alone: `node ringmaster-contender.ts WORKERS KEY SLOT-FUNCTION PORT…`. Prints its port. */
import type { RoutingKey } from '../../core/traffic.ts';
import { planeFor } from '../testing/traffic.ts';

const [workers = '1', key = 'request', slotFunction = 'murmur3', ...ports] = process.argv.slice(2);
const plane = await planeFor(ports.map(Number), {
  workers: Number(workers),
  key: { kind: key } as RoutingKey,
  slotFunction: slotFunction === 'classic' ? 'classic' : 'murmur3',
});
process.stdout.write(`${plane.port}\n`);
process.once('SIGTERM', () => void plane.stop(1000).then(() => process.exit(0)));
