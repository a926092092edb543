import { Fragment, type ReactElement, useState } from 'react';
import CheckCheck from 'lucide-react/icons/check-check';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { CaseId, MarkingView, TurnId } from '../../../preload/contract/domains/basics.ts';
import type { Answer } from '../../../preload/contract/domains/chat.ts';
import { clock, duration } from '../../lib/format.ts';
import { Icon, LinkButton, Notice } from '../../ui/index.ts';
import { layoutAnswer, quoteCheck } from './answer-layout.ts';
import { Flag, Sentence, Sources } from './answer-parts.tsx';
import { coverageWords, isCutShort, stateWords, writerWords } from './answer-state.ts';
import { SendingDialog } from './sending-dialog.tsx';
import { AnswerMarking } from './answer-marking.tsx';
import css from './answer-view.module.css';
import { ExhaustiveAnswer, ExhaustiveCoverageWords, planWriter } from './exhaustive-answer.tsx';

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
  /** The cell of the open row, from 0, where a row of a table is open. */
  openCell?: number | null;
  onOpen: (number: number, cell?: number) => void;
}

/** An answer with everything needed to check it: citations, support, sources, coverage, writer, marking. */
export function AnswerView({ case: caseId, turn, answer, marking, askedAt, openNumber, openCell = null, onOpen }: AnswerViewProps): ReactElement {
  const words = stateWords(answer);
  const [isShowingSent, setShowingSent] = useState(false);
  const paragraphs = layoutAnswer(answer);
  return (
    <>
      {words !== null && <div className={css.state}><Notice kind={words.kind} meaning={words.meaning}>{words.said}</Notice></div>}
      {answer.exhaustive !== undefined && <ExhaustiveAnswer case={caseId} turn={turn} sentences={answer.sentences} result={answer.exhaustive} openNumber={openNumber} openCell={openCell} onOpen={onOpen} />}
      {answer.exhaustive === undefined && paragraphs.length > 0 && (
        <div className={css.answer}>
          {paragraphs.map((paragraph, index) => (
            <p key={index}>
              {paragraph.map((sentence, at) => <Fragment key={at}><Sentence sentence={sentence} citations={answer.citations} openNumber={openNumber} onOpen={onOpen} />{' '}</Fragment>)}
              {index === paragraphs.length - 1 && isCutShort(answer.state) && <Flag text="Not complete" />}
            </p>
          ))}
        </div>
      )}
      {answer.exhaustive === undefined && answer.citations.length > 0 && <Sources citations={answer.citations} openNumber={openNumber} onOpen={onOpen} />}
      <Foot answer={answer} askedAt={askedAt} marking={<AnswerMarking case={caseId} turn={turn} rollUp={answer.marking} marking={marking} />} onShowSent={answer.model.kind === 'endpoint' ? () => setShowingSent(true) : null} />
      {isShowingSent && <SendingDialog case={caseId} turn={turn} onClose={() => setShowingSent(false)} />}
    </>
  );
}

function Foot({ answer, askedAt, marking, onShowSent }: { answer: Answer; askedAt: number; marking: ReactElement; onShowSent: (() => void) | null }): ReactElement {
  const check = quoteCheck(answer.citations);
  return (
    <div className={css.foot}>
      <div className={css.facts}>
        {answer.exhaustive === undefined && check !== null && <><span className={check.isWhole ? css.ok : css.warn}><Icon glyph={check.isWhole ? CheckCheck : TriangleAlert} size={14} /> {check.words}.</span>{' '}</>}
        {answer.exhaustive === undefined ? coverageWords(answer.coverage, answer.model.kind) : <ExhaustiveCoverageWords result={answer.exhaustive} />}
        <br />
        {answer.exhaustive === undefined ? writerWords(answer.model) : planWriter[answer.exhaustive.plan.kind]} · {clock(askedAt)} · {duration(answer.tookMs)}{onShowSent !== null && <> · <LinkButton onPress={onShowSent}>what was sent</LinkButton></>}
      </div>
      {marking}
    </div>
  );
}
