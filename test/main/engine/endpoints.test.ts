import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { issue, lockedKey } from '../../support/certificates/certificates.ts';
import { pkcs12 } from '../../support/certificates/pkcs12.ts';
import { keyCanary } from '../../support/model-servers/asking.ts';
import { answers, finishFrame, frames, startModelServer, streams, textFrame, type Respond } from '../../support/model-servers/model-server.ts';
import { startSecureServer } from '../../support/model-servers/secure-servers.ts';
import { ingestPaths, routeCaller, withCase, type RouteCaller } from '../../support/route-caller.ts';
import { tempFolder } from '../../support/vaults.ts';

const open: { readonly close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});
const serve = async (respond: Respond) => {
  const server = await startModelServer(respond);
  open.push(server);
  return server;
};

async function opened(): Promise<RouteCaller> {
  const caller = routeCaller(join(tempFolder(), 'vault'));
  await withCase(caller);
  return caller;
}

const draft = (name: string, baseUrl: string, more: object = {}) => ({ name, dialect: 'openai-chat' as const, baseUrl, model: 'small-1', ceiling: 'UNCLASSIFIED', ...more });
const model: Respond = (response, seen, nth) => (seen.method === 'GET' ? answers(200, { data: [{ id: 'small-1' }] }) : streams(frames(textFrame('Hello.'), finishFrame('stop'), '[DONE]')))(response, seen, nth);

describe('a test', () => {
  test('keeps what it found in the profile, tells its steps, and sends nothing but harmless words of ours', async () => {
    const caller = await opened();
    const server = await serve(model);
    const { endpoint } = await caller.ok('endpoints.add', draft('Tested', server.baseUrl, { auth: { kind: 'bearer', key: keyCanary } }));
    const steps: string[] = [];
    const result = await caller.ok('endpoints.test', { endpoint }, ({ step }) => steps.push(step));
    expect(result).toMatchObject({ ok: true, models: ['small-1'], fault: null, capabilities: { stream: true } });
    expect(steps.length).toBeGreaterThan(1);
    const { endpoints } = await caller.ok('endpoints.list', {});
    expect(endpoints.find((info) => info.endpoint === endpoint)).toMatchObject({ reachable: true, capabilities: result.capabilities, auth: 'bearer' });
    expect(JSON.stringify(endpoints)).not.toContain(keyCanary);
    expect(server.requests.map(({ body }) => body).join('')).not.toContain('Case');
  });

  test('that fails says which fault of the connection it was and leaves what was found before', async () => {
    const caller = await opened();
    const root = issue({ name: 'Root', isAuthority: true });
    const good = issue({ name: 'localhost', hosts: ['localhost'], by: root });
    const server = await startSecureServer({ cert: good.certificate, key: good.key });
    open.push(server);
    const { endpoint } = await caller.ok('endpoints.add', draft('Strange', `https://localhost:${server.port}/v1`));
    const { ok, fault } = await caller.ok('endpoints.test', { endpoint });
    expect({ ok, fault }).toMatchObject({ ok: false, fault: { code: 'endpoint.unreachable', connection: 'unknown-issuer' } });
    expect(server.requests).toEqual([]);
  });

  test('of an endpoint that is removed meanwhile brings nothing back', async () => {
    const caller = await opened();
    let letGo = (): void => undefined;
    const asked = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    let release = (): void => undefined;
    const server = await serve((response, seen, nth) => {
      release = () => model(response, seen, nth);
      letGo();
    });
    const { endpoint } = await caller.ok('endpoints.add', draft('Gone', server.baseUrl));
    const testing = caller.ok('endpoints.test', { endpoint });
    await asked;
    await caller.ok('endpoints.remove', { endpoint });
    await server.close();
    release();
    await testing;
    expect((await caller.ok('endpoints.list', {})).endpoints.map(({ name }) => name)).not.toContain('Gone');
    expect((await caller.ok('network.status', {})).unreachable).not.toBe('Gone');
  });
});

describe('a change', () => {
  test('keeps key, certificate and what a test found while it is the same model at the same place', async () => {
    const caller = await opened();
    const server = await serve(model);
    const { endpoint } = await caller.ok('endpoints.add', draft('Before', server.baseUrl, { auth: { kind: 'bearer', key: keyCanary } }));
    const { capabilities } = await caller.ok('endpoints.test', { endpoint });
    const changed = await caller.ok('endpoints.change', { endpoint, profile: { ...draft('After', server.baseUrl), ceiling: 'CUI', auth: null } });
    expect(changed).toMatchObject({ endpoint, name: 'After', ceiling: { banner: 'CUI' }, auth: 'bearer', capabilities });
    await caller.ok('endpoints.test', { endpoint });
    expect(new Set(server.requests.map(({ headers }) => headers.authorization))).toEqual(new Set([`Bearer ${keyCanary}`]));
    expect((await caller.ok('endpoints.change', { endpoint, profile: { ...draft('After', server.baseUrl), model: 'other', auth: null } })).capabilities).toBeNull();
    expect((await caller.ok('endpoints.change', { endpoint, profile: { ...draft('After', server.baseUrl), auth: { kind: 'none' } } })).auth).toBe('none');
  });

  test('of the host wants the key again: a kept one is never sent to another place', async () => {
    const caller = await opened();
    const [server, other] = [await serve(model), await serve(model)];
    const { endpoint } = await caller.ok('endpoints.add', draft('Moved', server.baseUrl, { auth: { kind: 'bearer', key: keyCanary } }));
    expect(await caller.fails('endpoints.change', { endpoint, profile: { ...draft('Moved', other.baseUrl), auth: null } })).toBe('endpoint.bad-profile');
    expect((await caller.ok('endpoints.change', { endpoint, profile: { ...draft('Moved', other.baseUrl), auth: { kind: 'bearer', key: 'another' } } })).baseUrl).toBe(other.baseUrl);
  });

  test('to a name that another has is refused, to its own in other letters is not', async () => {
    const caller = await opened();
    const first = await caller.ok('endpoints.add', draft('Quay', 'http://127.0.0.1:9/v1'));
    await caller.ok('endpoints.add', draft('Mole', 'http://127.0.0.1:9/v1'));
    expect(await caller.fails('endpoints.change', { endpoint: first.endpoint, profile: { ...draft('MOLE', 'http://127.0.0.1:9/v1'), auth: null } })).toBe('endpoint.name-taken');
    expect((await caller.ok('endpoints.change', { endpoint: first.endpoint, profile: { ...draft('QUAY', 'http://127.0.0.1:9/v1'), auth: null } })).name).toBe('QUAY');
  });
});

