/**
 * What is run. Everything else is loaded after the compile cache is on: it halves the time that loading takes. Not in
 * TypeScript itself: to strip the types of this one file Node would load 17 MB that nothing else needs.
 */
import { enableCompileCache, getCompileCacheDir } from 'node:module';
import { stopWithNpm } from './stop-with-npm.js';

enableCompileCache();
// For what it starts in its turn: the generator of a load.
process.env.NODE_COMPILE_CACHE ??= getCompileCacheDir() ?? '';
stopWithNpm('balancer');
const { main } = await import('./compose.ts');
main(process.argv.slice(2), process.env);
