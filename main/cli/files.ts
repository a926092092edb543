import { closeSync, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { UsageError } from './options.ts';

/** A file that the caller named, as text. Throws UsageError when it cannot be read; the message has the option, not the path. */
export function readNamedFile(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${what} cannot be read`);
  }
}

/** Makes a folder for output that only the caller may read. Throws UsageError. */
export function makeOutputFolder(path: string, what: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!statSync(path).isDirectory()) throw new Error('a file');
  } catch {
    throw new UsageError(`${what} is not a folder that can be written`);
  }
}

/** Opens a file for output that only the caller may read, empty. Throws UsageError. The caller closes it. */
export function openOutput(path: string, what: string): { readonly write: (text: string) => void; readonly close: () => void } {
  let handle: number;
  try {
    handle = openSync(path, 'w', 0o600);
  } catch {
    throw new UsageError(`${what} cannot be written`);
  }
  return { write: (text) => { writeSync(handle, text); }, close: () => closeSync(handle) };
}
