import { createWorkerThread, threadEntry } from '../work/index.ts';
import { joinParts } from './find-personal-data.ts';
import type { Hidden } from './hide.ts';
import { partsOf } from './parts.ts';
import type { PersonalDataRequests } from './requests.ts';
import type { Span } from './span.ts';

/**
 * Looks for personal data on a thread of its own, which starts with the first call: some thousand words take a tenth of a second. Every call
 * rejects with the signal's reason, with bridge.internal when the thread died at it, or with bridge.closed: who was to send the texts then
 * does not. The owner closes it.
 */
export interface PersonalData {
  /** As findPersonalData. Other calls have their turn between the parts of a long text. */
  readonly find: (text: string, signal: AbortSignal) => Promise<Span[]>;
  /** Whether each text holds personal data. */
  readonly tell: (texts: readonly string[], signal: AbortSignal) => Promise<boolean[]>;
  /** As hidePersonalData. */
  readonly hide: (texts: readonly string[], signal: AbortSignal) => Promise<Hidden>;
  readonly close: () => Promise<void>;
}

/** Prepares the thread. `entry` is its program, for tests of one that dies. */
export function createPersonalData(entry = threadEntry(import.meta.url, './personal-data.worker.ts')): PersonalData {
  const thread = createWorkerThread<PersonalDataRequests>({
    entry, name: 'personal-data', given: null,
    sentences: { died: 'Personal data could not be looked for. Nothing was sent.', closed: 'The vault was locked before personal data was looked for. Nothing was sent.' },
  });
  return {
    find: async (text, signal) => {
      const join = joinParts();
      for (const { start, end } of partsOf(text)) join.add(start, await thread.ask('find', text.slice(start, end), { signal }));
      return join.spans;
    },
    tell: (texts, signal) => thread.ask('tell', texts, { signal }),
    hide: (texts, signal) => thread.ask('hide', texts, { signal }),
    close: () => thread.close(),
  };
}
