import { parseTargetUrl } from '../policy/index.ts';

/** The base URL in its normal form, without a slash at its end. Throws endpoint.bad-url with a sentence for the person who typed it. */
export function validateBaseUrl(text: string): string {
  const url = parseTargetUrl(text.trim());
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}
