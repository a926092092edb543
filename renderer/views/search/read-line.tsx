import { Fragment, type ReactElement } from 'react';
import type { ReadPart } from '../../../preload/contract/domains/sets.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import { Chip, Swatch, Text } from '../../ui/index.ts';
import css from './read-line.module.css';
import { readPieces } from './read-as.ts';

/** How the engine read the query: each term with its highlight, each filter with its field, and what joins them. */
export function ReadLine({ parts }: { parts: readonly ReadPart[] }): ReactElement {
  return (
    <div className={css.line} role="group" aria-label="Read as">
      <Text size="small" tone={3}>Read as</Text>
      {readPieces(parts).map((piece, index) => (
        <Fragment key={index}>
          {piece.kind === 'word'
            ? <Text size="small" tone={2}>{piece.text}</Text>
            : (
              <Chip>
                {piece.group !== null && <Swatch group={piece.group} />}
                {piece.field !== null && <Text tone={3}>{piece.field}</Text>}
                {visibleLine(piece.text)}
              </Chip>
            )}
          {' '}
        </Fragment>
      ))}
    </div>
  );
}
