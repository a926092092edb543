import { Button as AriaButton } from 'react-aria-components/Button';
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down';
import FolderLock from 'lucide-react/icons/folder-lock';
import FolderOutput from 'lucide-react/icons/folder-output';
import Folders from 'lucide-react/icons/folders';
import type { CaseInfo } from '../../preload/contract/domains/cases.ts';
import { openCaseInWindow, useAllCases } from '../lib/case-info.ts';
import { useNavigation } from '../lib/navigation.ts';
import { Icon, Menu, type MenuGroup } from '../ui/index.ts';
import css from './title-bar.module.css';

/** More than these are opened from the case list. */
const mostListed = 12;

/** The open case's name; opens a menu of the others and the way to the list of all. */
export function CaseSwitcher({ caseInfo, onExport }: { caseInfo: CaseInfo | undefined; onExport: (() => void) | undefined }) {
  const cases = useAllCases()?.filter((info) => !info.damaged && (!info.archived || info.case === caseInfo?.case)) ?? [];
  const openCase = useNavigation((state) => state.openCase);
  const goTo = useNavigation((state) => state.goTo);
  const showAll = (): void => {
    openCase(null);
    goTo('triage');
  };
  const groups: readonly MenuGroup[] = [
    {
      id: 'cases',
      heading: 'Cases',
      entries: cases.slice(0, mostListed).map((info) => ({
        id: info.case,
        text: info.name,
        icon: FolderLock,
        detail: info.marking.banner,
        isChecked: info.case === caseInfo?.case,
        run: () => { void openCaseInWindow(info.case); },
      })),
    },
    {
      id: 'ways',
      entries: [
        ...(caseInfo !== undefined && onExport !== undefined ? [{ id: 'export', text: 'Export this case', icon: FolderOutput, run: onExport }] : []),
        { id: 'all', text: 'All cases, new case', icon: Folders, run: showAll },
      ],
    },
  ];
  return (
    <Menu
      label="Cases"
      groups={groups.filter((group) => group.entries.length > 0)}
      trigger={(
        <AriaButton className={css.case ?? ''}>
          <Icon glyph={FolderLock} />
          <span className={css.caseName}>{caseInfo?.name ?? 'No case open'}</span>
          <Icon glyph={ChevronsUpDown} size={14} />
        </AriaButton>
      )}
    />
  );
}
