import { detect } from './detect.ts';
import type { DocumentKind, ReaderName } from './document-kind.ts';
import { ExtractFailure, reasons, toExtracted } from './extracted.ts';
import type { Extracted, ExtractResult } from './extracted.ts';

/** The most that one document may hold: guards the engine against a small file that unfolds into a huge one. */
export interface OutputLimits {
  readonly textChars: number;
  readonly children: number;
  readonly childrenBytes: number;
}

/** The limits in force. */
export const outputLimits: OutputLimits = { textChars: 64_000_000, children: 10_000, childrenBytes: 2 ** 30 };

type Reader = (bytes: Uint8Array, name: string, mediaType: string) => Promise<Extracted>;

/** Readers by name, each loaded when its first file comes: most folders need only a few. */
const readers: Readonly<Record<ReaderName, () => Promise<Reader>>> = {
  'plain-text': async () => (await import('./extractors/plain-text.ts')).extractPlainText,
  markdown: async () => (await import('./extractors/markdown.ts')).extractMarkdown,
  csv: async () => (await import('./extractors/csv.ts')).extractCsv,
  html: async () => (await import('./extractors/html.ts')).extractHtml,
  mail: async () => (await import('./extractors/mail.ts')).extractMail,
  pdf: async () => (await import('./extractors/pdf.ts')).extractPdf,
  word: async () => (await import('./extractors/word.ts')).extractWord,
};
const loadedReaders = new Map<ReaderName, Reader>();

/**
 * Reads one file in this process: tells its kind by its bytes, runs the reader, checks the limits. Never rejects: whatever a parser
 * throws becomes a reason. `onKind` hears what the file is before the reader starts, so that a crash can be named.
 */
export async function extract(bytes: Uint8Array, name: string, onKind?: (kind: DocumentKind) => void, limits: OutputLimits = outputLimits): Promise<ExtractResult> {
  let label = 'file';
  try {
    if (bytes.length === 0) return extracted(toExtracted({ type: 'other', mediaType: 'application/x-empty', extractor: 'none', reason: reasons.empty }));
    const kind = await detect(bytes, name);
    label = kind.label;
    onKind?.(kind);
    if (kind.encrypted) return { kind: 'failed', reason: reasons.encryptedOffice };
    if (kind.reader === null) return extracted(toExtracted({ type: kind.type, mediaType: kind.mediaType, extractor: 'none', reason: reasons.unknownFormat(kind.label) }));
    const read = loadedReaders.get(kind.reader) ?? (await load(kind.reader));
    return withinLimits(await read(bytes, name, kind.mediaType), limits);
  } catch (error) {
    if (error instanceof ExtractFailure) return { kind: 'failed', reason: error.reason };
    // Thrown by V8 for a buffer or a string that cannot be had.
    if (error instanceof RangeError && /allocation failed|Invalid string length/.test(error.message)) return { kind: 'failed', reason: reasons.textTooLong };
    return { kind: 'failed', reason: reasons.damaged(label) };
  }
}

async function load(name: ReaderName): Promise<Reader> {
  const reader = await readers[name]();
  loadedReaders.set(name, reader);
  return reader;
}

function extracted(value: Extracted): ExtractResult {
  return { kind: 'extracted', extracted: value };
}

function withinLimits(value: Extracted, limits: OutputLimits): ExtractResult {
  if (value.text.length > limits.textChars) return { kind: 'failed', reason: reasons.textTooLong };
  if (value.children.length > limits.children) return { kind: 'failed', reason: reasons.tooManyChildren };
  const bytes = value.children.reduce((sum, child) => sum + child.bytes.length, 0);
  return bytes > limits.childrenBytes ? { kind: 'failed', reason: reasons.childrenTooLarge } : extracted(value);
}
