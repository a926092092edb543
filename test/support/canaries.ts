import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A word that stands nowhere by chance, and that survives lower-casing and splitting into words. */
export function canary(name: string): string {
  return `${name}q${randomBytes(8).toString('hex')}z`;
}

/** Every file below the folders that holds one of the words, as UTF-8 or UTF-16LE, in its content or its name: `path: word`. */
export function filesWith(folders: readonly string[], words: readonly string[]): string[] {
  const found: string[] = [];
  // As buffers: a search by encoding looks at even offsets only.
  const sought = words.map((word) => ({ word, needles: [Buffer.from(word, 'utf8'), Buffer.from(word, 'utf16le')] }));
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      const bytes = entry.isFile() ? bytesOf(path) : Buffer.alloc(0);
      for (const { word, needles } of sought) if (entry.name.includes(word) || needles.some((needle) => bytes.includes(needle))) found.push(`${path}: ${word}`);
    }
  }
  return found;
}

/** Empty for a file that its owner removed since it was listed: it holds nothing any more. */
function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return Buffer.alloc(0);
    throw error;
  }
}
