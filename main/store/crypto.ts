/**
 * The one place that calls node:crypto. Only algorithms that are FIPS-approved and that both OpenSSL (Node) and BoringSSL
 * (Electron) have: AES-256-GCM, HKDF and HMAC over SHA-2, PBKDF2. "Approved algorithms", never "validated module".
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, pbkdf2, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';

/** Nonce, ciphertext and tag of one AES-256-GCM sealing. */
export interface Sealed {
  readonly nonce: Uint8Array;
  readonly ciphertext: Uint8Array;
  readonly tag: Uint8Array;
}

/** The cryptography that the store needs; a validated provider could take its place. Keys are 32 bytes. */
export interface CryptoProvider {
  readonly randomBytes: (length: number) => Buffer;
  readonly sha256: (data: Uint8Array) => Buffer;
  readonly sha384: (data: Uint8Array | string) => Buffer;
  readonly hmacSha384: (key: Uint8Array, data: Uint8Array | string) => Buffer;
  /** HKDF-SHA-384, 32 bytes out. `info` names the use. */
  readonly deriveKey: (key: Uint8Array | KeyObject, salt: Uint8Array, info: string) => Buffer;
  /** PBKDF2-HMAC-SHA-512, 32 bytes out, off the event loop. */
  readonly stretch: (passphrase: Uint8Array, salt: Uint8Array, iterations: number) => Promise<Buffer>;
  /** AES-256-GCM under a random 96-bit nonce. */
  readonly seal: (key: Uint8Array, plaintext: Uint8Array, associated: Uint8Array) => Sealed;
  /** The plaintext, or null when the key, the bytes or the associated data do not fit. */
  readonly open: (key: Uint8Array, sealed: Sealed, associated: Uint8Array) => Buffer | null;
  /** As seal and open, under a nonce the caller guarantees to use once per key. The result ends with the 16-byte tag. */
  readonly sealWithNonce: (key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, associated: Uint8Array) => Buffer;
  readonly openWithNonce: (key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated: Uint8Array) => Buffer | null;
  readonly equal: (a: Uint8Array, b: Uint8Array) => boolean;
}

const stretchKey = promisify(pbkdf2);
const tagBytes = 16;

function sealWithNonce(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, associated: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  cipher.setAAD(associated);
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function openWithNonce(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated: Uint8Array): Buffer | null {
  if (sealed.length < tagBytes) return null;
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagBytes });
  decipher.setAAD(associated);
  decipher.setAuthTag(sealed.subarray(sealed.length - tagBytes));
  const head = decipher.update(sealed.subarray(0, sealed.length - tagBytes));
  try {
    return Buffer.concat([head, decipher.final()]);
  } catch {
    return null; // node:crypto has no other way to say that the tag does not fit
  }
}

/** node:crypto as it comes with Node or Electron. */
export const nodeCrypto: CryptoProvider = {
  randomBytes: (length) => randomBytes(length),
  sha256: (data) => createHash('sha256').update(data).digest(),
  sha384: (data) => createHash('sha384').update(data).digest(),
  hmacSha384: (key, data) => createHmac('sha384', key).update(data).digest(),
  deriveKey: (key, salt, info) => Buffer.from(hkdfSync('sha384', key, salt, info, 32)),
  stretch: (passphrase, salt, iterations) => stretchKey(passphrase, salt, iterations, 32, 'sha512'),
  seal: (key, plaintext, associated) => {
    const nonce = randomBytes(12);
    const sealed = sealWithNonce(key, nonce, plaintext, associated);
    return { nonce, ciphertext: sealed.subarray(0, -tagBytes), tag: sealed.subarray(-tagBytes) };
  },
  open: (key, sealed, associated) => openWithNonce(key, sealed.nonce, Buffer.concat([sealed.ciphertext, sealed.tag]), associated),
  sealWithNonce,
  openWithNonce,
  equal: (a, b) => a.length === b.length && timingSafeEqual(a, b),
};
