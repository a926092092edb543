/**
 * Items in a block and bytes of a block, by the number that a file gives a tensor's type (ggml.h, enum ggml_type, with the block structures of
 * ggml-common.h). Numbers that ggml has given up are not here; a type of a later ggml has to be added before its files can be.
 */
const blocksByType: Readonly<Record<number, readonly [items: number, bytes: number]>> = {
  0: [1, 4], 1: [1, 2], 2: [32, 18], 3: [32, 20], 6: [32, 22], 7: [32, 24], 8: [32, 34], 9: [32, 36],
  10: [256, 84], 11: [256, 110], 12: [256, 144], 13: [256, 176], 14: [256, 210], 15: [256, 292],
  16: [256, 66], 17: [256, 74], 18: [256, 98], 19: [256, 50], 20: [32, 18], 21: [256, 110], 22: [256, 82], 23: [256, 136],
  24: [1, 1], 25: [1, 2], 26: [1, 4], 27: [1, 8], 28: [1, 8], 29: [256, 56], 30: [1, 2], 34: [256, 54], 35: [256, 66], 39: [32, 17], 40: [64, 36],
};

/** Bytes that a tensor of a type and shape takes; null for an unknown type, a row that is no whole number of blocks, or a size that no file has. */
export function tensorBytes(type: number, shape: readonly number[]): number | null {
  const block = blocksByType[type];
  if (block === undefined) return null;
  const [items, bytes] = block;
  if ((shape[0] ?? 0) % items !== 0) return null;
  const total = shape.reduce((product, length) => product * length, 1);
  if (total < 1 || total > 2 ** 50) return null;
  return (total / items) * bytes;
}
