import { type ReactElement, type RefObject, useEffect, useRef } from 'react';
import ListChecks from 'lucide-react/icons/list-checks';
import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { PlanWay, QuestionPlan } from '../../../preload/contract/domains/exhaustive.ts';
import { count, counted } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Icon, Select, Text, TextField } from '../../ui/index.ts';
import { changePlan, chooseWay, planToRun, type Planning, proposeTablePlan, withQuery } from './plan-state.ts';
import css from './plan-strip.module.css';
import { TablePlanLines } from './table-plan.tsx';

/** Props of PlanStrip. */
export interface PlanStripProps {
  readonly case: CaseId;
  readonly planning: Planning;
  /** Who is chosen to answer; null is the extractive reader. */
  readonly endpoint: EndpointInfo | null;
  readonly onRun: (plan: QuestionPlan) => void;
  readonly onPassages: () => void;
  /** Puts the plan away; the question stays. */
  readonly onClose: () => void;
}

const wayNames = { query: 'By query, every document', table: 'By the rows of a table', model: 'Document by document with a model' } as const;
const ofOptions = [{ id: 'documents', text: 'documents' }, { id: 'messages', text: 'messages' }, { id: 'mentions', text: 'mentions' }] as const;

/** What would be done for a question about everything in scope, before it is done. Enter does what is offered first, Shift Enter the other, Escape puts it away. */
export function PlanStrip({ case: caseId, planning, endpoint, onRun, onPassages, onClose }: PlanStripProps): ReactElement {
  const { planned, way: shown, fault } = planning;
  const way = planned.ways[shown];
  const isCounting = way !== undefined && planned.why === null;
  const first = useRef<HTMLButtonElement>(null);
  useEffect(() => first.current?.focus(), [planning.question]);
  const run = (): void => { void planToRun().then((plan) => { if (plan !== null) onRun(plan); }); };
  // The button that asks cannot be pressed while it works, nor stays when a plan came: the focus would be on nothing, and no key would reach the strip.
  const propose = async (from: EndpointInfo): Promise<void> => {
    await proposeTablePlan(caseId, from);
    if (document.activeElement === document.body) first.current?.focus();
  };
  const [onFirst, onSecond] = isCounting ? [run, onPassages] : [onPassages, run];
  const strip = useStripKeys({ onFirst, onSecond, onClose });
  return (
    <section ref={strip} className={css.strip} aria-label="Plan">
      <div className={css.head}>
        <Icon glyph={ListChecks} />
        <h3 className={css.title}>{isCounting ? 'This asks about everything in scope. It is answered by a plan, not from passages.' : 'This asks about everything in scope, and cannot be counted with certainty.'}</h3>
      </div>
      {planned.why !== null && <p className={css.why}>{planned.why}</p>}
      {way !== undefined && (
        <dl className={css.lines}>
          {planned.ways.length > 1 && (
            <Line term="Way"><Select label="Way to answer" variant="chip" value={String(shown)} options={planned.ways.map(({ plan }, index) => ({ id: String(index), text: wayNames[plan.kind] }))} onChange={(id) => chooseWay(Number(id))} /></Line>
          )}
          <PlanLines case={caseId} planning={planning} way={way} />
          <Line term="In"><CoverageWords way={way} /></Line>
          {way.doubts.map((doubt, index) => <Line key={doubt} term={index === 0 ? 'Not certain' : null}><Text size="small" tone="warn">{visibleLine(doubt)}</Text></Line>)}
        </dl>
      )}
      {endpoint !== null && !planned.ways.some(({ plan }) => plan.kind === 'table') && (
        <p className={css.propose}>
          <Button size="sm" isDisabled={planning.isLooking} onPress={() => void propose(endpoint)}>Plan over a table</Button>
          <Text size="small" tone={2}>{planning.proposalFault === null ? `${visibleLine(endpoint.name)} is sent the question and the names of columns, no rows.` : <span role="alert">{visibleLine(planning.proposalFault)}</span>}</Text>
        </p>
      )}
      <div className={css.actions}>
        {isCounting
          ? <>
            <Button ref={first} variant="primary" size="sm" keys={['Enter']} isDisabled={fault !== null} onPress={run}>Run the plan</Button>
            <Button size="sm" keys={['Shift', 'Enter']} onPress={onPassages}>Answer from passages</Button>
          </>
          : <>
            <Button ref={first} variant="primary" size="sm" keys={['Enter']} onPress={onPassages}>Answer from passages</Button>
            {way !== undefined && <Button size="sm" keys={['Shift', 'Enter']} isDisabled={fault !== null} onPress={run}>Run this plan all the same</Button>}
          </>}
        <Button size="sm" variant="ghost" keys={['Esc']} onPress={onClose}>Back to the question</Button>
      </div>
    </section>
  );
}

interface StripKeys {
  readonly onFirst: () => void;
  readonly onSecond: () => void;
  readonly onClose: () => void;
}

/** The strip's keys, taken before a focused button has them: to it, Shift Enter is Enter. */
function useStripKeys(keys: StripKeys): RefObject<HTMLElement | null> {
  const strip = useRef<HTMLElement>(null);
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const element = strip.current;
    const listen = (event: KeyboardEvent): void => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === 'Escape') latest.current.onClose();
      else if (event.key === 'Enter' && event.shiftKey) latest.current.onSecond();
      else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) latest.current.onFirst();
      else return;
      event.preventDefault();
      event.stopPropagation();
    };
    element?.addEventListener('keydown', listen, { capture: true });
    return () => element?.removeEventListener('keydown', listen, { capture: true });
  }, []);
  return strip;
}

function Line({ term, children }: { term: string | null; children: ReactElement }): ReactElement {
  return <div className={css.line}><dt className={css.term}>{term}</dt><dd className={css.words}>{children}</dd></div>;
}

function PlanLines({ case: caseId, planning: { scope, fault, isLooking }, way: { plan, table, requests, tokens } }: { case: CaseId; planning: Planning; way: PlanWay }): ReactElement {
  switch (plan.kind) {
    case 'query': return (
      <>
        <Line term="Counts">
          <span className={css.query}>
            <Select label="What is counted" variant="chip" value={plan.of} options={ofOptions} onChange={(of) => void changePlan(caseId, withQuery(plan, { of }))} />
            <Text size="small" tone={2}>that match</Text>
            <TextField label="Query" isLabelHidden isMono value={plan.query} error={fault?.text ?? null} onChange={(query) => void changePlan(caseId, withQuery(plan, { query }))} />
          </span>
        </Line>
        <Line term="How"><Text size="small">By query over every document, no model, nothing leaves this laptop</Text></Line>
      </>
    );
    case 'table': return table === null ? <></> : <TablePlanLines case={caseId} scope={scope} plan={plan} table={table} fault={fault} isLooking={isLooking} />;
    case 'model': return <Line term="How"><Text size="small">{`Each document is read by the model, about ${counted(requests, 'request')} and ${count(tokens)} tokens. Quotes are compared with the stored text, and the counting is ours.`}</Text></Line>;
  }
}

function CoverageWords({ way: { coverage } }: { way: PlanWay }): ReactElement {
  const { inScope, lookedAt, skipped, notes } = coverage;
  return (
    <Text size="small">
      {count(lookedAt)} of {counted(inScope, 'document')}
      {skipped.map(({ code, documents, sentence }) => <span key={code} className={css.skipped}>{count(documents)} skipped: {visibleLine(sentence)}</span>)}
      {notes.map((note) => <span key={note} className={css.note}>{note}</span>)}
    </Text>
  );
}
