import type { ReactElement } from 'react';
import type { Label } from '../../../preload/contract/domains/annotations.ts';
import { Chip, KeyCaps, LabelTag, PaneSub } from '../../ui/index.ts';
import { slotOf } from './annotation-marks.ts';
import css from './label-bar.module.css';

/** Props of LabelBar. `current` is the label of the selected annotation, else the pen. */
export interface LabelBarProps {
  labels: readonly Label[];
  current: string | null;
  onLabel: (label: string) => void;
}

/** The labels of the case with their keys. */
export function LabelBar({ labels, current, onLabel }: LabelBarProps): ReactElement {
  return (
    <PaneSub label="Labels">
      <div className={css.bar}>
        {labels.map((label) => (
          <Chip key={label.label} variant="plain" isPressed={label.label === current} onPress={() => onLabel(label.label)}>
            <KeyCaps keys={[String(label.slot)]} isDecorative /> <LabelTag kind={slotOf(label)} text={label.tag} /> <span className={css.name}>{label.name}</span>
          </Chip>
        ))}
      </div>
    </PaneSub>
  );
}
