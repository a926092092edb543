import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where a file of a package lies: beside the bundle under the name that the build gives it (copyAssets), else in the package `name` at `path`. */
export function packagedFile(beside: string, name: string, ...path: readonly string[]): string {
  const near = join(dirname(fileURLToPath(import.meta.url)), beside);
  return existsSync(near) ? near : join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), ...path);
}
