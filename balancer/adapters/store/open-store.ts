import { type Log, messageOf } from '../../core/log.ts';
import { MemoryStore } from '../../core/memory-store.ts';
import type { Store } from '../../core/store.ts';
import { causeOf } from './sqlite-error.ts';
import { SqliteStore } from './sqlite-store.ts';

/**
 * The file in the state directory; on a disk that is full, memory: to serve without a memory of it is better than not
 * to serve. Throws where the directory cannot be used at all, or another balancer uses it.
 */
export function openStore(directory: string, log: Log, wallTime: number): Store {
  try {
    return new SqliteStore(directory, log, wallTime);
  } catch (error) {
    if (causeOf(error) !== 'no-room') throw error;
    const reason = `the state file cannot be used (${messageOf(error)}): nothing will outlive this process`;
    log.error({ directory }, reason);
    return new MemoryStore(reason);
  }
}
