import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readGgufFile } from '../../../../main/models/embedded/gguf-header.ts';
import { modelFacts } from '../../../../main/models/embedded/model-facts.ts';
import { chatValues, madeGguf, oneTensor, u64, type MadeGguf, type MadeValue } from '../../../support/gguf.ts';
import { tempFolder } from '../../../support/vaults.ts';

function fileOf(bytes: Uint8Array): string {
  const path = join(tempFolder(), 'model.gguf');
  writeFileSync(path, bytes);
  return path;
}

const refusalOf = (bytes: Uint8Array): Promise<unknown> => readGgufFile(fileOf(bytes)).then(() => 'taken', (error: unknown) => error);
const withValue = (key: string, value: MadeValue): MadeGguf => ({ values: [...chatValues.filter(([known]) => known !== key), [key, value]] });
const huge = 2n ** 62n;

test('a header gives its values, in both versions that there are', async () => {
  for (const version of [2, 3]) {
    const header = await readGgufFile(fileOf(madeGguf({ version })));
    expect(header).toMatchObject({ version, tensors: 1 });
    expect(header.valuesByKey.get('llama.context_length')).toBe(2048);
    expect(modelFacts(header)).toEqual({ architecture: 'llama', kind: 'chat', contextTokens: 2048, licence: 'apache-2.0', contextTokenBytes: 2 * 2 * (16 + 16) * 2 });
  }
});

test('a vocabulary longer than what is read at once is passed over, and what follows it is read', async () => {
  const texts = Array.from({ length: 60_000 }, (_, n) => `word-${n}`);
  const header = await readGgufFile(fileOf(madeGguf({ values: [['tokenizer.ggml.tokens', { texts }], ...chatValues.slice(0, -1)] })));
  expect(header.valuesByKey.get('llama.block_count')).toBe(2);
  expect(header.valuesByKey.has('tokenizer.ggml.tokens')).toBe(false);
});

test.each<[string, MadeGguf, string]>([
  ['another magic', { magic: 'GGML' }, 'magic'],
  ['a version that there is not', { version: 4 }, 'version'],
  ['a version in the other byte order', { version: 0x03_00_00_00 }, 'version'],
  ['more tensors than any model has', { tensorCount: huge }, 'number'],
  ['a million tensors', { tensorCount: 1_000_000n }, 'tensors'],
  ['no tensor', { tensorCount: 0n, tensors: [] }, 'tensors'],
  ['more values than any model has', { valueCount: 1_000_000n }, 'values'],
  ['a key that would fill the memory', { values: [['x', { raw: Buffer.alloc(0), type: 4 }]], valueCount: 2n ** 40n }, 'values'],
  ['a text that says it is longer than the file', withValue('general.name', { raw: u64(12_000_000n), type: 8 }), 'short'],
  ['a text that says it is longer than a text may be', withValue('general.name', { raw: u64(2n ** 40n), type: 8 }), 'text'],
  ['a list that says it is endless', withValue('general.tags', { raw: Buffer.concat([Buffer.from([8, 0, 0, 0]), u64(2n ** 50n)]), type: 9 }), 'array'],
  ['a list of numbers that the file does not hold', withValue('general.tags', { raw: Buffer.concat([Buffer.from([10, 0, 0, 0]), u64(3_999_999n)]), type: 9 }), 'short'],
  ['a list in a list', withValue('general.tags', { raw: Buffer.concat([Buffer.from([9, 0, 0, 0]), u64(1n)]), type: 9 }), 'type'],
  ['a value of no type', withValue('general.name', { raw: Buffer.alloc(8), type: 13 }), 'type'],
  ['one key twice', { values: [...chatValues, ['general.architecture', { text: 'bert' }]] }, 'key'],
  ['an alignment of zero', withValue('general.alignment', { u32: 0 }), 'alignment'],
  ['an alignment that is no power of two', withValue('general.alignment', { u32: 48 }), 'alignment'],
  ['a tensor without a shape', { tensors: [{ ...oneTensor[0], name: 'w', shape: [], type: 0, offset: 0n }] }, 'tensor'],
  ['a tensor of five dimensions', { tensors: [{ name: 'w', shape: [1n, 1n, 1n, 1n, 1n], type: 0, offset: 0n }] }, 'tensor'],
  ['a tensor of zero length', { tensors: [{ name: 'w', shape: [32n, 0n], type: 0, offset: 0n }] }, 'tensor'],
  ['a tensor whose size overflows', { tensors: [{ name: 'w', shape: [2n ** 32n, 2n ** 32n], type: 0, offset: 0n }] }, 'tensor'],
  ['a tensor of an unknown type', { tensors: [{ name: 'w', shape: [32n], type: 4, offset: 0n }] }, 'tensor'],
  ['a row that is no whole number of blocks', { tensors: [{ name: 'w', shape: [33n], type: 2, offset: 0n }] }, 'tensor'],
  ['a tensor that begins between two places', { tensors: [{ name: 'w', shape: [8n], type: 0, offset: 4n }] }, 'tensor'],
  ['two tensors of one name', { tensors: [...oneTensor, ...oneTensor] }, 'tensor'],
  ['a tensor behind the end of the file', { tensors: [{ name: 'w', shape: [32n], type: 0, offset: 2n ** 40n }] }, 'short'],
  ['a tensor that reaches past the end of the file', { dataBytes: 127 }, 'short'],
])('a header with %s is refused by name, and the sentence repeats nothing of the file', async (_name, made, why) => {
  const error = await refusalOf(madeGguf(made));
  expect(error).toMatchObject({ code: 'model.bad-file', data: { why } });
});

