/** Reading the data of a `policy.refused` error, which crosses the bridge untyped. */
import type { DocumentId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import type { AllowedWay, PassageRef, Refusal } from '../../../preload/contract/domains/chat.ts';

const isId = (value: unknown): boolean => typeof value === 'string' && /^[0-9a-f]{32}$/.test(value);
const isDocumentId = (value: unknown): value is DocumentId => isId(value);
const isEndpointId = (value: unknown): value is EndpointId => isId(value);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isPassageRef(value: unknown): value is PassageRef {
  return isRecord(value) && isDocumentId(value['document']) && typeof value['start'] === 'number' && typeof value['end'] === 'number';
}

/** A way on; null for one of a shape that is not known here. */
function wayOf(value: unknown): AllowedWay | null {
  if (!isRecord(value) || typeof value['text'] !== 'string') return null;
  const { kind, text, document, endpoint, passages } = value;
  switch (kind) {
    case 'leave-out': return Array.isArray(passages) && passages.every(isPassageRef) ? { kind, text, passages } : null;
    case 'endpoint': return isEndpointId(endpoint) ? { kind, text, endpoint } : null;
    case 'settle-marks': return isDocumentId(document) ? { kind, text, document } : null;
    case 'mark-question':
    case 'replace-personal-data':
    case 'reader':
      return { kind, text };
    default: return null;
  }
}

/** The refusal, or null when the data does not have its shape; the error's own sentence is shown then. */
export function refusalOf(data: Readonly<Record<string, unknown>>): Refusal | null {
  const { endpoint, ceiling, rule, portion, portions, refused, allowed, record } = data;
  if (typeof endpoint !== 'string' || typeof ceiling !== 'string' || typeof rule !== 'string') return null;
  if (typeof portions !== 'number' || typeof refused !== 'number' || (record !== null && typeof record !== 'number')) return null;
  if (!isRecord(portion) || typeof portion['label'] !== 'string' || typeof portion['marking'] !== 'string' || typeof portion['portionMark'] !== 'string' || typeof portion['isWaiting'] !== 'boolean') return null;
  const { document, start, end } = portion;
  if ((document !== null && !isDocumentId(document)) || (start !== null && typeof start !== 'number') || (end !== null && typeof end !== 'number')) return null;
  if (!Array.isArray(allowed)) return null;
  return {
    endpoint, ceiling, rule, portions, refused, record,
    allowed: allowed.map(wayOf).filter((way) => way !== null),
    portion: { document, start, end, label: portion['label'], marking: portion['marking'], portionMark: portion['portionMark'], isWaiting: portion['isWaiting'] },
  };
}
