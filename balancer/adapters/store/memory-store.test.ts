import { MemoryStore } from '../../core/memory-store.ts';
import { storeContract } from './store.contract.ts';

storeContract('memory', () => new MemoryStore());
