import { useState } from 'react';
import RotateCw from 'lucide-react/icons/rotate-cw';
import { bridge } from '../../lib/bridge.ts';
import { EngineError } from '../../lib/client.ts';
import { clock } from '../../lib/format.ts';
import { queryClient } from '../../lib/queries.ts';
import { Button, Notice } from '../../ui/index.ts';
import { OtherVaultButton } from './other-vault.tsx';
import css from './vault.module.css';

type TroubleProps = { readonly kind: 'given-up'; readonly at: number } | { readonly kind: 'fault'; readonly error: Error };

/** What is in the way of the vault, what it means, and what can be done: an engine that does not stay up, or a vault that cannot be read. */
export function Trouble(props: TroubleProps) {
  const [fault, setFault] = useState<string | null>(null);
  const isGivenUp = props.kind === 'given-up';
  const restart = (): void => {
    setFault(null);
    bridge.shell('engine.restart', {}).catch((error: unknown) => setFault(error instanceof Error ? error.message : String(error)));
  };
  const again = (): void => { void queryClient.invalidateQueries({ queryKey: ['vault.status'] }); };
  return (
    <div className={css.stage}>
      <div className={css.lock}>
        <h1 className={css.title}>{isGivenUp ? 'The engine does not stay up' : 'This vault cannot be opened'}</h1>
        <p className={css.lead}>
          {isGivenUp
            ? `It stopped four times within a minute, last at ${clock(props.at)} UTC, and is left alone now. Nothing acknowledged is lost. Restarting it opens the lock screen.`
            : 'Nothing in its folder was changed.'}
        </p>
        {props.kind === 'fault' && (
          <Notice kind="danger" live="alert" meaning={props.error instanceof EngineError ? `(${props.error.code})` : undefined}>{props.error.message}</Notice>
        )}
        {fault !== null && <Notice kind="danger" live="alert" meaning={fault}>The engine was not restarted.</Notice>}
        <div className={css.actions}>
          {isGivenUp
            ? <Button variant="primary" size="xl" icon={RotateCw} autoFocus onPress={restart}>Restart the engine</Button>
            : <Button variant="primary" size="xl" icon={RotateCw} autoFocus onPress={again}>Look again</Button>}
          <OtherVaultButton onFault={setFault} />
        </div>
      </div>
    </div>
  );
}
