import type { ReactNode } from 'react';
import type { CaseId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { DocumentDetail } from '../../../preload/contract/domains/documents.ts';

/** How a document is shown: its canonical text, its original (PDF pages, a picture), or everything known about it. */
export type Rendering = 'text' | 'original' | 'headers';

/** What a mark means, which decides its colours and its underline. */
export type MarkKind = 'hit-1' | 'hit-2' | 'hit-3' | 'quote' | 'label-1' | 'label-2' | 'label-3' | 'label-4' | 'label-5' | 'label-6';

/** A highlighted span of the canonical text, end exclusive. Marks may overlap. */
export interface ReaderMark {
  readonly id: string;
  readonly start: number;
  readonly end: number;
  readonly kind: MarkKind;
  /** A short word drawn before the span, such as an annotation label's three letters. */
  readonly tag?: string;
  /** What the mark is, for assistive technology. */
  readonly label: string;
}

/** Selected text in canonical offsets, end exclusive; `rect` is where it stands on the screen. */
export interface ReaderSelection {
  readonly start: number;
  readonly end: number;
  readonly rect: DOMRect;
}

/** A span to scroll to. A new `nonce` scrolls again to the same span. */
export interface ReaderTarget {
  readonly start: number;
  readonly end: number;
  readonly nonce: number;
}

/** Props of Reader. Marks and the target are in canonical offsets in every rendering. */
export interface ReaderProps {
  readonly case: CaseId;
  readonly document: DocumentId;
  /** `original` means PDF pages or a picture; other types show their text with a note instead. */
  readonly rendering: Rendering;
  readonly marks: readonly ReaderMark[];
  /** Scrolled into view and shown apart from the others; null when none is. */
  readonly currentMark: string | null;
  readonly goTo: ReaderTarget | null;
  /** Called when a selection ends, and with null when it is given up. Pass a stable function. */
  readonly onSelect?: (selection: ReaderSelection | null) => void;
  /** Called when a mark is clicked or pressed by Enter. */
  readonly onMark?: (id: string) => void;
  /** Called when an attachment or the parent is chosen. */
  readonly onOpenDocument: (document: DocumentId) => void;
}

/** Props of DocumentHead. Absent handlers leave their buttons out. */
export interface DocumentHeadProps {
  readonly case: CaseId;
  /** Null draws an empty head of the same height. */
  readonly document: DocumentId | null;
  readonly rendering: Rendering;
  readonly onRendering: (rendering: Rendering) => void;
  readonly onPrevious?: (() => void) | undefined;
  readonly onNext?: (() => void) | undefined;
  /** Shows the title after the number. */
  readonly hasTitle?: boolean;
  /** Buttons of the view, before the find button. */
  readonly actions?: ReactNode;
  readonly onClose?: (() => void) | undefined;
}

/** Pictures that the window can draw. */
const drawnPictures: ReadonlySet<string> = new Set(['image/png', 'image/apng', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/avif']);
/** Pictures that the engine draws for the window, a page at a time. */
const madePictures: ReadonlySet<string> = new Set(['image/tiff', 'image/heic', 'image/heif', 'image/heic-sequence', 'image/heif-sequence']);

/** What the original of a document is drawn as; null when only its text can be shown. A picture that was refused for its size is not drawn either. */
export function originalOf({ type, mediaType, reason }: Pick<DocumentDetail, 'type' | 'mediaType' | 'reason'>): 'pages' | 'picture' | 'made-picture' | null {
  if (type === 'pdf') return 'pages';
  if (type !== 'image' || reason?.code === 'image.too-large' || reason?.code === 'image.not-decoded') return null;
  return drawnPictures.has(mediaType) ? 'picture' : madePictures.has(mediaType) ? 'made-picture' : null;
}

/** The renderings that a document has, first the one to begin with. */
export function renderingsOf(detail: DocumentDetail): readonly Rendering[] {
  if (originalOf(detail) === null) return ['text', 'headers'];
  return detail.state === 'text' ? ['text', 'original', 'headers'] : ['original', 'headers'];
}
