import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join, parse } from 'node:path';
import type * as z from 'zod';

/** What a small file held: nothing yet, a value that its schema accepts, or something else. */
export type JsonFile<T> = { readonly kind: 'absent' } | { readonly kind: 'read'; readonly value: T } | { readonly kind: 'damaged' };

/** Reads and parses a file. Throws the system's error when it is there and cannot be read, so that nobody takes it for damaged. */
export function readJsonFile<T>(file: string, schema: z.ZodType<T>): JsonFile<T> {
  if (!existsSync(file)) return { kind: 'absent' };
  const text = readFileSync(file, 'utf8');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { kind: 'damaged' }; // half a file, or not ours
  }
  const parsed = schema.safeParse(json);
  return parsed.success ? { kind: 'read', value: parsed.data } : { kind: 'damaged' };
}

/** Replaces a file as a whole, readable by its owner only: after a crash the old or the new content is there. */
export function writeJsonFile(file: string, value: unknown): void {
  mkdirSync(dirname(file), { recursive: true });
  const fresh = `${file}.new`;
  const handle = openSync(fresh, 'w', 0o600);
  try {
    writeFileSync(handle, `${JSON.stringify(value, null, 2)}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(fresh, file);
}

/** Renames a damaged `x.json` to `x.damaged.json`, or `x.damaged-2.json` where that is taken; returns the new file name. */
export function keepAside(file: string): string {
  const { dir, name, ext } = parse(file);
  for (let n = 1; ; n++) {
    const kept = join(dir, `${name}.damaged${n === 1 ? '' : `-${n}`}${ext}`);
    if (existsSync(kept)) continue;
    renameSync(file, kept);
    return parse(kept).base;
  }
}
