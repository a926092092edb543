import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, onTestFinished, test } from 'vitest';
import { addAnnotation, annotationLabels, listCaseAnnotations } from '../../../main/annotate/index.ts';
import { createIngest, createOcrQueue, type Ingest, type OcrQueue } from '../../../main/ingest/index.ts';
import type { OcrPage } from '../../../main/ingest/ocr/ocr-protocol.ts';
import { markingOfSpan, readMarks } from '../../../main/policy/index.ts';
import { iterateDocuments, keepNearText, listAudit, readBody, readContent, readOcrPage, readPages, tallyOcr, type CaseStore, type DocumentRow } from '../../../main/store/index.ts';
import { listUngrouped } from '../../../main/store/reader.ts';
import { nodeProcessHost, type ChildHandle, type ProcessHost } from '../../../main/work/index.ts';
import { encryptedPdf } from '../../support/encrypted-fixtures.ts';
import { drawnLines, pngOf, scannedPdf } from '../../support/pictures.ts';
import { newCase, newVault, tempFolder } from '../../support/vaults.ts';

interface Bench {
  readonly store: CaseStore;
  readonly ingest: Ingest;
  readonly ocr: OcrQueue;
  readonly dump: string;
  readonly vaultFolder: string;
}

/** A queue on an open case. */
function queueOn(store: CaseStore, vaultFolder: string, host: ProcessHost = nodeProcessHost()): { readonly ingest: Ingest; readonly ocr: OcrQueue } {
  const ocr: OcrQueue = createOcrQueue(store, { host, vaultFolder, passwords: () => ingest.passwords(), onState: () => undefined, onText: (jobs) => ingest.gotText(jobs) });
  const ingest: Ingest = createIngest(store, { host: nodeProcessHost(), vaultFolder, onJobs: () => undefined, onDocuments: () => undefined, onCommitted: ocr.wake });
  onTestFinished(async () => {
    await ocr.close();
    await ingest.close();
  });
  return { ingest, ocr };
}

async function bench(files: Readonly<Record<string, Uint8Array>>, host?: ProcessHost): Promise<Bench> {
  const place = tempFolder();
  const dump = join(place, 'dump');
  mkdirSync(dump);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(dump, name), bytes);
  const vaultFolder = join(place, 'vault');
  const store = newCase(await newVault(vaultFolder));
  return { store, ...queueOn(store, vaultFolder, host), dump, vaultFolder };
}

async function ingested({ ingest, dump }: Bench, ocr = true, passwords: readonly string[] = []): Promise<Awaited<ReturnType<Ingest['watch']>>> {
  const { job } = ingest.start([dump], 1, passwords, ocr);
  return ingest.watch(job, () => undefined, new AbortController().signal);
}

const atRest = (ocr: OcrQueue): ReturnType<OcrQueue['watch']> => ocr.watch(() => undefined, new AbortController().signal);

function only(store: CaseStore): DocumentRow {
  const [document] = [...iterateDocuments(store.read)];
  if (document === undefined) throw new Error('no document');
  return document;
}

const bodyOf = (store: CaseStore, document: DocumentRow): string | null => (document.content === null ? null : readBody(store.read, document.content));

test('a scan is there before it is read, and has its text, its pages and its boxes afterwards', async () => {
  const on = await bench({ 'scan.pdf': scannedPdf([{ picture: await drawnLines('The harbour office closed') }, { picture: await drawnLines('Nobody came on Friday') }]) });
  await on.ocr.pause();
  const { counts, job } = await ingested(on);
  expect(counts).toMatchObject({ added: 0, noText: 1 });
  expect(only(on.store)).toMatchObject({ state: 'no-text', reason: { code: 'ocr.pending', sentence: 'Its words are in a picture: 2 pages will be read by OCR.' } });
  expect(on.ocr.state()).toMatchObject({ state: 'paused', documents: 1, pages: { waiting: 2, done: 0 } });
  on.ocr.resume();
  expect(await atRest(on.ocr)).toMatchObject({ state: 'idle', documents: 0, pages: { waiting: 0, done: 2, read: 2 }, languages: ['eng'] });
  const document = only(on.store);
  expect(document).toMatchObject({ state: 'text', reason: null });
  expect(bodyOf(on.store, document)).toBe('The harbour office closed\n\nNobody came on Friday');
  const content = document.content ?? 0;
  expect(readPages(on.store.read, content).filter(({ ocr }) => ocr !== undefined)).toMatchObject([{ page: 1, start: 0, end: 25 }, { page: 2, start: 27, end: 48 }]);
  const words = readOcrPage(on.store.read, content, 2);
  expect(words?.boxes.map(({ start, end }) => bodyOf(on.store, document)?.slice(27 + start, 27 + end))).toEqual(['Nobody', 'came', 'on', 'Friday']);
  expect(words?.language).toBe('eng');
  expect(readContent(on.store.read, content).extractor).toContain('tesseract.js-core');
  // The file counts as read from then on.
  expect(on.ingest.jobs().find((one) => one.job === job)?.counts).toMatchObject({ added: 1, noText: 0 });
  expect(listAudit(on.store.read, 0, 50).map(({ action }) => action)).toContain('ocr.committed');
});

