import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { languageOf } from '../../../main/ingest/language.ts';
import { addCase, createdEngine, ingested } from '../../support/engines.ts';
import { tinyDocx, tinyPdf, wordParagraph } from '../../support/file-fixtures.ts';
import { tempFolder } from '../../support/vaults.ts';

test.each([
  ['en', 'The crane stands at berth four and nobody has seen the harbour master since yesterday.'], ['de', 'Der Kran steht am Liegeplatz vier, und niemand hat den Hafenmeister seit gestern gesehen.'],
  ['fr', 'La grue se trouve au quai quatre et personne n’a vu le maître du port depuis hier.'], ['es', 'La grúa está en el muelle cuatro y nadie ha visto al capitán del puerto desde ayer.'],
  ['ru', 'Кран стоит у четвёртого причала, и никто не видел начальника порта со вчерашнего утра.'], ['uk', 'Кран стоїть біля четвертого причалу, і ніхто не бачив його від ранку.'],
  ['ar', 'تقف الرافعة عند الرصيف الرابع ولم ير أحد مدير الميناء منذ صباح أمس.'], ['fa', 'جرثقیل در اسکله چهارم ایستاده است و هیچ کس رئیس بندر را ندیده است.'],
  ['zh', '起重机停在四号泊位，从昨天早上起没有人见过港务长。'], ['ja', 'クレーンは四番バースにあり、昨日の朝から港長を見た者はいない。'], ['ko', '크레인은 4번 부두에 있으며 어제 아침부터 아무도 보지 못했다.'],
])('%s is told from its script and its commonest words', (language, text) => {
  expect(languageOf(text)).toBe(language);
});

test('numbers, names and texts that are too short have no language', () => {
  for (const text of ['', '4711 0815', 'Rotterdam, Kiel', 'x = y + 1;\nreturn x;']) expect(languageOf(text)).toBeNull();
});

test('a document is found by its language, its author, its pages, its size and its own dates', async () => {
  const folder = join(tempFolder(), 'dump');
  mkdirSync(folder);
  const core = '<cp:coreProperties xmlns:cp="c" xmlns:dc="d" xmlns:dcterms="t"><dc:creator>Hafenamt Nord</dc:creator><dcterms:created>2019-05-04T10:00:00Z</dcterms:created></cp:coreProperties>';
  writeFileSync(join(folder, 'kran.docx'), tinyDocx(wordParagraph('Der Kran steht am Liegeplatz und niemand hat den Meister gesehen.'), { 'docProps/core.xml': core }));
  writeFileSync(join(folder, 'crane.pdf'), tinyPdf([[{ text: 'The crane stands at the berth and nobody has seen it.', y: 700 }], [{ text: 'Second page of the log.', y: 700 }], [{ text: 'Third page.', y: 700 }]]));
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  try {
    const caseId = await addCase(engine, 'Port');
    await ingested(engine, caseId, [folder]);
    const found = async (query: string): Promise<number> => (await engine.call('sets.open', { case: caseId, source: { kind: 'search', query } })).total;
    for (const query of ['lang:de', 'author:hafenamt', 'created:2019-05', 'lang:en pages:3', 'pages:2..', 'size:>100 -lang:en', '-pages:3', '-created:2019']) expect([query, await found(query)]).toEqual([query, 1]);
    for (const query of ['lang:fr', 'author:south', 'pages:>3', 'size:>1mb', 'created:2020', 'modified:2019']) expect([query, await found(query)]).toEqual([query, 0]);
    expect(await found('size:1b..1gb')).toBe(2);
  } finally {
    await engine.close();
  }
});
