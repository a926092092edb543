/**
 * The document reader that triage, search, chat and annotate share: one document as text, as PDF pages or as its headers,
 * with marks over it and a selection out of it, all in UTF-16 offsets of the canonical text. It never decides which mark is
 * current, which document comes next or what a selection is for: its owner does.
 */
export { renderingsOf } from './reader-contract.ts';
export type { DocumentHeadProps, MarkKind, ReaderMark, ReaderProps, ReaderSelection, ReaderTarget, Rendering } from './reader-contract.ts';
export { DocumentHead } from './document-head.tsx';
export { Reader } from './reader.tsx';