test('text that stood there stays where it was: what OCR reads of a mixed document comes behind it, and annotations hold', async () => {
  const on = await bench({ 'mixed.pdf': scannedPdf([{ text: 'Typed words first' }, { picture: await drawnLines('Scanned words second') }, { text: 'Typed words third' }]) });
  await on.ocr.pause();
  await ingested(on);
  const before = only(on.store);
  expect(before).toMatchObject({ state: 'text', reason: { code: 'ocr.pages-pending' } });
  const text = bodyOf(on.store, before) ?? '';
  const at = text.indexOf('words third');
  addAnnotation(on.store, before, { start: at, end: at + 11 }, annotationLabels()[0]?.label ?? '', '');
  on.ocr.resume();
  await atRest(on.ocr);
  const after = only(on.store);
  expect(bodyOf(on.store, after)).toBe(`${text}\n\nScanned words second`);
  expect(after).toMatchObject({ state: 'text', reason: null });
  expect(listCaseAnnotations(on.store, after, null, 0, 9).annotations).toMatchObject([{ start: at, end: at + 11, page: 3 }]);
});

test('a blank page, and a picture without a word, end without text and say that OCR looked', async () => {
  const on = await bench({ 'blank.pdf': scannedPdf([{}]), 'grey.png': pngOf({ width: 400, height: 300, pixels: new Uint8Array(120_000).fill(128) }) });
  await ingested(on);
  await atRest(on.ocr);
  for (const document of iterateDocuments(on.store.read)) expect(document).toMatchObject({ state: 'no-text', reason: { code: 'ocr.nothing-found', sentence: 'OCR looked at 1 page and found no words.' } });
});

test('a marking in a scan raises the document as soon as it is read', async () => {
  const on = await bench({ 'order.pdf': scannedPdf([{ picture: await drawnLines('SECRET//NOFORN', 'The convoy leaves at dawn', 'SECRET//NOFORN') }, { picture: await drawnLines('Nothing here is marked') }]) });
  await on.ocr.pause();
  await ingested(on);
  const marking = (): string => {
    const document = only(on.store);
    const { chars } = readContent(on.store.read, document.content ?? 0);
    return markingOfSpan(readMarks(on.store, document), on.store.marking, 0, Math.max(1, chars)).marking;
  };
  expect(marking()).toBe('UNCLASSIFIED');
  on.ocr.resume();
  await atRest(on.ocr);
  expect(marking()).toBe('SECRET//NOFORN');
});

test('a banner on the picture of a page raises what was typed on the same page too', async () => {
  const on = await bench({ 'stamped.pdf': scannedPdf([{ picture: await drawnLines('SECRET//NOFORN', 'The convoy leaves at dawn'), text: 'Bates 0001' }]) });
  await ingested(on);
  await atRest(on.ocr);
  const document = only(on.store);
  expect(bodyOf(on.store, document)).toMatch(/^Bates 0001\n\nSECRET\/\/NOFORN/);
  expect(markingOfSpan(readMarks(on.store, document), on.store.marking, 0, 10).marking).toBe('SECRET//NOFORN');
});

test('without OCR nothing is read, the reason says so, and it can be asked for later', async () => {
  const on = await bench({ 'scan.png': pngOf(await drawnLines('Berth four is empty')) });
  await ingested(on, false);
  expect(on.ocr.state()).toMatchObject({ state: 'idle', pages: { waiting: 0, off: 1 }, offDocuments: 1 });
  expect(only(on.store)).toMatchObject({ state: 'no-text', reason: { code: 'image.not-read' } });
  await on.ocr.readOff();
  expect(only(on.store)).toMatchObject({ reason: { code: 'ocr.pending' } });
  await atRest(on.ocr);
  expect(bodyOf(on.store, only(on.store))).toBe('Berth four is empty');
});

