import { Button as AriaButton } from 'react-aria-components/Button';
import Keyboard from 'lucide-react/icons/keyboard';
import Lock from 'lucide-react/icons/lock';
import Search from 'lucide-react/icons/search';
import type { CaseInfo } from '../../preload/contract/domains/cases.ts';
import { bridge } from '../lib/bridge.ts';
import { classNames, Icon, IconButton, KeyCaps } from '../ui/index.ts';
import { CaseSwitcher } from './case-switcher.tsx';
import { NetworkState } from './network-state.tsx';
import { lockNow } from './shell-commands.ts';
import { WindowButtons } from './window-buttons.tsx';
import css from './title-bar.module.css';

/** Props of TitleBar; without `isOpen` it names the program and shows only what works without an open vault. */
export interface TitleBarProps {
  isOpen?: boolean;
  caseInfo?: CaseInfo | undefined;
  onPalette?: () => void;
  onKeys?: () => void;
  onExport?: () => void;
}

/** The frameless window's own title bar: case, command box, network state, keys, lock, window buttons. */
export function TitleBar({ isOpen = false, caseInfo, onPalette, onKeys, onExport }: TitleBarProps) {
  const isMacWindow = bridge.platform === 'darwin';
  return (
    <header className={classNames(css.bar, isMacWindow && css.mac)}>
      <div className={css.start}>
        {isOpen ? <CaseSwitcher caseInfo={caseInfo} onExport={onExport} /> : <span className={css.product}>Redoubt</span>}
      </div>
      {isOpen
        ? (
          <AriaButton className={css.omni ?? ''} {...(onPalette && { onPress: onPalette })}>
            <Icon glyph={Search} size={14} />
            <span className={css.omniWords}>{caseInfo === undefined ? 'Run a command' : 'Search this case or run a command'}</span>
            <span className={css.omniKeys}><KeyCaps keys={['Ctrl', 'K']} isDecorative /></span>
          </AriaButton>
        )
        : <span />}
      <div className={css.end}>
        <NetworkState />
        {isOpen && <IconButton label="Keys" icon={Keyboard} keys={['?']} {...(onKeys && { onPress: onKeys })} />}
        {isOpen && <IconButton label="Lock" icon={Lock} keys={['Ctrl', 'L']} onPress={lockNow} />}
        {!isMacWindow && <WindowButtons />}
      </div>
    </header>
  );
}
