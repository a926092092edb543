import { useEffect, useMemo, useState } from 'react';
import type { CaseId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import type { BulkPreview } from '../../../preload/contract/domains/bulk.ts';
import type { Input } from '../../../preload/contract/routes.ts';
import { keepRun, useBulkWishes, type WantedScope } from '../../lib/bulk-runs.ts';
import { useOpenCase } from '../../lib/case-info.ts';
import { call } from '../../lib/client.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { count, counted } from '../../lib/format.ts';
import { MarkingField } from '../../lib/marking-field.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Notice, Pane, PaneBody, PaneHead, PaneTitle, Segmented, Select, Skeleton, Switch, TextArea, TextField } from '../../ui/index.ts';
import css from './bulk.module.css';
import { previewLine, readFields } from './run-words.ts';

type Kind = 'first-pass' | 'extraction' | 'summary';
type Order = Input<'bulk.start'>;

const kinds = [{ id: 'first-pass', text: 'First pass' }, { id: 'extraction', text: 'Extraction' }, { id: 'summary', text: 'Summary' }] as const satisfies readonly { id: Kind; text: string }[];
const pauseMs = 500;

/** A whole number in a field; null when it is empty, undefined when it is none. */
function readLimit(text: string): number | null | undefined {
  const bare = text.replaceAll(/[\s,]/g, '');
  if (bare === '') return null;
  return /^[1-9]\d{0,12}$/.test(bare) ? Number(bare) : undefined;
}

/** The order of a new run: what is asked of which documents, who is asked, what it may cost; and what it would do, before it is started. */
export function NewRunPane({ caseId, wanted }: { caseId: CaseId; wanted: WantedScope }) {
  const answer = useRoute('endpoints.list', {});
  const endpoints = answer.data?.endpoints ?? [];
  const info = useOpenCase();
  useOnScreen(info === undefined ? null : [info.marking]);
  const [kind, setKind] = useState<Kind>('first-pass');
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState<EndpointId | null>(useNavigation.getState().endpoint);
  const [marking, setMarking] = useState('');
  const [tokens, setTokens] = useState('');
  const [requests, setRequests] = useState('');
  const [isForBatch, setForBatch] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const [isStarting, setStarting] = useState(false);
  const endpoint = endpoints.find((one) => one.endpoint === chosen) ?? endpoints[0] ?? null;
  const [tokenLimit, requestLimit] = [readLimit(tokens), readLimit(requests)];
  const order = useMemo((): Order | null => {
    const parameters = kind === 'first-pass' ? { instruction: text.trim() } : kind === 'extraction' ? { fields: readFields(text) } : { focus: text.trim() };
    const isWhole = kind === 'summary' || text.trim() !== '';
    if (!isWhole || endpoint === null || tokenLimit === undefined || requestLimit === undefined) return null;
    return { case: caseId, kind, parameters, endpoint: endpoint.endpoint, scope: wanted.scope, budget: { tokens: tokenLimit, requests: requestLimit }, parametersMarking: marking.trim() === '' ? null : marking.trim(), isForBatch };
  }, [caseId, kind, text, endpoint, wanted, tokenLimit, requestLimit, marking, isForBatch]);
  const { preview, error, isCurrent } = usePreview(order);
  const close = (): void => useBulkWishes.setState({ wanted: null });
  const canStart = order !== null && isCurrent && preview !== null && !isStarting;
  const start = (): void => {
    if (order === null || !canStart) return;
    setStarting(true);
    setFault(null);
    call('bulk.start', order).then(
      (run) => {
        keepRun(caseId, run);
        useBulkWishes.setState({ wanted: null, shown: run.run });
      },
      (failure: unknown) => {
        setStarting(false);
        setFault(failure instanceof Error ? failure.message : String(failure));
      },
    );
  };
  useCommands(useMemo((): readonly Command[] => [
    { id: 'bulk.start', name: 'Start the run', group: 'Bulk', keys: ['Ctrl+Enter'], inFields: true, run: () => document.querySelector<HTMLButtonElement>('[data-start-run]')?.click() },
    { id: 'bulk.close-form', name: 'Close the form', group: 'Bulk', keys: ['Escape'], inFields: true, run: close },
  ], []));
  return (
    <Pane label="New run" tone="document">
      <PaneHead><PaneTitle level={1}>New run over {visibleLine(wanted.label)}</PaneTitle></PaneHead>
      <PaneBody label="What is ordered">
        {answer.data !== undefined && endpoints.length === 0 && (
          <Notice kind="info" action={<Button size="sm" onPress={() => useNavigation.getState().goTo('settings')}>Settings</Button>} meaning="Add one, or a model file of this laptop, in the settings.">There is no endpoint to ask.</Notice>
        )}
        {fault !== null && <Notice kind="danger" live="alert" meaning={fault}>Nothing was started.</Notice>}
        <form className={css.form} onSubmit={(event) => { event.preventDefault(); start(); }}>
          <Segmented label="Kind of work" segments={kinds} value={kind} onChange={setKind} />
          {kind === 'first-pass' && <TextArea label="What to look for" value={text} onChange={setText} rows={3} autoFocus maxLength={4000} hint="Each document is proposed as Relevant or Not relevant, with a reason and a quote. You accept or leave each proposal." />}
          {kind === 'extraction' && <TextArea label="Fields, one a line" value={text} onChange={setText} rows={4} autoFocus maxLength={4000} placeholder="Vessel: name of the ship" hint="Each value comes with the quote that it stands in." />}
          {kind === 'summary' && <TextArea label="Of interest above all" value={text} onChange={setText} rows={2} autoFocus maxLength={2000} hint="May be left empty. Every sentence is checked against its document." />}
          <Select
            label="Who is asked"
            options={endpoints.map((one) => ({ id: one.endpoint, text: `${one.name} up to ${one.ceiling.portion}`, detail: one.model }))}
            value={endpoint?.endpoint ?? null}
            onChange={setChosen}
            isDisabled={endpoints.length === 0}
          />
          <MarkingField label="Marking of what you wrote" value={marking} onChange={setMarking} size="md" hint={`Empty: as the case${info === undefined ? '' : `, ${info.marking.banner}`}.`} />
          <div className={css.pair}>
            <TextField label="Tokens at most" value={tokens} onChange={setTokens} inputMode="numeric" hint="In and out. Empty: no limit." error={tokenLimit === undefined ? 'A whole number.' : null} />
            <TextField label="Requests at most" value={requests} onChange={setRequests} inputMode="numeric" hint="Empty: no limit." error={requestLimit === undefined ? 'A whole number.' : null} />
          </div>
          <Switch isSelected={isForBatch} onChange={setForBatch}>Send nothing: write batch files instead</Switch>
          <Preview preview={preview} error={error} isOrdered={order !== null} isCurrent={isCurrent} />
          <div className={css.buttons}>
            <Button size="lg" variant="ghost" onPress={close}>Close</Button>
            <Button size="lg" variant="primary" type="submit" keys={['Ctrl', 'Enter']} isDisabled={!canStart} data-start-run="">{isForBatch ? 'Prepare' : 'Start'}</Button>
          </div>
        </form>
      </PaneBody>
    </Pane>
  );
}

/** What the order would do, asked for a moment after it last changed. */
function usePreview(order: Order | null): { readonly preview: BulkPreview | null; readonly error: Error | null; readonly isCurrent: boolean } {
  const key = order === null ? null : JSON.stringify(order);
  const [settled, setSettled] = useState<{ readonly key: string; readonly order: Order } | null>(null);
  useEffect(() => {
    if (order === null || key === null) return;
    const timer = setTimeout(() => setSettled({ key, order }), pauseMs);
    return () => clearTimeout(timer);
    // oxlint-disable-next-line react/exhaustive-deps -- the key says what the order says
  }, [key]);
  const input: Input<'bulk.preview'> = settled?.order ?? { case: '', kind: 'first-pass', parameters: null, endpoint: '', scope: { kind: 'case' } };
  const { data, error } = useRoute('bulk.preview', input, { enabled: settled !== null, keepPrevious: true });
  return { preview: data ?? null, error, isCurrent: settled?.key === key && error === null };
}

function Preview({ preview, error, isOrdered, isCurrent }: { preview: BulkPreview | null; error: Error | null; isOrdered: boolean; isCurrent: boolean }) {
  if (!isOrdered) return <p className={css.preview}>What it would do is counted here before anything is sent.</p>;
  if (error !== null) return <Notice kind="danger" live="alert" meaning={error.message}>It cannot be told what it would do.</Notice>;
  if (preview === null || !isCurrent) return <Skeleton label="Counting what it would do" lines={[70, 50]} />;
  const where = preview.host === null ? `${preview.endpoint}, on this laptop` : `${preview.endpoint} at ${preview.host}`;
  return (
    <section className={css.preview} aria-label="What it would do" aria-live="polite">
      <p>{previewLine(preview)}</p>
      <p>To {where}, model {preview.model}, which may receive up to {preview.ceiling.banner}.{preview.isOutside ? ' Personal data is replaced by stand-ins.' : ''}</p>
      {preview.held.length === 0 ? <p>Nothing would be held for its marking.</p> : preview.held.map(({ rule, items, firstLabel }) => <p key={rule} className={css.held}>{counted(items, 'request')} would be held: {rule}; {firstLabel}{items > 1 ? `, and ${count(items - 1)} more` : ''}.</p>)}
    </section>
  );
}
