import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, onTestFinished, test } from 'vitest';
import { foundDates } from '../../../main/ingest/found-dates.ts';
import { createIngest, createOcrQueue } from '../../../main/ingest/index.ts';
import { countFacets } from '../../../main/search/facets.ts';
import { openSet } from '../../../main/search/open-set.ts';
import { iterateDocuments, listFoundDates } from '../../../main/store/index.ts';
import { nodeProcessHost } from '../../../main/work/index.ts';
import { setSource } from '../../../preload/contract/domains/sets.ts';
import { drawnLines, pngOf } from '../../support/pictures.ts';
import { newCase, newVault, tempFolder } from '../../support/vaults.ts';

const dayOf = (days: number): string => new Date(days * 86_400_000).toISOString().slice(0, 10);
/** As `2021-03-12`, `2021-03-01..2021-03-31` for a month, with a question mark where it is not sure. */
const shown = (text: string): string[] => foundDates(text).map(({ first, last, isSure }) => `${dayOf(first)}${first === last ? '' : `..${dayOf(last)}`}${isSure ? '' : '?'}`);

test.each([
  ['Signed on 2021-03-12.', ['2021-03-12']],
  ['Signed on 12 March 2021, seen on March 14th, 2021', ['2021-03-12', '2021-03-14']],
  ['Date: Fri, 12 Mar 2021 10:00:00 +0100', ['2021-03-12']],
  ['In March 2021 nobody came.', ['2021-03-01..2021-03-31']],
  ['On 2021/3/2 and 25.12.2019', ['2019-12-25', '2021-03-02']],
  ['On 29 February 2024; not on 29 February 2023 or 2021-02-30', ['2024-02-29']],
  ['In 2021 there were 2019 cranes, and in March a storm', []],
  ['Order 20213-44/2021/7, version 3.12.2 and 192.168.20.21', []],
])('%s', (text, expected) => expect(shown(text)).toEqual(expected));

test('day and month are taken both ways where nothing says which; another date of the text may say it', () => {
  expect(shown('Paid on 12/03/2021.')).toEqual(['2021-03-12?', '2021-12-03?']);
  expect(shown('Paid on 12/03/2021, due 25/03/2021.')).toEqual(['2021-03-12', '2021-03-25']);
  expect(shown('Paid on 12/03/2021, due 03/25/2021.')).toEqual(['2021-03-25', '2021-12-03']);
  expect(shown('Paid on 12/03/2021, due 03/25/2021, seen 25/03/2021.')).toEqual(['2021-03-12?', '2021-03-25', '2021-12-03?']);
  expect(shown('Paid on 12/03/2021, which is 12 March 2021; on 5/5/2021 again')).toEqual(['2021-03-12', '2021-05-05', '2021-12-03?']);
});

test('a date is found wherever it stands in a long text, once, and no more than two hundred are kept', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom('word ', '2021 ', '7/21 ', 'in the year 1999 ', '\n'), { maxLength: 400 }), fc.nat(), (words, at) => {
    const before = words.slice(0, at % (words.length + 1)).join('');
    expect(shown(`${before}. On 12 March 2021 (12 March 2021). ${words.join('')}`)).toContain('2021-03-12');
  }));
  const many = Array.from({ length: 1000 }, (_, index) => dayOf(index)).join(' ');
  const kept = shown(many);
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([200, '1970-01-01', dayOf(999)]);
});

test('what came in is found by the dates in its texts and pictures, and counted by its language', async () => {
  const place = tempFolder();
  const dump = join(place, 'dump');
  mkdirSync(dump);
  writeFileSync(join(dump, 'a.txt'), 'The harbour office was closed on 12 March 2021 and the crane was not seen from the quay for a week.');
  writeFileSync(join(dump, 'b.txt'), 'Das Hafenamt war im April 2021 geschlossen und der Kran ist nicht zu sehen.');
  writeFileSync(join(dump, 'c.txt'), 'Nothing was seen of it.');
  writeFileSync(join(dump, 'd.png'), pngOf(await drawnLines('The office of the harbour was closed', 'on 3 May 2020 and it is not to be', 'opened for the ships on the quay')));
  const vaultFolder = join(place, 'vault');
  const store = newCase(await newVault(vaultFolder));
  const ocr = createOcrQueue(store, { host: nodeProcessHost(), vaultFolder, onState: () => undefined, onText: () => undefined });
  const ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder, onJobs: () => undefined, onDocuments: () => undefined, onCommitted: ocr.wake });
  onTestFinished(async () => {
    await ocr.close();
    await ingest.close();
  });
  const still = new AbortController().signal;
  await ingest.watch(ingest.start([dump], 1).job, () => undefined, still);
  await ocr.watch(() => undefined, still);
  const documents = [...iterateDocuments(store.read)];
  const found = (query: string, languages: readonly string[] = []): string[] => [...openSet(store.read, setSource.parse({ kind: 'search', query, languages })).documents].map((number) => documents.find(({ document }) => document === number)?.name ?? '').sort();
  expect(found('dated:2021')).toEqual(['a.txt', 'b.txt']);
  expect(found('dated:2021-03-12')).toEqual(['a.txt']);
  expect(found('dated:2021-04-20')).toEqual(['b.txt']);
  expect(found('dated:..2020')).toEqual(['d.png']);
  expect(found('dated:2021-03-13..')).toEqual(['b.txt']);
  expect(found('NOT dated:1900..')).toEqual(['c.txt']);
  expect(listFoundDates(store.read, documents.find(({ name }) => name === 'a.txt')?.content ?? 0)).toEqual([{ first: 18698, last: 18698, isSure: true }]);
  expect(countFacets(store.read, 'type:text OR type:image').languages).toEqual([{ value: 'en', count: 3 }, { value: 'de', count: 1 }]);
  expect(found('dated:2020..2021', ['en'])).toEqual(['a.txt', 'd.png']);
  expect(found('dated:2020..2021', ['en', 'de'])).toEqual(['a.txt', 'b.txt', 'd.png']);
  expect(() => found('dated:soon')).toThrow('dated: takes a date, or from one to another: 2024, 2024-03, 2024-01..2024-06');
});
