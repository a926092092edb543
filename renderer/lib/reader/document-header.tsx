import CornerLeftUp from 'lucide-react/icons/corner-left-up';
import { Fragment, type ReactElement, type ReactNode } from 'react';
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { DocumentDetail, Mailbox, Relative } from '../../../preload/contract/domains/documents.ts';
import { Chip, Handling } from '../../ui/index.ts';
import { typeGlyphs, typeNames } from '../document-words.ts';
import { count, documentDate, size } from '../format.ts';
import { visibleLine } from '../visible-text.ts';
import { mailboxParts, ocrLine, sentTimes } from './document-facts.ts';
import css from './document-header.module.css';

/** Props of DocumentHeader. */
export interface DocumentHeaderProps {
  readonly detail: DocumentDetail;
  /** Leaves the properties out, where they follow in full. */
  readonly isTitleOnly: boolean;
  readonly onOpenDocument: (document: DocumentId) => void;
}

/** The title of a document and the properties a reader looks for first: those of a letter for mail, those of a file else. */
export function DocumentHeader({ detail, isTitleOnly, onOpenDocument }: DocumentHeaderProps): ReactElement {
  const { mail, parent, attachments } = detail;
  const lines: { readonly term: string; readonly value: ReactNode }[] = [];
  if (mail !== null) {
    if (mail.from.length > 0) lines.push({ term: 'From', value: <Mailboxes all={mail.from} /> });
    if (mail.to.length > 0) lines.push({ term: 'To', value: <Mailboxes all={mail.to} /> });
    if (mail.cc.length > 0) lines.push({ term: 'Cc', value: <Mailboxes all={mail.cc} /> });
    if (mail.sentAt !== null) lines.push({ term: 'Sent', value: <Sent at={mail.sentAt} asWritten={mail.sentAsWritten} /> });
    else if (mail.sentAsWritten !== null) lines.push({ term: 'Sent', value: `${visibleLine(mail.sentAsWritten)} as written` });
  } else {
    lines.push({ term: 'Path', value: visibleLine(detail.path) });
    if (detail.author !== null) lines.push({ term: 'Author', value: <b className={css['strong']}>{visibleLine(detail.author)}</b> });
    if (detail.createdAt !== null) lines.push({ term: 'Created', value: documentDate(detail.createdAt) });
    else if (detail.modifiedAt !== null) lines.push({ term: 'Changed', value: documentDate(detail.modifiedAt) });
    lines.push({ term: 'Type', value: typeNames[detail.type] });
    if (detail.pages !== null) lines.push({ term: 'Pages', value: count(detail.pages) });
  }
  const read = ocrLine(detail.ocr);
  if (read !== null) lines.push({ term: 'Words', value: read });
  lines.push({
    term: 'Marking',
    value: <span className={css['marking']}><Handling text={detail.marking.banner} />{!detail.markingIsOwn && <span className={css['aside']}>the case’s own; the document carries none</span>}</span>,
  });
  if (parent !== null) lines.push({ term: 'Part of', value: <Relatives all={[parent]} isParent onOpen={onOpenDocument} /> });
  if (attachments.length > 0) lines.push({ term: 'Attached', value: <Relatives all={attachments} onOpen={onOpenDocument} /> });
  const title = <h1 className={css['title']}>{visibleLine(detail.title)}</h1>;
  if (isTitleOnly) return title;
  return (
    <header>
      {title}
      <dl className={css['lines']}>
        {lines.map((line) => <Fragment key={line.term}><dt>{line.term}</dt><dd>{line.value}</dd></Fragment>)}
      </dl>
    </header>
  );
}

function Mailboxes({ all }: { all: readonly Mailbox[] }): ReactElement {
  return (
    <>
      {all.map((mailbox, at) => {
        const { name, rest } = mailboxParts(mailbox);
        return <Fragment key={at}>{at > 0 && ', '}<b className={css['strong']}>{visibleLine(name)}</b>{rest !== '' && ` ${visibleLine(rest)}`}</Fragment>;
      })}
    </>
  );
}

function Sent({ at, asWritten }: { at: number; asWritten: string | null }): ReactElement {
  const { utc, original } = sentTimes(at, asWritten);
  return <>{utc}{original !== null && <span className={css['quiet']}> ({original})</span>}</>;
}

function Relatives({ all, isParent = false, onOpen }: { all: readonly Relative[]; isParent?: boolean; onOpen: (document: DocumentId) => void }): ReactElement {
  return (
    <span className={css['relatives']}>
      {all.map((relative) => (
        <Chip key={relative.document} icon={isParent ? CornerLeftUp : typeGlyphs[relative.type]} onPress={() => onOpen(relative.document)}>
          <span className={css['relative']}>{visibleLine(relative.name)}</span>
          {relative.sizeBytes !== null && !isParent && <span className={css['quiet']}>{size(relative.sizeBytes)}</span>}
        </Chip>
      ))}
    </span>
  );
}
