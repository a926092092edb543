/** PKCS#12 files (RFC 7292) with a certificate and its key. */
import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { Issued } from './certificates.ts';
import { explicit, implicit, integer, nothing, octets, oid, sequence } from './der.ts';

const iterations = 2048;
const id = { data: '1.2.840.113549.1.7.1', encryptedData: '1.2.840.113549.1.7.6', keyBag: '1.2.840.113549.1.12.10.1.2', certBag: '1.2.840.113549.1.12.10.1.3', x509: '1.2.840.113549.1.9.22.1', rc2: '1.2.840.113549.1.12.1.6', sha256: '2.16.840.1.101.3.4.2.1' };

const dataOf = (content: Buffer): Buffer => sequence(oid(id.data), explicit(0, octets(content)));

/** Appendix B.2 with SHA-256, for one block of output. */
function macKey(passphrase: string, salt: Buffer): Buffer {
  const filled = (bytes: Buffer): Buffer => Buffer.alloc(64 * Math.ceil(bytes.length / 64), bytes);
  const password = Buffer.from(`${passphrase}\0`, 'utf16le').swap16();
  let key = Buffer.concat([Buffer.alloc(64, 3), filled(salt), filled(password)]);
  for (let round = 0; round < iterations; round += 1) key = createHash('sha256').update(key).digest();
  return key;
}

function sealed(parts: readonly Buffer[], passphrase: string): Uint8Array<ArrayBuffer> {
  const safe = sequence(...parts);
  const salt = randomBytes(8);
  const mac = createHmac('sha256', macKey(passphrase, salt)).update(safe).digest();
  return new Uint8Array(sequence(integer(3), dataOf(safe), sequence(sequence(sequence(oid(id.sha256), nothing()), octets(mac)), octets(salt), integer(iterations))));
}

/** A file as programs of today write it: the key under AES-256. `issuers` come with it. */
export function pkcs12({ der, privateKey }: Issued, passphrase: string, issuers: readonly Issued[] = []): Uint8Array<ArrayBuffer> {
  const key = privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-256-cbc', passphrase });
  return sealed([
    dataOf(sequence(...[der, ...issuers.map((issuer) => issuer.der)].map((certificate) => sequence(oid(id.certBag), explicit(0, sequence(oid(id.x509), explicit(0, octets(certificate)))))))),
    dataOf(sequence(sequence(oid(id.keyBag), explicit(0, key)))),
  ], passphrase);
}

/** A file as programs of long ago wrote it: its certificates under 40-bit RC2. What is inside is noise, for nothing can open it. */
export function legacyPkcs12(passphrase: string): Uint8Array<ArrayBuffer> {
  const rc2 = sequence(oid(id.rc2), sequence(octets(randomBytes(8)), integer(iterations)));
  return sealed([sequence(oid(id.encryptedData), explicit(0, sequence(integer(0), sequence(oid(id.data), rc2, implicit(0, randomBytes(64))))))], passphrase);
}
