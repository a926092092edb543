/** Batch files on disk: written for the person alone and never over anything, read line by line whatever their size. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { BatchFile } from '../../chat/index.ts';
import { folderFailure, outside, ownerOnly } from '../outside.ts';

/** Begins a file in a folder; until it is published its name ends in .part. Throws case.path-absent or vault.disk-full, as its functions do. */
export async function openBatchFile(folder: string, name: string): Promise<BatchFile> {
  const part = join(folder, `${name}.part`);
  const handle = await outside(() => open(part, ownerOnly.flag, ownerOnly.mode));
  const hash = createHash('sha256');
  let isOpen = true;
  const close = async (): Promise<void> => {
    if (isOpen) await handle.close();
    isOpen = false;
  };
  return {
    write: (line) => outside(async () => {
      hash.update(line);
      await handle.write(line);
    }),
    finish: () => outside(async () => {
      await handle.sync();
      await close();
      return hash.digest();
    }),
    publish: () => outside(() => rename(part, join(folder, name))),
    discard: async () => {
      await close();
      await rm(part, { force: true });
    },
  };
}

/** A longer line is no answer of a model. */
const longestLineBytes = 8 * 1024 * 1024;

/** Lines of a file with the SHA-256 of all of it, known at the end; null for one that is too long. Throws case.path-absent. */
export function readBatchFile(path: string): { readonly lines: AsyncIterable<string | null>; readonly sha256: () => string } {
  const hash = createHash('sha256');
  let digest = '';
  const lines = async function* (): AsyncGenerator<string | null> {
    let held: Buffer[] = [];
    let heldBytes = 0;
    const take = (): string | null => {
      const line = heldBytes > longestLineBytes ? null : Buffer.concat(held).toString('utf8');
      held = [];
      heldBytes = 0;
      return line;
    };
    const hold = (bytes: Buffer): void => {
      heldBytes += bytes.byteLength;
      if (heldBytes <= longestLineBytes) held.push(bytes);
      else held = [];
    };
    try {
      for await (const chunk of createReadStream(path)) {
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a stream without an encoding gives bytes
        let bytes = chunk as Buffer;
        hash.update(bytes);
        for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10)) {
          hold(bytes.subarray(0, at));
          yield take();
          bytes = bytes.subarray(at + 1);
        }
        hold(bytes);
      }
    } catch (error) {
      throw folderFailure(error);
    }
    if (heldBytes > 0) yield take();
    digest = hash.digest('hex');
  };
  return { lines: lines(), sha256: () => digest };
}
