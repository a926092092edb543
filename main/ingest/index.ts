/**
 * Bringing files into a case. The reading half, described here, finds files (walkFiles), reads each in a child process that may be
 * attacked (createExtractPool over a ProcessHost) and gives canonical text with pages and item offsets (Extracted). It never opens a
 * case, never writes, never follows a link below what was dropped, and never lets a file's content into an error.
 *
 * Decisions. Canonical text: see canonical-text.ts for the rules and their reasons; indentation stays, at most two empty lines in a
 * row, blanks at line ends go, also from tables. A file's kind is told by its bytes; its name only parts kinds of text that bytes
 * cannot. A mail's text is its body: headers are fields, and the subject is the title. HTML is read with htmlparser2 and a writer
 * of ours instead of html-to-text: one pass without recursion, cells kept apart, hidden parts left out. XML, JSON and source code
 * are read as text as they are. Page headers and footers of Word documents are part of the text, because markings stand
 * there. A file that crashed its parser, took too long or too much memory is tried twice and then held with the reason; files of
 * kinds that are not read yet end without text.
 *
 * Containers. A container's text lists its members; each member is a document below it, at `archive.zip!/folder/name`, read as any file
 * is. Members leave the extractor one at a time and are sealed into the case beyond 16 MiB, and a file above 256 MiB is given to the
 * extractor in ranges, so the size of a ZIP, tar or packed file costs no memory (what its members' texts take is held until its family is committed); an Outlook store is read by ranges; a member above 256 MiB, and 7-Zip and RAR archives
 * above it, are not unpacked, because their readers need them whole. What one file may unfold to, at any depth together, is bounded in
 * count, bytes and growth. What cannot be had of a container (encrypted, a link, damaged) is a document of its own that says why.
 * A workbook's sheets are pages, and every cell's place in the text is kept, so that a citation can name it. What page headers, footers
 * and masters say is part of the text of every office format. XML that is no drawing, page or office document is read as it is written.
 * Word, Excel and PowerPoint files of the binary kind are read by ours from their specifications: word-extractor, the kept library for DOC, was measured on the same
 * files (test/perf/zoo.ts), and LibreOffice would have to be installed. Pictures in documents are children like any attachment, so that their text can be read too.
 * Pictures. Words that stand in pixels are read by OCR (ocr/), in a queue of its own beside and after ingest: pictures as files, and the
 * pages of a PDF without usable text, judged by what their characters are worth (pdf-page-need.ts). The engine is Tesseract's WebAssembly
 * build (tesseract.js-core) without tesseract.js around it, which needs worker threads that a child does not have; its Leptonica
 * decodes pictures too. Pages of a PDF are drawn by code of ours: a canvas is native code, which no reader of hostile files loads. What
 * OCR reads is added to the end of the canonical text (ocr/grow-by-ocr.ts says why). HEIC is decoded by libheif (LGPL-3.0, files of its own), AVIF
 * by libavif; what the window cannot draw (TIFF, HEIC) is drawn for it in a child (ocr/picture-viewer.ts).
 *
 * XML that was written to be read (feeds, DITA, DocBook, FictionBook) gives its prose; a mail whose two forms say different things gives both. Passwords come with a job,
 * go to the extractor and, while the case is open, to OCR, and are kept nowhere. What a document says of itself (title, author) stays beside its text, since nobody sees it there.
 * Groups. Near-duplicates and mail threads are computed after documents came in, on a thread that only reads (grouper.ts, search/groups), so
 * bringing in is not slowed. A file that changed is a new document at the same path; the one that was there stays, since it is evidence. A
 * watched folder takes in what changed and stands still; it is looked at while its case is open, and only once a person turned it on.
 * RAR is read by libarchive's reader: unrar's licence is not an open one. Names are labels: nothing is ever written under them.
 */
export { createExtractPool } from './extract-pool.ts';
export type { ExtractPool, ExtractPoolOptions } from './extract-pool.ts';
export type { ExtractTask, MemberReceiver } from './pool-task.ts';
export { canonicalText } from './canonical-text.ts';
export { reasons, toExtracted } from './extracted.ts';
export type { ChildFile, Extracted, ExtractResult } from './extracted.ts';
export { adviceFor } from './advice.ts';
export { createGrouper, type Grouper } from './grouper.ts';
export { failuresCsv } from './failures-csv.ts';
export { createIngest, type Ingest } from './jobs.ts';
export { createOcrQueue, type OcrQueue } from './ocr/ocr-queue.ts';
export { createPictureViewer, type PictureViewer } from './ocr/picture-viewer.ts';
