import { describe, expect, test } from 'vitest';
import { connectionFault, dialect, endpointDraft, endpointInfo, endpointRoutes, type EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import { endpointErrors } from '../../../preload/contract/errors.ts';
import { changeOf, draftOf, emptyForm, faultyField, fieldsOf, formOf, missingField, withDialect, type EndpointForm } from '../../../renderer/views/settings/endpoint-form.ts';
import { adviceFor, capabilityRows } from '../../../renderer/views/settings/endpoint-words.ts';

const filled: EndpointForm = { ...emptyForm, name: 'Harbour', baseUrl: 'https://models.agency.example/v1', model: 'small-1', ceiling: '(U)' };
const kept: EndpointInfo = endpointInfo.parse({
  endpoint: 'a1'.repeat(16), name: 'Gov', dialect: 'bedrock', baseUrl: 'https://bedrock-runtime.us-gov-west-1.amazonaws.com', model: 'm', face: 'converse', signingRegion: 'us-gov-west-1', proxy: 'http://p:1',
  timeouts: { connectMs: 2500, headersMs: 60_000, idleMs: 30_000 }, dataKinds: ['questions'], promptLogging: 'no', contextTokens: 4096,
  ceiling: { marking: 'CUI', banner: 'CUI', portion: '(CUI)', tone: 'cui' }, auth: 'sigv4', clientCertificate: 'pkcs12', isOutside: true, addedAt: 0, capabilities: null, reachable: null,
});

describe('a form', () => {
  test('that is filled in is a draft that the engine takes', () => {
    expect(missingField(filled)).toBeNull();
    expect(endpointDraft.parse(draftOf(filled))).toMatchObject({ name: 'Harbour', auth: { kind: 'none' }, clientCertificate: null, proxy: null, contextTokens: null, timeouts: { connectMs: 10_000, headersMs: 600_000, idleMs: 120_000 } });
  });

  test('of an endpoint that is there sends back what is there, and keeps key and certificate by saying nothing of them', () => {
    const change = changeOf(formOf(kept));
    expect(change).toEqual({
      name: 'Gov', dialect: 'bedrock', baseUrl: kept.baseUrl, model: 'm', face: 'converse', signingRegion: 'us-gov-west-1', apiVersion: null, ca: null, proxy: 'http://p:1', timeouts: kept.timeouts,
      dataKinds: ['questions'], promptLogging: 'no', contextTokens: 4096, maxOutputTokens: null, ceiling: 'CUI', auth: null,
    });
    expect(endpointRoutes['endpoints.change'].input.safeParse({ endpoint: kept.endpoint, profile: change }).success).toBe(true);
  });

  test('that takes the certificate out says so', () => expect(changeOf({ ...formOf(kept), certificate: { kind: 'none' } }).clientCertificate).toBeNull());

  test.each<readonly [string, Partial<EndpointForm>]>([
    ['name', { name: ' ' }],
    ['baseUrl', { baseUrl: '' }],
    ['baseUrl', { baseUrl: 'https://RESOURCE.openai.azure.us' }],
    ['model', { model: '' }],
    ['ceiling', { ceiling: '' }],
    ['auth', { auth: { ...emptyForm.auth, kind: 'bearer' } }],
    ['auth', { auth: { ...emptyForm.auth, kind: 'sigv4', key: 'x' } }],
    ['contextTokens', { contextTokens: '4k' }],
    ['idleSeconds', { idleSeconds: '' }],
    ['connectSeconds', { connectSeconds: 'soon' }],
  ])('misses its %s', (field, part) => expect(missingField({ ...filled, ...part })?.field).toBe(field));
});

describe('another dialect', () => {
  test('leaves only fields that go with it, whichever it is and whichever it was', () => {
    for (const before of dialect.options) {
      for (const after of dialect.options) {
        const form = withDialect(withDialect({ ...filled, signingRegion: 'us-east-1', apiVersion: '2024-10-21', proxy: 'http://p:1' }, before, 'none'), after, 'none');
        const { faces, auths, isReached } = fieldsOf(after);
        expect(faces.length === 0 ? form.face === null : form.face !== null && faces.includes(form.face)).toBe(true);
        expect(auths).toContain(form.auth.kind);
        expect(form.signingRegion === '' || after === 'bedrock').toBe(true);
        expect(form.apiVersion === '' || after === 'azure').toBe(true);
        expect(isReached || (form.baseUrl === '' && form.proxy === '')).toBe(true);
      }
    }
  });

  test('keeps a kept key where it still fits, and gives it up where it does not', () => {
    expect(withDialect(formOf(kept), 'bedrock', 'sigv4').auth.kind).toBe('keep');
    expect(withDialect(formOf(kept), 'openai-chat', 'sigv4').auth.kind).toBe('none');
  });
});

test.each<readonly [string, object, string | null]>([
  ['endpoint.name-taken', {}, 'name'],
  ['endpoint.bad-url', {}, 'baseUrl'],
  ['policy.bad-marking', { at: 3 }, 'ceiling'],
  ['endpoint.bad-profile', { field: 'clientCertificate.passphrase' }, 'passphrase'],
  ['endpoint.bad-profile', { field: 'proxy' }, 'proxy'],
  ['bridge.invalid-input', { fields: ['profile.timeouts.idleMs'] }, 'idleSeconds'],
  ['bridge.invalid-input', { fields: ['signingRegion'] }, 'signingRegion'],
  ['bridge.internal', {}, null],
])('%s with %j is about %s', (code, data, field) => expect(faultyField(code, { ...data })).toBe(field));

test('every fault of a connection, and every fault that a test can end in, comes with something to do', () => {
  for (const connection of connectionFault.options) expect(adviceFor({ code: 'endpoint.unreachable', connection })).toMatch(/\.$/);
  const { unknownEndpoint, nameTaken, badUrl, contextTooLong, ...possible } = endpointErrors;
  void [unknownEndpoint, nameTaken, badUrl, contextTooLong];
  for (const code of Object.values(possible)) expect(adviceFor({ code, connection: null })).toMatch(/\.$/);
});

test('what could not be told is not said to be absent', () => {
  const rows = capabilityRows({ model: 'm', capabilities: { testedAt: 0, models: [], stream: null, jsonSchema: null, tools: false, contextTokens: null, embeddingDimensions: null, server: null } });
  expect(Object.fromEntries(rows.map(({ term, value }) => [term, value]))).toMatchObject({ Models: 'not listed', Streams: 'could not be told', Structured: 'could not be told', Tools: 'no', Context: 'could not be told' });
});
