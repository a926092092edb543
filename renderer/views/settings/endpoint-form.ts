/** What a person fills in of an endpoint, and what becomes of it. */
import type { DataKind, Dialect, EndpointInfo, Face, PromptLogging } from '../../../preload/contract/domains/endpoints.ts';
import type { Input } from '../../../preload/contract/routes.ts';

export type AuthKind = EndpointInfo['auth'];

/** `keep`: what the vault holds stays. */
export interface KeyForm {
  readonly kind: AuthKind | 'keep';
  /** The key; for sigv4 the secret access key. */
  readonly key: string;
  readonly accessKeyId: string;
  readonly sessionToken: string;
}

/** Paths are the engine's to read: no private key is ever in the window. */
export type CertificateForm = { readonly kind: 'keep' } | { readonly kind: 'none' } | { readonly kind: 'files'; readonly paths: readonly string[]; readonly passphrase: string };

/** Texts as typed; an empty one says nothing. Times are in seconds. */
export interface EndpointForm {
  readonly name: string;
  readonly dialect: Dialect;
  readonly baseUrl: string;
  readonly model: string;
  readonly face: Face | null;
  readonly signingRegion: string;
  readonly apiVersion: string;
  readonly auth: KeyForm;
  readonly ca: string | null;
  readonly certificate: CertificateForm;
  readonly proxy: string;
  readonly ceiling: string;
  readonly dataKinds: readonly DataKind[];
  readonly promptLogging: PromptLogging;
  readonly contextTokens: string;
  readonly maxOutputTokens: string;
  readonly connectSeconds: string;
  readonly headersSeconds: string;
  readonly idleSeconds: string;
}

const noKey: KeyForm = { kind: 'none', key: '', accessKeyId: '', sessionToken: '' };

/** A form with nothing but the usual choices. */
export const emptyForm: EndpointForm = {
  name: '', dialect: 'openai-chat', baseUrl: '', model: '', face: null, signingRegion: '', apiVersion: '', auth: noKey, ca: null, certificate: { kind: 'none' }, proxy: '',
  ceiling: '', dataKinds: ['questions', 'passages', 'notes'], promptLogging: 'unknown', contextTokens: '', maxOutputTokens: '', connectSeconds: '10', headersSeconds: '600', idleSeconds: '120',
};

const seconds = (ms: number): string => String(ms / 1000);

/** The form of an endpoint that is there. */
export function formOf(info: EndpointInfo): EndpointForm {
  const { name, dialect, baseUrl, model, face, ca, dataKinds, promptLogging, timeouts } = info;
  return {
    name, dialect, baseUrl, model, face, ca, dataKinds, promptLogging,
    signingRegion: info.signingRegion ?? '',
    apiVersion: info.apiVersion ?? '',
    auth: { ...noKey, kind: info.auth === 'none' ? 'none' : 'keep' },
    certificate: { kind: info.clientCertificate === 'none' ? 'none' : 'keep' },
    proxy: info.proxy ?? '',
    ceiling: info.ceiling.banner,
    contextTokens: info.contextTokens === null ? '' : String(info.contextTokens),
    maxOutputTokens: info.maxOutputTokens === null ? '' : String(info.maxOutputTokens),
    connectSeconds: seconds(timeouts.connectMs), headersSeconds: seconds(timeouts.headersMs), idleSeconds: seconds(timeouts.idleMs),
  };
}

/** What a dialect has: its bodies, its kinds of key, and whether it is reached over a network. */
export interface DialectFields {
  readonly faces: readonly Face[];
  readonly auths: readonly AuthKind[];
  readonly isReached: boolean;
}

/** The fields that go with a dialect; the engine refuses others. */
export function fieldsOf(dialect: Dialect): DialectFields {
  switch (dialect) {
    case 'bedrock': return { faces: ['openai-responses', 'openai-chat', 'converse'], auths: ['bearer', 'sigv4', 'none'], isReached: true };
    case 'azure': return { faces: ['openai-chat', 'openai-responses'], auths: ['api-key', 'bearer', 'none'], isReached: true };
    case 'anthropic-messages': return { faces: [], auths: ['api-key', 'bearer', 'none'], isReached: true };
    case 'embedded': return { faces: [], auths: ['none'], isReached: false };
    case 'openai-chat':
    case 'openai-responses':
    case 'ollama': return { faces: [], auths: ['none', 'bearer'], isReached: true };
  }
}

/** The form with another dialect; what does not go with it is emptied. `kept` is the kind of key that the vault holds. */
export function withDialect(form: EndpointForm, dialect: Dialect, kept: AuthKind): EndpointForm {
  const { faces, auths, isReached } = fieldsOf(dialect);
  const kind = form.auth.kind === 'keep' ? kept : form.auth.kind;
  return {
    ...form, dialect,
    face: form.face !== null && faces.includes(form.face) ? form.face : faces[0] ?? null,
    signingRegion: dialect === 'bedrock' ? form.signingRegion : '',
    apiVersion: dialect === 'azure' ? form.apiVersion : '',
    auth: auths.includes(kind) ? form.auth : { ...noKey, kind: auths[0] ?? 'none' },
    ...(isReached ? {} : { baseUrl: '', ca: null, certificate: { kind: 'none' }, proxy: '' }),
  };
}

