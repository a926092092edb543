import Eye from 'lucide-react/icons/eye';
import EyeOff from 'lucide-react/icons/eye-off';
import X from 'lucide-react/icons/x';
import { useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { WatchedFolder } from '../../../preload/contract/domains/ingest.ts';
import { bridge } from '../../lib/bridge.ts';
import { call } from '../../lib/client.ts';
import { clock } from '../../lib/format.ts';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { Button, Group, GroupHead, Icon, IconButton, Notice, Text } from '../../ui/index.ts';
import css from './watched-section.module.css';

/** What is said of a folder under its name. */
function watchWords({ state, lookedAt }: Pick<WatchedFolder, 'state' | 'lookedAt'>): string {
  if (state === 'absent') return 'not there now';
  if (state === 'taking-in') return 'taking in what changed';
  if (state === 'off') return 'not watched until the case is opened again';
  return lookedAt === null ? 'looking for the first time' : `looked at ${clock(lookedAt)}`;
}

/** The folders that are watched, at the foot of the list of jobs. Off until one is turned on here. */
export function WatchedSection({ caseId }: { readonly caseId: CaseId }) {
  const answer = useRoute('ingest.watched', { case: caseId });
  const [fault, setFault] = useState<string | null>(null);
  const run = (work: () => Promise<unknown>): void => {
    setFault(null);
    work().then(() => queryClient.invalidateQueries({ queryKey: ['ingest.watched'] }), (error: unknown) => setFault(error instanceof Error ? error.message : String(error)));
  };
  const choose = async (): Promise<void> => {
    const { paths } = await bridge.shell('files.choose', { what: 'folders' });
    for (const path of paths) await call('ingest.watch-folder', { case: caseId, path });
  };
  const folders = answer.data?.folders ?? [];
  return (
    <div className={css.section}>
      <Group>
        <GroupHead aside={<Button size="sm" variant="ghost" onPress={() => run(choose)}>Watch a folder</Button>}>Watched folders</GroupHead>
        {fault !== null && <Notice kind="danger" live="alert" action={<Button size="sm" onPress={() => setFault(null)}>Close</Button>}>{fault}</Notice>}
        {answer.isError && <Notice kind="danger" meaning={answer.error.message}>The watched folders could not be read.</Notice>}
        {answer.data !== undefined && folders.length === 0 && <Text as="p" size="small" tone={3}>None. What is put into a watched folder is taken in by itself while this case is open.</Text>}
        {folders.length > 0 && (
          <ul className={css.list}>
            {folders.map((folder) => (
              <li key={folder.watch} className={css.folder}>
                <Icon glyph={folder.state === 'absent' || folder.state === 'off' ? EyeOff : Eye} tone="quiet" />
                <span className={css.name} title={folder.path}>{folder.label}</span>
                <IconButton size="sm" label={`Stop watching ${folder.label}`} icon={X} onPress={() => run(() => call('ingest.unwatch-folder', { case: caseId, watch: folder.watch }))} />
                <span className={css.words}>{watchWords(folder)}</span>
              </li>
            ))}
          </ul>
        )}
      </Group>
    </div>
  );
}
