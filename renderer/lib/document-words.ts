/** How documents, their types and their coding are named and drawn, in every list. */
import Circle from 'lucide-react/icons/circle';
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleMinus from 'lucide-react/icons/circle-minus';
import CirclePause from 'lucide-react/icons/circle-pause';
import File from 'lucide-react/icons/file';
import FileText from 'lucide-react/icons/file-text';
import FileType from 'lucide-react/icons/file-type';
import Globe from 'lucide-react/icons/globe';
import Image from 'lucide-react/icons/image';
import Mail from 'lucide-react/icons/mail';
import Sheet from 'lucide-react/icons/sheet';
import type { DocumentType, Verdict } from '../../preload/contract/domains/basics.ts';
import type { CodingFilter } from '../../preload/contract/domains/sets.ts';
import type { Glyph } from '../ui/icon.tsx';
import { count } from './format.ts';

/** The short number of a document in its case, as people write it: #41. */
export function numberText(number: number): string {
  return `#${count(number)}`;
}

export const typeNames: Readonly<Record<DocumentType, string>> = {
  'mail': 'Mail', 'pdf': 'PDF', 'word': 'Word', 'text': 'Text', 'markdown': 'Markdown', 'table': 'Table', 'web-page': 'Web page', 'image': 'Image', 'other': 'Other',
};

export const typeGlyphs: Readonly<Record<DocumentType, Glyph>> = {
  'mail': Mail, 'pdf': FileType, 'word': FileText, 'text': FileText, 'markdown': FileText, 'table': Sheet, 'web-page': Globe, 'image': Image, 'other': File,
};

/** True for a document type that this window knows by name. */
export function isDocumentType(value: string): value is DocumentType {
  return Object.hasOwn(typeNames, value);
}

export const codingNames: Readonly<Record<Exclude<CodingFilter, 'any'>, string>> = {
  'relevant': 'Relevant', 'not-relevant': 'Not relevant', 'deferred': 'Deferred', 'uncoded': 'Not coded',
};

/** A verdict in words; null is a document that nobody decided on. */
export function verdictName(verdict: Verdict | null): string {
  return codingNames[verdict ?? 'uncoded'];
}

/** The icon of a verdict: circle, check, minus, pause. */
export function verdictGlyph(verdict: Verdict | null): Glyph {
  switch (verdict) {
    case 'relevant': return CircleCheck;
    case 'not-relevant': return CircleMinus;
    case 'deferred': return CirclePause;
    case null: return Circle;
  }
}
