import type { BannerLevel } from './banner.tsx';
import { classNames } from './class-names.ts';
import css from './marking-chip.module.css';
import tones from './marking-tones.module.css';

/** A marking as it stands in a line: its words on its banner's colour. The words carry it and are shown as given. */
export function MarkingChip({ level, text }: { level: BannerLevel; text: string }) {
  return <span className={classNames(css.chip, tones[level])} title={text}><span className={css.words}>{text}</span></span>;
}
