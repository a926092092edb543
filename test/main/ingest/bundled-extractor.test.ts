import { build } from 'esbuild';
import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createExtractPool } from '../../../main/ingest/extract-pool.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import { bundleOptions, bundles } from '../../../resources/build/bundles.ts';
import { installed } from '../../../resources/build/paths.ts';
import { madeTar, storedRar } from '../../support/archive-fixtures.ts';
import { utf8 } from '../../support/file-fixtures.ts';
import { outlookFile, workbook } from '../../support/office-fixtures.ts';
import { tempFolder } from '../../support/vaults.ts';

test('the extractor as it is packaged reads what needs a package of others', async () => {
  const folder = tempFolder();
  const bundle = bundles.find(({ entry }) => entry.endsWith('extract.worker.ts'));
  if (bundle === undefined) throw new Error('no bundle');
  const file = join(folder, 'extract.worker.js');
  await build({ ...bundleOptions(bundle), outfile: file, logLevel: 'silent' });
  cpSync(installed('libarchive-wasm', 'dist', 'libarchive.wasm'), join(folder, 'libarchive.wasm'));
  const pool = createExtractPool({ host: nodeProcessHost({ entryFile: () => ({ file, readable: [folder] }) }), workers: 1 });
  onTestFinished(() => pool.close());
  const packed = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
  const files: readonly (readonly [name: string, bytes: Uint8Array, text: string])[] = [
    ['a.rar', storedRar('a.txt', utf8('berth')), 'a.txt'],
    ['b.txt.xz', packed('/Td6WFoAAATm1rRGAgAhARYAAAB0L+WjAQAFaGVsbG8KAAAApWCX8ZT2/eAAAR4GwS+kHR+2830BAAAAAARZWg=='), 'b.txt'],
    ['c.txt.bz2', packed('QlpoOTFBWSZTWcHAgOIAAAFBAAAQAkSgADDNAMNGKZcXckU4UJDBwIDi'), 'c.txt'],
    ['d.tar', madeTar([{ name: 'd', bytes: utf8('d') }]), 'd'],
    ['e.msg', outlookFile({ '0037': 'Crane', '1000': 'It stands still.' }, []), 'It stands still.'],
    ['f.xlsb', workbook('xlsb'), 'Berths'],
  ];
  for (const [name, bytes, text] of files) {
    const members = { room: { members: 9, bytes: 1e6 }, restart: () => undefined, take: async () => true };
    const result = await pool.extract({ name, bytes, members });
    expect([name, result.kind === 'extracted' ? result.extracted.text.slice(0, text.length) : result.reason.code]).toEqual([name, text]);
  }
  // A store that is none shows that its reader loads: what cannot load is no longer told from what is damaged.
  expect(await pool.extract({ name: 'g.pst', bytes: utf8(`!BDN${'\0'.repeat(600)}`) })).toMatchObject({ kind: 'failed', reason: { code: 'file.damaged', sentence: 'The Outlook store is damaged and could not be read.' } });
});
