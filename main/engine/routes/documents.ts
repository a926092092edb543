import type { DocumentDetail, Relative } from '../../../preload/contract/domains/documents.ts';
import { AppError } from '../../base/errors.ts';
import { joinMarkings, markingOfDocument, markingOfSpan, readMarks, viewMarking } from '../../policy/index.ts';
import { cellAt, iterateDocuments, listByContent, listChildren, listFoundDates, pageAt, ocrLanguages, readBody, readContent, readDocument, readDocumentState, readOcrPage, readPageItems, readPages, tallyOcr, type CaseStore, type CellPlace, type DocumentRow } from '../../store/index.ts';
import { recordedExport } from '../recorded-export.ts';
import type { Handlers } from '../server.ts';
import { mustFindDocument, type EngineContext } from '../sessions.ts';
import { documentLine } from './document-lines.ts';

const relative = (document: DocumentRow): Relative => ({ document: document.id, name: document.name, type: document.type, sizeBytes: document.sizeBytes });

function detail(store: CaseStore, document: DocumentRow): DocumentDetail {
  const content = document.content === null ? null : readContent(store.read, document.content);
  const state = readDocumentState(store.read, document.document);
  const marks = readMarks(store, document);
  const standing = markingOfDocument(marks, store.marking);
  return {
    document: document.id,
    number: document.document,
    title: document.title,
    path: document.path,
    alsoAt: document.content === null ? [] : listByContent(store.read, document.content).filter((other) => other.document !== document.document).map((other) => other.path),
    type: document.type,
    mediaType: content?.mediaType ?? 'application/octet-stream',
    state: document.state,
    reason: document.reason,
    sizeBytes: document.sizeBytes,
    sha256: content === null ? null : Buffer.from(content.sha256).toString('hex'),
    extractor: content?.extractor ?? null,
    chars: content?.chars ?? 0,
    pages: content?.pageCount ?? null,
    mail: content?.mail ?? null,
    author: content?.author ?? null,
    createdAt: content?.createdAt ?? null,
    modifiedAt: content?.modifiedAt ?? null,
    language: content?.language ?? null,
    textDates: document.content === null ? null : textDatesOf(store, document.content),
    ingestedAt: document.ingestedAt,
    parent: document.parent === null ? null : relative(readDocument(store.read, document.parent)),
    attachments: listChildren(store.read, document.document).map(relative),
    properties: [...(content?.properties ?? [])],
    ocr: document.content === null ? null : ocrOf(store, document.content),
    marking: viewMarking(standing),
    rollUp: viewMarking(content === null || content.chars === 0 ? standing : joinMarkings(standing, markingOfSpan(marks, store.marking, 0, content.chars).marking)),
    markingIsOwn: state.marking !== null,
    verdict: state.verdict,
    note: state.note ?? '',
  };
}

const dayMs = 86_400_000;

/** What the dates in a text span; `unsure` are those whose day and month may be meant the other way round. */
function textDatesOf(store: CaseStore, content: number): DocumentDetail['textDates'] {
  const dates = listFoundDates(store.read, content);
  const [first] = dates;
  if (first === undefined) return null;
  return { first: first.first * dayMs, last: Math.max(...dates.map(({ last }) => last)) * dayMs, count: dates.length, unsure: dates.filter(({ isSure }) => !isSure).length };
}

/** How far OCR is with a content; null where it has nothing to do. */
function ocrOf(store: CaseStore, content: number): DocumentDetail['ocr'] {
  const { byState } = tallyOcr(store.read, content);
  const { confidence, languages } = ocrLanguages(store.read, content);
  return Object.values(byState).every((pages) => pages === 0) ? null : { ...byState, confidence, languages };
}

/** A cell as spreadsheets write it: letters count columns, and a sheet's name that is no plain word is quoted; a sheet without a name is left out. */
function cellName({ sheet, row, column }: CellPlace): string {
  let letters = '';
  for (let rest = column; rest > 0; rest = Math.floor((rest - 1) / 26)) letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  const cell = `${letters}${row}`;
  if (sheet === '') return cell;
  return `${/^[\p{L}_][\p{L}\p{N}_.]*$/u.test(sheet) ? sheet : `'${sheet.replaceAll("'", "''")}'`}!${cell}`;
}

/** UTF-16 code units that are handed over at once. */
const textWindow = 1_000_000;

/** True when an offset stands between the halves of a surrogate pair. */
function insidePair(text: string, offset: number): boolean {
  const unit = text.charCodeAt(offset);
  return unit >= 0xdc00 && unit <= 0xdfff;
}

const noOriginal = (document: DocumentRow): AppError => new AppError('vault.blob-missing', 'The file could not be read when it was found, so there is no original.', { data: { document: document.id } });

