import { useEffect, useRef, useState } from 'react';
import type { CaseInfo } from '../../preload/contract/domains/cases.ts';
import type { Progress } from '../../preload/contract/routes.ts';
import { bridge } from '../lib/bridge.ts';
import { call, isEngineError } from '../lib/client.ts';
import { count, counted, duration } from '../lib/format.ts';
import { Button, Dialog, Handling, Notice, ProgressBar, Text } from '../ui/index.ts';
import css from './export-case.module.css';

type Stage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'running'; readonly tookMs: number; readonly progress: Progress<'cases.export'> | null }
  | { readonly kind: 'done'; readonly files: number; readonly folder: string }
  | { readonly kind: 'stopped'; readonly folder: string }
  /** `folder`: where something may have been written; null when nothing was. */
  | { readonly kind: 'failed'; readonly why: string; readonly folder: string | null };

/** Writes the open case to a folder, readable without Redoubt. Said first: what leaves the vault is not encrypted any more. */
export function ExportCase({ caseInfo, onClose }: { caseInfo: CaseInfo; onClose: () => void }) {
  const [stage, setStage] = useState<Stage>({ kind: 'ready' });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(new DOMException('The window went on.', 'AbortError')), []);

  const write = async (): Promise<void> => {
    const { path: folder } = await bridge.shell('files.choose-save-folder', {});
    if (folder === null) return;
    const controller = new AbortController();
    running.current = controller;
    const began = performance.now();
    setStage({ kind: 'running', tookMs: 0, progress: null });
    try {
      const { files } = await call('cases.export', { case: caseInfo.case, folder }, { signal: controller.signal, onProgress: (progress) => setStage({ kind: 'running', tookMs: performance.now() - began, progress }) });
      setStage({ kind: 'done', files, folder });
    } catch (error) {
      const isUntouched = isEngineError(error, 'case.folder-not-empty') || isEngineError(error, 'case.path-is-vault');
      if (controller.signal.aborted) setStage({ kind: 'stopped', folder });
      else setStage({ kind: 'failed', why: error instanceof Error ? error.message : String(error), folder: isUntouched ? null : folder });
    }
  };
  const start = (): void => {
    write().catch((error: unknown) => setStage({ kind: 'failed', why: error instanceof Error ? error.message : String(error), folder: null }));
  };
  const isRunning = stage.kind === 'running';
  return (
    <Dialog isOpen onClose={onClose} title="Export case" aside={caseInfo.name} isBusy={isRunning} footer={(
      <>
        {isRunning && <Button size="lg" autoFocus onPress={() => running.current?.abort(new DOMException('Stopped.', 'AbortError'))}>Stop</Button>}
        {stage.kind === 'done' && <Button size="lg" variant="primary" autoFocus onPress={onClose}>Close</Button>}
        {!isRunning && stage.kind !== 'done' && (
          <>
            <Button size="lg" variant="ghost" onPress={onClose}>{stage.kind === 'ready' ? 'Cancel' : 'Close'}</Button>
            <Button size="lg" variant="primary" autoFocus={stage.kind !== 'ready'} onPress={start}>{stage.kind === 'ready' ? 'Choose a folder' : 'Choose another folder'}</Button>
          </>
        )}
      </>
    )}>
      <div className={css.body}>
        <p>Originals, texts, codes, notes, annotations, questions with their answers, every decision and the audit trail are written to an empty folder, readable without Redoubt.</p>
        <Notice kind="warn" meaning="Anyone who can read the folder can read the case. The audit trail says that it was exported. Locking the vault ends an export that is still running.">
          <b>What is written is not encrypted.</b> It is marked <Handling text={caseInfo.marking.banner} />.
        </Notice>
        <Outcome stage={stage} />
      </div>
    </Dialog>
  );
}

function Outcome({ stage }: { stage: Stage }) {
  switch (stage.kind) {
    case 'ready': return null;
    case 'running': return <Running tookMs={stage.tookMs} progress={stage.progress} />;
    case 'done': return <Notice kind="ok" live="status" meaning={stage.folder}><b>{counted(stage.files, 'file')} written.</b></Notice>;
    case 'stopped': return <Notice kind="warn" live="status" meaning={leftBehind(stage.folder)}><b>The export was stopped.</b></Notice>;
    case 'failed': return <Notice kind="danger" live="alert" meaning={stage.folder === null ? `${stage.why} Nothing was written.` : `${stage.why} ${leftBehind(stage.folder)}`}><b>{stage.folder === null ? 'The case was not exported.' : 'The case was exported in part.'}</b></Notice>;
  }
}

const leftBehind = (folder: string): string => `What was written until then is still there, not encrypted: ${folder}`;

function Running({ tookMs, progress }: { tookMs: number; progress: Progress<'cases.export'> | null }) {
  const done = progress?.done ?? 0;
  const total = progress?.total ?? null;
  const rate = done / (tookMs / 1000);
  const words = [
    total === null ? 'Beginning' : `${count(done)} of ${count(total)}`,
    ...(done > 0 ? [`${count(Math.round(rate))}/s`] : []),
    ...(total !== null && done > 0 ? [`${duration((total - done) / rate * 1000)} left`] : []),
  ].join(' · ');
  return (
    <div className={css.running}>
      <ProgressBar label="Documents written" done={done} total={total} valueText={words} />
      <Text size="small" tone={2} isNumeric>{words}</Text>
    </div>
  );
}
