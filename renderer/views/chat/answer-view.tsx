import { Fragment, type ReactElement, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import CheckCheck from 'lucide-react/icons/check-check';
import CircleHelp from 'lucide-react/icons/circle-question-mark';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { CaseId, MarkingView, TurnId } from '../../../preload/contract/domains/basics.ts';
import type { Answer, Citation } from '../../../preload/contract/domains/chat.ts';
import { numberText } from '../../lib/document-words.ts';
import { clock, duration } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { classNames, Icon, LinkButton, Notice, Portion, VisuallyHidden } from '../../ui/index.ts';
import { layoutAnswer, oneLine, quoteCheck, type SentenceLayout } from './answer-layout.ts';
import { coverageWords, isCutShort, stateWords, writerWords } from './answer-state.ts';
import { SendingDialog } from './sending-dialog.tsx';
import { AnswerMarking } from './answer-marking.tsx';
import css from './answer-view.module.css';
import { Visible } from './visible.tsx';

/** Props of AnswerView. `openNumber` is the citation that is open at the right, if it is one of this answer. */
export interface AnswerViewProps {
  case: CaseId;
  turn: TurnId;
  answer: Answer;
  /** What a person marked it; null lets its roll-up stand. */
  marking: MarkingView | null;
  /** When it was asked. */
  askedAt: number;
  openNumber: number | null;
  onOpen: (number: number) => void;
}

/** An answer with everything needed to check it: citations, support, sources, coverage, writer, marking. */
export function AnswerView({ case: caseId, turn, answer, marking, askedAt, openNumber, onOpen }: AnswerViewProps): ReactElement {
  const words = stateWords(answer);
  const [isShowingSent, setShowingSent] = useState(false);
  const paragraphs = layoutAnswer(answer);
  return (
    <>
      {words !== null && <div className={css.state}><Notice kind={words.kind} meaning={words.meaning}>{words.said}</Notice></div>}
      {paragraphs.length > 0 && (
        <div className={css.answer}>
          {paragraphs.map((paragraph, index) => (
            <p key={index}>
              {paragraph.map((sentence, at) => <Fragment key={at}><Sentence sentence={sentence} citations={answer.citations} openNumber={openNumber} onOpen={onOpen} />{' '}</Fragment>)}
              {index === paragraphs.length - 1 && isCutShort(answer.state) && <Flag text="Not complete" />}
            </p>
          ))}
        </div>
      )}
      {answer.citations.length > 0 && <Sources citations={answer.citations} openNumber={openNumber} onOpen={onOpen} />}
      <Foot answer={answer} askedAt={askedAt} marking={<AnswerMarking case={caseId} turn={turn} rollUp={answer.marking} marking={marking} />} onShowSent={answer.model.kind === 'endpoint' ? () => setShowingSent(true) : null} />
      {isShowingSent && <SendingDialog case={caseId} turn={turn} onClose={() => setShowingSent(false)} />}
    </>
  );
}

interface CitationProps {
  citations: readonly Citation[];
  openNumber: number | null;
  onOpen: (number: number) => void;
}

function Sentence({ sentence, citations, openNumber, onOpen }: CitationProps & { sentence: SentenceLayout }): ReactElement {
  return (
    <>
      <span className={classNames(sentence.support === 'unsupported' && css.unsupported)}><Visible text={sentence.lead} /></span>
      <span className={css.together}>
        <span className={classNames(sentence.support === 'unsupported' && css.unsupported)}><Visible text={sentence.tail} /></span>
        {sentence.citations.map((number) => <Cite key={number} number={number} isOpen={number === openNumber} isFound={citations.some((citation) => citation.number === number && citation.check === 'verbatim')} onOpen={onOpen} />)}
      </span>
      {sentence.flag !== null && <>{' '}<Flag text={sentence.flag} /></>}
    </>
  );
}

function Flag({ text }: { text: string }): ReactElement {
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

function Sources({ citations, openNumber, onOpen }: CitationProps): ReactElement {
  return (
    <ol className={css.sources} aria-label="Sources">
      {citations.map((citation) => {
        const isOpen = citation.number === openNumber;
        const isFound = citation.check === 'verbatim';
        const inside = (
          <>
            <span className={classNames(css.cite, isOpen && css.open, !isFound && css.missing)} aria-hidden="true">{citation.number}</span>
            <VisuallyHidden>Citation {citation.number}{isOpen ? ', open at right' : ''}: </VisuallyHidden>
            <span className={css.quote}>“<Visible text={oneLine(citation.quote)} />”</span>
            {isFound ? <Portion text={citation.portion} /> : <span className={css.lost}><Icon glyph={TriangleAlert} size={14} /> not found in the text</span>}
            <span className={css.place} title={visibleLine(citation.title)}>{numberText(citation.documentNumber)}{citation.page !== null && ` p. ${citation.page}`}</span>
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

function Foot({ answer, askedAt, marking, onShowSent }: { answer: Answer; askedAt: number; marking: ReactElement; onShowSent: (() => void) | null }): ReactElement {
  const check = quoteCheck(answer.citations);
  return (
    <div className={css.foot}>
      <div className={css.facts}>
        {check !== null && <><span className={check.isWhole ? css.ok : css.warn}><Icon glyph={check.isWhole ? CheckCheck : TriangleAlert} size={14} /> {check.words}.</span>{' '}</>}
        {coverageWords(answer.coverage, answer.model.kind)}
        <br />
        {writerWords(answer.model)} · {clock(askedAt)} · {duration(answer.tookMs)}{onShowSent !== null && <> · <LinkButton onPress={onShowSent}>what was sent</LinkButton></>}
      </div>
      {marking}
    </div>
  );
}
