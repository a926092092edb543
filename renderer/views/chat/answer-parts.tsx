import type { ReactElement } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import Pencil from 'lucide-react/icons/pencil';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { Citation } from '../../../preload/contract/domains/chat.ts';
import { numberText } from '../../lib/document-words.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { classNames, Icon, Portion, VisuallyHidden } from '../../ui/index.ts';
import { nearWords, oneLine, type SentenceLayout } from './answer-layout.ts';
import css from './answer-view.module.css';
import { Markup } from './markup.tsx';
import { Visible } from '../../lib/visible.tsx';

/** The citations of an answer or of a checked text, and which of them is open at the right. */
export interface CitationProps {
  citations: readonly Citation[];
  openNumber: number | null;
  onOpen: (number: number) => void;
}

/** A sentence with its citations, its flag, and under a flag what is missing and what comes nearest. */
export function Sentence({ sentence, ...cited }: CitationProps & { sentence: SentenceLayout }): ReactElement {
  const isDoubtful = sentence.support === 'unsupported';
  return (
    <>
      <span className={classNames(isDoubtful && css.unsupported)}><Markup runs={sentence.lead} /></span>
      <span className={css.together}>
        <span className={classNames(isDoubtful && css.unsupported)}><Markup runs={sentence.tail} /></span>
        {sentence.citations.map((number) => <CiteOf key={number} number={number} {...cited} />)}
      </span>
      <SentenceWords sentence={sentence} {...cited} />
    </>
  );
}

/** What is said of a sentence behind it: its flag, that a person wrote it, what is missing and what comes nearest. */
export function SentenceWords({ sentence, ...cited }: CitationProps & { sentence: SentenceLayout }): ReactElement {
  return (
    <>
      {sentence.isEdited && <>{' '}<span className={css.edited}><Icon glyph={Pencil} size={14} />A person’s words</span></>}
      {sentence.flag !== null && <>{' '}<Flag text={sentence.flag} /></>}
      {sentence.note !== null && (
        <span className={css.note}>
          <Visible text={sentence.note} />
          {sentence.nearest !== null && <span className={css.together}> Nearest: <CiteOf number={sentence.nearest} {...cited} /></span>}
        </span>
      )}
    </>
  );
}

/** The number of a citation, as far as its quote was found. */
export function CiteOf({ number, citations, openNumber, onOpen }: CitationProps & { number: number }): ReactElement {
  return <Cite number={number} isOpen={number === openNumber} isFound={citations.some((citation) => citation.number === number && citation.check !== 'not-found')} onOpen={onOpen} />;
}

/** A word of doubt beside a sentence. */
export function Flag({ text }: { text: string }): ReactElement {
  return <span className={css.flag}><Icon glyph={CircleHelp} size={14} />{text}</span>;
}

/** The number of a citation as it stands everywhere: 18 px, filled while its quote is open. */
function Cite({ number, isOpen, isFound, onOpen }: { number: number; isOpen: boolean; isFound: boolean; onOpen: (number: number) => void }): ReactElement {
  if (!isFound) return <span className={classNames(css.cite, css.missing)}><span aria-hidden="true">{number}</span><VisuallyHidden>Citation {number}, quote not found</VisuallyHidden></span>;
  return (
    <AriaButton className={classNames(css.cite, isOpen && css.open)} aria-label={isOpen ? `Citation ${number}, open at right` : `Citation ${number}`} onPress={() => onOpen(number)}>
      {number}
    </AriaButton>
  );
}

/** The quotes behind the numbers. */
export function Sources({ citations, openNumber, onOpen }: CitationProps): ReactElement {
  return (
    <ol className={css.sources} aria-label="Sources">
      {citations.map((citation) => {
        const isOpen = citation.number === openNumber;
        const isFound = citation.check !== 'not-found';
        const inside = (
          <>
            <span className={classNames(css.cite, isOpen && css.open, !isFound && css.missing)} aria-hidden="true">{citation.number}</span>
            <VisuallyHidden>Citation {citation.number}{isOpen ? ', open at right' : ''}: </VisuallyHidden>
            <span className={css.quote}>“<Visible text={oneLine(citation.quote)} />”{citation.score !== null && ` ${nearWords(citation.score)}`}</span>
            {isFound ? <Portion text={citation.portion} /> : <span className={css.lost}><Icon glyph={TriangleAlert} size={14} /> not found in the text</span>}
            <span className={css.place} title={visibleLine(citation.title)}>{numberText(citation.documentNumber)}{citation.page !== null && ` p. ${citation.page}`}{citation.ocr !== undefined && `, OCR ${citation.ocr} %`}</span>
          </>
        );
        return (
          <li key={citation.number}>
            {isFound
              ? <AriaButton className={classNames(css.source, isOpen && css.current)} onPress={() => onOpen(citation.number)}>{inside}</AriaButton>
              : <div className={css.source}>{inside}</div>}
          </li>
        );
      })}
    </ol>
  );
}
