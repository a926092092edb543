/** The work pane's groups: what a decision can reach, near-duplicates, and the thread in its order. */
import { type ReactElement, useMemo, useState } from 'react';
import type { CaseId, DocumentId, MarkingView, Verdict } from '../../../preload/contract/domains/basics.ts';
import type { GroupMember, NearMember, ThreadMember } from '../../../preload/contract/domains/groups.ts';
import { type Command, useCommands } from '../../lib/commands.ts';
import { verdictGlyph, verdictName } from '../../lib/document-words.ts';
import { count, counted, day } from '../../lib/format.ts';
import { useNavigation } from '../../lib/navigation.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { useRoute } from '../../lib/queries.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Button, Checkbox, Group, GroupHead, Icon, Portion, Text, VisuallyHidden } from '../../ui/index.ts';
import css from './groups-section.module.css';
import { ThreadDialog } from './thread-dialog.tsx';
import { turnTogether, useTogether } from './together.ts';

/** Members that are listed; the search box has the rest. */
const mostNear = 6;
const mostThread = 12;

/** Props of GroupsSection. */
export interface GroupsSectionProps {
  readonly case: CaseId;
  readonly document: DocumentId;
  /** Codes the document with its whole thread. */
  readonly onCodeThread: (verdict: Verdict) => void;
}

/** 94%: rounded down, so that only the same text is 100% alike. */
export function percentAlike(similarity: number): string {
  return `${Math.floor(100 * similarity)}%`;
}

/** What the document belongs to. Draws nothing for one that stands alone. */
export function GroupsSection({ case: caseId, document, onCodeThread }: GroupsSectionProps): ReactElement | null {
  const { data } = useRoute('groups.of', { case: caseId, document });
  const chosen = useTogether((state) => (state.document === document ? state.kinds : none));
  const near = data?.near ?? null;
  const thread = data?.thread ?? null;
  const family = data?.family ?? 0;
  useCommands(useMemo((): readonly Command[] => [
    { id: 'coding.with-family', name: 'Code with the family', group: 'Coding', keys: ['F'], enabled: family > 0, run: () => turnTogether(document, 'family') },
    { id: 'coding.with-near', name: 'Code with near-duplicates', group: 'Coding', keys: ['G'], enabled: near !== null, run: () => turnTogether(document, 'near') },
  ], [document, family, near]));
  return (
    <>
      {(family > 0 || near !== null) && (
        <Group>
          <GroupHead>Code together with</GroupHead>
          {family > 0 && <Checkbox isSelected={chosen.includes('family')} onChange={() => turnTogether(document, 'family')} detail={counted(family, 'other document')} keys={['F']}>Family</Checkbox>}
          {near !== null && <Checkbox isSelected={chosen.includes('near')} onChange={() => turnTogether(document, 'near')} detail={`${count(near.total - 1)}, ${percentAlike(near.least)} or more`} keys={['G']}>Near-duplicates</Checkbox>}
        </Group>
      )}
      {near !== null && <NearList members={near.members.filter((member) => member.document !== document)} total={near.total - 1} />}
      {thread !== null && <ThreadList caseId={caseId} document={document} members={thread.members} total={thread.total} onCode={onCodeThread} />}
    </>
  );
}

const none: readonly never[] = [];

function NearList({ members, total }: { readonly members: readonly NearMember[]; readonly total: number }): ReactElement {
  const shown = members.slice(0, mostNear);
  return (
    <Group>
      <GroupHead aside={total > shown.length ? `${count(shown.length)} of ${count(total)}` : undefined}>Near-duplicates</GroupHead>
      <Members members={shown} current={null} noteOf={({ similarity }) => (similarity === 1 ? 'first' : percentAlike(similarity))} />
    </Group>
  );
}

function ThreadList({ caseId, document, members, total, onCode }: { readonly caseId: CaseId; readonly document: DocumentId; readonly members: readonly ThreadMember[]; readonly total: number; readonly onCode: (verdict: Verdict) => void }): ReactElement {
  const [isAsking, setAsking] = useState(false);
  const at = members.findIndex((member) => member.document === document);
  const first = Math.max(0, Math.min(at - 4, members.length - mostThread));
  const shown = members.slice(first, first + mostThread);
  return (
    <Group>
      <GroupHead aside={<Button size="sm" variant="ghost" onPress={() => setAsking(true)}>Code the thread</Button>}>Thread</GroupHead>
      <Text as="p" size="small" tone={3}>{at < 0 ? counted(total, 'message') : `Message ${count(at + 1)} of ${count(total)}`}</Text>
      <Members members={shown} current={document} noteOf={({ addsNothingTo }) => (addsNothingTo === null ? '' : `in ${count(addsNothingTo)}`)} spokenOf={({ addsNothingTo }) => (addsNothingTo === null ? '' : `, adds nothing to document ${addsNothingTo}`)} isQuiet={({ addsNothingTo }) => addsNothingTo !== null} />
      {isAsking && <ThreadDialog caseId={caseId} total={total} coded={members.filter(({ verdict }) => verdict !== null).length} onCode={onCode} onClose={() => setAsking(false)} />}
    </Group>
  );
}

interface MembersProps<T extends GroupMember> {
  readonly members: readonly T[];
  readonly current: DocumentId | null;
  readonly noteOf: (member: T) => string;
  readonly spokenOf?: (member: T) => string;
  readonly isQuiet?: (member: T) => boolean;
}

/** Documents of a group, each a button that opens it. */
function Members<T extends GroupMember>({ members, current, noteOf, spokenOf, isQuiet }: MembersProps<T>): ReactElement {
  useOnScreen(useMemo(() => members.map(({ marking, portion, tone }): MarkingView => ({ marking, banner: marking, portion, tone })), [members]));
  const open = useNavigation((state) => state.openDocument);
  return (
    <ul className={css.members}>
      {members.map((member) => {
        const isCurrent = member.document === current;
        return (
          <li key={member.document}>
            <button type="button" className={css.member} aria-current={isCurrent || undefined} data-quiet={isQuiet?.(member) === true || undefined} onClick={() => open({ document: member.document, span: null })}>
              <Icon glyph={verdictGlyph(member.verdict)} tone={member.verdict === null ? 'quiet' : undefined} /><VisuallyHidden>{verdictName(member.verdict)}</VisuallyHidden>
              <span className={css.title}>{visibleLine(member.title)}</span>
              <span className={css.note} title={spokenOf === undefined ? undefined : spokenOf(member).slice(2)}>{noteOf(member)}{spokenOf !== undefined && <VisuallyHidden>{spokenOf(member)}</VisuallyHidden>}</span>
              <span className={css.detail}>{[visibleLine(member.by), member.date === null ? '' : day(member.date), count(member.number)].filter((part) => part !== '').join(' · ')}</span>
              <span className={css.portion}><Portion text={member.portion} /></span>
            </button>
          </li>
        );
      })}
    </ul>
  );
}
