import { describe, expect, test } from 'vitest';
import { isAppError } from '../../../main/base/errors.ts';
import { endpointDraft, type ClientCertificate } from '../../../preload/contract/domains/endpoints.ts';
import { checkDraft, knownAddresses } from '../../../main/models/index.ts';
import { toMarking } from '../../../main/policy/index.ts';
import { issue, lockedKey } from '../../support/certificates/certificates.ts';
import { legacyPkcs12, pkcs12 } from '../../support/certificates/pkcs12.ts';
import { keyCanary, shown } from '../../support/model-servers/asking.ts';

const checked = ({ clientCertificate = null, ...draft }: { readonly clientCertificate?: ClientCertificate | null } & Readonly<Record<string, unknown>> = {}): ReturnType<typeof checkDraft> =>
  checkDraft({ ...endpointDraft.parse({ name: 'A', dialect: 'openai-chat', baseUrl: 'https://models.agency.example/v1', model: 'm', ceiling: 'UNCLASSIFIED', ...draft }), clientCertificate });

const kept = (baseUrl: string): string => checked({ baseUrl }).profile.baseUrl;

const refusal = (text: string): string => {
  try {
    kept(text);
  } catch (error) {
    if (isAppError(error, 'endpoint.bad-url')) return error.message;
    throw error;
  }
  return 'accepted';
};

describe('a base URL', () => {
  test.each([
    ['https://models.agency.example/v1/', 'https://models.agency.example/v1'],
    ['  HTTPS://Models.Agency.Example  ', 'https://models.agency.example'],
    ['http://localhost:8080/v1', 'http://localhost:8080/v1'],
    ['http://127.0.0.2/v1//', 'http://127.0.0.2/v1'],
    ['http://[::1]:9000', 'http://[::1]:9000'],
  ])('%s is kept as %s', (text, normal) => {
    expect(kept(text)).toBe(normal);
  });

  test.each([
    ['not a url', 'not a web address'],
    ['', 'not a web address'],
    ['localhost:8080/v1', 'begin with https://'],
    ['file:///etc/hosts', 'begin with https://'],
    ['http://models.agency.example/v1', 'this computer only'],
    ['http://192.168.1.4:8000/v1', 'this computer only'],
    ['http://[::ffff:127.0.0.1]/v1', 'this computer only'],
    [`https://user:${keyCanary}@host.example/v1`, 'user name or a password'],
    [`https://${keyCanary}@host.example/v1`, 'user name or a password'],
    [`https://host.example/v1?key=${keyCanary}`, 'after ? or #'],
    ['https://host.example/v1#top', 'after ? or #'],
    ['https://host.example/v1?', 'after ? or #'],
  ])('%s is refused: %s', (text, says) => {
    expect(refusal(text)).toContain(says);
    expect(refusal(text)).not.toContain(keyCanary);
  });
});

/** The field that a draft is refused for, and what is said; `accepted` when it is not. */
function wrong(draft: Parameters<typeof checked>[0]): { readonly field: unknown; readonly says: string } {
  try {
    checked(draft);
  } catch (error) {
    expect(shown(error)).not.toContain(keyCanary);
    if (isAppError(error, 'endpoint.bad-profile')) return { field: error.data['field'], says: error.message };
    throw error;
  }
  return { field: 'accepted', says: '' };
}

const bearer = { kind: 'bearer', key: keyCanary };
const apiKey = { kind: 'api-key', key: keyCanary };
const sigv4 = { kind: 'sigv4', accessKeyId: keyCanary, secretAccessKey: keyCanary };
const here = 'http://127.0.0.1:8080/v1';
const root = issue({ name: 'Root', isAuthority: true });
const person = issue({ name: 'Analyst', by: root });
const pem = (more: Partial<Extract<ClientCertificate, { kind: 'pem' }>> = {}): ClientCertificate => ({ kind: 'pem', certificate: person.certificate, key: person.key, passphrase: null, ...more });

