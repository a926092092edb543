import { type ReactElement, useState } from 'react';
import type { CaseId, DocumentId, Span } from '../../../preload/contract/domains/basics.ts';
import type { DocumentMarking, FoundMarkView, PassageMark } from '../../../preload/contract/domains/markings.ts';
import { call } from '../../lib/client.ts';
import { count, counted } from '../../lib/format.ts';
import { MarkDialog } from '../../lib/mark-dialog.tsx';
import { useNavigation } from '../../lib/navigation.ts';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { toasts } from '../../lib/toasts.ts';
import { useVaultFace } from '../../lib/vault-status.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Group, GroupHead, Handling, LinkButton, Notice, Portion, Text } from '../../ui/index.ts';
import css from './marking-group.module.css';

/** More than these are accepted or dismissed together. */
const mostListed = 8;
const accepted = 'the author’s mark, as found in the text';
const dismissed = 'not a mark';

/** Props of MarkingGroup. */
export interface MarkingGroupProps {
  readonly case: CaseId;
  readonly document: DocumentId;
}

/** What the document is marked, and the marks that stand in its text: each is accepted or dismissed by a person. */
export function MarkingGroup({ case: caseId, document }: MarkingGroupProps): ReactElement {
  const answer = useRoute('markings.document', { case: caseId, document });
  const systemHigh = useVaultFace()?.systemHigh ?? null;
  const [isMarking, setMarking] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const { data } = answer;
  const text = useRoute('documents.text', { case: caseId, document }, { enabled: (data?.found.length ?? 0) > 0 }).data?.text ?? '';
  const refresh = (): Promise<unknown> => Promise.all((['markings.document', 'documents.get', 'sets.rows', 'coding.history'] as const).map((route) => queryClient.invalidateQueries({ queryKey: [route] })));
  const mark = async (marking: string | null, reason: string): Promise<void> => {
    const { isAboveVault } = await call('markings.mark-document', { case: caseId, document, marking, reason });
    if (isAboveVault) setFault(aboveVault(systemHigh?.banner));
    await refresh();
  };
  const settle = async (marks: readonly FoundMarkView[], isAccepted: boolean): Promise<void> => {
    setFault(null);
    try {
      const passages = marks.map(({ start, end, marking }) => ({ start, end, marking: isAccepted ? marking?.banner ?? null : null }));
      const { isAboveVault } = await call('markings.mark-passages', { case: caseId, document, passages, reason: isAccepted ? accepted : dismissed });
      if (isAboveVault) setFault(aboveVault(systemHigh?.banner));
      await refresh();
      toasts.show({ text: `${counted(marks.length, 'mark')} ${isAccepted ? 'accepted' : 'dismissed'}`, action: { text: 'Undo', keys: ['Z'], run: () => { void call('ops.undo', { case: caseId }).then(refresh); } } });
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const take = async (passage: PassageMark): Promise<void> => {
    try {
      await call('markings.unmark-passage', { case: caseId, document, passage: passage.passage });
      await refresh();
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  const open = (span: Span): void => useNavigation.getState().openDocument({ document, span: { start: span.start, end: span.end } });
  return (
    <Group>
      <GroupHead aside={data !== undefined && <Button size="sm" variant="ghost" onPress={() => setMarking(true)}>Mark</Button>}>Marking</GroupHead>
      {answer.isError && <Notice kind="danger" meaning={answer.error.message} action={<Button size="sm" onPress={() => { void answer.refetch(); }}>Try again</Button>}>The marking could not be read.</Notice>}
      {data !== undefined && <Standing marking={data} />}
      {fault !== null && <div className={css.strip}><Notice kind="danger" live="alert" action={<Button size="sm" onPress={() => setFault(null)}>Close</Button>}>{fault}</Notice></div>}
      {data !== undefined && data.found.length > 0 && <Found found={data.found} text={text} onOpen={open} onSettle={(marks, isAccepted) => { void settle(marks, isAccepted); }} />}
      {data !== undefined && data.passages.some(({ marking }) => marking !== null) && <Passages passages={data.passages} onOpen={open} onTake={(passage) => { void take(passage); }} />}
      {isMarking && data !== undefined && (
        <MarkDialog title="Mark the document" marking={data.own?.marking.banner ?? data.rollUp?.banner ?? data.marking.banner} within={null} onMark={mark} onClose={() => setMarking(false)}
          {...(data.own !== null && { onClear: { text: 'As its case again', run: (reason: string) => mark(null, reason) } })}>
          {data.rollUp === null ? 'It has no text whose marks could be rolled up.' : `Its passages roll up to ${data.rollUp.banner}. What is unmarked among them counts as the document, or else as the case.`}
        </MarkDialog>
      )}
    </Group>
  );
}

function aboveVault(banner: string | undefined): string {
  return `This vault may hold up to ${banner ?? 'less'}, and this is above it. It is marked, and sent nowhere that may not have it: tell whoever is responsible for this computer.`;
}

function Standing({ marking: { marking, own } }: { marking: DocumentMarking }): ReactElement {
  return (
    <div className={css.standing}>
      <Handling text={marking.banner} />
      <Text as="p" size="small" tone={3}>{own === null ? 'As its case: the document has no marking of its own.' : `${own.who}: ${visibleLine(own.reason)}`}</Text>
    </div>
  );
}

interface FoundProps {
  /** As much of the document's text as is loaded, from its beginning. */
  readonly text: string;
  readonly found: readonly FoundMarkView[];
  readonly onOpen: (span: Span) => void;
  readonly onSettle: (marks: readonly FoundMarkView[], isAccepted: boolean) => void;
}

/** What a mark speaks of: the beginning of its passage, or its page. */
function aboutWords(mark: FoundMarkView, text: string): string {
  if (mark.kind === 'banner') return mark.page === null ? 'banner line' : `banner, page ${mark.page}`;
  return visibleLine(text.slice(mark.markEnd, Math.min(mark.end, mark.markEnd + 120)).trim()) || 'portion';
}

function Found({ found, text, onOpen, onSettle }: FoundProps): ReactElement {
  const readable = found.filter(({ marking }) => marking !== null);
  return (
    <div className={css.block}>
      <Text as="p" size="small" tone={2}>{counted(found.length, 'mark')} in the text, not looked at yet. Until accepted, a mark can only raise the marking.</Text>
      <ul className={css.list}>
        {found.slice(0, mostListed).map((mark) => (
          <li key={`${mark.kind} ${mark.start}`} className={css.line}>
            <span className={css.what}>
              <LinkButton onPress={() => onOpen(mark)}>{mark.marking === null ? 'cannot be read' : mark.marking.portion}</LinkButton>{' '}
              <Text size="small" tone={3}>{mark.fault?.message ?? aboutWords(mark, text)}</Text>
            </span>
            {mark.marking !== null && <Button size="sm" onPress={() => onSettle([mark], true)} aria-label={`Accept ${mark.marking.portion}`}>Accept</Button>}
            <Button size="sm" variant="ghost" onPress={() => onSettle([mark], false)} aria-label="Dismiss this mark">Dismiss</Button>
          </li>
        ))}
      </ul>
      {found.length > mostListed && <Text as="p" size="small" tone={3}>and {count(found.length - mostListed)} more</Text>}
      {found.length > 1 && (
        <div className={css.all}>
          {readable.length > 1 && <Button size="sm" onPress={() => onSettle(readable, true)}>Accept all {count(readable.length)}</Button>}
          <Button size="sm" variant="ghost" onPress={() => onSettle(found, false)}>Dismiss all</Button>
        </div>
      )}
    </div>
  );
}

function Passages({ passages, onOpen, onTake }: { passages: readonly PassageMark[]; onOpen: (span: Span) => void; onTake: (passage: PassageMark) => void }): ReactElement {
  const marked = passages.filter(({ marking }) => marking !== null);
  return (
    <div className={css.block}>
      <Text as="p" size="small" tone={2}>{counted(marked.length, 'marked passage')}</Text>
      <ul className={css.list}>
        {marked.slice(0, mostListed).map((passage) => (
          <li key={passage.passage} className={css.line}>
            <span className={css.what}>
              <LinkButton onPress={() => onOpen(passage)}><Portion text={passage.marking?.portion ?? ''} /></LinkButton>{' '}
              <Text size="small" tone={3}>{passage.page === null ? visibleLine(passage.reason) : `page ${passage.page}`}{passage.isStale && ', of an earlier reading of the text'}</Text>
            </span>
            <Button size="sm" variant="ghost" onPress={() => onTake(passage)} aria-label={`Take ${passage.marking?.portion ?? ''} away`}>Take away</Button>
          </li>
        ))}
      </ul>
      {marked.length > mostListed && <Text as="p" size="small" tone={3}>and {count(marked.length - mostListed)} more</Text>}
    </div>
  );
}
