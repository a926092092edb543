import { useEffect, useState } from 'react';
import type { CaseInfo } from '../../preload/contract/domains/cases.ts';
import { useWatchedRuns } from '../lib/bulk-runs.ts';
import { useWatchedJobs } from '../lib/ingest-jobs.ts';
import { useNavigation } from '../lib/navigation.ts';
import { Button, Notice } from '../ui/index.ts';
import { CommandPalette } from './command-palette.tsx';
import { DropTarget } from './drop-target.tsx';
import { ExportCase } from './export-case.tsx';
import { KeyMap } from './key-map.tsx';
import { Rail } from './rail.tsx';
import { type ShellOverlay, useShellCommands } from './shell-commands.ts';
import { StatusBar } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import { preloadViews, ShownView } from './shown-view.tsx';
import { useWindowFault } from './window-fault.ts';
import css from './window-frame.module.css';

/** The window over an open vault: title bar, rail, the view, status bar, and what opens over them. */
export function OpenWindow({ caseInfo }: { caseInfo: CaseInfo | undefined }) {
  const [overlay, setOverlay] = useState<ShellOverlay | null>(null);
  const close = () => setOverlay(null);
  const fault = useWindowFault((state) => state.fault);
  useShellCommands(setOverlay);
  useEffect(preloadViews, []);
  return (
    <div className={css.open}>
      <TitleBar caseInfo={caseInfo} onPalette={() => setOverlay('palette')} onKeys={() => setOverlay('keys')} onExport={() => setOverlay('export')} isOpen />
      <Rail />
      <main className={css.stage}>
        {fault !== null && (
          <Notice
            kind="danger"
            live="alert"
            meaning={fault.meaning}
            action={<Button size="sm" onPress={() => useWindowFault.setState({ fault: null })}>Dismiss</Button>}
          >
            {fault.text}
          </Notice>
        )}
        <div className={css.view}><ShownView /></div>
        <DropTarget caseName={caseInfo?.name} />
      </main>
      <StatusBar />
      <JobWatch />
      <CommandPalette isOpen={overlay === 'palette'} onClose={close} />
      <KeyMap isOpen={overlay === 'keys'} onClose={close} />
      {overlay === 'export' && caseInfo !== undefined && <ExportCase caseInfo={caseInfo} onClose={close} />}
    </div>
  );
}

/** Keeps the jobs of the open case current. A component of its own, so that ten changes a second draw only who reads them. */
function JobWatch() {
  useWatchedJobs(useNavigation((state) => state.case));
  useWatchedRuns(useNavigation((state) => state.case));
  return null;
}
