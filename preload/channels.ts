/** What the preload and the shell call each other by. Free of zod: the preload bundles this file. */
export const channels = {
  /** Window to shell, answered: a call of contract/shell.ts. */
  shell: 'redoubt:shell',
  /** Window to shell: an engine port, please. */
  requestPort: 'redoubt:request-port',
  /** Shell to window, with one port. */
  enginePort: 'redoubt:engine-port',
  /** Shell to window: EngineNews. */
  engineNews: 'redoubt:engine-news',
  /** Shell to window: whether it is maximised. */
  maximised: 'redoubt:maximised',
} as const;

/** The shell's answer to a call. `message` is a sentence that is safe to show. */
export type ShellReply = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly message: string };
