import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

const folder = resolve(import.meta.dirname, '../../models');
const files = { chat: 'SmolLM2-135M-Instruct.Q4_1.gguf', embedding: 'all-MiniLM-L6-v2.Q8_0.gguf' } as const;

/** The real model file of a kind, or null with a line that says what is missing and how to get it. */
export function realModel(kind: keyof typeof files): string | null {
  const file = join(folder, files[kind]);
  if (existsSync(file)) return file;
  console.warn(`models/${files[kind]} is not here (npm run models fetches what can be fetched): the tests on it are skipped`);
  return null;
}
