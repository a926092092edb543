/** Certificates made while a test runs (RFC 5280), so that no key is kept in the repository and none is ever out of date. */
import { generateKeyPairSync, randomBytes, sign, type KeyObject } from 'node:crypto';
import { isIP } from 'node:net';
import { bits, explicit, implicit, integer, octets, oid, pemOf, sequence, setOf, time, utf8, yes } from './der.ts';

const hour = 3_600_000;

/** A certificate with its key, as PEM and as what makes further ones. */
export interface Issued {
  readonly name: string;
  readonly certificate: string;
  readonly der: Buffer;
  /** PKCS#8 PEM, not encrypted. */
  readonly key: string;
  readonly privateKey: KeyObject;
}

/** What a certificate says. `hosts` are names and IPv4 addresses; times are relative to now. */
export interface CertificateOptions {
  readonly name: string;
  readonly hosts?: readonly string[];
  /** True for one that may issue others. */
  readonly isAuthority?: boolean;
  /** Who signs it; absent, it signs itself. */
  readonly by?: Issued;
  readonly fromMs?: number;
  readonly toMs?: number;
}

const nameOf = (text: string): Buffer => sequence(setOf(sequence(oid('2.5.4.3'), utf8(text))));
const extension = (id: string, value: Buffer, isCritical = false): Buffer => sequence(oid(id), ...(isCritical ? [yes()] : []), octets(value));
const ecdsaWithSha256 = sequence(oid('1.2.840.10045.4.3.2'));

/** Makes a P-256 key and a certificate for it. */
export function issue({ name, hosts = [], isAuthority = false, by, fromMs = -hour, toMs = 24 * hour }: CertificateOptions): Issued {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const now = Date.now();
  const alternatives = hosts.map((host) => (isIP(host) === 4 ? implicit(7, Buffer.from(host.split('.').map(Number))) : implicit(2, Buffer.from(host))));
  const body = sequence(
    explicit(0, integer(2)),
    integer(Buffer.concat([Buffer.of(1), randomBytes(11)])),
    ecdsaWithSha256,
    nameOf(by?.name ?? name),
    sequence(time(now + fromMs), time(now + toMs)),
    nameOf(name),
    publicKey.export({ type: 'spki', format: 'der' }),
    explicit(3, sequence(
      extension('2.5.29.19', isAuthority ? sequence(yes()) : sequence(), true),
      // keyCertSign and cRLSign, or digitalSignature.
      extension('2.5.29.15', isAuthority ? bits(Buffer.of(0x06), 1) : bits(Buffer.of(0x80), 7), true),
      ...(hosts.length === 0 ? [] : [extension('2.5.29.17', sequence(...alternatives))]),
    )),
  );
  const der = sequence(body, ecdsaWithSha256, bits(sign('sha256', body, by?.privateKey ?? privateKey)));
  return { name, certificate: pemOf('CERTIFICATE', der), der, key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(), privateKey };
}

/** The key as PEM under a passphrase. */
export function lockedKey({ privateKey }: Issued, passphrase: string): string {
  return privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase }).toString();
}
