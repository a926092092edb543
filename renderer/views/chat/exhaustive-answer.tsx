import { type ReactElement, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import ChevronLeft from 'lucide-react/icons/chevron-left';
import ChevronRight from 'lucide-react/icons/chevron-right';
import type { CaseId, TurnId } from '../../../preload/contract/domains/basics.ts';
import type { Answer, ShownItem } from '../../../preload/contract/domains/chat.ts';
import type { ExhaustiveResult } from '../../../preload/contract/domains/exhaustive.ts';
import { numberText } from '../../lib/document-words.ts';
import { count } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { classNames, IconButton, LinkButton, Notice, Portion, Skeleton, Text, VisuallyHidden } from '../../ui/index.ts';
import { oneLine } from './answer-layout.ts';
import answer from './answer-view.module.css';
import css from './exhaustive-answer.module.css';
import { FoundRows } from './found-rows.tsx';
import { itemsInput, pageItems, pageOf } from './items-page.ts';
import { Visible } from '../../lib/visible.tsx';

/** Props of ExhaustiveAnswer. */
export interface ExhaustiveAnswerProps {
  readonly case: CaseId;
  readonly turn: TurnId;
  readonly sentences: Answer['sentences'];
  readonly result: ExhaustiveResult;
  readonly openNumber: number | null;
  readonly openCell: number | null;
  readonly onOpen: (number: number, cell?: number) => void;
}

/** The answer of a plan: the sentence that counts, the plan, and everything that was found, in pages. */
export function ExhaustiveAnswer({ case: caseId, turn, sentences, result, openNumber, openCell, onOpen }: ExhaustiveAnswerProps): ReactElement {
  const [page, setPage] = useState(() => (openNumber === null ? 0 : pageOf(openNumber)));
  const { plan, listed, table, total } = result;
  const pages = Math.ceil(listed / pageItems);
  return (
    <>
      <p className={css.statement}>{sentences.map(({ text }, index) => <Visible key={index} text={text} />)}</p>
      <p className={css.plan}>
        {plan.kind === 'query' && <>By query <code className={css.code}><Visible text={plan.query} /></code> · <LinkButton onPress={() => { useNavigation.getState().setQuery(plan.query); useNavigation.getState().goTo('search'); }}>open as search</LinkButton></>}
        {plan.kind === 'table' && table !== null && <>{visibleLine(table.title)}{table.sheet !== '' && `, sheet ${visibleLine(table.sheet)}`} · {table.words.map(visibleLine).join(' · ')}</>}
        {plan.kind === 'model' && <>Each document was read by the model for: <Visible text={plan.question} /></>}
      </p>
      {listed > 0 && <Page case={caseId} turn={turn} page={page} result={result} openNumber={openNumber} openCell={openCell} onOpen={onOpen} />}
      {pages > 1 && (
        <div className={css.pager}>
          <IconButton size="sm" label="Previous page of the list" icon={ChevronLeft} isDisabled={page === 0} onPress={() => setPage(page - 1)} />
          <Text size="small" tone={2} isNumeric>{count(page * pageItems + 1)} to {count(Math.min(listed, (page + 1) * pageItems))} of {count(listed)}</Text>
          <IconButton size="sm" label="Next page of the list" icon={ChevronRight} isDisabled={page >= pages - 1} onPress={() => setPage(page + 1)} />
          {listed < total && <Text size="small" tone={2}>The first {count(listed)} are listed; all {count(total)} are counted.</Text>}
        </div>
      )}
    </>
  );
}

function Page({ case: caseId, turn, page, result, openNumber, openCell, onOpen }: Omit<ExhaustiveAnswerProps, 'sentences'> & { readonly page: number }): ReactElement {
  const { data, error, refetch } = useRoute('chat.items', itemsInput(caseId, turn, page), { keepPrevious: true });
  if (error !== null) return <Notice kind="danger" meaning="It is kept in the case." action={<LinkButton onPress={() => void refetch()}>Try again</LinkButton>}>The list could not be read.</Notice>;
  if (data === undefined) return <Skeleton label="Reading the list" />;
  if (result.heads.length > 0) return <FoundRows heads={result.heads} items={data.items} openNumber={openNumber} openCell={openCell} onOpen={onOpen} />;
  return (
    <ol className={answer.sources} aria-label="Found" start={page * pageItems + 1}>
      {data.items.map((item) => <li key={item.number}><Found item={item} isOpen={item.number === openNumber} onOpen={onOpen} /></li>)}
    </ol>
  );
}

function Found({ item, isOpen, onOpen }: { item: ShownItem; isOpen: boolean; onOpen: (number: number) => void }): ReactElement {
  const { number, title, citation, documentNumber, mentions, path } = item;
  const inside = (
    <>
      <span className={classNames(answer.cite, isOpen && answer.open)} aria-hidden="true">{number}</span>
      <VisuallyHidden>Found {number}{isOpen ? ', open at right' : ''}: </VisuallyHidden>
      <span className={answer.quote} title={visibleLine(path)}>
        <span className={css.title}><Visible text={oneLine(title)} /></span>
        {citation !== null && <> “<Visible text={oneLine(citation.quote)} />”</>}
      </span>
      <span className={css.side}>{mentions > 1 && <span className={css.mentions}>{count(mentions)} mentions</span>}{citation !== null && <Portion text={citation.portion} />}</span>
      <span className={answer.place}>{numberText(documentNumber)}{citation !== null && citation.page !== null && ` p. ${citation.page}`}</span>
    </>
  );
  const { openDocument } = useNavigation.getState();
  return (
    <AriaButton className={classNames(answer.source, isOpen && answer.current)} onPress={() => (citation === null ? openDocument({ document: item.document, span: null }, 'triage') : onOpen(number))}>
      {inside}
    </AriaButton>
  );
}

/** "Looked at 45 of 46 documents", what was skipped and why, and what is to be known beside it. */
export function ExhaustiveCoverageWords({ result: { coverage } }: { result: ExhaustiveResult }): ReactElement {
  const { inScope, lookedAt, skipped, notes } = coverage;
  return (
    <>
      Looked at {count(lookedAt)} of {count(inScope)} {inScope === 1 ? 'document' : 'documents'}{skipped.length === 0 ? '.' : ';'}
      {skipped.map(({ code, documents, sentence }) => <span key={code}> {count(documents)} skipped: {visibleLine(sentence)}</span>)}
      {notes.map((note) => <span key={note}> {visibleLine(note)}</span>)}
    </>
  );
}

/** What made the answer. */
export const planWriter = { query: 'Counted by query, no model', table: 'Computed from the rows, no model', model: 'Read by a model, counted by this program' } as const;
