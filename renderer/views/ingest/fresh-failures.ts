/** Keeps the tables of failures current while a job runs, at most once a second. */
import { useEffect, useRef } from 'react';
import type { IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { queryClient } from '../../lib/queries.ts';

const everyMs = 1000;

/** Reads failures and files anew when their numbers have grown. */
export function useFreshFailures({ counts }: IngestJob): void {
  const key = `${counts.noText}/${counts.quarantined}`;
  const seen = useRef(key);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (seen.current === key) return;
    seen.current = key;
    // A timer that runs already will see this growth too: a steady stream of failures must not put it off for ever.
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      for (const name of ['ingest.failures', 'ingest.items', 'ingest.held-members']) void queryClient.invalidateQueries({ queryKey: [name] });
    }, everyMs);
  }, [key]);
  useEffect(() => () => {
    clearTimeout(timer.current);
    timer.current = undefined;
  }, []);
}
