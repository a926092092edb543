import { bridge } from '../../lib/bridge.ts';
import { Button } from '../../ui/index.ts';

/** Asks for another vault folder; the shell then starts the engine on it. `onFault` hears why it did not. */
export function OtherVaultButton({ onFault, children = 'Other vault' }: { onFault: (fault: string) => void; children?: string }) {
  const choose = (): void => {
    bridge.shell('vault.choose', {}).catch((error: unknown) => onFault(error instanceof Error ? error.message : String(error)));
  };
  return <Button variant="ghost" onPress={choose}>{children}</Button>;
}
