import { Fragment, type ReactElement } from 'react';
import type { BlockLayout, GroupLayout, SentenceLayout } from './answer-layout.ts';
import { type CitationProps, CiteOf, Sentence, SentenceWords } from './answer-parts.tsx';
import css from './answer-blocks.module.css';
import { Markup } from './markup.tsx';
import { Visible } from '../../lib/visible.tsx';

/** Props of AnswerBlocks. `end` stands behind the last word: that the answer is not complete. */
export interface AnswerBlocksProps extends CitationProps {
  groups: readonly GroupLayout[];
  end: ReactElement | null;
}

/** The blocks of an answer: paragraphs, points, rows, code, each sentence with its citations. */
export function AnswerBlocks({ groups, end, ...cited }: AnswerBlocksProps): ReactElement {
  return <>{groups.map((group, index) => <Fragment key={index}><Group group={group} end={index === groups.length - 1 ? end : null} {...cited} /></Fragment>)}</>;
}

function Group({ group: { kind, blocks }, end, ...cited }: Omit<AnswerBlocksProps, 'groups'> & { group: GroupLayout }): ReactElement {
  const sentencesOf = (block: BlockLayout): ReactElement => <>{block.sentences.map((sentence, index) => <Fragment key={index}><Sentence sentence={sentence} {...cited} />{' '}</Fragment>)}</>;
  switch (kind) {
    case 'item': return (
      <>
        <ul className={css.list}>{blocks.map((block, index) => <li key={index} className={css.item} data-depth={block.depth}><span className={css.ordinal}>{block.ordinal === '' ? '•' : block.ordinal}</span><div>{sentencesOf(block)}</div></li>)}</ul>
        {end}
      </>
    );
    case 'row': return (
      <>
        <div className={css.scroll}><table className={css.table}><tbody>{blocks.map((block, index) => <tr key={index}>{block.sentences.map((sentence, at) => <Cells key={at} sentence={sentence} {...cited} />)}</tr>)}</tbody></table></div>
        {end}
      </>
    );
    case 'code': return (
      <>
        {blocks.flatMap(({ sentences }) => sentences).map((sentence, index) => <div key={index} className={css.code}><pre><Visible text={sentence.code ?? ''} /></pre><SentenceWords sentence={sentence} {...cited} /></div>)}
        {end}
      </>
    );
    case 'heading':
    case 'quote':
    case 'paragraph':
      return <>{blocks.map((block, index) => <p key={index} className={kind === 'heading' ? css.heading : kind === 'quote' ? css.quote : undefined}>{sentencesOf(block)}{end}</p>)}</>;
  }
}

function Cells({ sentence, ...cited }: CitationProps & { sentence: SentenceLayout }): ReactElement {
  return (
    <>
      {sentence.cells.map((cell, index) => <td key={index}><Markup runs={cell} /></td>)}
      <td className={css.cited}>{sentence.citations.map((number) => <CiteOf key={number} number={number} {...cited} />)}<SentenceWords sentence={sentence} {...cited} /></td>
    </>
  );
}
