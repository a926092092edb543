import { useState } from 'react';
import type { ShellSettings } from '../../../preload/contract/shell.ts';
import { counted } from '../../lib/format.ts';
import { changeShellSettings, useShellSettings } from '../../lib/shell-settings.ts';
import { Notice, Segmented, Select, Skeleton, Switch } from '../../ui/index.ts';
import { Section } from './section.tsx';
import css from './settings.module.css';

const themes = [{ id: 'system', text: 'As the system' }, { id: 'light', text: 'Light' }, { id: 'dark', text: 'Dark' }] as const;
const idleChoices = [1, 2, 5, 10, 15, 30, 60] as const;

/** Theme, single keys and the time to the lock. They take effect at once. */
export function WindowSection() {
  const settings = useShellSettings((state) => state.settings);
  const [fault, setFault] = useState<string | null>(null);
  const change = (part: Partial<ShellSettings>): void => {
    setFault(null);
    changeShellSettings(part).catch((error: unknown) => setFault(error instanceof Error ? error.message : String(error)));
  };
  if (settings === null) return <Section title="This computer"><Skeleton label="Reading the settings" /></Section>;
  const minutes = [...new Set([...idleChoices, settings.idleMinutes])].sort((a, b) => a - b);
  return (
    <Section title="This computer" lead="Kept on this computer, outside the vault.">
      {fault !== null && <Notice kind="danger" live="alert" meaning={fault}>The setting was not kept.</Notice>}
      <div className={css.line}>
        <span>Theme</span>
        <Segmented label="Theme" segments={themes} value={settings.theme} onChange={(theme) => change({ theme })} />
      </div>
      <Switch
        isSelected={settings.singleKeys}
        onChange={(singleKeys) => change({ singleKeys })}
        detail="J, K, R and the others, while no field has the focus. Keys with Ctrl always work."
      >
        Single keys
      </Switch>
      <div className={css.field}>
        <Select
          label="Lock after"
          options={minutes.map((number) => ({ id: String(number), text: `${counted(number, 'minute')} without a key or pointer` }))}
          value={String(settings.idleMinutes)}
          onChange={(id) => change({ idleMinutes: Number(id) })}
          hint="The vault also locks when the computer sleeps and when its screen is locked. Ctrl L locks at once."
        />
      </div>
    </Section>
  );
}
