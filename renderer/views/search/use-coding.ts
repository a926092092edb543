/** Coding from the results: one call, durable when it answers. */
import { useCallback, useRef, useState } from 'react';
import type { CaseId, DocumentId, Verdict } from '../../../preload/contract/domains/basics.ts';
import { call } from '../../lib/client.ts';
import { verdictName } from '../../lib/document-words.ts';

/** What the last coding came to. */
export interface Coding {
  /** Codes and says whether it is kept. A second call while one runs is left out. */
  readonly code: (document: DocumentId, verdict: Verdict) => Promise<boolean>;
  /** For a screen reader: "Coded Relevant". */
  readonly said: string;
  /** Why the last coding was not kept; null when it was. */
  readonly failure: Error | null;
  readonly clearFailure: () => void;
}

/** Codes documents of a case. */
export function useCoding(caseId: CaseId): Coding {
  const [said, setSaid] = useState('');
  const [failure, setFailure] = useState<Error | null>(null);
  const isBusy = useRef(false);
  const code = useCallback(async (document: DocumentId, verdict: Verdict): Promise<boolean> => {
    if (isBusy.current) return false;
    isBusy.current = true;
    try {
      await call('coding.set', { case: caseId, document, verdict });
      setFailure(null);
      setSaid(`Coded ${verdictName(verdict)}`);
      return true;
    } catch (error) {
      setSaid('');
      setFailure(error instanceof Error ? error : new Error(String(error)));
      return false;
    } finally {
      isBusy.current = false;
    }
  }, [caseId]);
  const clearFailure = useCallback(() => setFailure(null), []);
  return { code, said, failure, clearFailure };
}