const said = (text: string): string | null => (text.trim() === '' ? null : text.trim());

/** Why the form cannot be sent yet, by field; null when it can be. The engine checks everything else. */
export function missingField(form: EndpointForm): { readonly field: string; readonly text: string } | null {
  const { isReached } = fieldsOf(form.dialect);
  if (form.name.trim() === '') return { field: 'name', text: 'It needs a name.' };
  if (isReached && form.baseUrl.trim() === '') return { field: 'baseUrl', text: 'It needs an address, such as https://host/v1.' };
  if (/[A-Z]{4,}\./.test(form.baseUrl)) return { field: 'baseUrl', text: 'Replace the word in capitals by the name of your resource.' };
  if (form.model.trim() === '') return { field: 'model', text: 'Say which model is asked.' };
  const { kind, key, accessKeyId } = form.auth;
  if (kind === 'sigv4' && accessKeyId.trim() === '') return { field: 'auth', text: 'The access key’s id is missing.' };
  if (kind !== 'none' && kind !== 'keep' && key === '') return { field: 'auth', text: 'The key is missing.' };
  if (form.ceiling.trim() === '') return { field: 'ceiling', text: 'Say the highest marking that it may be sent.' };
  for (const field of ['contextTokens', 'maxOutputTokens'] as const) if (form[field].trim() !== '' && !/^\d+$/.test(form[field].trim())) return { field, text: 'This takes a whole number.' };
  for (const field of ['connectSeconds', 'headersSeconds', 'idleSeconds'] as const) if (!(Number(form[field]) >= 0.1 && Number(form[field]) <= 3600)) return { field, text: 'This takes seconds, from 0.1 to 3600.' };
  return null;
}

type Auth = NonNullable<Input<'endpoints.add'>['auth']>;

function authOf({ kind, key, accessKeyId, sessionToken }: KeyForm): Auth | null {
  switch (kind) {
    case 'keep': return null;
    case 'none': return { kind };
    case 'bearer':
    case 'api-key': return { kind, key };
    case 'sigv4': return { kind, accessKeyId: accessKeyId.trim(), secretAccessKey: key, sessionToken: said(sessionToken) };
  }
}

type Change = Input<'endpoints.change'>['profile'];

/** What is sent for the form, where missingField finds nothing. A null `auth` and an absent `clientCertificate` keep what is there. */
export function changeOf(form: EndpointForm): Change {
  const { name, dialect, model, face, ca, ceiling, certificate, promptLogging } = form;
  const ms = (text: string): number => Math.round(Number(text) * 1000);
  return {
    name, dialect, model, face, ca, ceiling, promptLogging,
    baseUrl: form.baseUrl.trim(),
    signingRegion: said(form.signingRegion),
    apiVersion: said(form.apiVersion),
    auth: authOf(form.auth),
    ...(certificate.kind === 'keep' ? {} : { clientCertificate: certificate.kind === 'none' ? null : { kind: 'files', paths: [...certificate.paths], passphrase: certificate.passphrase === '' ? null : certificate.passphrase } }),
    proxy: said(form.proxy),
    dataKinds: [...form.dataKinds],
    contextTokens: said(form.contextTokens) === null ? null : Number(form.contextTokens),
    maxOutputTokens: said(form.maxOutputTokens) === null ? null : Number(form.maxOutputTokens),
    timeouts: { connectMs: ms(form.connectSeconds), headersMs: ms(form.headersSeconds), idleMs: ms(form.idleSeconds) },
  };
}

/** As changeOf, for an endpoint that is not there yet. */
export function draftOf(form: EndpointForm): Input<'endpoints.add'> {
  const { auth, clientCertificate = null, ...rest } = changeOf(form);
  return { ...rest, auth: auth ?? { kind: 'none' }, clientCertificate };
}

const formFieldByInput: Readonly<Record<string, string>> = { 'timeouts.connectMs': 'connectSeconds', 'timeouts.headersMs': 'headersSeconds', 'timeouts.idleMs': 'idleSeconds', clientCertificate: 'certificate', 'clientCertificate.passphrase': 'passphrase' };

/** The form's field that an error of the engine is about; null when it is about the whole. */
export function faultyField(code: string, data: Readonly<Record<string, unknown>>): string | null {
  if (code === 'endpoint.name-taken') return 'name';
  if (code === 'endpoint.bad-url') return 'baseUrl';
  if (code === 'policy.bad-marking') return 'ceiling';
  const named = code === 'endpoint.bad-profile' ? data['field'] : code === 'bridge.invalid-input' && Array.isArray(data['fields']) ? data['fields'][0] as unknown : null;
  if (typeof named !== 'string') return null;
  const field = named.replace(/^profile\./, '');
  return formFieldByInput[field] ?? field.split('.')[0] ?? null;
}