test('a file that ends anywhere in its header is refused as short, wherever the cut is', async () => {
  const whole = madeGguf({ dataBytes: 0 });
  for (let length = 24; length < whole.length - 32; length += 7) expect(await refusalOf(whole.subarray(0, length))).toMatchObject({ code: 'model.bad-file', data: { why: 'short' } });
  expect(await refusalOf(Buffer.from('GG'))).toMatchObject({ data: { why: 'short' } });
});

test('what is only like a key of ours is not taken for one', async () => {
  const header = await readGgufFile(fileOf(madeGguf({ values: [...chatValues, ['__proto__', { text: 'x' }], ['general.Architecture', { text: 'evil' }]] })));
  expect(modelFacts(header).architecture).toBe('llama');
});

test.each<[string, readonly (readonly [string, MadeValue])[], string]>([
  ['one part of several', [...chatValues, ['split.count', { u32: 3 }]], 'split'],
  ['of a family that answers in channels', [['general.architecture', { text: 'gpt-oss' }], ...chatValues.slice(1)], 'channels'],
  ['an adapter', [...chatValues, ['general.type', { text: 'adapter' }]], 'type'],
  ['a ranking model', [...chatValues, ['llama.pooling_type', { u32: 4 }]], 'ranking'],
  ['no family', chatValues.slice(1), 'architecture'],
  ['a family that is a path', [['general.architecture', { text: '../../x' }], ...chatValues.slice(1)], 'architecture'],
  ['no context', chatValues.filter(([key]) => !key.endsWith('context_length')), 'sizes'],
])('a file that is %s is named as one that cannot be run', async (_name, values, why) => {
  const header = await readGgufFile(fileOf(madeGguf({ values })));
  expect(() => modelFacts(header)).toThrow(expect.objectContaining({ code: 'model.unsupported', data: { why } }));
});

test('a model that pools its words makes vectors, and heads that differ by layer count as the largest', async () => {
  const pooled = await readGgufFile(fileOf(madeGguf(withValue('llama.pooling_type', { u32: 1 }))));
  expect(modelFacts(pooled).kind).toBe('embedding');
  const layered = await readGgufFile(fileOf(madeGguf(withValue('llama.attention.head_count_kv', { u32s: [1, 4] }))));
  expect(modelFacts(layered).contextTokenBytes).toBe(2 * 4 * 32 * 2);
});
