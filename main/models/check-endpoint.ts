/** Whether a profile that a person gave holds together: which field goes with which dialect, and that keys and certificates open. */
import type { ClientCertificate, EndpointDraft } from '../../preload/contract/domains/endpoints.ts';
import { AppError } from '../base/errors.ts';
import { checkAuthorities, isLoopback, openTrust, parseTargetUrl, toMarking } from '../policy/index.ts';
import type { EndpointProfile, EndpointSecrets } from '../store/index.ts';

/** A profile with its secrets at hand; files have been read. */
export type CheckedDraft = Omit<EndpointDraft, 'clientCertificate'> & { readonly clientCertificate: ClientCertificate | null };

function refuse(field: string, message: string): never {
  throw new AppError('endpoint.bad-profile', message, { data: { field } });
}

/** The base URL in its normal form, without a slash at its end. Throws endpoint.bad-url with a sentence for the person who typed it. */
function validateBaseUrl(text: string): string {
  const url = parseTargetUrl(text.trim());
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
}

/** The proxy in its normal form. Throws endpoint.bad-profile. */
function validateProxy(text: string): string {
  const url = URL.parse(text.trim());
  if (url === null || url.protocol !== 'http:' || url.host === '') return refuse('proxy', 'A proxy looks like http://host:port. What goes through it is encrypted from end to end all the same.');
  if (url.username !== '' || url.password !== '') refuse('proxy', 'The proxy’s address holds a user name or a password. None is given to a proxy.');
  if (url.pathname !== '/' || url.search !== '' || url.hash !== '') refuse('proxy', 'The proxy’s address must end with its port.');
  return `http://${url.hostname}:${url.port === '' ? 80 : url.port}`;
}

const faces: Partial<Readonly<Record<EndpointDraft['dialect'], readonly NonNullable<EndpointDraft['face']>[]>>> = { bedrock: ['openai-chat', 'openai-responses', 'converse'], azure: ['openai-chat', 'openai-responses'] };

function checkFace({ dialect, face, signingRegion, apiVersion, auth }: CheckedDraft): void {
  const possible = faces[dialect];
  if (possible === undefined && face !== null) refuse('face', 'Only bedrock and azure carry another body than their own.');
  if (possible !== undefined && face === null) refuse('face', `Say which body is spoken: ${possible.join(', ')}.`);
  if (possible !== undefined && face !== null && !possible.includes(face)) refuse('face', `This body is not one that ${dialect} carries: ${possible.join(', ')}.`);
  if (dialect !== 'bedrock' && signingRegion !== null) refuse('signingRegion', 'Only bedrock signs for a region.');
  if (auth.kind === 'sigv4' && signingRegion === null) refuse('signingRegion', 'AWS keys sign for a region: say which, such as us-gov-west-1.');
  if (dialect !== 'azure' && apiVersion !== null) refuse('apiVersion', 'Only azure has an api-version.');
}

function checkAuth({ dialect, auth }: CheckedDraft): void {
  if (dialect === 'embedded' && auth.kind !== 'none') refuse('auth', 'A model file of this computer takes no key.');
  if (auth.kind === 'sigv4' && dialect !== 'bedrock') refuse('auth', 'AWS keys are for bedrock.');
  if (auth.kind === 'api-key' && dialect !== 'azure' && dialect !== 'anthropic-messages') refuse('auth', 'Only azure and anthropic-messages take a key in a header of their own. Others take a bearer key.');
  const parts = auth.kind === 'none' ? [] : auth.kind === 'sigv4' ? [auth.accessKeyId, auth.secretAccessKey, auth.sessionToken ?? 'none'] : [auth.key];
  if (parts.some((part) => !/^[\x21-\x7e]+$/.test(part))) refuse('auth', 'The key holds a blank, a line break or a character that no key has.');
}

function checkReach({ dialect, baseUrl, ca, clientCertificate, proxy, model }: CheckedDraft): { readonly baseUrl: string; readonly ca: string | null; readonly proxy: string | null } {
  if (dialect === 'embedded') {
    if (baseUrl.trim() !== '') refuse('baseUrl', 'A model file of this computer has no address.');
    if (ca !== null) refuse('ca', 'A model file of this computer is not reached over a network.');
    if (clientCertificate !== null) refuse('clientCertificate', 'A model file of this computer is not reached over a network.');
    if (proxy !== null) refuse('proxy', 'A model file of this computer is not reached over a network.');
    return { baseUrl: '', ca: null, proxy: null };
  }
  const address = validateBaseUrl(baseUrl);
  const url = new URL(address);
  const isHere = isLoopback(url.hostname);
  if (url.protocol === 'http:') {
    if (ca !== null) refuse('ca', 'Certificates are for https:// only.');
    if (clientCertificate !== null) refuse('clientCertificate', 'Certificates are for https:// only.');
  }
  if (isHere && proxy !== null) refuse('proxy', 'This computer itself is never reached through a proxy.');
  // Ollama on this computer hands such models on to its makers' cloud, whatever the address says.
  if (isHere && /[-:]cloud$/i.test(model.trim())) refuse('model', 'A model of this name runs in Ollama’s cloud: what it is asked would leave this computer by an address that says it does not.');
  return { baseUrl: address, ca: ca === null ? null : checkAuthorities(ca), proxy: proxy === null ? null : validateProxy(proxy) };
}

/**
 * A profile as it is kept, of one that a person gave. Certificates and keys are opened, so that a wrong passphrase is told where it is
 * typed. A ceiling above the vault's system high is allowed: it says what the service is accredited for, which is true of it whatever
 * this vault may hold, and it lets nothing out that is not in the vault. Throws endpoint.bad-url, endpoint.bad-profile with `field`
 * (the draft's field, or clientCertificate.passphrase), or policy.bad-marking.
 */
export function checkDraft(draft: CheckedDraft): { readonly name: string; readonly profile: EndpointProfile } & EndpointSecrets {
  const { name, auth, clientCertificate, ceiling, ...rest } = draft;
  checkAuth(draft);
  checkFace(draft);
  const reach = checkReach(draft);
  if (rest.dataKinds.length === 0) refuse('dataKinds', 'An endpoint that may be sent nothing can do nothing: allow at least one kind of data.');
  if (rest.contextTokens !== null && rest.maxOutputTokens !== null && rest.maxOutputTokens >= rest.contextTokens) refuse('maxOutputTokens', 'An answer has to be shorter than what fits at once.');
  if (reach.ca !== null || clientCertificate !== null) openTrust({ ca: reach.ca, clientCertificate });
  return { name, auth, clientCertificate, profile: { ...rest, ...reach, dataKinds: [...new Set(rest.dataKinds)], ceiling: toMarking(ceiling), capabilities: null } };
}

/** Host and port as records name them; empty for a model of this computer's own. */
export function hostOf({ dialect, baseUrl }: EndpointProfile): string {
  return dialect === 'embedded' ? '' : new URL(baseUrl).host;
}

/** True when what is sent there leaves this computer. */
export function isOutside({ dialect, baseUrl }: EndpointProfile): boolean {
  return dialect !== 'embedded' && !isLoopback(new URL(baseUrl).hostname);
}
