import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const FILE = 'fleet-id';

/**
 * Tells this balancer's replicas from those of others on the same machine or Docker Engine. Kept in a file of its own
 * in the state directory, so that a damaged database does not make its replicas strangers.
 */
export function fleetId(stateFolder: string): string {
  const path = join(stateFolder, FILE);
  try {
    const saved = readFileSync(path, 'utf8').trim();
    if (/^[a-z0-9]{8,32}$/.test(saved)) return saved;
  } catch {
    // The first start here.
  }
  const id = randomBytes(6).toString('hex');
  try {
    mkdirSync(stateFolder, { recursive: true });
    writeFileSync(path, `${id}\n`);
    return id;
  } catch {
    // Nothing can be written: the folder's name is the next best thing that the next start will know too.
    return createHash('sha256').update(resolve(stateFolder)).digest('hex').slice(0, 12);
  }
}
