import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { createCaseReader } from '../../../../main/chat/reader/index.ts';
import { readCase } from '../../../../main/chat/reader/read-case.ts';
import { extract } from '../../../../main/ingest/extract.ts';
import { createCaseDb, type CaseDb } from '../../../support/case-db.ts';

describe('reading a case', () => {
  let db: CaseDb;
  const log = 'Shift log.\n\n08:00 Quiet night.\n\nThe gate of the north basin jammed at 04:12 because a branch blocked it.\n\nIt was cleared by noon.';
  beforeAll(() => {
    db = createCaseDb();
    db.add(
      { path: 'log.txt', body: log, pages: [{ page: 1, start: 0, end: 12 }, { page: 2, start: 12, end: log.length }] },
      { path: 'copy.txt', sameAs: 1 },
      { path: 'retold.txt', body: 'The gate of the north basin jammed at 04:12, because a branch blocked it. ' + 'The weather was fine. '.repeat(30) },
      { path: 'other.txt', body: 'The south basin was painted. The price of the paint was £310. The gate was not painted.' },
      { path: 'scan.pdf', type: 'pdf', state: 'no-text' },
    );
  });
  afterAll(() => db.close());

  test('quotes the sentence that answers, word for word, with its page', () => {
    const { sentences: [first], coverage } = readCase(db.read, 'Why did the gate of the north basin jam?', { limit: 4 });
    expect(first).toMatchObject({ document: 1, page: 2, text: 'The gate of the north basin jammed at 04:12 because a branch blocked it.' });
    expect(log.slice(first?.start, first?.end)).toBe(first?.text);
    expect(coverage).toEqual({ documents: 4, read: 3, withoutText: 1, passages: 38 });
  });

  test('says the same thing once', () => {
    const { sentences } = readCase(db.read, 'Why did the gate of the north basin jam?', { limit: 4 });
    expect(sentences.filter(({ text }) => text.includes('branch'))).toHaveLength(1);
  });

  test('prefers the kind of thing that is asked for', () => {
    expect(readCase(db.read, 'What was the price of the paint?', { limit: 1 }).sentences[0]?.text).toBe('The price of the paint was £310.');
  });

  test.each(['How many otters live in the harbour?', 'Was the treasurer dismissed over the missing paint?', '', '???', '"unbalanced (AND NOT *'])('says nothing to %j', (question) => {
    expect(readCase(db.read, question, { limit: 4 }).sentences).toEqual([]);
  });

  test('loosely read, a question that nothing answers still has passages to judge', () => {
    expect(readCase(db.read, 'How many otters were painted in the basin?', { limit: 4, isLoose: true }).sentences.length).toBeGreaterThan(0);
  });

  test('stops between texts when nobody waits any more', () => {
    let asked = 0;
    const { coverage } = readCase(db.read, 'gate basin', { limit: 4, isCancelled: () => { asked += 1; return asked > 1; } });
    expect(coverage.read).toBe(1);
  });

  test('answers from its thread, with progress, and ends when its signal says so', async () => {
    const reader = createCaseReader({ readerOptions: db.options });
    const seen: number[][] = [];
    const { sentences } = await reader.read('Why did the gate of the north basin jam?', { limit: 1, onProgress: (done, total) => seen.push([done, total]) });
    expect(sentences).toHaveLength(1);
    expect(seen.at(-1)).toEqual([3, 3]);
    const control = new AbortController();
    const asked = reader.read('gate', { limit: 1, signal: control.signal });
    control.abort(new Error('not wanted'));
    await expect(asked).rejects.toThrow('not wanted');
    await reader.close();
  });
});

