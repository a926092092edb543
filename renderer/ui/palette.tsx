import { Autocomplete } from 'react-aria-components/Autocomplete';
import { Dialog as AriaDialog } from 'react-aria-components/Dialog';
import { Header } from 'react-aria-components/Header';
import { Input } from 'react-aria-components/Input';
import { Menu, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { TextField } from 'react-aria-components/TextField';
import Search from 'lucide-react/icons/search';
import { classNames } from './class-names.ts';
import { ModalFrame } from './dialog.tsx';
import { type Glyph, Icon } from './icon.tsx';
import { type Chord, KeyCaps } from './kbd.tsx';
import css from './palette.module.css';
import { matchText, type TextPart } from './text-match.ts';

/** One thing that can be run or opened. */
export interface PaletteItem {
  id: string;
  icon: Glyph;
  text: string;
  keys?: Chord | undefined;
  /** Stands at the end, quieter: an identifier, a date. */
  detail?: string | undefined;
  run: () => void;
}

/** Items of one kind. */
export interface PaletteSection {
  id: string;
  heading: string;
  items: readonly PaletteItem[];
  /** True where the caller already chose these items for the query; others are kept when they hold all its words. */
  isMatched?: boolean | undefined;
  /** Says how many there are in the footer, such as "5 commands"; absent where it is not worth saying. */
  countText?: ((count: number) => string) | undefined;
}

/** Props of Palette. */
export interface PaletteProps {
  isOpen: boolean;
  onClose: () => void;
  query: string;
  onQueryChange: (query: string) => void;
  sections: readonly PaletteSection[];
  label?: string;
  placeholder?: string;
  /** Said when nothing is left. */
  emptyText?: string;
}

type Matched = PaletteItem & { parts: readonly TextPart[] };

/** Keeps the items that hold every word of the query, and marks the words; items matched by the caller are kept anyway. */
export function matchSections(sections: readonly PaletteSection[], query: string): (Omit<PaletteSection, 'items'> & { items: Matched[] })[] {
  return sections
    .map((section) => ({
      ...section,
      items: section.items.flatMap((item): Matched[] => {
        const parts = matchText(item.text, query) ?? (section.isMatched ? [{ text: item.text, isHit: false }] : null);
        return parts ? [{ ...item, parts }] : [];
      }),
    }))
    .filter((section) => section.items.length > 0);
}

/** Finds whatever has no key in reach: the field keeps the focus, arrows choose, Enter runs, Escape closes. */
export function Palette({
  isOpen, onClose, query, onQueryChange, sections, label = 'Command palette', placeholder = 'Command or document', emptyText = 'Nothing by that name',
}: PaletteProps) {
  const shown = matchSections(sections, query);
  const counts = shown.flatMap((section) => (section.countText ? [section.countText(section.items.length)] : []));
  return (
    <ModalFrame isOpen={isOpen} onClose={onClose} className={classNames(css.palette)}>
      <AriaDialog aria-label={label} className={classNames(css.inside)}>
        <Autocomplete inputValue={query} onInputChange={onQueryChange}>
          <TextField aria-label={placeholder} autoFocus className={classNames(css.field)}>
            <Icon glyph={Search} tone="quiet" />
            <Input className={classNames(css.input)} placeholder={placeholder} />
            <KeyCaps keys={['Esc']} isDecorative />
          </TextField>
          <Menu
            aria-label="Results"
            className={classNames(css.results)}
            renderEmptyState={() => <p className={css.empty}>{emptyText}</p>}
          >
            {shown.map((section) => (
              <MenuSection key={section.id} id={section.id}>
                <Header className={classNames(css.heading)}>{section.heading}</Header>
                {section.items.map((item) => (
                  <MenuItem
                    key={`${section.id}/${item.id}`}
                    id={`${section.id}/${item.id}`}
                    textValue={item.text}
                    className={classNames(css.item)}
                    onAction={() => { onClose(); item.run(); }}
                  >
                    <Icon glyph={item.icon} tone="quiet" />
                    <span className={css.text}>
                      {item.parts.map((part, index) => (part.isHit ? <b key={index}>{part.text}</b> : part.text))}
                    </span>
                    {item.detail && <span className={css.detail}>{item.detail}</span>}
                    {item.keys && <span className={css.keys}><KeyCaps keys={item.keys} isDecorative /></span>}
                  </MenuItem>
                ))}
              </MenuSection>
            ))}
          </Menu>
        </Autocomplete>
        <footer className={css.foot}>
          <span><KeyCaps keys={['ArrowUp', 'ArrowDown']} /> choose</span>
          <span><KeyCaps keys={['Enter']} /> run</span>
          <span className={css.counts} role="status">{counts.join(', ')}</span>
        </footer>
      </AriaDialog>
    </ModalFrame>
  );
}
