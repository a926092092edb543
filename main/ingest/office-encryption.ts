import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto';
import type { CompoundFile } from './compound-file.ts';
import { ExtractFailure, reasons } from './extracted.ts';
import { walkXml } from './xml-walk.ts';

/** What Office itself encrypts with where a document is only marked as read-only or a workbook as protected; it opens such files unasked. */
const officePassword = 'VelvetSweatshop';
/** A file may ask for any number of rounds; Office writes 100,000. */
const mostRounds = 2_000_000;
const segmentBytes = 4096;
const blockKeys = { input: 'fea7d2763b4b9e79', hash: 'd7aa0f6d3061344e', key: '146e0be7abacd0d6' } as const;

/**
 * The package inside an encrypted Office file ([MS-OFFCRYPTO] 2.3.4), opened with the first password that fits; Office's own is tried last. Throws
 * ExtractFailure: office.password when none was given, password.needed when none of those given fits, file.damaged for what is no such file.
 */
export function decryptedPackage(file: CompoundFile, passwords: readonly string[]): Uint8Array {
  const info = file.stream('EncryptionInfo');
  const sealed = file.stream('EncryptedPackage');
  if (info === null || sealed === null || info.length < 8 || sealed.length < 8) throw new ExtractFailure(reasons.damaged('encrypted Office document'));
  const sizeBytes = sealed.readUInt32LE(0);
  const open = info.readUInt16LE(0) === 4 && info.readUInt16LE(2) === 4 ? agile(info.toString('utf8', 8)) : standard(info);
  if (open === null) throw new ExtractFailure(reasons.encryptedOtherwise);
  for (const password of [...passwords, officePassword]) {
    const decrypt = open(Buffer.from(password, 'utf16le'));
    if (decrypt !== null) return Uint8Array.from(decrypt(sealed.subarray(8)).subarray(0, sizeBytes));
  }
  throw new ExtractFailure(passwords.length > 0 ? reasons.passwordNeeded : reasons.encryptedOffice);
}

type Decrypt = (sealed: Buffer) => Buffer;

const number32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};
const hashed = (algorithm: string, ...parts: readonly Uint8Array[]): Buffer => {
  const hash = createHash(algorithm);
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** 2.3.4.7, 2.3.4.11: the password's hash, hashed again with the number of each round. */
function stretched(algorithm: string, salt: Buffer, password: Buffer, rounds: number): Buffer {
  let hash = hashed(algorithm, salt, password);
  for (let round = 0; round < rounds; round += 1) hash = hashed(algorithm, number32(round), hash);
  return hash;
}

/** A length that a key or a vector must have: cut, or filled with 0x36. */
const fitted = (bytes: Buffer, length: number): Buffer => Buffer.concat([bytes, Buffer.alloc(Math.max(0, length - bytes.length), 0x36)]).subarray(0, length);

function cbc(key: Buffer, vector: Buffer, sealed: Buffer): Buffer {
  const decipher = createDecipheriv(`aes-${key.length * 8}-cbc`, key, vector).setAutoPadding(false);
  return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length & ~15)), decipher.final()]);
}

/** 2.3.4.10 to 2.3.4.15, agile encryption; null for algorithms other than AES in CBC and the SHA family. */
function agile(xml: string): ((password: Buffer) => Decrypt | null) | null {
  let data: Readonly<Record<string, string>> = {};
  let locked: Readonly<Record<string, string>> = {};
  walkXml(xml, {
    open: (name, attributes) => {
      if (name === 'keyData') data = attributes;
      else if (name === 'encryptedKey') locked = attributes;
    },
  });
  const algorithm = (locked['hashAlgorithm'] ?? '').toLowerCase().replace('-', '');
  const rounds = Number(locked['spinCount']);
  const keyBytes = Number(locked['keyBits']) / 8;
  if (!/^sha(?:1|256|384|512)$/.test(algorithm) || locked['cipherAlgorithm'] !== 'AES' || locked['cipherChaining'] !== 'ChainingModeCBC' || ![16, 24, 32].includes(keyBytes) || !(rounds >= 0 && rounds <= mostRounds)) return null;
  const bytes = (of: Readonly<Record<string, string>>, name: string): Buffer => Buffer.from(of[name] ?? '', 'base64');
  const salt = bytes(locked, 'saltValue');
  return (password) => {
    const hash = stretched(algorithm, salt, password, rounds);
    const part = (block: string, name: string): Buffer => cbc(fitted(hashed(algorithm, hash, Buffer.from(block, 'hex')), keyBytes), fitted(salt, 16), bytes(locked, name));
    const given = hashed(algorithm, part(blockKeys.input, 'encryptedVerifierHashInput').subarray(0, Number(locked['saltSize'])));
    const kept = part(blockKeys.hash, 'encryptedVerifierHashValue').subarray(0, given.length);
    if (kept.length !== given.length || !timingSafeEqual(kept, given)) return null;
    const key = part(blockKeys.key, 'encryptedKeyValue').subarray(0, keyBytes);
    const dataSalt = bytes(data, 'saltValue');
    return (sealed) => {
      const segments: Buffer[] = [];
      for (let at = 0; at < sealed.length; at += segmentBytes) segments.push(cbc(key, fitted(hashed(algorithm, dataSalt, number32(at / segmentBytes)), 16), sealed.subarray(at, at + segmentBytes)));
      return Buffer.concat(segments);
    };
  };
}

/** 2.3.4.5 to 2.3.4.9, standard encryption: AES in ECB with SHA-1 and 50,000 rounds; null for RC4, which came before. */
function standard(info: Buffer): ((password: Buffer) => Decrypt | null) | null {
  const headBytes = info.readUInt32LE(8);
  const verifier = info.subarray(12 + headBytes);
  if (headBytes < 32 || verifier.length < 72) return null;
  const keyBytes = info.readUInt32LE(12 + 16) / 8;
  if (![0x660e, 0x660f, 0x6610].includes(info.readUInt32LE(12 + 8)) || ![16, 24, 32].includes(keyBytes)) return null;
  const salt = verifier.subarray(4, 20);
  return (password) => {
    const last = hashed('sha1', stretched('sha1', salt, password, 50_000), number32(0));
    const half = (fill: number): Buffer => {
      const block = Buffer.alloc(64, fill);
      for (let index = 0; index < last.length; index += 1) block[index] = fill ^ (last[index] ?? 0);
      return hashed('sha1', block);
    };
    const key = Buffer.concat([half(0x36), half(0x5c)]).subarray(0, keyBytes);
    const decrypt: Decrypt = (sealed) => {
      const decipher = createDecipheriv(`aes-${keyBytes * 8}-ecb`, key, null).setAutoPadding(false);
      return Buffer.concat([decipher.update(sealed.subarray(0, sealed.length & ~15)), decipher.final()]);
    };
    const given = hashed('sha1', decrypt(verifier.subarray(20, 36)));
    const kept = decrypt(verifier.subarray(40, 72)).subarray(0, 20);
    return timingSafeEqual(given, kept) ? decrypt : null;
  };
}
