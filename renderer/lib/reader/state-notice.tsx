import type { ReactElement } from 'react';
import type { DocumentDetail } from '../../../preload/contract/domains/documents.ts';
import { Notice } from '../../ui/index.ts';

/** Says why a document has no text or is held, and what can be done about it. Null for one that has text. */
export function StateNotice({ detail, hasPages }: { detail: DocumentDetail; hasPages: boolean }): ReactElement | null {
  const why = detail.reason?.sentence ?? 'No reason was recorded.';
  if (detail.state === 'quarantined') {
    return (
      <Notice kind="warn" meaning={`${why} The original is kept as it is. It can be coded and noted; the ingest view can try it again.`}>
        <b>This file is held in quarantine.</b>
      </Notice>
    );
  }
  if (detail.state !== 'no-text') return null;
  const meaning = hasPages
    ? 'Its pages can be read under Original. Search and citations do not reach it.'
    : 'It can be coded and noted. Search and citations do not reach it.';
  return <Notice kind="info" meaning={`${why} ${meaning}`}><b>This document has no text.</b></Notice>;
}
