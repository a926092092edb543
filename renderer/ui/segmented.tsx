import { ToggleButton } from 'react-aria-components/ToggleButton';
import { ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { classNames } from './class-names.ts';
import { type Glyph, Icon } from './icon.tsx';
import css from './segmented.module.css';

/** One segment. */
export interface Segment<Id extends string> {
  id: Id;
  text: string;
  icon?: Glyph | undefined;
  isDisabled?: boolean | undefined;
}

/** Props of Segmented. One segment is always chosen. */
export interface SegmentedProps<Id extends string> {
  label: string;
  segments: readonly Segment<Id>[];
  value: Id;
  onChange: (id: Id) => void;
}

/** Switches between two to four ways of showing the same thing. */
export function Segmented<Id extends string>({ label, segments, value, onChange }: SegmentedProps<Id>) {
  const choose = (keys: Iterable<unknown>) => {
    const [key] = keys;
    const chosen = segments.find((segment) => segment.id === key);
    if (chosen) onChange(chosen.id);
  };
  return (
    <ToggleButtonGroup
      aria-label={label}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={choose}
      className={classNames(css.group)}
    >
      {segments.map((segment) => (
        <ToggleButton key={segment.id} id={segment.id} isDisabled={segment.isDisabled ?? false} className={classNames(css.segment)}>
          {segment.icon && <Icon glyph={segment.icon} size={14} />}{segment.text}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
  );
}
