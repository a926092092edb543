/** A file's bytes, wherever they lie: in memory, or with the parent, which gives them out in ranges. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Bytes [at, at + length), less where the file ends. */
  readonly read: (at: number, length: number) => Promise<Uint8Array>;
}

const pieceBytes = 2 ** 20;

/** Bytes that are held already. Reading copies nothing. */
export function heldSource(bytes: Uint8Array): ByteSource {
  return { sizeBytes: bytes.length, read: async (at, length) => bytes.subarray(at, at + length) };
}

/** The bytes of a source from an offset on, a piece at a time. */
export async function* piecesOf(source: ByteSource, from = 0): AsyncGenerator<Uint8Array, void, undefined> {
  for (let at = from; at < source.sizeBytes; ) {
    const piece = await source.read(at, Math.min(pieceBytes, source.sizeBytes - at));
    if (piece.length === 0) return;
    at += piece.length;
    yield piece;
  }
}

/** Takes a stream's bytes in the lengths that a format asks for. */
export interface PieceReader {
  /** The next `length` bytes, fewer only where the stream ends. */
  readonly take: (length: number) => Promise<Buffer>;
  /** Passes over bytes without keeping them; how many there were. */
  readonly skip: (length: number) => Promise<number>;
  /** Puts bytes back that were taken last. */
  readonly giveBack: (bytes: Uint8Array) => void;
  /** What has not been taken, a piece at a time. */
  readonly rest: () => AsyncGenerator<Uint8Array, void, undefined>;
}

/** A reader over pieces; what the pieces' maker throws comes out of `take` and `skip`. */
export function pieceReader(pieces: AsyncIterator<Uint8Array>): PieceReader {
  let held: Uint8Array = new Uint8Array();
  const more = async (): Promise<boolean> => {
    for (;;) {
      const next = await pieces.next();
      if (next.done === true) return false;
      if (next.value.length === 0) continue;
      held = next.value;
      return true;
    }
  };
  return {
    take: async (length) => {
      const parts: Uint8Array[] = [];
      let taken = 0;
      while (taken < length && (held.length > 0 || (await more()))) {
        const part = held.subarray(0, length - taken);
        held = held.subarray(part.length);
        parts.push(part);
        taken += part.length;
      }
      return Buffer.concat(parts, taken);
    },
    skip: async (length) => {
      let passed = 0;
      while (passed < length && (held.length > 0 || (await more()))) {
        const part = Math.min(held.length, length - passed);
        held = held.subarray(part);
        passed += part;
      }
      return passed;
    },
    giveBack: (bytes) => { held = held.length === 0 ? bytes : Buffer.concat([bytes, held]); },
    rest: async function* () {
      while (held.length > 0 || (await more())) {
        const piece = held;
        held = new Uint8Array();
        yield piece;
      }
    },
  };
}