describe('certificates by file', () => {
  const root = issue({ name: 'Harbour root', isAuthority: true });
  const person = issue({ name: 'Analyst', by: root });
  const file = (name: string, content: string | Uint8Array): string => {
    const path = join(tempFolder(), name);
    writeFileSync(path, content);
    return path;
  };
  const address = 'https://models.agency.example/v1';

  test('are read by the engine: PEM in one file or two, and PKCS#12', async () => {
    const caller = await opened();
    const add = async (name: string, paths: string[], passphrase: string | null) => (await caller.ok('endpoints.add', draft(name, address, { clientCertificate: { kind: 'files', paths, passphrase } }))).clientCertificate;
    expect(await add('One', [file('both.pem', person.certificate + lockedKey(person, 'heron'))], 'heron')).toBe('pem');
    expect(await add('Two', [file('cert.pem', person.certificate), file('key.pem', person.key)], null)).toBe('pem');
    expect(await add('Three', [file('person.p12', pkcs12(person, 'heron'))], 'heron')).toBe('pkcs12');
  });

  test.each<readonly [string, () => string[]]>([
    ['a file that is not there', () => [join(tempFolder(), 'absent.pem')]],
    ['a folder', () => [tempFolder()]],
    ['a certificate alone', () => [file('alone.pem', person.certificate)]],
    ['a key alone', () => [file('key.pem', person.key)]],
    ['two PKCS#12 files', () => [file('a.p12', pkcs12(person, 'a')), file('b.p12', pkcs12(person, 'a'))]],
    ['a file of another kind', () => [file('photo.jpg', Buffer.alloc(400, 7))]],
  ])('%s is refused as endpoint.bad-profile', async (_, paths) => {
    const caller = await opened();
    expect(await caller.fails('endpoints.add', draft('Never', address, { clientCertificate: { kind: 'files', paths: paths(), passphrase: null } }))).toBe('endpoint.bad-profile');
  });

  test('to trust are read from PEM, DER or text, and say whose they are', async () => {
    const caller = await opened();
    const facts = [{ subject: 'Harbour root', issuer: 'Harbour root' }];
    for (const from of [{ path: file('root.pem', root.certificate) }, { path: file('root.cer', root.der) }, { pem: root.certificate }]) {
      expect(await caller.ok('endpoints.read-certificates', from)).toMatchObject({ pem: root.certificate, certificates: facts });
    }
    expect(await caller.fails('endpoints.read-certificates', { path: file('key.pem', person.key) })).toBe('endpoint.bad-profile');
  });
});

test('an answer keeps who gave it, whatever becomes of the endpoint; each step is in the trail without a key', async () => {
  const caller = await opened();
  const server = await serve((response, seen, nth) => (seen.method === 'GET' ? model(response, seen, nth) : streams(frames(textFrame('The pump tripped [1].'), finishFrame('stop'), '[DONE]'))(response, seen, nth)));
  const info = await caller.ok('cases.create', { name: 'Pumps', marking: 'UNCLASSIFIED' });
  const folder = tempFolder();
  writeFileSync(join(folder, 'a.txt'), 'The pump at station four tripped after thirty-one hours.');
  await ingestPaths(caller, info, [folder]);
  const { endpoint } = await caller.ok('endpoints.add', draft('Harbour', server.baseUrl, { auth: { kind: 'bearer', key: keyCanary } }));
  const { conversation } = await caller.ok('chat.ask', { case: info.case, conversation: null, question: 'Why did the pump trip?', endpoint });
  await caller.ok('endpoints.change', { endpoint, profile: { ...draft('Renamed', server.baseUrl), auth: null } });
  await caller.ok('endpoints.remove', { endpoint });
  const { turns } = await caller.ok('chat.turns', { case: info.case, conversation });
  expect(turns[0]?.answer?.model).toEqual({ kind: 'endpoint', name: 'Harbour', model: 'small-1' });
  const trail = JSON.stringify(await caller.ok('audit.list', { case: null, offset: 0, limit: 100 }));
  for (const action of ['endpoint.added', 'endpoint.changed', 'endpoint.removed']) expect(trail).toContain(action);
  expect(trail).not.toContain(keyCanary);
});
