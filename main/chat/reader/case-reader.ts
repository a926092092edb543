import { createQueryThread } from '../../search/index.ts';
import type { OpenOptions } from '../../store/reader.ts';
import { threadEntry } from '../../work/index.ts';
import type { CheckedSentence, ScopedDocument } from '../check/index.ts';
import type { CaseReading } from './case-reading.ts';
import type { Leaning } from './question.ts';
import { wholeCase, type ReadingScope } from './read-case.ts';
import type { ReaderRequests } from './requests.ts';

export interface ReadOptions {
  /** Sentences at most. */
  readonly limit: number;
  /** Also sentences that only touch the question: passages for a model, which judges for itself. */
  readonly isLoose?: boolean;
  /** Absent reads the whole case. */
  readonly scope?: ReadingScope;
  /** What the question leans on; absent where it stands alone. */
  readonly leaning?: Leaning;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, total: number) => void;
}

/** Reads a case for a question, on a thread of its own. The owner closes it. */
export interface CaseReader {
  /** Rejects with the signal's reason, bridge.internal when the thread died, or bridge.closed. */
  readonly read: (question: string, options: ReadOptions) => Promise<CaseReading>;
  /** Checks sentences against the case, or against the documents of a scope, in order. Rejects as \`read\` does. */
  readonly check: (sentences: readonly string[], options: { readonly scope: readonly ScopedDocument[] | null; readonly signal?: AbortSignal; readonly onProgress?: (done: number, total: number) => void }) => Promise<CheckedSentence[]>;
  readonly close: () => Promise<void>;
}

/** Sentences sent in one request: what is not checked in its turn is sent again. */
const sentencesAtOnce = 64;

/** A reader over a case's database. The thread starts with the first question. */
export function createCaseReader({ readerOptions }: { readonly readerOptions: OpenOptions }): CaseReader {
  const thread = createQueryThread<ReaderRequests>({ entry: threadEntry(import.meta.url, './reader.worker.ts'), readerOptions, name: 'reader' });
  return {
    read: (question, { limit, isLoose, scope = wholeCase, leaning, signal, onProgress }) => thread.ask('read', { question, limit, isLoose, scope, leaning }, { signal, onProgress: ({ done, total }) => onProgress?.(done, total) }),
    check: async (sentences, { scope, signal, onProgress }) => {
      const checked: CheckedSentence[] = [];
      while (checked.length < sentences.length) {
        checked.push(...await thread.ask('check', { sentences: sentences.slice(checked.length, checked.length + sentencesAtOnce), scope }, { signal }));
        onProgress?.(checked.length, sentences.length);
      }
      return checked;
    },
    close: () => thread.close(),
  };
}
