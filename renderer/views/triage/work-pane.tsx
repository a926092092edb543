import PanelRightClose from 'lucide-react/icons/panel-right-close';
import { memo, type ReactElement, type Ref, useRef } from 'react';
import type { CaseId, DocumentId, Verdict } from '../../../preload/contract/domains/basics.ts';
import type { CodingCounts } from '../../../preload/contract/domains/coding.ts';
import { count, todayOrDay } from '../../lib/format.ts';
import { toggleSidePane } from '../../lib/panes-state.ts';
import { useRoute } from '../../lib/queries.ts';
import { Button, EmptyPane, Group, GroupHead, HistoryList, IconButton, LinkButton, Notice, Pane, PaneBody, PaneHead, PaneTitle, Spacer, Text, VerdictGroup } from '../../ui/index.ts';
import { GroupsSection } from './groups-section.tsx';
import { MarkingGroup } from './marking-group.tsx';
import { NoteField } from './note-field.tsx';
import { ProposalGroup } from './proposal-group.tsx';
import css from './triage.module.css';
import type { Coding } from './use-coding.ts';
import { historyWords } from './words.ts';

const verdicts = [
  { id: 'relevant', text: 'Relevant', keys: ['R'] },
  { id: 'not-relevant', text: 'Not relevant', keys: ['N'] },
  { id: 'deferred', text: 'Defer', keys: ['D'] },
] as const satisfies readonly { id: Verdict; text: string; keys: readonly string[] }[];

/** Props of WorkPane. A null document leaves the form empty. */
export interface WorkPaneProps {
  readonly case: CaseId;
  readonly document: DocumentId | null;
  readonly coding: Coding;
  readonly counts: CodingCounts | undefined;
  readonly historyRef: Ref<HTMLDivElement>;
  readonly onDone: () => void;
}

/** The work pane: the decision on the shown document, a note, and what was decided before. */
export function WorkPane({ case: caseId, document, coding, counts, historyRef, onDone }: WorkPaneProps): ReactElement {
  return (
    <Pane label="Work">
      <WorkHead />
      {document === null
        ? <EmptyPane>The decision, a note and the history of a document appear here with the first document.</EmptyPane>
        : <PaneBody><CodingForm case={caseId} document={document} coding={coding} counts={counts} historyRef={historyRef} onDone={onDone} /></PaneBody>}
    </Pane>
  );
}

const WorkHead = memo(function WorkHead() {
  return (
    <PaneHead>
      <PaneTitle>Coding</PaneTitle>
      <Spacer />
      <IconButton label="Hide work pane" icon={PanelRightClose} keys={['Ctrl', 'J']} onPress={() => toggleSidePane('work')} />
    </PaneHead>
  );
});

function CodingForm({ case: caseId, document, coding, counts, historyRef, onDone }: WorkPaneProps & { document: DocumentId }): ReactElement {
  const detail = useRoute('documents.get', { case: caseId, document }).data;
  const fault = coding.fault?.document === document ? coding.fault : null;
  const verdict = detail?.verdict ?? null;
  return (
    <>
      {counts !== undefined && coding.throughAt !== null && counts.coded >= coding.throughAt && <ThroughNotice counts={counts} />}
      <Group>
        <Verdicts value={verdict} isDisabled={detail === undefined} onCode={coding.code} />
        <p className={css['hint']}>
          {verdict === null
            ? 'The key decides and goes on to the next. With Shift it stays here.'
            : <LinkButton onPress={() => coding.code(null, { isStaying: true })}>Take the code back</LinkButton>}
        </p>
        {fault !== null && (
          <div className={css['fault']}>
            <Notice kind="danger" live="alert" meaning={`${fault.message} The document is as it was.`} action={<Button size="sm" onPress={fault.retry}>Try again</Button>}><b>{fault.said}</b></Notice>
          </div>
        )}
      </Group>
      <ProposalGroup key={`proposal ${document}`} case={caseId} document={document} coding={coding} isCoded={detail === undefined || verdict !== null} />
      <GroupsSection case={caseId} document={document} onCodeThread={coding.codeThread} />
      <Group>{detail !== undefined && <NoteField key={document} case={caseId} document={document} note={detail.note} onDone={onDone} />}</Group>
      <MarkingGroup key={`marking ${document}`} case={caseId} document={document} />
      <Group><History case={caseId} document={document} focusRef={historyRef} /></Group>
    </>
  );
}

/** The three verdicts. A press goes on like the key does; arrows inside the group only choose, as radio buttons must. */
const Verdicts = memo(function Verdicts({ value, isDisabled, onCode }: { value: Verdict | null; isDisabled: boolean; onCode: Coding['code'] }) {
  const press = useRef({ isPointer: false, isStaying: false });
  return (
    <div
      onPointerDownCapture={(event) => { press.current = { isPointer: true, isStaying: event.shiftKey }; }}
      onKeyDownCapture={() => { press.current = { isPointer: false, isStaying: true }; }}
    >
      <VerdictGroup label="Relevance" options={verdicts} value={value} isDisabled={isDisabled}
        onChange={(id) => onCode(id, { isStaying: !press.current.isPointer || press.current.isStaying })} />
    </div>
  );
});

function ThroughNotice({ counts }: { counts: CodingCounts }): ReactElement {
  const left = counts.total - counts.coded;
  const meaning = `${count(counts.relevant)} relevant, ${count(counts.notRelevant)} not relevant, ${count(counts.deferred)} deferred.`;
  return (
    <Notice kind="ok" live="status" meaning={left > 0 ? `${meaning} ${count(left)} of the case are in other queues.` : `${meaning} Deferred ones wait in the queue of that name.`}>
      <b>All documents of this queue are coded.</b>
    </Notice>
  );
}

function History({ case: caseId, document, focusRef }: { case: CaseId; document: DocumentId; focusRef: Ref<HTMLDivElement> }): ReactElement {
  const answer = useRoute('coding.history', { case: caseId, document });
  const entries = answer.data?.entries ?? [];
  return (
    <div ref={focusRef} tabIndex={-1} role="group" aria-label="History" className={css['history']}>
      <GroupHead>History</GroupHead>
      {answer.isError && <Notice kind="danger" meaning={answer.error.message} action={<Button size="sm" onPress={() => { void answer.refetch(); }}>Try again</Button>}><b>The history could not be read.</b></Notice>}
      {answer.data !== undefined && entries.length === 0 && <Text as="p" size="small" tone={3}>No decision on this document yet.</Text>}
      <HistoryList entries={entries.map((entry) => ({ id: entry.op, when: todayOrDay(entry.at, answer.dataUpdatedAt), who: entry.who ?? 'You', what: historyWords(entry) }))} />
    </div>
  );
}
