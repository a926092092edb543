import FilePlus from 'lucide-react/icons/file-plus';
import FolderInput from 'lucide-react/icons/folder-input';
import { chooseAndAdd, useAddFiles } from '../../lib/add-files.ts';
import { useOpenCase } from '../../lib/case-info.ts';
import { useOnScreen } from '../../lib/on-screen.ts';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { Button, EmptyState, Notice, Pane, PaneHead, PaneTitle, Skeleton } from '../../ui/index.ts';
import css from './ingest.module.css';

const nothing: readonly never[] = [];

/** The middle of the view while the case has no job: how to add files and what can be read. */
export function NothingPane({ isLoading, error }: { isLoading: boolean; error: Error | null }) {
  const formats = useRoute('ingest.formats', {}).data?.formats ?? [];
  const held = useOpenCase()?.marking.banner;
  const fault = useAddFiles((state) => state.fault);
  useOnScreen(isLoading ? null : nothing);
  return (
    <Pane label="Job" tone="document">
      <PaneHead><PaneTitle level={1}>Ingest</PaneTitle></PaneHead>
      {fault !== null && <Notice kind="danger" live="alert" meaning={fault}>Nothing was added.</Notice>}
      {error !== null && (
        <Notice
          kind="danger"
          live="alert"
          meaning={error.message}
          action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: ['ingest.jobs'] }); }}>Try again</Button>}
        >
          The jobs of this case could not be read.
        </Notice>
      )}
      {isLoading && error === null && <div className={css.loading}><Skeleton label="Reading the jobs of this case" /></div>}
      {!isLoading && (
        <EmptyState
          title="Nothing brought in yet"
          headingLevel={2}
          actions={(
            <>
              <Button variant="primary" size="lg" icon={FolderInput} keys={['Ctrl', 'O']} onPress={() => { void chooseAndAdd('folders'); }}>Add a folder</Button>
              <Button size="lg" icon={FilePlus} onPress={() => { void chooseAndAdd('files'); }}>Add files</Button>
            </>
          )}
        >
          Drop folders or files anywhere in this window. They are copied into the encrypted case; the originals stay where they are and are not
          changed.
          <p className={css.formats}>
            {formats.length > 0 && `Read today: ${formats.join(', ')}. `}
            {held !== undefined && `Files without a marking of their own are held as ${held}.`}
          </p>
        </EmptyState>
      )}
    </Pane>
  );
}
