import { sep } from 'node:path';

/** True for a folder itself and for everything below it. Both are absolute and resolved. */
export function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder + sep);
}
