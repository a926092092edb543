import { expect, test } from 'vitest';
import { extract } from '../../../main/ingest/extract.ts';
import { helpFile, packedByLzx } from '../../support/help-fixture.ts';

test('compiled help gives its topics as they are read, unpacked with their repeats', async () => {
  const parts = ['<html><title>Gate</title><p>Berth -', ' open</p></html>'];
  const result = await extract(helpFile('gate.htm', packedByLzx(parts), parts.join('').length + 7), 'x');
  expect(result.kind === 'extracted' && [result.extracted.text, result.extracted.pages?.length, result.extracted.mediaType]).toEqual(['Gate\n\nBerth -------- open', 1, 'application/vnd.ms-htmlhelp']);
});

test('a topic whose packed bytes are damaged is counted, and what is no help file in truth is held', async () => {
  const packed = packedByLzx(['<p>Berth</p>']);
  const broken = await extract(helpFile('gate.htm', packed.fill(0xff, 4), 12), 'x');
  expect(broken.kind === 'extracted' && [broken.extracted.state, broken.extracted.reason?.code]).toEqual(['no-text', 'container.members-lost']);
  const none = await extract(Uint8Array.from(Buffer.concat([Buffer.from('ITSF'), Buffer.alloc(200)])), 'x');
  expect(none.kind === 'failed' && none.reason.code).toBe('file.damaged');
});
