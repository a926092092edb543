import type { HostFrame } from './port-host.ts';

/** What travels between the main process and a utility process, both ways, over Node's child process channel. */
export type UtilityFrame =
  | HostFrame
  | { readonly t: 'message'; readonly data: unknown; readonly ports: readonly string[] };
