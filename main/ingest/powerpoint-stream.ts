import { recordAt, recordsBelow, recordsIn, type OfficeRecord } from './office-records.ts';

/** Types of records ([MS-PPT] 2.13.24). */
const types = {
  document: 0x03e8, slide: 0x03ee, slideAtom: 0x03ef, notes: 0x03f0, notesAtom: 0x03f1, persist: 0x03f3, master: 0x03f8, list: 0x0ff0, headersFooters: 0x0fd9, text: 0x0fa0, bytes: 0x0fa8, string: 0x0fba, outlineText: 0x0f9e,
  comment: 0x2ee0, userEdit: 0x0ff5, directory: 0x1772, object: 0x1011, encryption: 0x2f14, drawing: 0x040c, shape: 0xf004, placeholder: 0x0bc3,
} as const;

/** A slide as it is shown: its text, then its notes and comments. */
export interface Slide {
  readonly text: string;
  readonly notes: string;
  readonly comments: readonly string[];
}

/** What a PowerPoint stream holds. */
export interface Presentation {
  readonly slides: readonly Slide[];
  /** Footers, headers and what masters show themselves, each distinct text once. */
  readonly footers: readonly string[];
  /** Bodies of embedded objects, packed or not. */
  readonly objects: readonly OfficeRecord[];
  readonly isEncrypted: boolean;
}

/**
 * Reads the stream from its last edit backwards ([MS-PPT] 2.1.2), so that slides which were changed come once. Where the edits cannot be
 * followed, all slides that stand in the stream are read.
 */
export function readPresentation(stream: Buffer, lastEdit: number | null): Presentation {
  const edits = persisted(stream, lastEdit);
  const all = [...recordsBelow(stream)];
  const document = [...edits.records.values()].find(({ type }) => type === types.document) ?? all.find(({ type }) => type === types.document);
  const lists = document === undefined ? [] : [...recordsIn(document.body)].filter(({ type }) => type === types.list);
  const slides = lists.filter(({ instance }) => instance === 0).flatMap(({ body }) => entries(body));
  const notes = lists.filter(({ instance }) => instance === 2).flatMap(({ body }) => entries(body));
  const notesTexts = new Map(notes.map(({ reference, identifier }) => [identifier, shapeTexts(edits.records.get(reference)?.body ?? null, [])]));
  let read = slides.flatMap(({ reference, outline }): Slide[] => {
    const body = edits.records.get(reference)?.body ?? null;
    return [slideOf(body, outline, (identifier) => notesTexts.get(identifier) ?? '')];
  });
  if (read.every(({ text }) => text === '')) {
    const loose = all.filter(({ type }) => type === types.slide || type === types.notes);
    if (read.length === 0 || loose.length > 0) read = loose.map(({ body }) => slideOf(body, [], () => '')).filter(({ text }, index, list) => text !== '' || list.length === index + 1);
  }
  const footers = new Set<string>();
  for (const { type, body } of all) {
    if (type === types.headersFooters) for (const text of footerTexts(body)) footers.add(text);
    if (type === types.master) for (const text of masterTexts(body)) footers.add(text);
  }
  return { slides: read, footers: [...footers], objects: all.filter(({ type }) => type === types.object), isEncrypted: edits.isEncrypted || all.some(({ type }) => type === types.encryption) };
}

/** [MS-PPT] 2.3.3, 2.3.4: the newest place of every object that was saved. */
function persisted(stream: Buffer, lastEdit: number | null): { readonly records: ReadonlyMap<number, OfficeRecord>; readonly isEncrypted: boolean } {
  const records = new Map<number, OfficeRecord>();
  const seen = new Set<number>();
  let isEncrypted = false;
  for (let at = lastEdit ?? 0; at > 0 && !seen.has(at); ) {
    seen.add(at);
    const edit = recordAt(stream, at);
    if (edit === null || edit.type !== types.userEdit || edit.body.length < 28) break;
    isEncrypted ||= edit.body.length >= 32 && edit.body.readUInt32LE(28) !== 0 && edit.body.length === 32;
    const directory = recordAt(stream, edit.body.readUInt32LE(12));
    if (directory?.type === types.directory) {
      for (let offset = 0; offset + 4 <= directory.body.length; ) {
        const head = directory.body.readUInt32LE(offset);
        const first = head & 0xfffff;
        const count = head >>> 20;
        offset += 4;
        for (let index = 0; index < count && offset + 4 <= directory.body.length; index += 1, offset += 4) {
          const record = records.has(first + index) ? null : recordAt(stream, directory.body.readUInt32LE(offset));
          if (record !== null) records.set(first + index, record);
        }
      }
    }
    at = edit.body.readUInt32LE(8);
  }
  return { records, isEncrypted };
}

