import type { ReactElement } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import type { DocumentDetail } from '../../../preload/contract/domains/documents.ts';
import { Tip } from '../../ui/index.ts';
import { shortHash } from '../format.ts';
import { visibleLine } from '../visible-text.ts';
import { copyText } from './copy-text.ts';
import { originalLine } from './document-facts.ts';
import css from './document-header.module.css';

/** Where the text comes from: the original's type and size, its hash (pressing copies all of it), what read it, its other paths. */
export function DocumentOrigin({ detail }: { detail: DocumentDetail }): ReactElement {
  const { sha256, extractor, alsoAt } = detail;
  return (
    <footer className={css['origin']}>
      <span>{originalLine(detail)}</span>
      {sha256 !== null && (
        <Tip text="Copy the whole SHA-256" placement="top">
          <AriaButton className={css['hash'] ?? ''} aria-label={`SHA-256 ${shortHash(sha256)}, copy all of it`} onPress={() => copyText(sha256, 'SHA-256')}>
            SHA-256 {shortHash(sha256)}
          </AriaButton>
        </Tip>
      )}
      {extractor !== null && <span>Text by {extractor}</span>}
      {alsoAt.length > 0 && <span className={css['also']}>The same bytes are also at {alsoAt.map(visibleLine).join(', ')}</span>}
    </footer>
  );
}
