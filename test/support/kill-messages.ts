/** What the process that is to be killed tells: each action before it is asked for, and again once its call has answered. */
import type { AnnotationId, CaseId, ConversationId, DocumentId, JobId, TurnId, Verdict } from '../../preload/contract/domains/basics.ts';

/** One thing that a person does. */
export type Deed =
  | { readonly do: 'code'; readonly document: DocumentId; readonly verdict: Verdict | null }
  | { readonly do: 'note'; readonly document: DocumentId; readonly text: string }
  | { readonly do: 'annotate'; readonly document: DocumentId; readonly note: string }
  | { readonly do: 'ask'; readonly question: string }
  | { readonly do: 'ingest'; readonly folder: string };

/** What the answer named. */
export interface Done {
  readonly annotation?: AnnotationId;
  readonly conversation?: ConversationId;
  readonly turn?: TurnId;
  readonly job?: JobId;
}

export type FromVictim =
  | { readonly t: 'ready'; readonly case: CaseId }
  | { readonly t: 'tries'; readonly deed: Deed }
  | { readonly t: 'done'; readonly deed: Deed; readonly done: Done }
  /** A job said that so many of its files are committed. */
  | { readonly t: 'committed'; readonly job: JobId; readonly files: number }
  | { readonly t: 'failed'; readonly message: string };

/** The first argument of the process, as JSON. */
export interface VictimOrder {
  readonly vaultFolder: string;
  readonly case: CaseId;
  /** Folders that may be ingested, one after another. */
  readonly folders: readonly string[];
  readonly seed: number;
}
