import { Meter } from 'react-aria-components/Meter';
import { classNames } from './class-names.ts';
import css from './strength.module.css';

/** Props of Strength. `score` 0 to 4 fills as many segments. */
export interface StrengthProps {
  score: 0 | 1 | 2 | 3 | 4;
  /** The score in a word, such as "Strong". */
  word: string;
  /** More about it, such as the bits. */
  detail?: string | undefined;
}

/** How hard a passphrase is to guess: four segments and a word, so that colour is never alone. */
export function Strength({ score, word, detail }: StrengthProps) {
  const tone = score >= 3 ? css.ok : score === 2 ? css.warn : css.danger;
  return (
    <Meter
      aria-label="Strength"
      value={score}
      minValue={0}
      maxValue={4}
      valueLabel={detail ? `${word}, ${detail}` : word}
      className={classNames(css.strength)}
    >
      {[1, 2, 3, 4].map((segment) => (
        <span key={segment} className={classNames(css.segment, segment <= score && css.on, segment <= score && tone)} />
      ))}
      <span className={css.words}><b>{word}</b>{detail && `, ${detail}`}</span>
    </Meter>
  );
}
