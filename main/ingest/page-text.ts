import type { PageSpan } from '../../preload/contract/domains/documents.ts';
import { canonicalTextWithOffsets } from './canonical-text.ts';

/** A canonical text with its pages and, per page, the start and end of each of its items as pairs. */
export interface PagedText {
  readonly text: string;
  readonly pages: readonly PageSpan[];
  readonly pageItems: readonly Uint32Array[];
}

/** Puts a paged text together piece by piece. */
export interface PagedTextBuilder {
  /** Begins the next page. Page numbers count from 1 without gaps. */
  readonly beginPage: () => void;
  /** One item of the page, possibly empty. */
  readonly item: (text: string) => void;
  /** Text between items: blanks and line ends that the layout asks for. */
  readonly between: (text: string) => void;
  readonly finish: () => PagedText;
}

/**
 * Makes canonical text of pieces while it knows where each piece came to stand. An empty line parts pages; it belongs to none. The
 * whole is made canonical at once, so that no piece can break the promise at a seam.
 */
export function pagedTextBuilder(): PagedTextBuilder {
  const pieces: string[] = [];
  // Offsets in the order in which they rise: per page its start, its items' pairs, its end.
  const marks: number[] = [];
  const itemsPerPage: number[] = [];
  let length = 0;

  const push = (text: string): void => {
    pieces.push(text);
    length += text.length;
  };
  const endPage = (): void => {
    if (itemsPerPage.length > 0) marks.push(length);
  };
  return {
    beginPage: () => {
      endPage();
      if (length > 0) push('\n\n');
      marks.push(length);
      itemsPerPage.push(0);
    },
    item: (text) => {
      marks.push(length);
      push(text);
      marks.push(length);
      itemsPerPage[itemsPerPage.length - 1] = (itemsPerPage.at(-1) ?? 0) + 1;
    },
    between: push,
    finish: () => {
      endPage();
      const { text, offsets } = canonicalTextWithOffsets(pieces.join(''), marks);
      const pages: PageSpan[] = [];
      const pageItems: Uint32Array[] = [];
      let at = 0;
      for (const [index, count] of itemsPerPage.entries()) {
        const start = offsets[at] ?? 0;
        const items = Uint32Array.from(offsets.slice(at + 1, at + 1 + 2 * count));
        at += 2 + 2 * count;
        const end = offsets[at - 1] ?? start;
        pages.push({ page: index + 1, start, end });
        pageItems.push(items);
      }
      return { text, pages, pageItems };
    },
  };
}
