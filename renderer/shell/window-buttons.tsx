import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import Copy from 'lucide-react/icons/copy';
import Minus from 'lucide-react/icons/minus';
import Square from 'lucide-react/icons/square';
import X from 'lucide-react/icons/x';
import { bridge } from '../lib/bridge.ts';
import { classNames, type Glyph, Icon } from '../ui/index.ts';
import { reportFault } from './window-fault.ts';
import css from './title-bar.module.css';

/** Minimise, maximise or restore, close: for systems whose frame would lie over the banner. */
export function WindowButtons() {
  const [isMaximised, setMaximised] = useState(false);
  useEffect(() => bridge.onMaximised(setMaximised), []);
  return (
    <div className={css.buttons}>
      <WindowButton label="Minimise" icon={Minus} size={14} run={() => bridge.shell('window.minimise', {})} />
      <WindowButton
        label={isMaximised ? 'Restore' : 'Maximise'}
        icon={isMaximised ? Copy : Square}
        size={12}
        run={() => bridge.shell('window.toggle-maximise', {}).then(({ maximised }) => setMaximised(maximised))}
      />
      <WindowButton label="Close" icon={X} size={14} run={() => bridge.shell('window.close', {})} isClose />
    </div>
  );
}

interface WindowButtonProps {
  readonly label: string;
  readonly icon: Glyph;
  readonly size: 12 | 14;
  readonly run: () => Promise<unknown>;
  readonly isClose?: boolean;
}

function WindowButton({ label, icon, size, run, isClose = false }: WindowButtonProps) {
  return (
    <AriaButton
      className={classNames(css.windowButton, isClose && css.closeButton)}
      aria-label={label}
      onPress={() => { run().catch((error: unknown) => reportFault(`${label} did not work.`, error)); }}
    >
      <Icon glyph={icon} size={size} />
    </AriaButton>
  );
}
