/** Reading the data of a `policy.refused` error, which crosses the bridge untyped. */
import type { DocumentId } from '../../../preload/contract/domains/basics.ts';
import type { Refusal } from '../../../preload/contract/domains/chat.ts';

function isDocumentId(value: unknown): value is DocumentId {
  return typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/** The refusal, or null when the data does not have its shape; the error's own sentence is shown then. */
export function refusalOf(data: Readonly<Record<string, unknown>>): Refusal | null {
  const { endpoint, ceiling, rule, portion, allowed, record } = data;
  if (typeof endpoint !== 'string' || typeof ceiling !== 'string' || typeof rule !== 'string' || typeof record !== 'number') return null;
  if (!isRecord(portion) || typeof portion['label'] !== 'string' || typeof portion['marking'] !== 'string') return null;
  const { document } = portion;
  if (document !== null && !isDocumentId(document)) return null;
  if (!Array.isArray(allowed) || !allowed.every((entry): entry is string => typeof entry === 'string')) return null;
  return {
    endpoint, ceiling, rule, record, allowed,
    portion: { document, label: portion['label'], marking: portion['marking'] },
  };
}
