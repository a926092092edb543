import type { ReactElement } from 'react';
import type { SetRow, SnippetPart } from '../../../preload/contract/domains/sets.ts';
import { numberText, typeGlyphs, typeNames, verdictGlyph, verdictName } from '../../lib/document-words.ts';
import { counted, day } from '../../lib/format.ts';
import { visibleLine, visibleText } from '../../lib/visible-text.ts';
import { Icon, Portion, Row, SkeletonRow, VisuallyHidden } from '../../ui/index.ts';
import css from './hit-row.module.css';

/** One result, 100 px high: what it is, how it was coded, and up to two lines around its hits. */
export function HitRow({ row }: { row: SetRow | undefined }): ReactElement {
  if (row === undefined) return <SkeletonRow />;
  const detail = [row.by && visibleLine(row.by), row.date === null ? '' : day(row.date), numberText(row.number)].filter((part) => part !== '').join(' · ');
  return (
    <Row
      icon={typeGlyphs[row.type]}
      iconLabel={typeNames[row.type]}
      title={visibleLine(row.title)}
      side={<span className={css.verdict}><Icon glyph={verdictGlyph(row.verdict)} tone={row.verdict === null ? 'quiet' : undefined} /><VisuallyHidden>{verdictName(row.verdict)}</VisuallyHidden></span>}
      detail={detail}
      detailSide={<Portion text={row.portion} />}
      isDone={row.verdict !== null}
    >
      <Snippets lines={row.snippets} />
      {row.snippets.length === 0 && row.attachments > 0 && <div className={css.snippet}>{counted(row.attachments, 'attachment')}</div>}
    </Row>
  );
}

function Snippets({ lines }: { lines: SetRow['snippets'] }): ReactElement {
  return <>{lines.slice(0, 2).map((parts, index) => <div key={index} className={css.snippet}>{parts.map((part, at) => <Piece key={at} part={part} />)}</div>)}</>;
}

function Piece({ part }: { part: SnippetPart }): ReactElement {
  const text = visibleText(part.text.replace(/\s+/g, ' '));
  if (part.group === null) return <>{text}</>;
  return <mark className={css[`hit${part.group}`]}>{text}</mark>;
}