test('a job that wants OCR reads what an earlier one left off, in attachments too', async () => {
  const mail = ['From: a@example.org', 'To: b@example.org', 'Subject: Berth', 'MIME-Version: 1.0', 'Content-Type: image/png; name="scan.png"', 'Content-Disposition: attachment; filename="scan.png"', 'Content-Transfer-Encoding: base64', '', Buffer.from(pngOf(await drawnLines('Berth four is empty'))).toString('base64'), ''].join('\r\n');
  const on = await bench({ 'a.eml': Buffer.from(mail), 'b.png': pngOf(await drawnLines('Nobody came on Friday')) });
  await ingested(on, false);
  expect(on.ocr.state().pages).toMatchObject({ off: 2, waiting: 0 });
  await ingested(on, false);
  expect(on.ocr.state().pages).toMatchObject({ off: 2, waiting: 0 });
  await on.ocr.pause();
  expect((await ingested(on)).counts).toMatchObject({ unchanged: 2 });
  expect(on.ocr.state().pages).toMatchObject({ off: 0, waiting: 2 });
  expect([...iterateDocuments(on.store.read)].find(({ name }) => name === 'b.png')?.reason?.code).toBe('ocr.pending');
  on.ocr.resume();
  await atRest(on.ocr);
  const texts = [...iterateDocuments(on.store.read)].map((document) => bodyOf(on.store, document) ?? '');
  expect(texts).toEqual(expect.arrayContaining(['Berth four is empty', 'Nobody came on Friday']));
});

test('the engine goes on while what was left off is put into the queue', async () => {
  const drawn = await drawnLines('Berth');
  const on = await bench(Object.fromEntries(Array.from({ length: 12 }, (_, n) => [`${n}.png`, pngOf(drawn, { Author: `${n}` })])));
  await ingested(on, false);
  await on.ocr.pause();
  let isDone = false;
  let others = 0;
  const turn = (): void => {
    if (isDone) return;
    others += 1;
    setImmediate(turn);
  };
  setImmediate(turn);
  expect((await on.ocr.readOff()).pages).toMatchObject({ off: 0, waiting: 12 });
  isDone = true;
  expect(others).toBeGreaterThanOrEqual(12);
});

test('an encrypted PDF is read with the password that opened it, and later says that it wants one, until it is given again', async () => {
  // A page without a word is one for OCR, which must open it to say that it is blank.
  const on = await bench({ 'sealed.pdf': encryptedPdf('', 'kran') });
  await on.ocr.pause();
  await ingested(on, true, ['wrong', 'kran']);
  const forgetful = createOcrQueue(on.store, { host: nodeProcessHost(), vaultFolder: on.vaultFolder, onState: () => undefined, onText: () => undefined });
  onTestFinished(() => forgetful.close());
  forgetful.resume();
  await atRest(forgetful);
  expect(only(on.store)).toMatchObject({ state: 'no-text', reason: { code: 'password.needed' } });
  await ingested(on, true, ['kran']);
  on.ocr.wake();
  await atRest(on.ocr);
  expect(only(on.store)).toMatchObject({ state: 'no-text', reason: { code: 'ocr.nothing-found' } });
});

test('a text that OCR made longer is compared with the others again, and so are those that stand under it', async () => {
  const on = await bench({ 'a.pdf': scannedPdf([{ text: 'Typed words first' }, { picture: await drawnLines('Scanned words second') }]), 'b.txt': Buffer.from('Typed words first, and more') });
  await on.ocr.pause();
  await ingested(on);
  const contents = [...iterateDocuments(on.store.read)].sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ content }) => content ?? 0);
  const [grown = 0, under = 0] = contents;
  on.store.bookkeep((db) => {
    keepNearText(db, { content: grown, pivot: grown, similarity: 1, bands: new Uint32Array([1, 2]), version: 1 });
    keepNearText(db, { content: under, pivot: grown, similarity: 0.9, bands: null, version: 1 });
  });
  expect(listUngrouped(on.store.read, 0, 9)).toEqual([]);
  on.ocr.resume();
  await atRest(on.ocr);
  expect(listUngrouped(on.store.read, 0, 9).map(({ content, pivot }) => [content, pivot])).toEqual([...contents].sort((a, b) => a - b).map((content) => [content, null]));
});

/** A host whose OCR children are heard, and can be killed. */
function listening(): { readonly host: ProcessHost; readonly children: ChildHandle[]; readonly pages: OcrPage[] } {
  const real = nodeProcessHost();
  const children: ChildHandle[] = [];
  const pages: OcrPage[] = [];
  return {
    children, pages,
    host: {
      ...real,
      fork: (entry, limit) => {
        const child = real.fork(entry, limit);
        children.push(child);
        return {
          ...child,
          onMessage: (listener) => child.onMessage((message) => {
            const said = message as { readonly t: string; readonly page?: OcrPage };
            if (said.t === 'page' && said.page !== undefined) pages.push(said.page);
            listener(message);
          }),
        };
      },
    },
  };
}

const numberOf = (page: OcrPage): number => (page.kind === 'read' ? page.reading.page : page.page);

