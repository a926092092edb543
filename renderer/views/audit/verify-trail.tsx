import ShieldCheck from 'lucide-react/icons/shield-check';
import { useState } from 'react';
import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { Output } from '../../../preload/contract/routes.ts';
import { call } from '../../lib/client.ts';
import { clock, count } from '../../lib/format.ts';
import { Button, Dialog, Notice } from '../../ui/index.ts';
import css from './audit.module.css';

/** Props of VerifyTrail; `chains` gives the case of a bad record its name. */
export interface VerifyTrailProps {
  readonly chains: readonly { readonly id: CaseId | null; readonly name: string }[];
}

type Result = { readonly kind: 'running' } | { readonly kind: 'answer'; readonly at: number; readonly answer: Output<'audit.verify'> } | { readonly kind: 'fault'; readonly text: string };

/** Checks every chain of the vault and says what was found. */
export function VerifyTrail({ chains }: VerifyTrailProps) {
  const [result, setResult] = useState<Result | null>(null);
  const verify = (): void => {
    setResult({ kind: 'running' });
    call('audit.verify', {}).then(
      (answer) => setResult({ kind: 'answer', at: Date.now(), answer }),
      (error: unknown) => setResult({ kind: 'fault', text: error instanceof Error ? error.message : String(error) }),
    );
  };
  const close = (): void => setResult(null);
  return (
    <>
      <Button size="sm" icon={ShieldCheck} onPress={verify}>Verify all chains</Button>
      <Dialog isOpen={result !== null} onClose={close} title="Audit trail" size="sm" footer={<Button size="lg" onPress={close}>Close</Button>}>
        <div className={css.result}>
          {result?.kind === 'running' && <p role="status">Recomputing the hash of every record, of the vault and of every case.</p>}
          {result?.kind === 'fault' && <Notice kind="danger" live="alert" meaning={result.text}>The trail was not verified.</Notice>}
          {result?.kind === 'answer' && <Answer answer={result.answer} at={result.at} chains={chains} />}
        </div>
      </Dialog>
    </>
  );
}

function Answer({ answer, at, chains }: VerifyTrailProps & { answer: Output<'audit.verify'>; at: number }) {
  const { firstBad } = answer;
  if (firstBad === null) {
    return (
      <Notice kind="ok" live="status" meaning={`Nothing was removed, changed or put in another order. Checked at ${clock(at)} UTC.`}>
        All {count(answer.records)} records fit.
      </Notice>
    );
  }
  const chain = chains.find((entry) => entry.id === firstBad.case)?.name ?? 'a case that is not in the list';
  return (
    <Notice kind="danger" live="alert" meaning={`Why: ${firstBad.why} Keep the vault as it is and compare it with a backup.`}>
      Record {count(firstBad.record)} of {chain} does not fit.
    </Notice>
  );
}
