import FilePlus from 'lucide-react/icons/file-plus';
import { percent, size } from '../../lib/format.ts';
import { queryClient, useRoute } from '../../lib/queries.ts';
import { Button, Notice, ProgressLine, Skeleton } from '../../ui/index.ts';
import { chooseModelFile, stopAddingModel, useModelAdding } from './model-adding.ts';
import { ModelEntry } from './model-entry.tsx';
import { Section } from './section.tsx';
import css from './settings.module.css';

/** The model files of this vault: what an endpoint on this laptop runs, without a network. */
export function ModelsSection() {
  const answer = useRoute('models.list', {});
  const { isRunning, fault, added } = useModelAdding();
  const models = answer.data?.models ?? [];
  return (
    <Section
      title="Models on this laptop"
      lead="A GGUF file is copied into the vault folder, unencrypted, for a model says nothing of a case. It runs in a process of its own that has no network and no key, and it is compared with its SHA-256 before each start. Redoubt downloads none."
    >
      {answer.isPending && <Skeleton label="Reading the models" lines={[70, 50]} />}
      {answer.error !== null && (
        <Notice
          kind="danger"
          live="alert"
          meaning={answer.error.message}
          action={<Button size="sm" onPress={() => { void queryClient.invalidateQueries({ queryKey: ['models.list'] }); }}>Try again</Button>}
        >
          The models could not be read.
        </Notice>
      )}
      {answer.data !== undefined && models.length === 0 && <p className={css.quiet}>None yet. The built-in reader answers without one.</p>}
      {models.length > 0 && <ul className={css.entries}>{models.map((model) => <ModelEntry key={model.model} info={model} />)}</ul>}
      {isRunning ? <Adding /> : <div><Button icon={FilePlus} onPress={() => { void chooseModelFile(); }}>Add a model file</Button></div>}
      {fault !== null && <Notice kind="danger" live="alert" meaning={fault}>The model was not added.</Notice>}
      {added !== null && models.some(({ model }) => model === added.model) && <Notice kind="ok" live="status" meaning={added.kind === 'chat' ? 'Use it as an endpoint to ask it.' : 'Use it as an endpoint to search by meaning with it.'}>{added.name} was checked and can be used.</Notice>}
    </Section>
  );
}

function Adding() {
  const progress = useModelAdding((state) => state.progress);
  const isLoading = progress?.phase === 'loading';
  const numbers = progress === null ? 'starting' : isLoading ? 'checking that it loads' : `${size(progress.done)} of ${size(progress.total)}`;
  return (
    <ProgressLine
      label="Adding a model file"
      done={progress?.done ?? 0}
      total={progress === null || isLoading ? null : progress.total}
      valueText={numbers}
      text={progress === null ? 'Looking at the file' : isLoading ? 'Checking that it loads: every weight is read once' : `Copying · ${numbers} · ${percent(progress.done, progress.total)}`}
      action={<Button size="sm" variant="ghost" onPress={stopAddingModel}>Stop</Button>}
    />
  );
}
