/**
 * Model files in the vault's folder `models`, each named by its SHA-256. They lie there unencrypted. Weights come from outside and say
 * nothing of a case; whoever could read them here could read them where they came from; and the runtime maps the file into memory,
 * which an encrypted one would have to leave as a plaintext copy on the disk. What matters is that they are the weights that were
 * added: the register, which is encrypted, holds the hash, and a file is compared with it before a process loads it.
 */
import { createHash } from 'node:crypto';
import { createReadStream, existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../base/errors.ts';
import { syncFolderAside } from './durable-file.ts';

/** A copy that is not registered yet. `keep` gives it its name; without it, `discard` leaves nothing behind. */
export interface ModelCopy {
  readonly path: string;
  readonly sha256: string;
  readonly sizeBytes: number;
  readonly keep: () => Promise<void>;
  readonly discard: () => Promise<void>;
}

/** The model files of one vault. */
export interface ModelFiles {
  /** Where a file lies, or would. */
  readonly path: (sha256: string) => string;
  /** Copies a file in piece by piece, hashing as it goes. Throws case.path-absent, vault.disk-full, vault.not-writable or the signal's reason. */
  readonly copyIn: (source: string, signal: AbortSignal, onProgress: (doneBytes: number, totalBytes: number) => void) => Promise<ModelCopy>;
  /** Compares a file with its hash; once in a session while its size and times stay the same. Throws model.damaged or the signal's reason. */
  readonly verify: (sha256: string, signal?: AbortSignal) => Promise<void>;
  readonly remove: (sha256: string) => Promise<void>;
  /** Names in the folder that `known` does not have: what a crash or another program left. */
  readonly strangers: (known: ReadonlySet<string>) => string[];
}

const pieceBytes = 1024 * 1024;

/** The model files under a vault folder. Makes the folder with the first file. */
export function modelFiles(vaultFolder: string): ModelFiles {
  const folder = join(vaultFolder, 'models');
  const path = (sha256: string): string => join(folder, `${sha256}.gguf`);
  /** Size, inode and times under which a file was last found whole. */
  const verified = new Map<string, string>();
  const lookOf = async (file: string): Promise<string | null> => {
    const found = await stat(file, { bigint: true }).catch(() => null);
    return found === null || !found.isFile() ? null : [found.size, found.ino, found.mtimeNs, found.ctimeNs].join(' ');
  };
  return {
    path,
    copyIn: async (source, signal, onProgress) => {
      const total = await sizeOf(source);
      const fresh = join(folder, 'incoming.part'); // one at a time: the next copy replaces what a crash left
      try {
        mkdirSync(folder, { recursive: true, mode: 0o700 });
        const { sha256, sizeBytes } = await copyHashed(source, fresh, signal, (done) => onProgress(done, total));
        return {
          path: fresh, sha256, sizeBytes,
          keep: async () => {
            try {
              await rename(fresh, path(sha256));
              await syncFolderAside(folder);
            } catch (cause) {
              throw copyFault(cause);
            }
            const look = await lookOf(path(sha256));
            if (look !== null) verified.set(sha256, look);
          },
          discard: () => rm(fresh, { force: true }),
        };
      } catch (cause) {
        rmSync(fresh, { force: true });
        signal.throwIfAborted();
        throw copyFault(cause);
      }
    },
    verify: async (sha256, signal) => {
      const before = await lookOf(path(sha256));
      if (before === null) throw new AppError('model.damaged', 'The model file is missing from the vault folder. Add it again.', { data: { why: 'missing' } });
      if (verified.get(sha256) === before) return;
      if ((await hashOf(path(sha256), signal)) !== sha256 || (await lookOf(path(sha256))) !== before) throw new AppError('model.damaged', 'The model file is not the one that was added: its SHA-256 differs. It was not loaded. Remove it and add it again.', { data: { why: 'sha256' } });
      verified.set(sha256, before);
    },
    remove: async (sha256) => {
      verified.delete(sha256);
      await rm(path(sha256), { force: true });
    },
    strangers: (known) => (existsSync(folder) ? readdirSync(folder).filter((name) => !known.has(name)) : []),
  };
}

/** SHA-256 in hex; null when the file cannot be read to its end. Throws the signal's reason. */
async function hashOf(file: string, signal: AbortSignal | undefined): Promise<string | null> {
  const hash = createHash('sha256');
  try {
    for await (const piece of createReadStream(file, { highWaterMark: pieceBytes })) {
      signal?.throwIfAborted();
      if (piece instanceof Uint8Array) hash.update(piece);
    }
  } catch {
    signal?.throwIfAborted();
    return null; // as good as another file: it is not loaded
  }
  return hash.digest('hex');
}

async function sizeOf(source: string): Promise<number> {
  const found = await stat(source).catch(() => null);
  if (found === null || !found.isFile()) throw new AppError('case.path-absent', 'There is no such file, or it cannot be read.');
  return found.size;
}

async function copyHashed(source: string, to: string, signal: AbortSignal, onDone: (doneBytes: number) => void): Promise<{ readonly sha256: string; readonly sizeBytes: number }> {
  const hash = createHash('sha256');
  const out = await open(to, 'w', 0o600);
  let sizeBytes = 0;
  try {
    for await (const piece of createReadStream(source, { highWaterMark: pieceBytes })) {
      signal.throwIfAborted();
      if (!(piece instanceof Uint8Array)) continue;
      hash.update(piece);
      await out.writeFile(piece);
      sizeBytes += piece.byteLength;
      onDone(sizeBytes);
    }
    await out.sync();
  } finally {
    await out.close();
  }
  return { sha256: hash.digest('hex'), sizeBytes };
}

function copyFault(cause: unknown): AppError {
  const code = typeof cause === 'object' && cause !== null && 'code' in cause ? cause.code : null;
  const syscall = typeof cause === 'object' && cause !== null && 'syscall' in cause ? cause.syscall : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('vault.disk-full', 'The disk is full. Nothing of the model file was kept.', { cause });
  if (code === 'EACCES' && syscall === 'open' || code === 'ENOENT') return new AppError('case.path-absent', 'There is no such file, or it cannot be read.', { cause });
  return new AppError('vault.not-writable', 'The model file could not be copied into the vault folder.', { cause });
}
