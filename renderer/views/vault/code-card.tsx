import Printer from 'lucide-react/icons/printer';
import Save from 'lucide-react/icons/save';
import { useState } from 'react';
import { createPortal } from 'react-dom';
import { bridge } from '../../lib/bridge.ts';
import { Button, Notice } from '../../ui/index.ts';
import { codeFile } from './recovery-code.ts';
import css from './vault.module.css';

/** Props of CodeCard; `marking` is how the code is to be handled. */
export interface CodeCardProps {
  readonly groups: readonly string[];
  readonly vaultName: string;
  readonly marking: string;
}

/** The recovery code, and the ways to keep it: on paper or in a file. */
export function CodeCard({ groups, vaultName, marking }: CodeCardProps) {
  const [said, setSaid] = useState<{ text: string; isFault: boolean } | null>(null);
  const keep = (done: Promise<string | null>): void => {
    setSaid(null);
    done.then(
      (text) => { if (text !== null) setSaid({ text, isFault: false }); },
      (error: unknown) => setSaid({ text: error instanceof Error ? error.message : String(error), isFault: true }),
    );
  };
  const print = (): void => keep(bridge.shell('page.print', {}).then(({ printed }) => (printed ? 'Sent to the printer.' : null)));
  const save = (): void => keep(
    bridge.shell('files.save-text', { suggestedName: 'redoubt-recovery-code.txt', text: codeFile(vaultName, groups, marking) })
      .then(({ saved }) => (saved ? 'Saved. Move the file away from this computer.' : null)),
  );
  return (
    <>
      <ol className={css.code}>
        {groups.map((group, index) => (
          <li key={index} className={css.codeGroup}><span className={css.codeNumber}>{index + 1}</span><span>{group}</span></li>
        ))}
      </ol>
      <div className={css.codeActions}>
        <Button icon={Printer} onPress={print}>Print</Button>
        <Button icon={Save} onPress={save}>Save to a file</Button>
        <p className={css.hint} role="status">{said !== null && !said.isFault ? said.text : `Shown once. Handle it as ${marking}.`}</p>
      </div>
      {said?.isFault === true && <Notice kind="danger" live="alert" meaning={said.text}>The code was not kept.</Notice>}
      {createPortal(<PrintSheet groups={groups} vaultName={vaultName} marking={marking} />, document.body)}
    </>
  );
}

function PrintSheet({ groups, vaultName, marking }: CodeCardProps) {
  return (
    <div className={css.sheet} aria-hidden="true">
      <p>{marking}</p>
      <p className={css.sheetTitle}>Redoubt recovery code</p>
      <p>Vault: {vaultName}</p>
      <div className={css.sheetGroups}>
        {groups.map((group, index) => <span key={index}>{index + 1} {group}</span>)}
      </div>
      <p>It opens the vault without the passphrase. Keep it apart from the computer.</p>
    </div>
  );
}
