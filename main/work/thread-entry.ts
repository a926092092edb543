import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * The program of a thread: `source` beside the module whose `import.meta.url` is given when we run from source, `<name>.worker.js`
 * beside the bundle otherwise.
 */
export function threadEntry(moduleUrl: string, source: string): string {
  const here = fileURLToPath(moduleUrl);
  return join(dirname(here), here.endsWith('.ts') ? source : source.replace(/^.*\/|\.ts$/g, '').concat('.js'));
}
