/** What can be done with a run, by button and by key. */
import { useMemo, useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { BulkResult, BulkRun } from '../../../preload/contract/domains/bulk.ts';
import { bridge } from '../../lib/bridge.ts';
import { keepRun } from '../../lib/bulk-runs.ts';
import { call } from '../../lib/client.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { counted } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { queryClient } from '../../lib/queries.ts';
import { toasts } from '../../lib/toasts.ts';
import { proposalWords } from './run-words.ts';

/** What did not happen, and why. */
export interface RunFault {
  readonly text: string;
  readonly meaning: string;
}

async function writeBatches(caseId: CaseId, run: BulkRun, format: 'openai' | 'bedrock'): Promise<void> {
  const { path: folder } = await bridge.shell('files.choose-save-folder', {});
  if (folder === null) return;
  const { batches, held } = await call('bulk.export', { case: caseId, run: run.run, format, folder });
  toasts.show({ text: `Written, unencrypted: ${counted(batches.reduce((sum, { requests }) => sum + requests, 0), 'request')} in ${counted(batches.length, 'file')}${held > 0 ? `, ${counted(held, 'request')} held` : ''}` });
}

async function readBatches(caseId: CaseId, run: BulkRun): Promise<void> {
  const { paths } = await bridge.shell('files.choose', { what: 'files' });
  for (const path of paths) {
    const { kept, failed, known, refusedLines, missing } = await call('bulk.import', { case: caseId, run: run.run, path });
    toasts.show({ text: `${counted(kept, 'answer')} kept, ${failed} failed, ${known} known before, ${counted(refusedLines, 'line')} refused; ${missing} still missing` });
  }
}

/** The run's actions. Registers P, Y and Enter's twin while they mean something. */
export function useRunActions(caseId: CaseId, run: BulkRun, selected: BulkResult | null) {
  const [fault, setFault] = useState<RunFault | null>(null);
  const { run: id, state } = run;
  const isOpen = state === 'running' || state === 'paused';
  const canRetry = state !== 'running' && state !== 'cancelled' && run.counts.failed + run.counts.held > 0;
  const actions = useMemo(() => {
    const attempt = (text: string, work: Promise<unknown>): void => {
      setFault(null);
      work.catch((error: unknown) => setFault({ text, meaning: error instanceof Error ? error.message : String(error) }));
    };
    const steer = (route: 'bulk.pause' | 'bulk.resume' | 'bulk.cancel' | 'bulk.retry', text: string): void => attempt(text, call(route, { case: caseId, run: id }).then((changed) => keepRun(caseId, changed)));
    return {
      turn: () => (state === 'paused' ? steer('bulk.resume', 'The run did not go on.') : steer('bulk.pause', 'The run was not paused.')),
      retry: () => steer('bulk.retry', 'Nothing was tried again.'),
      cancel: () => steer('bulk.cancel', 'The run was not cancelled.'),
      accept: (result: BulkResult) => {
        const verdict = result.answer?.judged.proposal ?? null;
        if (verdict === null) return;
        attempt('The proposal was not accepted.', call('coding.set', { case: caseId, document: result.document, verdict }).then(() => {
          void queryClient.invalidateQueries({ queryKey: ['bulk.results'] });
          toasts.show({ text: `#${result.documentNumber} coded ${verdict === 'deferred' ? 'Defer' : proposalWords[verdict]}` });
        }));
      },
      open: (result: BulkResult, span: { readonly start: number; readonly end: number } | null) => useNavigation.getState().openDocument({ document: result.document, span }, 'triage'),
      write: (format: 'openai' | 'bedrock') => attempt('No batch file was written.', writeBatches(caseId, run, format)),
      read: () => attempt('The results were not taken in.', readBatches(caseId, run)),
      dismiss: () => setFault(null),
    };
  }, [caseId, id, state, run]);
  const canAccept = selected !== null && (selected.answer?.judged.proposal ?? null) !== null;
  const commands = useMemo((): readonly Command[] => [
    { id: 'bulk.turn', name: state === 'paused' ? 'Go on with the run' : 'Pause the run', group: 'Bulk', keys: ['P'], enabled: isOpen, run: actions.turn },
    { id: 'bulk.retry', name: 'Try failed and held documents again', group: 'Bulk', keys: ['Y'], enabled: canRetry, run: actions.retry },
    { id: 'bulk.accept', name: 'Accept the proposal', group: 'Bulk', keys: [], enabled: canAccept, run: () => { if (selected !== null) actions.accept(selected); } },
    { id: 'bulk.write-openai', name: 'Write OpenAI batch files', group: 'Bulk', keys: [], enabled: state === 'paused', run: () => actions.write('openai') },
    { id: 'bulk.write-bedrock', name: 'Write Bedrock batch files', group: 'Bulk', keys: [], enabled: state === 'paused', run: () => actions.write('bedrock') },
    { id: 'bulk.read', name: 'Take in a batch file of results', group: 'Bulk', keys: [], enabled: isOpen, run: actions.read },
  ], [actions, state, isOpen, canRetry, canAccept, selected]);
  useCommands(commands);
  return { ...actions, fault, isOpen, canRetry };
}