/** [MS-PPT] 2.4.14.3: a list's slides with the texts that the outline holds for each. */
function entries(body: Buffer): { readonly reference: number; readonly identifier: number; readonly outline: string[] }[] {
  const found: { reference: number; identifier: number; outline: string[] }[] = [];
  for (const record of recordsIn(body)) {
    if (record.type === types.persist && record.body.length >= 16) found.push({ reference: record.body.readUInt32LE(0), identifier: record.body.readUInt32LE(12), outline: [] });
    else {
      const text = textOf(record);
      if (text !== null) found.at(-1)?.outline.push(text);
    }
  }
  return found;
}

function slideOf(body: Buffer | null, outline: readonly string[], notesOf: (identifier: number) => string): Slide {
  const atom = body === null ? undefined : [...recordsIn(body)].find(({ type }) => type === types.slideAtom);
  const notes = atom !== undefined && atom.body.length >= 20 ? notesOf(atom.body.readUInt32LE(16)) : '';
  const comments = body === null ? [] : [...recordsBelow(body)].filter(({ type }) => type === types.comment).map(commentText).filter((text) => text !== '');
  return { text: shapeTexts(body, outline), notes, comments };
}

/** Texts of the shapes in their order; of texts that stand in the outline, a shape has only the number. Those of the outline that no shape shows come first. */
function shapeTexts(body: Buffer | null, outline: readonly string[]): string {
  const shown = new Set<number>();
  const texts: string[] = [];
  for (const record of body === null ? [] : [...recordsIn(body)].filter(({ type }) => type === types.drawing).flatMap((drawing) => [...recordsBelow(drawing.body)])) {
    if (record.type === types.outlineText && record.body.length >= 4) {
      const index = record.body.readUInt32LE(0);
      shown.add(index);
      texts.push(outline[index] ?? '');
    } else texts.push(textOf(record) ?? '');
  }
  return [...outline.filter((_, index) => !shown.has(index)), ...texts].map((text) => text.trim()).filter((text) => text !== '' && text !== '*').join('\n');
}

function textOf({ type, body }: OfficeRecord): string | null {
  // [MS-PPT] 2.9.43: the low bytes of UTF-16 characters.
  const text = type === types.text ? body.toString('utf16le') : type === types.bytes ? body.toString('latin1') : null;
  return text === null ? null : text.replaceAll('\r', '\n').replaceAll('\v', '\n');
}

/** [MS-PPT] 2.5.22: author, text and initials. */
function commentText({ body }: OfficeRecord): string {
  const strings = new Map([...recordsIn(body)].filter(({ type }) => type === types.string).map(({ instance, body: text }) => [instance, text.toString('utf16le').trim()]));
  const author = strings.get(0) ?? '';
  return `${author === '' ? '' : `${author}: `}${strings.get(1) ?? ''}`.trim();
}

/** [MS-PPT] 2.4.15.1: a date that was typed, a header, a footer. */
function footerTexts(body: Buffer): string[] {
  return [...recordsIn(body)].filter(({ type }) => type === types.string).map(({ body: text }) => text.toString('utf16le').trim()).filter((text) => text !== '');
}

/** [MS-PPT] 2.13.21: places of a master for a footer and a header; what stands in one is shown on slides, and no prompt. */
const shownPlaces: ReadonlySet<number | undefined> = new Set([9, 10]);

/** Shapes of a master that are no placeholder, its footer and its header: a reader sees them on every slide. */
function masterTexts(body: Buffer): string[] {
  const shapes = [...recordsBelow(body)].filter(({ type }) => type === types.shape).map((shape) => [...recordsBelow(shape.body)]);
  return shapes.filter((records) => !records.some(({ type, body: atom }) => type === types.placeholder && !shownPlaces.has(atom[4]))).flatMap((records) => records.map((record) => textOf(record)?.trim() ?? '')).filter((text) => text !== '' && text !== '*');
}
