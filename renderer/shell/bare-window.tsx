import Lock from 'lucide-react/icons/lock';
import ShieldOff from 'lucide-react/icons/shield-off';
import { Icon } from '../ui/index.ts';
import { VaultView } from '../views/vault/index.tsx';
import { StatusBarFrame, UtcMinute } from './status-bar.tsx';
import { TitleBar } from './title-bar.tsx';
import css from './window-frame.module.css';

/** The window without an open vault: first run, lock screen, or what is wrong with the vault or its engine. */
export function BareWindow({ isSettingUp }: { isSettingUp: boolean }) {
  return (
    <div className={css.bare}>
      <TitleBar />
      <main className={css.stage}><VaultView /></main>
      <StatusBarFrame end={<UtcMinute />}>
        <span>
          <Icon glyph={isSettingUp ? ShieldOff : Lock} size={14} />
          {isSettingUp ? 'No vault yet, nothing is kept' : 'Locked, nothing is decrypted'}
        </span>
      </StatusBarFrame>
    </div>
  );
}
