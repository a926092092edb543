/** Model files by hand: well formed but for what a test spoils. */

/** A value with its type in the file. */
export type MadeValue =
  | { readonly u32: number }
  | { readonly u64: bigint }
  | { readonly text: string }
  | { readonly texts: readonly string[] }
  | { readonly u32s: readonly number[] }
  | { readonly raw: Uint8Array; readonly type: number };

export interface MadeTensor {
  readonly name: string;
  readonly shape: readonly bigint[];
  readonly type: number;
  readonly offset: bigint;
}

export interface MadeGguf {
  readonly magic?: string;
  readonly version?: number;
  readonly tensorCount?: bigint;
  readonly valueCount?: bigint;
  readonly values?: readonly (readonly [key: string, value: MadeValue])[];
  readonly tensors?: readonly MadeTensor[];
  /** Bytes of tensor data after the padded header. */
  readonly dataBytes?: number;
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
};
export const u64 = (value: bigint): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes;
};
export const ggufText = (text: string): Buffer => Buffer.concat([u64(BigInt(Buffer.byteLength(text))), Buffer.from(text)]);

function valueBytes(value: MadeValue): Buffer {
  if ('u32' in value) return Buffer.concat([u32(4), u32(value.u32)]);
  if ('u64' in value) return Buffer.concat([u32(10), u64(value.u64)]);
  if ('text' in value) return Buffer.concat([u32(8), ggufText(value.text)]);
  if ('texts' in value) return Buffer.concat([u32(9), u32(8), u64(BigInt(value.texts.length)), ...value.texts.map(ggufText)]);
  if ('u32s' in value) return Buffer.concat([u32(9), u32(4), u64(BigInt(value.u32s.length)), ...value.u32s.map(u32)]);
  return Buffer.concat([u32(value.type), value.raw]);
}

/** What a small language model says of itself. */
export const chatValues: readonly (readonly [string, MadeValue])[] = [
  ['general.architecture', { text: 'llama' }], ['general.license', { text: 'apache-2.0' }], ['llama.context_length', { u32: 2048 }], ['llama.block_count', { u32: 2 }],
  ['llama.embedding_length', { u32: 64 }], ['llama.attention.head_count', { u32: 4 }], ['llama.attention.head_count_kv', { u32: 2 }], ['tokenizer.ggml.tokens', { texts: ['a', 'b', 'ü'] }],
];
/** 32 items of 32 bits: 128 bytes at the start of the data. */
export const oneTensor: readonly MadeTensor[] = [{ name: 'token_embd.weight', shape: [32n], type: 0, offset: 0n }];

/** A file's bytes. */
export function madeGguf({ magic = 'GGUF', version = 3, values = chatValues, tensors = oneTensor, tensorCount = BigInt(tensors.length), valueCount = BigInt(values.length), dataBytes = 128 }: MadeGguf = {}): Buffer {
  const header = Buffer.concat([
    Buffer.from(magic), u32(version), u64(tensorCount), u64(valueCount),
    ...values.map(([key, value]) => Buffer.concat([ggufText(key), valueBytes(value)])),
    ...tensors.map(({ name, shape, type, offset }) => Buffer.concat([ggufText(name), u32(shape.length), ...shape.map(u64), u32(type), u64(offset)])),
  ]);
  return Buffer.concat([header, Buffer.alloc((32 - (header.length % 32)) % 32), Buffer.alloc(dataBytes)]);
}
