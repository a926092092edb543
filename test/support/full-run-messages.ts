/** What a whole run through the engine is asked to do, and what it tells. */

/** The first argument of the process, as JSON. */
export interface FullRunOrder {
  readonly vaultFolder: string;
  /** Folder to bring in. */
  readonly dump: string;
  /** Where the case is exported to, or null for no export: it is plain by its purpose. */
  readonly exportFolder: string | null;
  readonly passphrase: string;
  readonly caseName: string;
  readonly question: string;
  readonly note: string;
  readonly annotation: string;
  /** A model endpoint with the ceiling UNCLASSIFIED to ask as well, also from a case above it. */
  readonly endpoint: { readonly baseUrl: string; readonly questionAbove: string } | null;
  /** Rows of text to put in and sort after the run, 0 for none. */
  readonly sortRows: number;
}

export type FromFullRun =
  /** Everything was done and the vault is open; goes on when it is told anything. */
  | { readonly t: 'open'; readonly documents: number; readonly citations: number; readonly modelAnswer: string | null; readonly refusedWith: string | null }
  /** The vault is closed. `attempts` is what socket-hook.ts saw, when it was preloaded. */
  | { readonly t: 'closed'; readonly attempts: readonly string[]; readonly spilled: readonly string[] }
  | { readonly t: 'failed'; readonly message: string };
