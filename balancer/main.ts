/** What is run. Everything else is loaded after the compile cache is on: it halves the time that loading takes. */
import { enableCompileCache } from 'node:module';
import { stopWithNpm } from './stop-with-npm.js';

enableCompileCache();
stopWithNpm('balancer');
const { main } = await import('./compose.ts');
main(process.argv.slice(2), process.env);
