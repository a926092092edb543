import type { ErrorCode, WireError } from '../../preload/contract/errors.ts';

/** Facts about a failure that may be shown and logged: ids, numbers, codes; never document text, prompts, keys or absolute paths. */
export type ErrorData = Readonly<Record<string, unknown>>;

/** A failure that callers may branch on by `code`. `message` is a sentence for a person and holds no content. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, options: { data?: ErrorData; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.data = options.data ?? {};
  }
}

/** True for an AppError with one of the codes, or for any AppError when none is given. */
export function isAppError(error: unknown, ...codes: readonly ErrorCode[]): error is AppError {
  return error instanceof AppError && (codes.length === 0 || codes.includes(error.code));
}

/** The failure as it crosses the bridge. Anything that is not an AppError becomes `bridge.internal` without its message, which may hold content. */
export function toWireError(error: unknown): WireError {
  if (error instanceof AppError) return { code: error.code, message: error.message, data: error.data };
  return { code: 'bridge.internal', message: 'Something inside the engine failed. Nothing acknowledged is lost.', data: { kind: error instanceof Error ? error.name : typeof error } };
}

/** Throws for a state that cannot happen. */
export function bug(message: string): never {
  throw new Error(`bug: ${message}`);
}
