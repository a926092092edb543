import { type ReactElement, useEffect, useMemo, useRef } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { Answer, ChatScope, Turn } from '../../../preload/contract/domains/chat.ts';
import { clock, count, counted } from '../../lib/format.ts';
import { copyWith } from '../../lib/copy-with.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, EmptyState, Notice, PaneBody, ProgressLine, Skeleton } from '../../ui/index.ts';
import { asQuote } from './answer-layout.ts';
import { AnswerView } from './answer-view.tsx';
import { pathOf } from './branches.ts';
import { type Asking, type OpenCitation, putBack, useChatState } from './chat-state.ts';
import { isAnswered } from './review-answer.ts';
import css from './thread.module.css';
import { TurnHead } from './turn-head.tsx';
import { Visible } from '../../lib/visible.tsx';

const noTurns: readonly Turn[] = [];

/** How near the end the thread must be to follow an answer that is being written. */
const followPx = 160;

/** Props of Thread. `turns` is undefined until they are known; `asking` is null unless it belongs to this conversation. */
export interface ThreadProps {
  case: CaseId;
  turns: readonly Turn[] | undefined;
  error: Error | null;
  onRetry: () => void;
  asking: Asking | null;
  open: OpenCitation | null;
  onOpen: (citation: OpenCitation) => void;
  onSend: () => void;
  /** Goes to the composer. */
  onWrite: () => void;
  /** For the empty state: what the case holds. */
  documents: number;
}

/** The questions and answers of one conversation, the newest at the end and in sight. */
export function Thread({ case: caseId, turns, error, onRetry, asking, open, onOpen, onSend, onWrite, documents }: ThreadProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null);
  const branches = useChatState((state) => state.branches);
  const path = useMemo(() => pathOf(turns ?? noTurns, branches), [turns, branches]);
  const lastShown = path.at(-1)?.turn.turn ?? null;
  useEffect(() => useChatState.setState({ lastShown }), [lastShown]);
  const last = asking === null ? lastShown ?? undefined : 'asking';
  const sentences = asking?.text.sentences.length ?? 0;
  useEffect(() => {
    const element = scroller.current;
    if (element === null || last === undefined) return;
    const turn = element.querySelector('[data-last-turn]');
    // The last question comes to the top where there is room, so that its answer is read from its beginning.
    if (turn instanceof HTMLElement) element.scrollTop = turn.offsetTop - element.offsetTop;
  }, [last]);
  useEffect(() => {
    const element = scroller.current;
    if (element === null || sentences === 0) return;
    // Someone who has scrolled back to read is left there.
    const isFollowing = element.scrollHeight - element.scrollTop - element.clientHeight < followPx;
    if (isFollowing) element.scrollTop = element.scrollHeight;
  }, [sentences]);

  const shown = path.filter(({ turn }) => turn.turn !== asking?.turn);
  if (turns !== undefined && shown.length === 0 && asking === null) {
    return (
      <PaneBody>
        <EmptyState title="Ask this case" headingLevel={2}>
          <p>The extractive reader answers with sentences from the documents, quoted and cited. It uses no model and needs no network.</p>
          {documents === 0 && <p>This case has no documents yet, so there is nothing to answer from.</p>}
        </EmptyState>
      </PaneBody>
    );
  }
  return (
    <PaneBody label="Questions and answers" scrollerRef={scroller}>
      {error !== null && <Notice kind="danger" meaning="It is kept in the case." action={<Button size="sm" onPress={onRetry}>Try again</Button>}>This conversation could not be read.</Notice>}
      <div className={css.thread}>
        {turns === undefined && error === null && <Skeleton label="Opening the conversation" hasTitle />}
        {shown.map(({ turn, branches }, index) => (
          <section key={turn.turn} className={css.turn} aria-label={`Question ${index + 1}`} {...(asking === null && index === shown.length - 1 && { 'data-last-turn': '' })}>
            <TurnHead at={{ turn, branches }} onSend={onSend} onWrite={onWrite} />
            {turn.scope.kind !== 'case' && <p className={css.scope}>Asked of {scopeWords(turn.scope)}</p>}
            {turn.answer !== null && <Leaning words={leaningWords(turn.answer, shown.map(({ turn: each }) => each))} />}
            {!isAnswered(turn)
              ? <NoAnswer turn={turn} />
              : <AnswerView case={caseId} turn={turn} openNumber={open?.turn === turn.turn ? open.number : null} openCell={open?.turn === turn.turn ? open.cell ?? null : null} onOpen={(number, cell) => onOpen({ turn: turn.turn, number, cell })} />}
          </section>
        ))}
        {asking !== null && <Answering asking={asking} />}
      </div>
    </PaneBody>
  );
}

/** What a question was asked of, in words. */
function scopeWords(scope: ChatScope): string {
  switch (scope.kind) {
    case 'case': return 'the whole case';
    case 'search': return `the search ${visibleLine(scope.query)}`;
    case 'documents': return scope.documents.length === 1 ? 'one document' : counted(scope.documents.length, 'document');
    case 'span': return 'one passage';
  }
}

/** With which question of the path one was looked for that does not stand alone, or with which it was not. */
function leaningWords({ leansOn, notReadWith }: Answer, path: readonly Turn[]): string | null {
  const [first] = leansOn ?? notReadWith ?? [];
  if (first === undefined) return null;
  const question = path.find(({ turn }) => turn === first)?.question;
  const words = question === undefined ? 'an earlier question' : `“${visibleLine(question)}”`;
  return leansOn === undefined ? `Looked for by its own words alone: ${words} is above what this endpoint may see` : `Looked for with the words of ${words}`;
}

function Leaning({ words }: { words: string | null }): ReactElement | null {
  return words === null ? null : <p className={css.scope}>{words}</p>;
}

function NoAnswer({ turn }: { turn: Turn }): ReactElement {
  return (
    <div className={css.state}>
      <Notice kind="info" meaning="It was kept; an answer was not." action={<Button size="sm" onPress={() => putBack(turn.question)}>Write it again</Button>}>
        This question of {clock(turn.askedAt)} has no answer.
      </Notice>
    </div>
  );
}

function Answering({ asking }: { asking: Asking }): ReactElement {
  const { reading, text, endpointName } = asking;
  const isWriting = text.sentences.length > 0;
  const words = isWriting
    ? endpointName === null ? 'Quoting' : `Writing · ${endpointName}`
    : reading === null ? 'Asked' : `Reading · ${count(reading.done)} of ${counted(reading.total, 'document')}`;
  return (
    <section className={css.turn} aria-label="Question being answered" data-last-turn="">
      <h3 className={css.question}><Visible text={asking.question} /></h3>
      <div className={css.text} aria-live="polite" aria-relevant="additions" onCopy={(event) => copyWith(event, endpointName === null ? 'Quoted from documents by the extractive reader, no model. Not complete.' : `Written by a model at ${visibleLine(endpointName)}. Not complete, not checked. State raw.`)}>
        {text.sentences.map((sentence, index) => <span key={index}><Visible text={endpointName === null ? asQuote(sentence) : sentence} /></span>)}
      </div>
      <div className={css.progress}>
        <ProgressLine label="Reading" done={reading?.done ?? 0} total={reading?.total ?? null} text={words}
          valueText={reading === null ? 'asked' : `${count(reading.done)} of ${count(reading.total)}`} />
      </div>
      {isWriting && endpointName !== null && <p className={css.note}>Written by a model. Its quotes are checked when it ends.</p>}
    </section>
  );
}
