import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EntryFile } from '../../main/work/index.ts';

const here = fileURLToPath(new URL('.', import.meta.url));
const root = join(here, '..', '..');

/** A program of this folder in the place of an entry. */
export function testChild(name: 'misbehaving-child' | 'unblocked-child' | 'stillborn-child' | 'scripted-model'): () => EntryFile {
  return () => ({ file: join(here, `${name}.ts`), readable: [join(root, 'main'), join(root, 'preload'), join(root, 'node_modules'), here] });
}
