/** What dialects, kinds of key and faults are called, and what can be done about a fault. */
import type { ConnectionFault, DataKind, Dialect, EndpointInfo, Face, PromptLogging } from '../../../preload/contract/domains/endpoints.ts';
import type { AuthKind } from './endpoint-form.ts';

export const dialectWords: Readonly<Record<Dialect, string>> = {
  'openai-chat': 'OpenAI chat completions',
  'openai-responses': 'OpenAI responses',
  bedrock: 'Amazon Bedrock',
  azure: 'Azure OpenAI',
  'anthropic-messages': 'Anthropic messages',
  ollama: 'Ollama',
  embedded: 'A model file of this computer',
};

export const faceWords: Readonly<Record<Face, string>> = { 'openai-chat': 'OpenAI chat completions', 'openai-responses': 'OpenAI responses', converse: 'Converse' };

export const authWords: Readonly<Record<AuthKind, string>> = { none: 'No key', bearer: 'Bearer key', 'api-key': 'Key in its own header', sigv4: 'AWS keys (Signature Version 4)' };

export const dataKindWords: Readonly<Record<DataKind, string>> = { questions: 'Questions', passages: 'Passages of documents', notes: 'Notes', 'personal-data': 'Personal data as it is' };

export const loggingWords: Readonly<Record<PromptLogging, string>> = { yes: 'It keeps what it is sent', no: 'It keeps nothing of what it is sent', unknown: 'Not known' };

/** What to do about a connection that did not come to stand. */
const adviceByConnection: Readonly<Record<ConnectionFault, string>> = {
  'self-signed': 'If you know this server, give its certificate under Trusted certificates. If you do not, something may stand between.',
  'unknown-issuer': 'Give the issuer’s certificate under Trusted certificates, from whoever runs the service. If none should be needed, something on the network may be reading along.',
  expired: 'Whoever runs the service has to renew it. Check the clock of this computer too.',
  'not-yet-valid': 'Check the clock of this computer.',
  'wrong-host': 'Check the address: it has to be the name that the certificate is for.',
  'bad-certificate': 'Ask whoever runs the service for a certificate that can be checked.',
  'client-certificate-required': 'Give a client certificate: a PKCS#12 file, or certificate and key as PEM.',
  'client-certificate-refused': 'Ask whoever runs the service which client certificates it takes, and whether yours is still valid.',
  'old-tls': 'The service has to offer TLS 1.2 or 1.3.',
  'not-tls': 'Check the port of the address.',
  'no-tls': 'Ask whoever runs the service which TLS it offers.',
  'closed-early': 'Try again. If it stays, something on the way may be closing the connection.',
  'proxy-unreachable': 'Check the proxy’s host and port.',
  'proxy-sign-in': 'Ask for a way through the proxy that needs no sign-in from this computer.',
  'proxy-refused': 'Ask whoever runs the proxy to allow this address.',
  'proxy-failed': 'Check the address, or ask whoever runs the proxy whether it can reach it.',
  'not-a-proxy': 'Check the proxy’s host and port: it has to tunnel (CONNECT).',
};

const adviceByCode: Readonly<Record<string, string>> = {
  'endpoint.unauthorised': 'Replace the key. The account may also have to be granted this model first.',
  'endpoint.not-a-model': 'Check the address and what is spoken there. On a network with a sign-in page, sign in first.',
  'endpoint.rejected': 'Check the model’s name and what is spoken there.',
  'endpoint.redirected': 'Give the address that it leads to, if that is one you know.',
  'endpoint.unreachable': 'Check that the server runs and that this computer is on its network.',
  'endpoint.timed-out': 'Try again, or allow more time under Limits and times.',
  'endpoint.rate-limited': 'Try again later, or ask for a larger quota.',
  'endpoint.server-failed': 'Try again. Its own log says more.',
  'endpoint.bad-profile': 'Edit the endpoint and put right what is named.',
  'policy.refused': 'A test holds nothing but harmless words marked UNCLASSIFIED. Its ceiling does not allow even these.',
};

/** What to do about a failed test; '' where nothing more can be said. */
export function adviceFor(fault: { readonly code: string; readonly connection: ConnectionFault | null }): string {
  return fault.connection === null ? adviceByCode[fault.code] ?? '' : adviceByConnection[fault.connection];
}

const yesOrNo = (value: boolean | null): string => (value === null ? 'could not be told' : value ? 'yes' : 'no');
const structureWords = { schema: 'keeps to a given form', object: 'JSON, of any form', none: 'no' } as const;

/** What a test found, term by term. Names that a server gave are its own. */
export function capabilityRows({ model, capabilities }: Pick<EndpointInfo, 'model' | 'capabilities'>): readonly { readonly term: string; readonly value: string }[] {
  if (capabilities === null) return [];
  const { models, stream, jsonSchema, tools, contextTokens, embeddingDimensions, server } = capabilities;
  const listed = models.length === 0 ? 'not listed' : `${models.length}, ${models.includes(model) ? 'this one among them' : `but not ${model}`}`;
  return [
    { term: 'Models', value: listed },
    { term: 'Streams', value: yesOrNo(stream) },
    { term: 'Structured', value: jsonSchema === null ? 'could not be told' : structureWords[jsonSchema] },
    { term: 'Tools', value: yesOrNo(tools) },
    { term: 'Context', value: contextTokens === null ? 'could not be told' : `${contextTokens.toLocaleString('en')} tokens` },
    { term: 'Embeddings', value: embeddingDimensions === null ? 'none' : `${embeddingDimensions} dimensions` },
    { term: 'Server', value: server ?? 'not said' },
  ];
}
