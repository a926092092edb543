/** A stream of either kind, the old one or Node's own, as far as it is needed to take everything out of it. */
interface Emitting {
  on(event: 'data', listener: (piece: Uint8Array) => void): unknown;
  on(event: 'end', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  pause(): unknown;
  resume(): unknown;
}

const heldPieces = 16;

/**
 * Everything that a stream gives, also what it gave just before it failed: the error comes after the last piece. Node's own iteration
 * forgets what is buffered when a stream fails, and what stands before a damage is what is wanted of a damaged file.
 */
export async function* drained(stream: Emitting): AsyncGenerator<Uint8Array, void, undefined> {
  const pieces: Uint8Array[] = [];
  let ended: { readonly error: Error | null } | null = null;
  let wake: (() => void) | null = null;
  const notify = (): void => {
    wake?.();
    wake = null;
  };
  stream.on('data', (piece) => {
    pieces.push(piece);
    if (pieces.length >= heldPieces) stream.pause();
    notify();
  });
  stream.on('end', () => {
    ended ??= { error: null };
    notify();
  });
  stream.on('error', (error) => {
    ended ??= { error };
    notify();
  });
  const hasEnded = (): { readonly error: Error | null } | null => ended;
  for (;;) {
    const piece = pieces.shift();
    if (piece !== undefined) {
      if (pieces.length === 0 && hasEnded() === null) stream.resume();
      yield piece;
      continue;
    }
    const end = hasEnded();
    if (end !== null) {
      if (end.error !== null) throw end.error;
      return;
    }
    await new Promise<void>((resolve) => { wake = resolve; });
  }
}
