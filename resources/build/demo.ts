/**
 * `npm run demo`: builds, then works through the sample case without a display (test/e2e/demo.ts), always on the stand-in, so that it
 * shows the same on every machine.
 */
import './node-guard.ts';
import { buildAll } from './build.ts';
import { runNode } from './run.ts';

await buildAll();
console.log('Built the program.');
process.exitCode = (await runNode(['test/e2e/demo.ts'], { env: { STANDIN: '1' } })).code ?? 1;
