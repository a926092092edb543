import ShieldCheck from 'lucide-react/icons/shield-check';
import { useEffect, useRef, useState } from 'react';
import type { Output, Progress } from '../../../preload/contract/routes.ts';
import { call } from '../../lib/client.ts';
import { clock, count, counted } from '../../lib/format.ts';
import { Button, DataTable, Notice, ProgressLine } from '../../ui/index.ts';
import { Section } from './section.tsx';
import css from './settings.module.css';

type Check =
  | { readonly kind: 'running'; readonly progress: Progress<'vault.verify'> | null }
  | { readonly kind: 'answer'; readonly at: number; readonly answer: Output<'vault.verify'> }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'fault'; readonly text: string };

type Column = 'code' | 'where';
const columns: readonly { id: Column; heading: string; width: string; isMono: boolean }[] = [
  { id: 'code', heading: 'Problem', width: 'minmax(0, 1fr)', isMono: true },
  { id: 'where', heading: 'Where', width: 'minmax(0, 1.4fr)', isMono: true },
];

/** Checks the whole vault: slots, databases, blobs, projections and audit chains. */
export function VerifySection() {
  const [check, setCheck] = useState<Check | null>(null);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(new Error('The settings were left.')), []);
  const verify = (): void => {
    const controller = new AbortController();
    running.current = controller;
    setCheck({ kind: 'running', progress: null });
    call('vault.verify', {}, { signal: controller.signal, onProgress: (progress) => setCheck({ kind: 'running', progress }) }).then(
      (answer) => setCheck({ kind: 'answer', at: Date.now(), answer }),
      (error: unknown) => setCheck(controller.signal.aborted ? { kind: 'stopped' } : { kind: 'fault', text: error instanceof Error ? error.message : String(error) }),
    );
  };
  return (
    <Section title="Verify the vault" lead="Reads everything back: key slots, databases, every original, the tables against the decisions they come from, and every audit chain. Nothing is changed.">
      {check?.kind === 'running'
        ? <Running progress={check.progress} onStop={() => running.current?.abort(new Error('Stopped by the person.'))} />
        : <div><Button icon={ShieldCheck} onPress={verify}>Verify now</Button></div>}
      {check?.kind === 'stopped' && <p className={css.quiet} role="status">Stopped before the end. Nothing is known of the rest.</p>}
      {check?.kind === 'fault' && <Notice kind="danger" live="alert" meaning={check.text}>The vault was not verified.</Notice>}
      {check?.kind === 'answer' && check.answer.ok && <Notice kind="ok" live="status" meaning={`Checked at ${clock(check.at)} UTC.`}>The vault is whole.</Notice>}
      {check?.kind === 'answer' && !check.answer.ok && (
        <>
          <Notice kind="danger" live="alert" meaning="Keep the folder as it is and restore what is named from a backup. What is not named can be used.">
            {counted(check.answer.problems.length, 'problem')} found.
          </Notice>
          <DataTable
            label="Problems"
            layout="flow"
            columns={columns}
            count={check.answer.problems.length}
            renderCell={(index, column) => {
              const problem = check.answer.problems[index];
              return problem === undefined ? null : column === 'code' ? problem.code : <span title={problem.where}>{problem.where}</span>;
            }}
          />
        </>
      )}
    </Section>
  );
}

function Running({ progress, onStop }: { progress: Progress<'vault.verify'> | null; onStop: () => void }) {
  const numbers = progress === null ? '' : progress.total === null ? `${count(progress.done)} ${progress.unit}` : `${count(progress.done)} / ${count(progress.total)} ${progress.unit}`;
  return (
    <ProgressLine
      label="Verifying"
      done={progress?.done ?? 0}
      total={progress?.total ?? null}
      valueText={numbers === '' ? 'starting' : numbers}
      text={progress === null ? 'Starting' : `${progress.phase} · ${numbers}`}
      action={<Button size="sm" variant="ghost" onPress={onStop}>Stop</Button>}
    />
  );
}
