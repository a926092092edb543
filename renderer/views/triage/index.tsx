/**
 * Triage: a queue of documents, one of them open, a decision by one key. It shows and saves decisions and notes; it ranks
 * nothing and estimates nothing. Follows the screens' rules for panes, keys, states and words.
 */
import { type ReactElement, useCallback, useEffect, useRef } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useRowsOnScreen } from '../../lib/on-screen.ts';
import { usePanesState } from '../../lib/panes-state.ts';
import { useRoute } from '../../lib/queries.ts';
import { DocumentHead } from '../../lib/reader/index.tsx';
import { Pane, Panes, type VirtualListHandle } from '../../ui/index.ts';
import { DocumentPane } from './document-pane.tsx';
import { EmptyQueue, NothingYet } from './empty-queue.tsx';
import { QueuePane } from './queue-pane.tsx';
import { useCoding } from './use-coding.ts';
import { type Queue, useQueue } from './use-queue.ts';
import { useTriageCommands } from './use-triage-commands.ts';
import { WorkPane } from './work-pane.tsx';

const noop = (): void => undefined;

/** The triage view. It fills what the window gives it. */
export function TriageView(): ReactElement | null {
  const caseId = useNavigation((state) => state.case);
  return caseId === null ? null : <OpenTriage key={caseId} case={caseId} />;
}

function OpenTriage({ case: caseId }: { case: CaseId }): ReactElement {
  const place = useNavigation((state) => state.place);
  const queue = useQueue(caseId);
  const coding = useCoding(caseId, queue);
  const [panes, setPanes] = usePanesState('triage');
  const listRef = useRef<VirtualListHandle>(null);
  const historyRef = useRef<HTMLDivElement>(null);
  const counts = useRoute('coding.counts', { case: caseId }).data;
  useTriageCommands({ coding, queue, place, listRef, historyRef });
  const newDocuments = useNewDocuments(queue, counts?.total);
  useRowsOnScreen(queue.rowAt, queue.drawn, queue.set?.total ?? 0);

  const { move } = coding;
  const previous = useCallback(() => move(-1), [move]);
  const next = useCallback(() => move(1), [move]);
  const { set } = queue;
  const isEmpty = set !== null && set.total === 0 && place === null;
  const middle = place !== null
    ? <DocumentPane case={caseId} place={place} onPrevious={previous} onNext={next} />
    : (
        <Pane label="Document" tone="document">
          <DocumentHead case={caseId} document={null} rendering="text" onRendering={noop} />
          {isEmpty && counts !== undefined && (counts.total === 0 ? <NothingYet /> : <EmptyQueue counts={counts} />)}
        </Pane>
      );
  const focusList = (): void => listRef.current?.focus();
  return (
    <Panes
      list={{
        name: 'the queue', minPx: 320, maxPx: 420, share: 0.25,
        content: <QueuePane case={caseId} queue={queue} counts={counts} newDocuments={newDocuments} onMoveTo={coding.moveTo} onOpen={() => document.querySelector<HTMLElement>('article[data-pane] [data-pane-body]')?.focus()} listRef={listRef} />,
      }}
      work={{
        name: 'the work pane', minPx: 304, maxPx: 384, share: 0.225,
        content: <WorkPane case={caseId} document={place?.document ?? null} coding={coding} counts={counts} historyRef={historyRef} onDone={focusList} />,
      }}
      middleMinPx={480}
      state={panes}
      onChange={setPanes}
    >
      {middle}
    </Panes>
  );
}

/** How many documents came into the case since the queue was opened. A queue that was empty then is opened again by itself. */
function useNewDocuments(queue: Queue, total: number | undefined): number {
  const { set, reopen } = queue;
  const opened = useRef<{ readonly set: Queue['set']; readonly total: number } | null>(null);
  if (total !== undefined && opened.current?.set !== set) opened.current = { set, total };
  const added = total === undefined || set === null ? 0 : Math.max(0, total - (opened.current?.total ?? total));
  const isWorthReopening = set !== null && set.total === 0 && added > 0;
  useEffect(() => { if (isWorthReopening) reopen(); }, [isWorthReopening, reopen]);
  return isWorthReopening ? 0 : added;
}
