import Plus from 'lucide-react/icons/plus';
import { useState } from 'react';
import type { CaseInfo } from '../../../preload/contract/domains/cases.ts';
import { useAddFiles } from '../../lib/add-files.ts';
import { openCaseInWindow, useAllCases, useCaseFault } from '../../lib/case-info.ts';
import { count } from '../../lib/format.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { Button, EmptyState, Notice, Pane, PaneBody, PaneHead, PaneTitle, Skeleton, Spacer, Switch } from '../../ui/index.ts';
import { CaseTable } from './case-table.tsx';
import { CreateCaseDialog } from './create-case-dialog.tsx';
import { MarkCaseDialog } from './mark-case-dialog.tsx';
import { RenameCaseDialog } from './rename-case-dialog.tsx';
import css from './cases.module.css';

type Asked = { readonly kind: 'create' } | { readonly kind: 'rename' | 'mark'; readonly info: CaseInfo } | null;

/** The vault's cases, while none is open in this window: create, open, rename, archive. */
export function CasesView() {
  const all = useAllCases();
  const { error } = useRoute('cases.list', { archived: false });
  const [isArchivedShown, setArchivedShown] = useState(false);
  const [asked, setAsked] = useState<Asked>(null);
  const openFault = useCaseFault((state) => state.fault);
  const addFault = useAddFiles((state) => state.fault);
  const shown = (all ?? []).filter((info) => isArchivedShown || !info.archived);
  const archivedCount = (all ?? []).filter((info) => info.archived).length;
  useOnScreen(shown.map((info) => info.marking));
  const create = (): void => setAsked({ kind: 'create' });
  return (
    <Pane label="Cases" tone="document">
      <PaneHead>
        <PaneTitle level={1}>Cases</PaneTitle>
        {all !== undefined && <span className={css.count}>{count(shown.length)}</span>}
        <Spacer />
        {archivedCount > 0 && <Switch isSelected={isArchivedShown} onChange={setArchivedShown}>Show {count(archivedCount)} archived</Switch>}
        {shown.length > 0 && <Button size="sm" variant="primary" icon={Plus} onPress={create}>New case</Button>}
      </PaneHead>
      <PaneBody>
        {openFault !== null && <Notice kind="danger" live="alert" meaning={openFault}>The case was not opened.</Notice>}
        {addFault !== null && (
          <Notice kind="warn" live="alert" action={<Button size="sm" onPress={() => useAddFiles.setState({ fault: null })}>Dismiss</Button>}>{addFault}</Notice>
        )}
        {error !== null && (
          <Notice
            kind="danger"
            live="alert"
            meaning={error.message}
            action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: ['cases.list'] }); }}>Try again</Button>}
          >
            The list of cases could not be read.
          </Notice>
        )}
        {all === undefined && error === null && <div className={css.loading}><Skeleton label="Reading the list of cases" /></div>}
        {all !== undefined && shown.length === 0 && (
          <EmptyState title="No case yet" headingLevel={2} actions={<Button variant="primary" size="lg" icon={Plus} onPress={create}>New case</Button>}>
            A case holds one piece of work: its documents, decisions, questions and notes, encrypted under a key of its own.
            {archivedCount > 0 && ' The archived ones can be shown above.'}
          </EmptyState>
        )}
        {shown.length > 0 && (
          <CaseTable cases={shown} onOpen={(info) => { void openCaseInWindow(info.case); }} onRename={(info) => setAsked({ kind: 'rename', info })} onMark={(info) => setAsked({ kind: 'mark', info })} />
        )}
      </PaneBody>
      <CreateCaseDialog isOpen={asked?.kind === 'create'} onClose={() => setAsked(null)} />
      {asked?.kind === 'mark' && <MarkCaseDialog info={asked.info} onClose={() => setAsked(null)} />}
      {asked?.kind === 'rename' && <RenameCaseDialog info={asked.info} onClose={() => setAsked(null)} />}
    </Pane>
  );
}