describe('what is about the question', () => {
  let db: CaseDb;
  const filler = 'The tide was low and the crew waited on the quay. ';
  beforeAll(() => {
    db = createCaseDb();
    db.add(
      { path: 'mail.txt', body: 'From: Orla Fenwick\nSent: Monday, 4 March 2024 11:00\nTo: Tomas Reed\nSubject: Second survey of the weir\n\nI sent the drawings to the surveyor on Friday. The cost is £4,200 in all.\n\nOrla' },
      { path: 'report.txt', body: `The town hall was rebuilt after the fire. The white building, designed by Ines Okafor, has forty rooms. Tomas Reed leads the Harbour Board of Eelwick. ${filler.repeat(4)}` },
      { path: 'book.txt', body: `${filler.repeat(3000)}The lantern of the lighthouse was lit by Bede Marlow in 1931. ${filler.repeat(3000)}` },
    );
  });
  afterAll(() => db.close());
  const first = (question: string): string | undefined => readCase(db.read, question, { limit: 4 }).sentences[0]?.text;

  test('the verb of the question tells two sentences about one thing apart', () => expect(first('Who designed the town hall?')).toContain('Ines Okafor'));
  test('what a message is about stands in its head', () => expect(first('How much does the second survey of the weir cost?')).toContain('£4,200'));
  test('another form of a verb finds it', () => expect(first('When did Orla Fenwick send the drawings?')).toContain('on Friday'));
  test('the head of a message answers who wrote, and when', () => expect(first('Who wrote the message about the second survey?')).toMatch(/Orla|Fenwick/));
  test('of a long text the part is read that holds the question', () => {
    const { sentences, coverage } = readCase(db.read, 'Who lit the lantern of the lighthouse?', { limit: 1 });
    expect(sentences[0]?.text).toBe('The lantern of the lighthouse was lit by Bede Marlow in 1931.');
    expect(coverage.passages).toBeLessThan(3000);
  });
  test('a statement is answered by what bears it', () => expect(first('The town hall was rebuilt after a fire.')).toContain('rebuilt after the fire'));
  test.each(['When did Tomas Reed leave the Harbour Board?', 'What is the salary of Tomas Reed?', 'How many surveyors live in Eelwick?', 'Who painted the portrait of Ines Okafor?'])('a name alone answers nothing: %s', (question) => {
    expect(first(question)).toBeUndefined();
  });
});

describe('the sample case', () => {
  const folder = join(import.meta.dirname, '../../../../resources/sample');
  const questions = z.array(z.object({ question: z.string(), document: z.string().nullable(), quote: z.string().nullable() })).parse(JSON.parse(readFileSync(join(folder, 'questions.json'), 'utf8')));
  let db: CaseDb;

  async function put(path: string, bytes: Uint8Array): Promise<void> {
    const result = await extract(bytes, path);
    if (result.kind !== 'extracted') throw new Error(`${path} was not read: ${result.reason.code}`);
    const { text, type, title, mail, pages, children } = result.extracted;
    const name = path.replace(/^.*\//, '');
    db.add({ path, type, subject: `${mail?.subject ?? title ?? ''} ${name}`, ...(text === '' ? {} : { body: text }), ...(mail === null ? {} : { mail }), ...(pages === null ? {} : { pages }) });
    for (const child of children) await put(`${path}!/${child.name}`, child.bytes ?? new Uint8Array());
  }

  beforeAll(async () => {
    db = createCaseDb();
    const files = readdirSync(join(folder, 'documents'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    for (const file of files.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = join(file.parentPath, file.name);
      await put(path.slice(join(folder, 'documents').length + 1).replaceAll('\\', '/'), readFileSync(path));
    }
  }, 60_000);
  afterAll(() => db.close());

  const flat = (text: string): string => text.replace(/\s+/g, ' ');

  test('twelve answers of fourteen begin with the very sentence', () => {
    const answered = questions.filter(({ question, quote }) => {
      const [first] = readCase(db.read, question, { limit: 4 }).sentences;
      return quote !== null && first !== undefined && (flat(first.text).includes(quote) || quote.includes(flat(first.text)));
    });
    expect(answered.length).toBeGreaterThanOrEqual(12);
  });

  test.each([
    ...questions.filter(({ quote }) => quote === null).map(({ question }) => question),
    'How much did the new roof of the head office cost?',
    'Why was the chief engineer dismissed?',
    'How many people were injured at Station 3?',
    'Did the mayor visit Station 2 in June 2023?',
    'Which bank lent the money for the pumps?',
    'What does heronwire do?',
  ])('nothing answers %j', (question) => expect(readCase(db.read, question, { limit: 4 }).sentences).toEqual([]));
});
