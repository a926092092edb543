import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { createServer as createTlsServer } from 'node:tls';
import { promisify } from 'node:util';
import { afterEach, describe, expect, test } from 'vitest';
import type { ClientCertificate } from '../../../preload/contract/domains/endpoints.ts';
import { isAppError } from '../../../main/base/errors.ts';
import { createEgress, type EgressTarget } from '../../../main/policy/index.ts';
import { issue, lockedKey, type Issued } from '../../support/certificates/certificates.ts';
import { pkcs12 } from '../../support/certificates/pkcs12.ts';
import { endpointName, nowMs } from '../../support/model-servers/asking.ts';
import { closedPort, startRawServer } from '../../support/model-servers/raw-server.ts';
import { startProxy, startSecureServer } from '../../support/model-servers/secure-servers.ts';
import { tempFolder } from '../../support/vaults.ts';

const open: { readonly close: () => Promise<unknown> }[] = [];
const keep = <T extends { readonly close: () => Promise<unknown> }>(made: T): T => {
  open.push(made);
  return made;
};
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

const root = issue({ name: 'Test root', isAuthority: true });
const otherRoot = issue({ name: 'Other root', isAuthority: true });
const here = ['localhost', '127.0.0.1'];
const good = issue({ name: 'localhost', hosts: here, by: root });
const person = issue({ name: 'Analyst', by: root });
const stranger = issue({ name: 'Stranger', by: otherRoot });

const serve = async ({ certificate, key }: Issued, more: ServerOptions = {}) => keep(await startSecureServer({ cert: certificate, key, ...more }));
const targetAt = (port: number, more: Partial<EgressTarget> = {}): EgressTarget => ({ name: endpointName, baseUrl: `https://localhost:${port}/v1`, headersTimeoutMs: 20_000, idleTimeoutMs: 20_000, maxResponseBytes: 1_000_000, ...more });

/** `answered`, or the fault's name; whatever else goes wrong is thrown. */
async function outcome(target: EgressTarget): Promise<string> {
  const egress = keep(createEgress({ clock: { nowMs: () => nowMs } }));
  try {
    const { body } = await egress.fetch(target, { method: 'GET', path: '/models', headers: {} }, new AbortController().signal);
    for await (const bytes of body) void bytes;
    return 'answered';
  } catch (error) {
    if (!isAppError(error)) throw error;
    expect(error.message).toContain(isAppError(error, 'endpoint.bad-profile') ? '' : endpointName);
    return typeof error.data['fault'] === 'string' ? error.data['fault'] : `${error.code} ${String(error.data['field'] ?? error.data['reason'])}`;
  }
}

describe('the certificate of a server', () => {
  test('is accepted from an issuer that the profile trusts, by name and by address', async () => {
    const server = await serve(good);
    expect(await outcome(targetAt(server.port, { ca: root.certificate }))).toBe('answered');
    expect(await outcome(targetAt(server.port, { ca: otherRoot.certificate + root.certificate, baseUrl: `https://127.0.0.1:${server.port}/v1` }))).toBe('answered');
  });

  test('is accepted when it signed itself and is the one that is trusted', async () => {
    const alone = issue({ name: 'localhost', hosts: here });
    const server = await serve(alone);
    expect(await outcome(targetAt(server.port, { ca: alone.certificate }))).toBe('answered');
  });

  const hour = 3_600_000;
  test.each<readonly [string, Issued, Partial<EgressTarget>]>([
    ['self-signed', issue({ name: 'localhost', hosts: here }), {}],
    ['self-signed', issue({ name: 'localhost', hosts: here }), { ca: root.certificate }],
    ['unknown-issuer', good, {}],
    ['unknown-issuer', good, { ca: otherRoot.certificate }],
    ['expired', issue({ name: 'localhost', hosts: here, by: root, fromMs: -9 * hour, toMs: -hour }), { ca: root.certificate }],
    ['not-yet-valid', issue({ name: 'localhost', hosts: here, by: root, fromMs: hour, toMs: 9 * hour }), { ca: root.certificate }],
    ['wrong-host', issue({ name: 'localhost', hosts: ['models.agency.example'], by: root }), { ca: root.certificate }],
    ['wrong-host', issue({ name: 'localhost', by: root }), { ca: root.certificate, baseUrl: 'https://127.0.0.1' }],
  ])('%s is refused by that name, and no request is written', async (fault, issued, more) => {
    const server = await serve(issued);
    expect(await outcome(targetAt(server.port, more.baseUrl === undefined ? more : { ...more, baseUrl: `${more.baseUrl}:${server.port}/v1` }))).toBe(fault);
    expect(server.requests).toEqual([]);
  });

  test('is not believed because the environment trusts its issuer', async () => {
    const server = await serve(good);
    const file = join(tempFolder(), 'extra.pem');
    writeFileSync(file, root.certificate);
    const script = `
      const { createEgress } = await import(${JSON.stringify(new URL('../../../main/policy/index.ts', import.meta.url).href)});
      const egress = createEgress({ clock: { nowMs: () => 0 } });
      const target = { name: 'A', baseUrl: 'https://localhost:${server.port}/v1', headersTimeoutMs: 9000, idleTimeoutMs: 9000, maxResponseBytes: 1000 };
      await egress.fetch(target, { method: 'GET', path: '/models', headers: {} }, new AbortController().signal).then(() => console.log('answered'), (error) => console.log(error.data.fault));
      await egress.close();`;
    const { stdout } = await promisify(execFile)(process.execPath, ['--no-warnings', '--input-type=module', '-e', script], { env: { ...process.env, NODE_EXTRA_CA_CERTS: file, SSL_CERT_FILE: file, NODE_TLS_REJECT_UNAUTHORIZED: '0' } });
    expect(stdout.trim()).toBe('unknown-issuer');
    expect(server.requests).toEqual([]);
  });
});