/** Handlers of single documents. */
export function documentHandlers(context: EngineContext): Pick<Handlers, 'documents.get' | 'documents.text' | 'documents.page-items' | 'documents.cell' | 'documents.page-words' | 'documents.page-picture' | 'documents.bytes' | 'documents.texts' | 'documents.list'> {
  return {
    'documents.get': ({ case: id, document }) => {
      const { store } = context.session(id);
      return detail(store, mustFindDocument(store, document));
    },
    'documents.text': ({ case: id, document: ref, from, limit }) => {
      const { store } = context.session(id);
      const document = mustFindDocument(store, ref);
      const body = document.content === null ? null : readBody(store.read, document.content);
      if (body === null || document.content === null) throw new AppError('case.no-text', document.reason?.sentence ?? 'This document has no text.', { data: { document: ref, reason: document.reason?.code ?? null } });
      const start = insidePair(body, from) ? from - 1 : Math.min(from, body.length);
      const end = Math.min(body.length, start + limit);
      return { text: body.slice(start, insidePair(body, end) ? end + 1 : end), from: start, chars: body.length, pages: readPages(store.read, document.content) };
    },
    'documents.page-items': ({ case: id, document: ref, page }) => {
      const { store } = context.session(id);
      const document = mustFindDocument(store, ref);
      const items = document.content === null ? null : readPageItems(store.read, document.content, page);
      if (items === null) throw new AppError('case.no-page', 'This document has no such page.', { data: { document: ref, page } });
      const starts: number[] = [];
      const ends: number[] = [];
      for (let index = 0; index + 1 < items.length; index += 2) {
        starts.push(items[index] ?? 0);
        ends.push(items[index + 1] ?? 0);
      }
      return { starts, ends };
    },
    'documents.page-words': ({ case: id, document: ref, page }) => {
      const { store } = context.session(id);
      const { content } = mustFindDocument(store, ref);
      const found = content === null ? null : readOcrPage(store.read, content, page);
      if (found === null) return { reading: null };
      const thousandths = (share: number): number => Math.round(share * 100_000) / 100;
      return { reading: {
        ...found,
        words: found.boxes.map(({ start, end, left, top, right, bottom }) => ({ start: found.start + start, end: found.start + end, left: thousandths(left), top: thousandths(top), right: thousandths(right), bottom: thousandths(bottom) })),
      } };
    },
    'documents.page-picture': async ({ case: id, document: ref, page }, { signal }) => {
      const { store, pictures } = context.session(id);
      const document = mustFindDocument(store, ref);
      if (document.content === null) throw noOriginal(document);
      const { png, width, height } = await pictures.draw(document.content, page, signal);
      return { png: new Uint8Array(png), width, height };
    },
    'documents.cell': ({ case: id, document: ref, offset }) => {
      const { store } = context.session(id);
      const { content } = mustFindDocument(store, ref);
      // A table of separated values has no pages: it is one sheet.
      const found = content === null ? null : cellAt(store.read, content, pageAt(readPages(store.read, content), offset) ?? 1, offset);
      return { cell: found === null ? null : { ...found, name: cellName(found) } };
    },
    'documents.bytes': ({ case: id, document: ref, from, length }) => {
      const { store } = context.session(id);
      const document = mustFindDocument(store, ref);
      if (document.content === null) throw noOriginal(document);
      const { place } = readContent(store.read, document.content);
      return { bytes: new Uint8Array(store.blobs.readRange(place, from, length)), sizeBytes: place.sizeBytes };
    },
    'documents.texts': ({ case: id }, { progress, signal }) => {
      const { store } = context.session(id);
      return recordedExport(store, 'texts', async () => {
        let total = 0;
        for (const { id: document, content, state } of Array.from(iterateDocuments(store.read))) {
          signal.throwIfAborted();
          const body = content === null || state !== 'text' ? null : readBody(store.read, content);
          if (body === null) continue;
          for (let from = 0; from < body.length;) {
            const end = Math.min(body.length, from + textWindow);
            const cut = insidePair(body, end) ? end + 1 : end;
            progress({ document, text: body.slice(from, cut), isLast: cut >= body.length });
            from = cut;
          }
          total += 1;
          await new Promise((resolve) => { setImmediate(resolve); });
        }
        return { total };
      }, ({ total }) => ({ texts: total }));
    },
    'documents.list': async ({ case: id }, { progress, signal }) => {
      const { store } = context.session(id);
      const documents = [...iterateDocuments(store.read)];
      for (let start = 0; start < documents.length; start += 200) {
        signal.throwIfAborted();
        progress({ lines: documents.slice(start, start + 200).map((document) => documentLine(store.read, document)) });
        await new Promise((resolve) => { setImmediate(resolve); });
      }
      return { total: documents.length };
    },
  };
}
