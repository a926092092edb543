import { type ReactElement, useState } from 'react';
import CheckCheck from 'lucide-react/icons/check-check';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { Answer, Citation } from '../../../preload/contract/domains/chat.ts';
import { copyWith } from '../../lib/copy-with.ts';
import { showRun } from '../../lib/bulk-runs.ts';
import { clock, duration } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Icon, LinkButton, Notice } from '../../ui/index.ts';
import { layoutAnswer, quoteCheck } from './answer-layout.ts';
import { AnswerBlocks } from './answer-blocks.tsx';
import { AnswerEditor } from './answer-editor.tsx';
import { Flag, Sources } from './answer-parts.tsx';
import { provenanceWords } from './answer-provenance.ts';
import { AnswerReviewLine } from './answer-review.tsx';
import { coverageWords, isCutShort, stateWords, writerWords } from './answer-state.ts';
import { AnswerMarking } from './answer-marking.tsx';
import { useChatState } from './chat-state.ts';
import { type AnsweredTurn, hasReview } from './review-answer.ts';
import css from './answer-view.module.css';
import { ExhaustiveAnswer, ExhaustiveCoverageWords, planWriter } from './exhaustive-answer.tsx';

/** Props of AnswerView. `openNumber` is the citation that is open at the right, if it is one of this answer. */
export interface AnswerViewProps {
  case: CaseId;
  turn: AnsweredTurn;
  openNumber: number | null;
  /** The cell of the open row, from 0, where a row of a table is open. */
  openCell?: number | null;
  onOpen: (number: number, cell?: number) => void;
}

/** An answer, or what a person made of it, with everything needed to check it: citations, support, sources, coverage, writer, state, marking. */
export function AnswerView({ case: caseId, turn, openNumber, openCell = null, onOpen }: AnswerViewProps): ReactElement {
  const { answer, review, marking, askedAt } = turn;
  const [isOriginalShown, setOriginalShown] = useState(false);
  const editing = useChatState((state) => (state.editing?.turn === turn.turn ? state.editing : null));
  const edit = isOriginalShown ? null : review.edit;
  const { sentences, citations } = edit ?? answer;
  /** A list or a table of everything in scope, as long as no person has written a text in its place. */
  const isList = answer.exhaustive !== undefined && edit === null;
  const words = stateWords(answer);
  const groups = layoutAnswer({ sentences, citations, model: answer.model });
  return (
    <>
      {words !== null && <div className={css.state}><Notice kind={words.kind} meaning={words.meaning}>{words.said}</Notice></div>}
      {editing !== null && <AnswerEditor case={caseId} editing={editing} />}
      {editing === null && (
        <div onCopy={(event) => copyWith(event, provenanceWords({ ...turn, review: isOriginalShown ? null : review }))}>
          {review.edit !== null && isOriginalShown && <p className={css.original}>As {answer.model.kind === 'extractive' ? 'the extractive reader quoted' : 'the model wrote'} it:</p>}
          {isList && answer.exhaustive !== undefined && <ExhaustiveAnswer case={caseId} turn={turn.turn} sentences={answer.sentences} result={answer.exhaustive} openNumber={openNumber} openCell={openCell} onOpen={onOpen} />}
          {!isList && groups.length > 0 && <div className={css.answer}><AnswerBlocks groups={groups} end={isCutShort(answer.state) && edit === null ? <Flag text="Not complete" /> : null} citations={citations} openNumber={openNumber} onOpen={onOpen} /></div>}
          {!isList && citations.length > 0 && <Sources citations={citations} openNumber={openNumber} onOpen={onOpen} />}
        </div>
      )}
      <Foot answer={answer} citations={citations} askedAt={askedAt} marking={<AnswerMarking case={caseId} turn={turn.turn} rollUp={review.edit?.marking ?? answer.marking} marking={marking} />} onShowSent={answer.model.kind === 'endpoint' && answer.exhaustive === undefined ? () => useChatState.setState({ sent: { kind: 'turn', turn: turn.turn } }) : null} />
      {editing === null && hasReview(turn) && <AnswerReviewLine case={caseId} turn={turn} isOriginalShown={review.edit !== null && isOriginalShown} onToggleOriginal={review.edit === null ? null : () => setOriginalShown(!isOriginalShown)} />}
    </>
  );
}

function Foot({ answer, citations, askedAt, marking, onShowSent }: { answer: Answer; citations: readonly Citation[]; askedAt: number; marking: ReactElement; onShowSent: (() => void) | null }): ReactElement {
  const check = quoteCheck(citations);
  return (
    <div className={css.foot}>
      <div className={css.facts}>
        {answer.exhaustive === undefined && check !== null && <><span className={check.isWhole ? css.ok : css.warn}><Icon glyph={check.isWhole ? CheckCheck : TriangleAlert} size={14} /> {check.words}.</span>{' '}</>}
        {answer.exhaustive === undefined ? coverageWords(answer.coverage, answer.model.kind) : <ExhaustiveCoverageWords result={answer.exhaustive} />}
        <br />
        {answer.exhaustive === undefined ? writerWords(answer.model) : answer.exhaustive.plan.kind === 'model' ? `${visibleLine(answer.model.model ?? 'A model')} at ${visibleLine(answer.model.name)} read, this program counted` : planWriter[answer.exhaustive.plan.kind]} · {clock(askedAt)} · {duration(answer.tookMs)}{onShowSent !== null && <> · <LinkButton onPress={onShowSent}>what was sent</LinkButton></>}{answer.exhaustive?.run !== undefined && <> · <LinkButton onPress={() => showRun(answer.exhaustive?.run ?? null)}>every request</LinkButton></>}
      </div>
      {marking}
    </div>
  );
}
