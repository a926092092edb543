import Archive from 'lucide-react/icons/archive';
import ArchiveRestore from 'lucide-react/icons/archive-restore';
import FolderLock from 'lucide-react/icons/folder-lock';
import FolderOpen from 'lucide-react/icons/folder-open';
import ShieldHalf from 'lucide-react/icons/shield-half';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import Pencil from 'lucide-react/icons/pencil';
import { useState } from 'react';
import type { CaseInfo } from '../../../preload/contract/domains/cases.ts';
import { call } from '../../lib/client.ts';
import { count, day } from '../../lib/format.ts';
import { queryClient } from '../../lib/queries.ts';
import { toasts } from '../../lib/toasts.ts';
import { Icon, LinkButton, MoreMenu, Notice } from '../../ui/index.ts';
import css from './cases.module.css';

/** Props of CaseTable. */
export interface CaseTableProps {
  readonly cases: readonly CaseInfo[];
  readonly onOpen: (info: CaseInfo) => void;
  readonly onRename: (info: CaseInfo) => void;
  readonly onMark: (info: CaseInfo) => void;
}

/** One row for each case; the name opens it, the menu at the end does the rest. A damaged one is only named. */
export function CaseTable({ cases, onOpen, onRename, onMark }: CaseTableProps) {
  const [fault, setFault] = useState<string | null>(null);
  const archive = async (info: CaseInfo, archived: boolean): Promise<void> => {
    setFault(null);
    try {
      await call('cases.archive', { case: info.case, archived });
      await queryClient.invalidateQueries({ queryKey: ['cases.list'] });
      toasts.show({
        text: archived ? `${info.name} archived: it can be read, not changed` : `${info.name} is no longer archived`,
        action: { text: 'Undo', run: () => { void archive(info, !archived); } },
      });
    } catch (error) {
      setFault(error instanceof Error ? error.message : String(error));
    }
  };
  return (
    <>
      {fault !== null && <Notice kind="danger" live="alert" meaning={fault}>The case was not archived or taken back.</Notice>}
      <table className={css.table}>
        <thead>
          <tr><th scope="col">Name</th><th scope="col">Marking</th><th scope="col" className={css.end}>Documents</th><th scope="col" className={css.end}>Created</th><th scope="col" className={css.end}>Actions</th></tr>
        </thead>
        <tbody>
          {cases.map((info) => (
            <tr key={info.case}>
              <th scope="row">
                <span className={css.name}>
                  {info.damaged ? <Icon glyph={TriangleAlert} tone="danger" /> : <Icon glyph={info.archived ? Archive : FolderLock} tone="quiet" />}
                  {info.damaged ? <span>{info.name}</span> : <LinkButton onPress={() => onOpen(info)}>{info.name}</LinkButton>}
                  {info.damaged && <span className={css.damaged}>damaged: its database cannot be read</span>}
                  {info.archived && <span className={css.quiet}>archived</span>}
                </span>
              </th>
              <td>{info.marking.banner}</td>
              <td className={css.end}>{info.damaged ? 'not known' : count(info.documents)}</td>
              <td className={css.end}>{day(info.createdAt)}</td>
              <td className={css.end}>
                {!info.damaged && <MoreMenu
                  label={`More about ${info.name}`}
                  size="sm"
                  groups={[{
                    id: 'case',
                    entries: [
                      { id: 'open', text: 'Open', icon: FolderOpen, run: () => onOpen(info) },
                      { id: 'rename', text: 'Rename', icon: Pencil, run: () => onRename(info) },
                      ...(info.archived ? [] : [{ id: 'mark', text: 'Mark', icon: ShieldHalf, run: () => onMark(info) }]),
                      info.archived
                        ? { id: 'restore', text: 'Take out of the archive', icon: ArchiveRestore, run: () => { void archive(info, false); } }
                        : { id: 'archive', text: 'Archive', icon: Archive, run: () => { void archive(info, true); } },
                    ],
                  }]}
                />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}
