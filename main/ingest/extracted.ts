import type { DocumentType, StateReason } from '../../preload/contract/domains/basics.ts';
import type { MailHeaders, PageSpan, Property } from '../../preload/contract/domains/documents.ts';
import type { FoundDate } from './found-dates.ts';

/** A document inside a document: an attachment, an embedded file. Its name is safe to show and to use as one path segment. */
export interface ChildFile {
  readonly name: string;
  /** Where it lies in its container, safe parts joined by `/`; absent or empty at the top. */
  readonly folder?: string;
  readonly bytes: Uint8Array;
}

/** A member that is there and cannot be had. */
export interface LostChild {
  readonly bytes?: undefined;
  readonly name: string;
  readonly folder?: string;
  /** As the container says; null when it does not. */
  readonly sizeBytes: number | null;
  readonly reason: StateReason;
}

/** The cells of a sheet: start, end, row and column of each in the order of the text, rows and columns counted from 0. */
export interface SheetCells {
  readonly page: number;
  readonly name: string;
  readonly cells: Uint32Array;
}

/** What was read out of one file's bytes. */
export interface Extracted {
  readonly state: 'text' | 'no-text';
  /** Null with text, unless something of the document could not be read; always set without text. */
  readonly reason: StateReason | null;
  readonly type: DocumentType;
  readonly mediaType: string;
  /** Name and version of what read it. */
  readonly extractor: string;
  /** Canonical (canonical-text.ts); empty exactly when the state is `no-text`. */
  readonly text: string;
  /** In page order; null where the format has no pages. */
  readonly pages: readonly PageSpan[] | null;
  /** Per page, start and end offset of every pdf.js text item in pdf.js's order: [start0, end0, start1, end1, ...]. */
  readonly pageItems: readonly Uint32Array[] | null;
  /** Of a table: its sheets with the place of every cell; a sheet is a page. Null where there are no cells to name. */
  readonly sheets: readonly SheetCells[] | null;
  readonly title: string | null;
  readonly author: string | null;
  /** Milliseconds since 1970, as the document itself says. */
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
  readonly mail: MailHeaders | null;
  /** ISO 639-1; null where it cannot be told. */
  readonly language: string | null;
  /** Days and months that the text names, by time. */
  readonly dates: readonly FoundDate[];
  readonly properties: readonly Property[];
  /** Pages without usable text of their own, which OCR may read; empty for most. `pages` lists them too. */
  readonly ocrPages: readonly number[];
  readonly children: readonly (ChildFile | LostChild)[];
}

/** How reading ended. `failed` files are quarantined: something went wrong that another version or another try may put right. */
export type ExtractResult = { readonly kind: 'extracted'; readonly extracted: Extracted } | { readonly kind: 'failed'; readonly reason: StateReason };

/** What an extractor knows; the rest is empty. `text` must be canonical. */
export type Reading = Pick<Extracted, 'type' | 'mediaType' | 'extractor'> & Partial<Extracted>;

/** An Extracted of a reading. Without text, the state is `no-text` with the given reason, or that the file holds none, or only other files. */
export function toExtracted(reading: Reading): Extracted {
  const text = reading.text ?? '';
  const reason = reading.reason ?? null;
  return {
    pages: null,
    pageItems: null,
    sheets: null,
    title: null,
    author: null,
    createdAt: null,
    modifiedAt: null,
    mail: null,
    language: null,
    dates: [],
    properties: [],
    ocrPages: [],
    children: [],
    ...reading,
    text,
    state: text === '' ? 'no-text' : 'text',
    reason: text === '' ? (reason ?? ((reading.children ?? []).length > 0 ? reasons.onlyChildren : reasons.blank)) : reason,
  };
}

/** A file that cannot be read as it is, with the reason to show. */
export class ExtractFailure extends Error {
  readonly reason: StateReason;

  constructor(reason: StateReason, cause?: unknown) {
    super(reason.code, cause === undefined ? undefined : { cause });
    this.name = 'ExtractFailure';
    this.reason = reason;
  }
}

