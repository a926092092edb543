import type { ReactElement } from 'react';
import { Header } from 'react-aria-components/Header';
import { Menu as AriaMenu, MenuItem, MenuSection, MenuTrigger } from 'react-aria-components/Menu';
import Check from 'lucide-react/icons/check';
import Ellipsis from 'lucide-react/icons/ellipsis';
import { IconButton } from './button.tsx';
import { classNames } from './class-names.ts';
import { type Glyph, Icon } from './icon.tsx';
import css from './menu.module.css';
import { FloatingSurface, type PopoverPlacement } from './popover.tsx';

/** One command of a menu. `isChecked` draws a tick, for commands that are on or off. */
export interface MenuEntry {
  id: string;
  text: string;
  icon?: Glyph | undefined;
  detail?: string | undefined;
  isChecked?: boolean | undefined;
  isDisabled?: boolean | undefined;
  run: () => void;
}

/** Commands that belong together, divided from the others by a line. */
export interface MenuGroup {
  id: string;
  heading?: string | undefined;
  entries: readonly MenuEntry[];
}

/** Props of Menu. */
export interface MenuProps {
  label: string;
  trigger: ReactElement;
  groups: readonly MenuGroup[];
  placement?: PopoverPlacement;
  onOpenChange?: (isOpen: boolean) => void;
}

/** Opens a list of commands from a button. Arrows and typing move, Enter runs, Escape closes and returns the focus. */
export function Menu({ label, trigger, groups, placement = 'bottom start', onOpenChange }: MenuProps) {
  return (
    <MenuTrigger {...(onOpenChange && { onOpenChange })}>
      {trigger}
      <FloatingSurface placement={placement}>
        <AriaMenu aria-label={label} className={classNames(css.menu)}>
          {/* Groups and entries share one space of keys in the library: without a prefix an entry named as its group hides the others. */}
          {groups.map((group) => (
            <MenuSection key={group.id} id={`group ${group.id}`} className={classNames(css.section)} aria-label={group.heading ?? label}>
              {group.heading && <Header className={classNames(css.heading)}>{group.heading}</Header>}
              {group.entries.map((entry) => <Entry key={entry.id} entry={entry} />)}
            </MenuSection>
          ))}
        </AriaMenu>
      </FloatingSurface>
    </MenuTrigger>
  );
}

function Entry({ entry }: { entry: MenuEntry }) {
  return (
    <MenuItem
      id={entry.id}
      textValue={entry.isChecked ? `${entry.text}, on` : entry.text}
      isDisabled={entry.isDisabled ?? false}
      onAction={entry.run}
      className={classNames(css.item)}
    >
      {entry.icon && <Icon glyph={entry.icon} />}
      <span>{entry.text}</span>
      {entry.detail && <span className={css.detail}>{entry.detail}</span>}
      <span className={css.end}>{entry.isChecked && <Icon glyph={Check} />}</span>
    </MenuItem>
  );
}

/** Props of MoreMenu. */
export interface MoreMenuProps {
  label: string;
  groups: readonly MenuGroup[];
  size?: 'sm' | 'md';
}

/** The three dots of a pane head: commands that have no room of their own. */
export function MoreMenu({ label, groups, size = 'md' }: MoreMenuProps) {
  return <Menu label={label} groups={groups} placement="bottom end" trigger={<IconButton label={label} icon={Ellipsis} size={size} />} />;
}
