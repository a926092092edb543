/** One Snappy block (its format description, 2); null where it is damaged or larger than it may be. */
export function unpackedSnappy(block: Buffer, most: number): Buffer | null {
  const size = lengthOf(block);
  if (size === null || size.value > most) return null;
  const out = Buffer.alloc(size.value);
  let to = 0;
  for (let at = size.next; at < block.length && to < out.length; ) {
    const tag = block[at] ?? 0;
    at += 1;
    if ((tag & 3) === 0) {
      const more = Math.max(0, (tag >> 2) - 59);
      if (at + more > block.length) return null;
      const length = (more === 0 ? tag >> 2 : block.readUIntLE(at, more)) + 1;
      at += more;
      to += block.copy(out, to, at, at + length);
      at += length;
      continue;
    }
    const bytes = (tag & 3) === 1 ? 1 : (tag & 3) === 2 ? 2 : 4;
    if (at + bytes > block.length) return null;
    const offset = (tag & 3) === 1 ? ((tag >> 5) << 8) + (block[at] ?? 0) : block.readUIntLE(at, bytes);
    const length = (tag & 3) === 1 ? ((tag >> 2) & 7) + 4 : (tag >> 2) + 1;
    at += bytes;
    if (offset === 0 || offset > to) return null;
    for (let index = 0; index < length && to < out.length; index += 1, to += 1) out[to] = out[to - offset] ?? 0;
  }
  return out;
}

/** The length that the block unpacks to, seven bits a byte, and where the rest begins. */
function lengthOf(block: Buffer): { readonly value: number; readonly next: number } | null {
  let value = 0;
  for (let at = 0; at < Math.min(5, block.length); at += 1) {
    value += ((block[at] ?? 0) & 127) * 2 ** (7 * at);
    if ((block[at] ?? 0) < 128) return { value, next: at + 1 };
  }
  return null;
}
