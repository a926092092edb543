import type { ReactElement } from 'react';
import type { DocumentDetail } from '../../../preload/contract/domains/documents.ts';
import { type Detail, DetailList } from '../../ui/index.ts';
import { typeNames } from '../document-words.ts';
import { count, dayAndMinute } from '../format.ts';
import { languageName } from '../language-name.ts';
import { ocrLine, textDatesLine } from './document-facts.ts';
import { visibleLine } from '../visible-text.ts';

/** Everything known about a document and, for mail, its headers, as a list. */
export function HeadersRendering({ detail }: { detail: DocumentDetail }): ReactElement {
  const { mail } = detail;
  const details: Detail[] = [];
  const put = (term: string, value: string | null | undefined, isMono = false): void => {
    if (value !== null && value !== undefined && value !== '') details.push({ term, value: visibleLine(value), isMono });
  };
  const people = (all: NonNullable<typeof mail>['from']): string => all.map((one) => (one.name === '' ? one.address : `${one.name} <${one.address}>`)).join(', ');
  if (mail !== null) {
    put('From', people(mail.from));
    put('To', people(mail.to));
    put('Cc', people(mail.cc));
    put('Subject', mail.subject);
    put('Date', mail.sentAsWritten);
    put('Message-ID', mail.messageId, true);
    put('In-Reply-To', mail.inReplyTo, true);
  }
  put('Path', detail.path);
  for (const [at, path] of detail.alsoAt.entries()) put(detail.alsoAt.length === 1 ? 'Also at' : `Also at, ${at + 1}`, path);
  put('Type', typeNames[detail.type]);
  put('Media type', detail.mediaType, true);
  put('Size', detail.sizeBytes === null ? null : `${count(detail.sizeBytes)} bytes`);
  put('SHA-256', detail.sha256, true);
  put('Pages', detail.pages === null ? null : count(detail.pages));
  put('Characters', count(detail.chars));
  put('Author', detail.author);
  put('Language', detail.language === null ? null : languageName(detail.language));
  put('Dates in the text', textDatesLine(detail.textDates));
  put('Created', detail.createdAt === null ? null : dayAndMinute(detail.createdAt));
  put('Changed', detail.modifiedAt === null ? null : dayAndMinute(detail.modifiedAt));
  put('Ingested', dayAndMinute(detail.ingestedAt));
  for (const { name, value } of detail.properties) put(name, value);
  put('Words', ocrLine(detail.ocr));
  if (detail.ocr !== null && detail.ocr.languages.length > 0) put('OCR language', detail.ocr.languages.join(', '));
  put('Text by', detail.extractor);
  put('Marking', detail.markingIsOwn ? detail.marking.banner : `${detail.marking.banner}, the case’s own`);
  return <DetailList details={details} termWidth="wide" />;
}