describe('what goes with what', () => {
  test.each<readonly [string, Parameters<typeof checked>[0]]>([
    ['openai-chat with a bearer key', { auth: bearer }],
    ['bedrock with AWS keys', { dialect: 'bedrock', face: 'converse', auth: sigv4, signingRegion: 'us-gov-west-1' }],
    ['bedrock with a bearer key and no region', { dialect: 'bedrock', face: 'openai-responses', auth: bearer }],
    ['azure with its key', { dialect: 'azure', face: 'openai-chat', auth: apiKey, apiVersion: '2024-10-21' }],
    ['anthropic-messages with its key', { dialect: 'anthropic-messages', auth: apiKey }],
    ['embedded with nothing', { dialect: 'embedded', baseUrl: '' }],
    ['a proxy', { proxy: 'http://proxy.agency.example:3128' }],
    ['trust and a client certificate', { ca: root.certificate, clientCertificate: pem() }],
    ['a ceiling above any vault', { ceiling: 'TOP SECRET//SI/TK//NOFORN' }],
  ])('%s is accepted', (_, draft) => expect(wrong(draft).field).toBe('accepted'));

  test.each<readonly [string, string, Parameters<typeof checked>[0]]>([
    ['face', 'a face on openai-chat', { face: 'openai-responses' }],
    ['face', 'bedrock without a face', { dialect: 'bedrock' }],
    ['face', 'azure with converse', { dialect: 'azure', face: 'converse' }],
    ['signingRegion', 'AWS keys without a region', { dialect: 'bedrock', face: 'converse', auth: sigv4 }],
    ['signingRegion', 'a region on ollama', { dialect: 'ollama', signingRegion: 'us-east-1' }],
    ['apiVersion', 'an api-version on openai-chat', { apiVersion: '2024-10-21' }],
    ['auth', 'AWS keys on openai-chat', { auth: sigv4 }],
    ['auth', 'an api-key on bedrock', { dialect: 'bedrock', face: 'converse', auth: apiKey }],
    ['auth', 'a key for a model file', { dialect: 'embedded', baseUrl: '', auth: bearer }],
    ['auth', 'a key with a line break', { auth: { kind: 'bearer', key: `${keyCanary}\n` } }],
    ['baseUrl', 'an address for a model file', { dialect: 'embedded', baseUrl: here }],
    ['proxy', 'a proxy for a model file', { dialect: 'embedded', baseUrl: '', proxy: 'http://p:1' }],
    ['ca', 'trust over plain http', { baseUrl: here, ca: root.certificate }],
    ['clientCertificate', 'a client certificate over plain http', { baseUrl: here, clientCertificate: pem() }],
    ['proxy', 'a proxy to this computer', { baseUrl: 'https://localhost:8443/v1', proxy: 'http://p:1' }],
    ['proxy', 'a proxy over https', { proxy: 'https://proxy.agency.example' }],
    ['proxy', 'a proxy with a password', { proxy: `http://me:${keyCanary}@proxy.agency.example:3128` }],
    ['proxy', 'a proxy with a path', { proxy: 'http://proxy.agency.example:3128/pac' }],
    ['dataKinds', 'nothing that may be sent', { dataKinds: [] }],
    ['maxOutputTokens', 'answers as long as all that fits', { contextTokens: 4096, maxOutputTokens: 4096 }],
    ['model', 'a cloud model behind this computer’s Ollama', { dialect: 'ollama', baseUrl: 'http://127.0.0.1:11434', model: 'gpt-oss:120b-cloud' }],
    ['ca', 'trust in something else', { ca: 'hello' }],
    ['ca', 'trust in a damaged certificate', { ca: root.certificate.replace(/[A-Za-z0-9+/]{40}/, '') }],
    ['ca', 'trust with a private key in it', { ca: root.certificate + root.key }],
    ['clientCertificate', 'a key that is another’s', { clientCertificate: pem({ key: root.key }) }],
    ['clientCertificate', 'a certificate for a key', { clientCertificate: pem({ key: person.certificate }) }],
    ['clientCertificate', 'no certificate', { clientCertificate: pem({ certificate: person.key }) }],
    ['clientCertificate.passphrase', 'a locked key without its passphrase', { clientCertificate: pem({ key: lockedKey(person, keyCanary) }) }],
    ['clientCertificate.passphrase', 'a locked key with another passphrase', { clientCertificate: pem({ key: lockedKey(person, keyCanary), passphrase: 'stork' }) }],
    ['clientCertificate.passphrase', 'a PKCS#12 file with another passphrase', { clientCertificate: { kind: 'pkcs12', file: pkcs12(person, keyCanary), passphrase: 'stork' } }],
    ['clientCertificate.passphrase', 'a PKCS#12 file without its passphrase', { clientCertificate: { kind: 'pkcs12', file: pkcs12(person, keyCanary), passphrase: null } }],
    ['clientCertificate', 'no PKCS#12 file', { clientCertificate: { kind: 'pkcs12', file: new TextEncoder().encode('hello'), passphrase: null } }],
  ])('%s is named for %s', (field, _, draft) => {
    const { field: named, says } = wrong(draft);
    expect(named).toBe(field);
    expect(says).toMatch(/^[A-Z].*\.$/s);
  });

  test('a wrong passphrase is named as that also when what it makes of the key looks whole', () => {
    const key = lockedKey(person, keyCanary);
    for (let nth = 0; nth < 600; nth += 1) expect(wrong({ clientCertificate: pem({ key, passphrase: `stork ${nth}` }) }).field).toBe('clientCertificate.passphrase');
  });

  test('a PKCS#12 file of an old kind is told apart from a wrong passphrase', () => {
    const { field, says } = wrong({ clientCertificate: { kind: 'pkcs12', file: legacyPkcs12('heron'), passphrase: 'heron' } });
    expect(field).toBe('clientCertificate');
    expect(says).toContain('old way');
  });

  test('what is kept is the normal form: certificates alone, a proxy with its port, kinds once, a ceiling in full', () => {
    const { profile } = checked({ ca: `comment\n${root.certificate}more`, proxy: ' http://Proxy.Agency.example/ ', dataKinds: ['notes', 'notes'], ceiling: '(s//nf)' });
    expect(profile).toMatchObject({ ca: root.certificate, proxy: 'http://proxy.agency.example:80', dataKinds: ['notes'], ceiling: toMarking('SECRET//NOFORN'), capabilities: null });
  });
});

test('every known address is one that a profile takes, once its words in capitals are replaced', () => {
  for (const { dialect, baseUrl, signingRegion } of knownAddresses) {
    const face = dialect === 'bedrock' ? 'converse' : dialect === 'azure' ? 'openai-chat' : null;
    expect(checked({ dialect, face, baseUrl: baseUrl.replace('RESOURCE', 'harbour'), signingRegion, auth: dialect === 'bedrock' ? sigv4 : { kind: 'none' } }).profile.signingRegion).toBe(signingRegion);
  }
  const hosts = knownAddresses.map(({ baseUrl }) => baseUrl);
  expect(hosts).toEqual(expect.arrayContaining(['https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com', 'https://bedrock-runtime.us-iso-east-1.c2s.ic.gov', 'https://bedrock-runtime-fips.us-isob-east-1.sc2s.sgov.gov']));
});