test('after a lock in the middle, the pages that were read are not read again', async () => {
  const lines = ['First page here', 'Second page here', 'Third page here', 'Fourth page here'];
  const heard = listening();
  const on = await bench({ 'long.pdf': scannedPdf(await Promise.all(lines.map(async (line) => ({ picture: await drawnLines(line) })))) }, heard.host);
  await ingested(on);
  while (heard.pages.length < 2) await new Promise((resolve) => { setTimeout(resolve, 5); });
  await on.ocr.close();
  const { byState } = tallyOcr(on.store.read, null);
  expect(byState.read + byState.waiting).toBe(4);
  const next = listening();
  const { ocr } = queueOn(on.store, on.vaultFolder, next.host);
  ocr.wake();
  await atRest(ocr);
  expect(next.pages.map(numberOf)).toEqual([1, 2, 3, 4].slice(byState.read));
  expect(bodyOf(on.store, only(on.store))).toBe(lines.join('\n\n'));
});

test('a child that dies over a page gets it again, and a second death gives up that page alone', async () => {
  const heard = listening();
  const on = await bench({ 'long.pdf': scannedPdf([{ picture: await drawnLines('First page here') }, { picture: await drawnLines('Second page here') }]) }, heard.host);
  let killed = 0;
  const timer = setInterval(() => {
    // Each child is ended before it can read a page, twice.
    if (heard.children.length > killed && killed < 2) heard.children[killed++]?.kill();
  }, 5);
  onTestFinished(() => clearInterval(timer));
  await ingested(on);
  const ended = await atRest(on.ocr);
  expect(ended).toMatchObject({ pages: { waiting: 0, read: 1, failed: 1 } });
  expect(heard.children).toHaveLength(3);
  expect(bodyOf(on.store, only(on.store))).toBe('Second page here');
  expect(only(on.store)).toMatchObject({ state: 'text', reason: { code: 'ocr.pages-failed', sentence: '1 of the 2 pages that OCR looked at could not be read.' } });
});

/** English under another name: what matters is which model was asked. */
function putLanguage(vaultFolder: string, code: string): void {
  const packed = join(dirname(createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')), '4.0.0_best_int', 'eng.traineddata.gz');
  mkdirSync(join(vaultFolder, 'ocr'), { recursive: true });
  writeFileSync(join(vaultFolder, 'ocr', `${code}.traineddata`), gunzipSync(readFileSync(packed)));
}

test('a job reads in the language that it was given, and a document is read again in another: what was read stays where it is', async () => {
  const on = await bench({ 'note.png': pngOf(await drawnLines('The harbour office closed at noon')) });
  putLanguage(on.vaultFolder, 'fra');
  const { job } = on.ingest.start([on.dump], 1, [], true, ['fra']);
  await on.ingest.watch(job, () => undefined, new AbortController().signal);
  await atRest(on.ocr);
  const document = only(on.store);
  const content = document.content ?? 0;
  const first = readOcrPage(on.store.read, content, 1);
  expect(first).toMatchObject({ language: 'fra', start: 0 });
  const text = bodyOf(on.store, document) ?? '';
  expect(on.ocr.readAgain(content, ['eng'])).toMatchObject({ pages: { waiting: 1 } });
  expect(only(on.store).reason).toMatchObject({ code: 'ocr.pages-pending' });
  await atRest(on.ocr);
  expect(readOcrPage(on.store.read, content, 1)).toMatchObject({ language: 'eng', start: text.length + 2 });
  expect(bodyOf(on.store, only(on.store))).toBe(`${text}\n\n${text}`);
  expect(only(on.store)).toMatchObject({ state: 'text', reason: null });
  expect(listAudit(on.store.read, 0, 50).map(({ action }) => action)).toContain('ocr.asked-again');
});

test('a language without data is refused, a document without pages for OCR too, and a case keeps its choice', async () => {
  const on = await bench({ 'plain.txt': Buffer.from('Plain text.') });
  expect(() => on.ocr.setLanguages(['deu'])).toThrow(expect.objectContaining({ code: 'case.ocr-language-absent', message: expect.stringContaining('Here: eng.') as string }) as Error);
  putLanguage(on.vaultFolder, 'deu');
  expect(on.ocr.setLanguages(['deu'])).toMatchObject({ chosen: ['deu'], languages: ['eng', 'deu'] });
  expect(on.ocr.languages()).toEqual(['deu']);
  expect(on.ocr.setLanguages(null)).toMatchObject({ chosen: [] });
  await ingested(on);
  expect(() => on.ocr.readAgain(only(on.store).content ?? 0, null)).toThrow(expect.objectContaining({ code: 'case.no-page' }) as Error);
});
