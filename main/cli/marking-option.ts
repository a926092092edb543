import type { Marking } from '../../preload/contract/domains/basics.ts';
import { UsageError } from './options.ts';
import { CallFailure, type Session } from './session.ts';

/** The marking that an option's text says. Throws UsageError with the place and the rule. */
export async function readMarkingOption(session: Session, option: string, text: string): Promise<Marking> {
  try {
    return (await session.call('markings.read', { text })).canonical;
  } catch (error) {
    if (!(error instanceof CallFailure) || error.error.code !== 'policy.bad-marking') throw error;
    throw new UsageError(`--${option}, character ${Number(error.error.data?.['at'] ?? 0) + 1}: ${error.error.message}`);
  }
}
