import { join } from 'node:path';

/** The repository's root folder. */
export const root = join(import.meta.dirname, '..', '..');

/** Everything that a build writes: `main/`, `preload/`, `renderer/` and the window's icon. */
export const outFolder = join(root, 'out');

/** A program or file of an installed package. */
export function installed(...parts: readonly string[]): string {
  return join(root, 'node_modules', ...parts);
}
