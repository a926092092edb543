import type { StateReason } from '../../../preload/contract/domains/basics.ts';
import { isAppError } from '../../base/errors.ts';
import type { ModelClient, ModelFault, ModelRequest, ModelUsage } from '../../models/index.ts';
import type { Cleared } from '../../policy/index.ts';
import { gaveWay } from './lanes.ts';

/** How asking an endpoint went. */
export type Asked =
  | { readonly kind: 'text'; readonly text: string; readonly usage: ModelUsage }
  /** The server's limits, or a failure that another try may cure; `lasting` is one that no try will cure before a person acts. */
  | { readonly kind: 'overloaded' | 'failed' | 'lasting'; readonly reason: StateReason; readonly askedMs: number | null }
  /** This request's own fault: the next one may go well. */
  | { readonly kind: 'refused'; readonly reason: StateReason; readonly usage: ModelUsage }
  | { readonly kind: 'gave-way' };

const unknownUsage: ModelUsage = { promptTokens: null, completionTokens: null };

/** Puts a fault into its kind. */
export function classify({ code, message, data }: Pick<ModelFault, 'code' | 'message' | 'data'>): Asked {
  const reason: StateReason = { code, sentence: message };
  const askedMs = typeof data['retryAfterMs'] === 'number' ? data['retryAfterMs'] : null;
  switch (code) {
    case 'endpoint.rate-limited': return { kind: data['isQuota'] === true ? 'lasting' : 'overloaded', reason, askedMs };
    case 'endpoint.timed-out': return { kind: 'overloaded', reason, askedMs };
    case 'endpoint.server-failed': return { kind: data['status'] === 503 || data['status'] === 529 ? 'overloaded' : 'failed', reason, askedMs };
    case 'endpoint.unreachable': return { kind: data['lasting'] === true ? 'lasting' : 'failed', reason, askedMs };
    case 'endpoint.context-too-long':
    case 'endpoint.rejected':
      return { kind: 'refused', reason, usage: unknownUsage };
    default: return { kind: 'lasting', reason, askedMs };
  }
}

/** Asks and reads to the end. Throws only `signal`'s reason; a slot that gave way is an outcome. */
export async function askItem(client: ModelClient, cleared: Cleared<ModelRequest>, slot: AbortSignal, signal: AbortSignal): Promise<Asked> {
  let text = '';
  try {
    for await (const event of client.answer(cleared, AbortSignal.any([slot, signal]))) {
      if (event.kind === 'text') text += event.text;
      if (event.kind !== 'end') continue;
      const usage = event.usage ?? unknownUsage;
      switch (event.state) {
        case 'complete': return { kind: 'text', text, usage };
        case 'cut': return { kind: 'refused', reason: { code: 'bulk.cut', sentence: 'The answer came to the longest it may be.' }, usage };
        case 'filtered': return { kind: 'refused', reason: { code: 'bulk.filtered', sentence: 'A content filter of the server stopped it.' }, usage };
        case 'truncated': return { kind: 'failed', reason: { code: 'bulk.truncated', sentence: 'The connection ended before the answer did.' }, askedMs: null };
        case 'error': return event.fault === null ? { kind: 'failed', reason: { code: 'endpoint.server-failed', sentence: 'The endpoint failed.' }, askedMs: null } : classify(event.fault);
      }
    }
    return { kind: 'failed', reason: { code: 'bulk.truncated', sentence: 'The connection ended before the answer did.' }, askedMs: null };
  } catch (error) {
    signal.throwIfAborted();
    if (slot.aborted && slot.reason === gaveWay) return { kind: 'gave-way' };
    if (isAppError(error)) return classify(error);
    throw error;
  }
}