describe('TLS', () => {
  test('older than 1.2 is refused', async () => {
    const server = await serve(good, { minVersion: 'TLSv1', maxVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' });
    expect(await outcome(targetAt(server.port, { ca: root.certificate }))).toBe('old-tls');
  });

  test('is missed by name where the server speaks plain text', async () => {
    const server = keep(await startRawServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')));
    expect(await outcome(targetAt(server.port))).toBe('not-tls');
  });

  test('that a server breaks off as soon as it stands ends as a fault of the connection, and never the process', async () => {
    const server = createTlsServer({ cert: good.certificate, key: good.key }, (socket) => socket.destroy());
    server.on('tlsClientError', () => undefined);
    await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
    open.push({ close: () => new Promise((resolve) => { server.close(resolve); }) });
    for (let time = 0; time < 20; time += 1) {
      const said = await outcome(targetAt((server.address() as AddressInfo).port, { ca: root.certificate }));
      expect(['closed-early', 'endpoint.unreachable UND_ERR_SOCKET', 'endpoint.unreachable ECONNRESET', 'endpoint.unreachable EPIPE']).toContain(said);
    }
  });

  test('that a server breaks off is told as that', async () => {
    const server = keep(await startRawServer((socket) => socket.destroy()));
    expect(await outcome(targetAt(server.port))).toBe('closed-early');
  });
});

describe.each(['TLSv1.2', 'TLSv1.3'] as const)('a server that wants a client certificate over %s', (version) => {
  const wanting = { requestCert: true, rejectUnauthorized: true, ca: root.certificate, minVersion: version, maxVersion: version } as const;
  const pem = (issued: Issued): ClientCertificate => ({ kind: 'pem', certificate: issued.certificate, key: issued.key, passphrase: null });

  test('gets it from PEM, from a locked key and from PKCS#12', async () => {
    const server = await serve(good, wanting);
    const ways = [
      pem(person),
      { kind: 'pem', certificate: person.certificate, key: lockedKey(person, 'heron'), passphrase: 'heron' },
      { kind: 'pkcs12', file: pkcs12(person, 'heron'), passphrase: 'heron' },
    ] as const;
    for (const clientCertificate of ways) expect(await outcome(targetAt(server.port, { ca: root.certificate, clientCertificate }))).toBe('answered');
    expect(server.requests.map(({ isClientKnown }) => isClientKnown)).toEqual([true, true, true]);
  });

  test('refuses to go on without one, by name, before a request is written', async () => {
    const server = await serve(good, wanting);
    expect(await outcome(targetAt(server.port, { ca: root.certificate }))).toBe('client-certificate-required');
    expect(server.requests).toEqual([]);
  });

  test('refuses one that it does not trust, by name, before a request is written', async () => {
    const server = await serve(good, wanting);
    expect(await outcome(targetAt(server.port, { ca: root.certificate, clientCertificate: pem(stranger) }))).toBe('client-certificate-refused');
    expect(server.requests).toEqual([]);
  });

  test('but does not insist answers without one', async () => {
    const server = await serve(good, { ...wanting, rejectUnauthorized: false });
    expect(await outcome(targetAt(server.port, { ca: root.certificate }))).toBe('answered');
  });
});

test('the issuers in a PKCS#12 file are shown to servers, not believed', async () => {
  const server = await serve(good);
  const clientCertificate = { kind: 'pkcs12', file: pkcs12(person, 'heron', [root]), passphrase: 'heron' } as const;
  expect(await outcome(targetAt(server.port, { ca: otherRoot.certificate, clientCertificate }))).toBe('unknown-issuer');
  expect(await outcome(targetAt(server.port, { ca: root.certificate, clientCertificate }))).toBe('answered');
  expect(server.requests.length).toBe(1);
});

test('a chain over an intermediate is believed whatever kind of client certificate is shown, and only to its own root', async () => {
  const middle = issue({ name: 'Middle', isAuthority: true, by: root });
  const leaf = issue({ name: 'localhost', hosts: here, by: middle });
  const server = keep(await startSecureServer({ cert: leaf.certificate + middle.certificate, key: leaf.key }));
  const clientCertificate = { kind: 'pkcs12', file: pkcs12(person, 'heron', [otherRoot]), passphrase: 'heron' } as const;
  expect(await outcome(targetAt(server.port, { ca: root.certificate, clientCertificate }))).toBe('answered');
  expect(await outcome(targetAt(server.port, { ca: root.certificate }))).toBe('answered');
  // The other root's server shows a certificate of a root that is trusted beside its own: it proves nothing.
  const foreign = issue({ name: 'localhost', hosts: here, by: otherRoot });
  const mixed = keep(await startSecureServer({ cert: foreign.certificate + middle.certificate, key: foreign.key }));
  expect(await outcome(targetAt(mixed.port, { ca: root.certificate, clientCertificate }))).toBe('unknown-issuer');
  expect(mixed.requests).toEqual([]);
});

test('a wrong passphrase of a kept client certificate is told, and nothing is opened', async () => {
  const server = await serve(good);
  const target = targetAt(server.port, { ca: root.certificate, clientCertificate: { kind: 'pkcs12', file: pkcs12(person, 'heron'), passphrase: 'stork' } });
  expect(await outcome(target)).toBe('endpoint.bad-profile clientCertificate.passphrase');
});

describe('a proxy', () => {
  const elsewhere = issue({ name: 'models.agency.example', hosts: ['models.agency.example'], by: root });
  const away = (proxy: string): EgressTarget => targetAt(0, { baseUrl: 'https://models.agency.example/v1', ca: root.certificate, proxy });

  test('is told the host and its port and nothing else; TLS is inside', async () => {
    const server = await serve(elsewhere);
    const proxy = keep(await startProxy(server.port));
    expect(await outcome(away(proxy.url))).toBe('answered');
    expect(proxy.heads).toEqual(['CONNECT models.agency.example:443 HTTP/1.1\r\nhost: models.agency.example:443\r\nconnection: keep-alive\r\n\r\n']);
    expect(server.requests.length).toBe(1);
  });

  test('does not change whose certificate is wanted', async () => {
    const server = await serve(good);
    const proxy = keep(await startProxy(server.port));
    expect(await outcome(away(proxy.url))).toBe('wrong-host');
    expect(server.requests).toEqual([]);
  });

  test('is never on the way to this computer itself', async () => {
    const server = await serve(good);
    const proxy = keep(await startProxy(server.port));
    for (const host of here) expect(await outcome(targetAt(server.port, { ca: root.certificate, proxy: proxy.url, baseUrl: `https://${host}:${server.port}/v1` }))).toBe('answered');
    expect(proxy.connections()).toBe(0);
  });

  test.each([
    ['HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic\r\ncontent-length: 0\r\n\r\n', 'proxy-sign-in'],
    ['HTTP/1.1 403 Forbidden\r\ncontent-length: 6\r\n\r\ndenied', 'proxy-refused'],
    ['HTTP/1.1 502 Bad Gateway\r\n\r\n', 'proxy-failed'],
    ['HTTP/1.1 302 Found\r\nlocation: http://consent.example/\r\n\r\n', 'not-a-proxy'],
    ['220 mail ready\r\n', 'not-a-proxy'],
    ['', 'proxy-failed'],
    ['HTTP/1.1 200 OK\r\n\r\nwelcome to the portal', 'not-a-proxy'],
  ])('that answers %j is named: %s', async (answer, fault) => {
    const proxy = keep(await startProxy(0, answer));
    expect(await outcome(away(proxy.url))).toBe(fault);
  });

  test('that is not there is named', async () => {
    expect(await outcome(away(`http://127.0.0.1:${await closedPort()}`))).toBe('proxy-unreachable');
  });

  test('that leads nowhere is given up at the profile’s time to connect', async () => {
    const proxy = keep(await startRawServer(() => undefined));
    expect(await outcome({ ...away(`http://127.0.0.1:${proxy.port}`), connectTimeoutMs: 200 })).toBe('endpoint.unreachable TimeoutError');
  });
});

test('connections are shared by targets that are reached alike and by no others; each is counted', async () => {
  const server = await serve(good);
  const egress = keep(createEgress({ clock: { nowMs: () => nowMs } }));
  const ask = async (more: Partial<EgressTarget>): Promise<number> => {
    const { body } = await egress.fetch(targetAt(server.port, { ca: root.certificate, ...more }), { method: 'GET', path: '/models', headers: {} }, new AbortController().signal);
    for await (const bytes of body) void bytes;
    await setImmediate(); // the connection is free again a turn after its body ended
    return egress.counters().sockets;
  };
  const clientCertificate = { kind: 'pem', certificate: person.certificate, key: person.key, passphrase: null } as const;
  expect([await ask({}), await ask({ name: 'Another' }), await ask({ ca: root.certificate + otherRoot.certificate }), await ask({ clientCertificate }), await ask({ clientCertificate })]).toEqual([1, 1, 2, 3, 3]);
});
