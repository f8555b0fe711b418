/**
 * What is run. Everything else is loaded after the compile cache is on: it halves the time that loading takes. Not in
 * TypeScript itself: to strip the types of this one file Node would load 17 MB that nothing else needs.
 */
import { enableCompileCache } from 'node:module';
import { stopWithNpm } from './stop-with-npm.js';

enableCompileCache();
stopWithNpm('balancer');
const { main } = await import('./compose.ts');
main(process.argv.slice(2), process.env);