/** Reasons of the reading half. A code is a promise to scripts: never rename one. */
export const reasons = {
  empty: { code: 'file.empty', sentence: 'The file is empty.' },
  commitFailed: { code: 'commit.failed', sentence: 'The file was read, but the case could not keep what was read.' },
  blank: { code: 'file.blank', sentence: 'The file holds no readable characters.' },
  zeros: { code: 'file.blank', sentence: 'The file holds nothing but zeros.' },
  unknownFormat: (kind: string): StateReason => ({ code: 'format.unknown', sentence: `Files of this kind (${kind}) are not read yet.` }),
  damaged: (what: string): StateReason => ({ code: 'file.damaged', sentence: `The ${what} is damaged and could not be read.` }),
  cutOff: (what: string): StateReason => ({ code: 'file.cut', sentence: `The ${what} is cut short or damaged, and what is left of it holds nothing that can be read.` }),
  encryptedOffice: { code: 'office.password', sentence: 'The document is encrypted with a password.' },
  pdfPassword: { code: 'pdf.password', sentence: 'The PDF is encrypted with a password.' },
  pdfNoTextLayer: { code: 'pdf.no-text-layer', sentence: 'This PDF has no text layer: its pages are images or drawings.' },
  pdfPagesLost: (lost: number, of: number): StateReason => ({ code: 'pdf.pages-damaged', sentence: `The PDF is damaged: ${lost} of the ${of} pages that were found could not be read.` }),
  pdfPagesUnmapped: (pages: number, of: number): StateReason => ({ code: 'pdf.no-character-map', sentence: `${pages} of the ${of} pages are set in fonts that do not say which characters they show.` }),
  imageTooLarge: { code: 'image.too-large', sentence: 'The picture has more than 64 million pixels, or a side longer than 32,000, so it is not decoded. The original is kept.' },
  imageNotRead: { code: 'image.not-read', sentence: 'This picture says nothing in words of its own, and OCR was off when it came in.' },
  imageTooSmall: { code: 'image.too-small', sentence: 'The picture is too small to hold words.' },
  imageNotDecoded: (kind: string): StateReason => ({ code: 'image.not-decoded', sentence: `Pictures of this kind (${kind}) are not decoded, so OCR does not read them. What the file says of itself was read.` }),
  textTooLong: { code: 'file.text-too-long', sentence: 'The file holds more text than one document may (64 million characters).' },
  tooManyChildren: { code: 'file.too-many-children', sentence: 'The file holds more than 10,000 other files.' },
  passwordNeeded: { code: 'password.needed', sentence: 'None of the passwords that were given opens this.' },
  encrypted: { code: 'encrypted', sentence: 'This is encrypted with a password.' },
  encryptedOtherwise: { code: 'encrypted.no-reader', sentence: 'This is encrypted in a way that is not opened here, also not with its password.' },
  tooLarge: { code: 'file.too-large', sentence: 'The file is larger than 256 MiB, so its text is not read yet. The original is kept.' },
  memberTooLarge: { code: 'member.too-large', sentence: 'This member is larger than 256 MiB, so it is not unpacked. The original of its container is kept.' },
  memberDamaged: { code: 'member.damaged', sentence: 'This member is damaged: its bytes are not what the container says of them.' },
  memberMethod: { code: 'member.method', sentence: 'This member is packed by a method that is not read.' },
  memberOverlaps: { code: 'member.overlaps', sentence: 'This member shares its bytes with another one, as in an archive that is made to unfold without end.' },
  memberLink: { code: 'member.link', sentence: 'This member is a link. Links are not followed.' },
  memberSpecial: { code: 'member.special', sentence: 'This member is a device, a pipe or a socket, not a file.' },
  noWords: { code: 'recording.no-words', sentence: 'The recording carries no title, no names and no other words. What is said in it is not transcribed.' },
  drawingOnly: { code: 'drawing.no-text', sentence: 'The drawing says nothing of itself. What is drawn in it is not read.' },
  picture: { code: 'picture.no-text', sentence: 'This is a picture without text of its own.' },
  encryptedToKey: { code: 'encrypted.to-key', sentence: 'This is encrypted to the key of somebody, so no password opens it.' },
  onlySignature: { code: 'signature.only', sentence: 'This is a signature; what was signed lies in another file.' },
  onlyChildren: { code: 'container.only-children', sentence: 'This holds no text of its own, only the files that are in it.' },
  packageTooLarge: { code: 'file.unfolds-too-large', sentence: 'The document unfolds to more than 512 MiB, so it is not read.' },
  tooManyCells: { code: 'table.too-many-cells', sentence: 'The workbook holds more than a million cells; the first million were read.' },
  messagesLost: (lost: number): StateReason => ({ code: 'member.damaged', sentence: `${lost} messages of this folder are damaged and could not be read.` }),
  membersLost: (lost: number, of: number): StateReason => ({ code: 'container.members-lost', sentence: `${lost} of ${of} members could not be read; each says why.` }),
  noMembers: { code: 'container.empty', sentence: 'The container holds no files.' },
  tooManyMembers: { code: 'container.too-many-members', sentence: 'The file and what lies in it hold more than 100,000 files; the rest was not unpacked.' },
  membersTooLarge: { code: 'container.too-large', sentence: 'The files in this one, and in what lies in it, are larger together than a family may be; the rest was not unpacked.' },
  grownTooMuch: { code: 'container.ratio', sentence: 'The file unfolds to more than 250 times its size, as only a made one does; the rest was not unpacked.' },
  cutShort: { code: 'container.cut', sentence: 'The file is cut short or damaged: what came before that place was read.' },
  childrenTooLarge: { code: 'file.children-too-large', sentence: 'The files inside this one are larger than 1 GB together.' },
  crashed: (what: string): StateReason => ({ code: 'extractor.crashed', sentence: `Crashed the ${what} extractor twice.` }),
  timeout: (seconds: number): StateReason => ({ code: 'extractor.timeout', sentence: `No answer after ${seconds} s.` }),
  memory: (memoryMb: number): StateReason => ({ code: 'extractor.memory', sentence: `Ran out of memory at ${memoryMb >= 1024 ? `${Math.round(memoryMb / 102.4) / 10} GB` : `${memoryMb} MB`}.` }),
  unavailable: { code: 'extractor.unavailable', sentence: 'The extractor process does not start on this computer.' },
} as const;
