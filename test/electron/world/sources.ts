import { makeCodec } from '../codec.ts';
import { cutIntoPieces } from '../wire.ts';
import { bridgeWorlds } from './bridge.ts';
import { isolatedWorld } from './isolated-world.ts';
import type { PreloadProcess } from './isolated-world.ts';
import { mainWorld } from './main-world.ts';

// Stripped TypeScript is plain JavaScript with blanks where the types were, so a function's own text can be sent to a page.

/** The script for the page's own world. */
export function mainWorldSource(token: string): string {
  return `(() => { const bridgeWorlds = ${bridgeWorlds}; (${mainWorld})(${JSON.stringify(token)}); })()`;
}

/** The script for the preload's isolated world, with the preload's own CommonJS text inside it. */
export function isolatedWorldSource(token: string, preloadText: string, info: PreloadProcess): string {
  const preload = `function (require, process, module, exports) {${preloadText}\n}`;
  return `(() => { const makeCodec = ${makeCodec}; const cutIntoPieces = ${cutIntoPieces}; const bridgeWorlds = ${bridgeWorlds};`
    + `(${isolatedWorld})(${JSON.stringify(token)}, ${preload}, ${JSON.stringify(info)}); })()`;
}
