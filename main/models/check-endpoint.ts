import type { EndpointDraft } from '../../preload/contract/domains/endpoints.ts';
import { isLoopback, parseTargetUrl, toMarking } from '../policy/index.ts';
import type { EndpointProfile, EndpointSecrets } from '../store/index.ts';

/** The base URL in its normal form, without a slash at its end. Throws endpoint.bad-url with a sentence for the person who typed it. */
function validateBaseUrl(text: string): string {
  const url = parseTargetUrl(text.trim());
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** A profile as it is kept, of one that a person gave. Throws endpoint.bad-url, endpoint.bad-profile or policy.bad-marking. */
export function checkDraft(draft: EndpointDraft): { readonly name: string; readonly profile: EndpointProfile } & EndpointSecrets {
  const { name, auth, clientCertificate, ceiling, baseUrl, ...rest } = draft;
  const url = rest.dialect === 'embedded' ? '' : validateBaseUrl(baseUrl);
  return { name, auth, clientCertificate, profile: { ...rest, baseUrl: url, ceiling: toMarking(ceiling), capabilities: null } };
}

/** Host and port as records name them; empty for a model of this computer's own. */
export function hostOf({ dialect, baseUrl }: EndpointProfile): string {
  return dialect === 'embedded' ? '' : new URL(baseUrl).host;
}

/** True when what is sent there leaves this computer. */
export function isOutside({ dialect, baseUrl }: EndpointProfile): boolean {
  return dialect !== 'embedded' && !isLoopback(new URL(baseUrl).hostname);
}
