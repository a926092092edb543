import type { EndpointId } from '../../preload/contract/domains/basics.ts';
import { AppError } from '../base/errors.ts';
import type { EndpointRow } from '../store/index.ts';

/** The endpoint as it is at this moment: its ceiling may have been lowered, or it be gone, since it was chosen. For right before the guard is asked. Throws endpoint.unknown. */
export function endpointNow({ endpoints }: { readonly endpoints: () => readonly EndpointRow[] }, id: EndpointId): EndpointRow {
  const endpoint = endpoints().find((row) => row.id === id);
  if (endpoint === undefined) throw new AppError('endpoint.unknown', 'The endpoint was taken out meanwhile. Nothing was sent.', { data: { endpoint: id } });
  return endpoint;
}
