import { AppError } from '../../base/errors.ts';
import type { FaultTarget } from '../server-fault.ts';

/** The longest frame of a stream, in characters or bytes. */
export const longestFrame = 4 * 1024 * 1024;

/** For a frame that is longer than any answer's. */
export function tooLong({ name }: FaultTarget): AppError {
  return new AppError('endpoint.not-a-model', `${name} sent a piece of an answer that is too long to be one.`, { data: { endpoint: name } });
}
