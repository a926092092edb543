import css from './banner.module.css';
import tones from './marking-tones.module.css';
import { classNames } from './class-names.ts';

/** Which of the banner's colours a marking takes; none is the grey of a window that shows nothing. */
export type BannerLevel = 'u' | 'cui' | 'c' | 's' | 'ts' | 'ts-sci' | 'none';

/** One half of a banner. The words carry the marking and are shown as given; the level only colours them. */
export interface BannerHalf {
  level: BannerLevel;
  text: string;
  /** A word after the marking, such as "Exercise". */
  note?: string | undefined;
}

/** Props of Banner. */
export interface BannerProps {
  position: 'top' | 'bottom';
  /** The vault's ceiling. */
  systemHigh: BannerHalf;
  /** The roll-up of every portion now visible. */
  onScreen: BannerHalf;
}

/**
 * The classification banner at an edge of the window, 22 px. It is above everything, and an open dialog does not hide it
 * from assistive technology: react-aria leaves what carries its top-layer attribute alone.
 */
export function Banner({ position, systemHigh, onScreen }: BannerProps) {
  return (
    <div className={css.banner} role="region" aria-label={`Classification, ${position}`} data-react-aria-top-layer="true">
      <Half caption="System high" half={systemHigh} />
      <Half caption="On screen" half={onScreen} />
    </div>
  );
}

function Half({ caption, half }: { caption: string; half: BannerHalf }) {
  return (
    <div className={classNames(css.half, tones[half.level])}>
      <span className={css.aside}>{caption}</span>
      {' '}<span className={css.marking} title={half.text}>{half.text}</span>
      {half.note && <>{' '}<span className={css.aside}>{half.note}</span></>}
    </div>
  );
}
