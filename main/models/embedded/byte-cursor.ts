import type { FileHandle } from 'node:fs/promises';
import { AppError } from '../../base/errors.ts';

/** Reads a file's start piece by piece, in order. The typed reads take what `need` has brought in; without it they read past the end. */
export interface ByteCursor {
  /** True when as many bytes are at hand. */
  readonly has: (count: number) => boolean;
  /** Brings in as many bytes. Throws model.bad-file when the file or the limit ends before them. */
  readonly need: (count: number) => Promise<void>;
  readonly u8: () => number;
  readonly u32: () => number;
  /** Throws model.bad-file for a number that no file of ours can hold. */
  readonly u64: () => number;
  /** UTF-8; what is none becomes U+FFFD. */
  readonly text: (bytes: number) => string;
  /** Passes over bytes without reading them in. */
  readonly skip: (bytes: number) => void;
  /** Bytes from the file's start to the next read. */
  readonly position: () => number;
}

const pieceBytes = 256 * 1024;

/** For a file that is not what it has to be. `why` is one word for scripts and records. */
export function badModelFile(why: string, sentence: string): AppError {
  return new AppError('model.bad-file', `This is no usable GGUF model file: ${sentence}. Nothing of it was loaded.`, { data: { why } });
}

/** A cursor at the start of an open file. Nothing beyond `limitBytes` is ever read. */
export function createByteCursor(file: FileHandle, limitBytes: number): ByteCursor {
  let held: Buffer = Buffer.alloc(0);
  let at = 0;
  let heldFrom = 0;
  const tooShort = (): AppError => badModelFile('short', 'it ends in the middle of its header');
  const take = (count: number): number => {
    const start = at;
    at += count;
    return start;
  };
  return {
    has: (count) => at + count <= held.length,
    need: async (count) => {
      while (at + count > held.length) {
        if (heldFrom + at + count > limitBytes) throw badModelFile('long', 'its header is longer than any model has');
        const rest = held.subarray(at); // empty when it was skipped past
        const piece = Buffer.alloc(Math.max(pieceBytes, count));
        const { bytesRead } = await file.read(piece, 0, piece.length, heldFrom + at + rest.length);
        if (bytesRead === 0) throw tooShort();
        held = Buffer.concat([rest, piece.subarray(0, bytesRead)]);
        heldFrom += at;
        at = 0;
      }
    },
    u8: () => held.readUInt8(take(1)),
    u32: () => held.readUInt32LE(take(4)),
    u64: () => {
      const value = held.readBigUInt64LE(take(8));
      if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw badModelFile('number', 'a number in its header is too large');
      return Number(value);
    },
    text: (bytes) => {
      const start = take(bytes);
      return held.toString('utf8', start, start + bytes);
    },
    skip: (bytes) => void take(bytes),
    position: () => heldFrom + at,
  };
}
