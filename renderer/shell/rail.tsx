import { Button as AriaButton } from 'react-aria-components/Button';
import FolderInput from 'lucide-react/icons/folder-input';
import Layers from 'lucide-react/icons/layers';
import Highlighter from 'lucide-react/icons/highlighter';
import ListChecks from 'lucide-react/icons/list-checks';
import MessagesSquare from 'lucide-react/icons/messages-square';
import ScrollText from 'lucide-react/icons/scroll-text';
import Search from 'lucide-react/icons/search';
import Settings2 from 'lucide-react/icons/settings-2';
import { useRuns } from '../lib/bulk-runs.ts';
import { useJobs } from '../lib/ingest-jobs.ts';
import { useNavigation, type View } from '../lib/navigation.ts';
import { type Chord, type Glyph, Icon, Tip, VisuallyHidden } from '../ui/index.ts';
import css from './rail.module.css';

interface RailEntry {
  readonly view: View;
  readonly name: string;
  readonly icon: Glyph;
  readonly keys?: Chord;
}

const upper: readonly RailEntry[] = [
  { view: 'triage', name: 'Triage', icon: ListChecks, keys: ['Ctrl', '1'] },
  { view: 'search', name: 'Search', icon: Search, keys: ['Ctrl', '2'] },
  { view: 'chat', name: 'Chat', icon: MessagesSquare, keys: ['Ctrl', '3'] },
  { view: 'annotate', name: 'Annotate', icon: Highlighter, keys: ['Ctrl', '4'] },
  { view: 'ingest', name: 'Ingest', icon: FolderInput, keys: ['Ctrl', '6'] },
  { view: 'bulk', name: 'Bulk', icon: Layers, keys: ['Ctrl', '7'] },
];
const lower: readonly RailEntry[] = [
  { view: 'audit', name: 'Audit', icon: ScrollText },
  { view: 'settings', name: 'Settings', icon: Settings2, keys: ['Ctrl', ','] },
];

/** The views at the left edge. A dot on ingest or bulk: a job runs. */
export function Rail() {
  const isRunning = useJobs(useNavigation((state) => state.case))?.some((job) => job.state === 'running') === true;
  const isAsking = useRuns(useNavigation((state) => state.case))?.some((run) => run.state === 'running') === true;
  return (
    <nav className={css.rail} aria-label="Views">
      {upper.map((entry) => <Entry key={entry.view} entry={entry} hasDot={(entry.view === 'ingest' && isRunning) || (entry.view === 'bulk' && isAsking)} />)}
      <span className={css.gap} />
      {lower.map((entry) => <Entry key={entry.view} entry={entry} hasDot={false} />)}
    </nav>
  );
}

function Entry({ entry, hasDot }: { entry: RailEntry; hasDot: boolean }) {
  const view = useNavigation((state) => state.view);
  const goTo = useNavigation((state) => state.goTo);
  const caseId = useNavigation((state) => state.case);
  // Without a case the list of cases stands in for the views that need one.
  const isShown = view === entry.view && (caseId !== null || view === 'audit' || view === 'settings');
  return (
    <Tip text={entry.name} keys={entry.keys} placement="right">
      <AriaButton
        className={css.entry ?? ''}
        onPress={() => goTo(entry.view)}
        {...(isShown && { 'aria-current': 'page' as const })}
      >
        <Icon glyph={entry.icon} size={20} />
        <VisuallyHidden>{entry.name}{hasDot && ', a job runs'}</VisuallyHidden>
        {hasDot && <span className={css.dot} aria-hidden="true" />}
      </AriaButton>
    </Tip>
  );
}
