import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';

/** Writes bytes into a file at a position and makes them durable: damage on purpose. */
export function overwriteBytes(file: string, position: number, bytes: Uint8Array): void {
  const handle = openSync(file, 'r+');
  try {
    writeSync(handle, bytes, 0, bytes.length, position);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
