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

const blockBytes = 64 * 2 ** 10;
const mostBlocks = 512;

/** A source for readers that go to and fro in small steps: what was read lately is kept, 32 MiB of it at most. */
export function cachedSource(source: ByteSource): ByteSource {
  const blocks = new Map<number, Promise<Uint8Array>>();
  const blockAt = (number: number): Promise<Uint8Array> => {
    const block = blocks.get(number) ?? source.read(number * blockBytes, Math.min(blockBytes, source.sizeBytes - number * blockBytes));
    // Set anew, so that the map's order is the order of use.
    blocks.delete(number);
    blocks.set(number, block);
    const [oldest] = blocks.keys();
    if (blocks.size > mostBlocks && oldest !== undefined) blocks.delete(oldest);
    return block;
  };
  return {
    sizeBytes: source.sizeBytes,
    read: async (at, length) => {
      const end = Math.min(source.sizeBytes, at + length);
      // A long piece is taken in one go and not kept: it would push everything else out.
      if (end - at > 16 * blockBytes) return source.read(at, end - at);
      const parts: Uint8Array[] = [];
      for (let from = at; from < end; ) {
        const block = await blockAt(Math.floor(from / blockBytes));
        const start = from % blockBytes;
        const part = block.subarray(start, Math.min(block.length, start + end - from));
        if (part.length === 0) break;
        parts.push(part);
        from += part.length;
      }
      return parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
    },
  };
}
