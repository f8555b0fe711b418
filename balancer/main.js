/**
 * What is run. Everything else is loaded after the compile cache is on: it halves the time that loading takes. Not in
 * TypeScript itself: to strip the types of this one file Node would load 17 MB that nothing else needs.
 */
import { enableCompileCache } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopWithNpm } from './stop-with-npm.js';

// Where Node would put it by itself; said aloud for workers, replicas and the generator of a load, so that all share one.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');
enableCompileCache();
stopWithNpm('balancer');
const { main } = await import('./compose.ts');
main(process.argv.slice(2), process.env);
