import type { AppError } from '../../base/errors.ts';

/** One message of a stream. */
export interface Frame {
  /** Its name, null where it has none; `error` for what the format itself calls one. */
  readonly event: string | null;
  readonly data: string;
  /** The error's code where it stands outside the data; null otherwise. */
  readonly code: string | null;
}

/** Takes a stream's bytes apart, however they are cut. */
export interface Framing {
  /** The frames that the bytes complete. */
  readonly feed: (bytes: Uint8Array) => Frame[];
  /** What the end of the stream completes; half a frame is dropped. */
  readonly end: () => Frame[];
  /** Why nothing can be read on, behind the frames that were given; null while it can. */
  readonly fault: () => AppError | null;
}
