import type { Wire } from './codec.ts';

/** A file that a test has said is on disk: what `webUtils.getPathForFile` answers for a File of that name and size. */
export interface GrantedFile {
  readonly name: string;
  readonly size: number;
  readonly path: string;
}

/** What travels about message ports in either direction; ids are minted by whoever hands the port over. */
export type PortFrame =
  | { readonly t: 'port-message'; readonly id: string; readonly data: Wire; readonly ports: readonly string[] }
  | { readonly t: 'port-close'; readonly id: string };

/** What the preload's world tells the main process. */
export type UpFrame =
  | PortFrame
  | { readonly t: 'boot'; readonly href: string }
  | { readonly t: 'preload-error'; readonly message: string; readonly stack: string }
  | { readonly t: 'window-open'; readonly url: string; readonly frameName: string; readonly features: string }
  | { readonly t: 'send'; readonly channel: string; readonly args: Wire }
  | { readonly t: 'invoke'; readonly id: number; readonly channel: string; readonly args: Wire }
  | { readonly t: 'post'; readonly channel: string; readonly message: Wire; readonly ports: readonly string[] };

/** What the main process tells the preload's world. */
export type DownFrame =
  | PortFrame
  | { readonly t: 'ack'; readonly pieces: number }
  | { readonly t: 'grants'; readonly files: readonly GrantedFile[] }
  | { readonly t: 'reply'; readonly id: number; readonly value: Wire }
  | { readonly t: 'reply'; readonly id: number; readonly error: string }
  | { readonly t: 'send'; readonly channel: string; readonly args: Wire; readonly ports: readonly string[] };

/**
 * Cuts a text into pieces that Chromium's pipe takes comfortably: every piece but the last starts with `+`, the last with `!`.
 * Chromium drops the pipe on one message of some 100 MB, and short pieces are faster anyway. No surrogate pair is cut in two.
 * Injected into pages by its source text.
 */
export function cutIntoPieces(text: string): string[] {
  const pieceLength = 1 << 20;
  const pieces: string[] = [];
  let start = 0;
  while (text.length - start > pieceLength) {
    let end = start + pieceLength;
    const last = text.charCodeAt(end - 1);
    if (last >= 0xd800 && last <= 0xdbff) end -= 1;
    pieces.push(`+${text.slice(start, end)}`);
    start = end;
  }
  pieces.push(`!${text.slice(start)}`);
  return pieces;
}
