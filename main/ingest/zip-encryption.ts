import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from 'node:crypto';

/** What an entry's encryption needs to be undone. */
export interface SealedEntry {
  /** 99 for AES (APPNOTE 7.2.5, and WinZip's AE-1 and AE-2), else the traditional kind (6.1). */
  readonly method: number;
  /** The AES field of the directory; null where there is none. */
  readonly aes: { readonly strength: number; readonly method: number } | null;
  /** The byte that the traditional kind's head must end with. */
  readonly check: number;
}

/** The packed bytes of an entry and their method; null where the password does not fit. AES proves itself by a code, the traditional kind only by one byte. */
export function unsealedEntry(sealed: Uint8Array, entry: SealedEntry, password: string): { readonly packed: Uint8Array; readonly method: number } | null {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.length);
  if (entry.method !== 99) {
    const packed = traditional(bytes, password, entry.check);
    return packed === null ? null : { packed, method: entry.method };
  }
  const packed = entry.aes === null ? null : aes(bytes, entry.aes.strength, password);
  return packed === null || entry.aes === null ? null : { packed, method: entry.aes.method };
}

const codeBytes = 10;
const rounds = 1000;
const blockBytes = 16;

/** A salt, two bytes to check the password, the data in counter mode with the counter's low byte first, a code. */
function aes(bytes: Buffer, strength: number, password: string): Buffer | null {
  const keyBytes = [0, 16, 24, 32][strength] ?? 0;
  const saltBytes = keyBytes / 2;
  if (keyBytes === 0 || bytes.length < saltBytes + 2 + codeBytes) return null;
  const keys = pbkdf2Sync(password, bytes.subarray(0, saltBytes), rounds, keyBytes * 2 + 2, 'sha1');
  if (!keys.subarray(keyBytes * 2).equals(bytes.subarray(saltBytes, saltBytes + 2))) return null;
  const data = bytes.subarray(saltBytes + 2, bytes.length - codeBytes);
  const code = createHmac('sha1', keys.subarray(keyBytes, keyBytes * 2)).update(data).digest().subarray(0, codeBytes);
  if (!timingSafeEqual(code, bytes.subarray(bytes.length - codeBytes))) return null;
  const cipher = createCipheriv(`aes-${keyBytes * 8}-ecb`, keys.subarray(0, keyBytes), null).setAutoPadding(false);
  const out = Buffer.allocUnsafe(data.length);
  const counters = Buffer.alloc(4096 * blockBytes);
  for (let at = 0, block = 1; at < data.length; at += counters.length) {
    for (let index = 0; index < counters.length; index += blockBytes, block += 1) {
      counters.writeUInt32LE(block >>> 0, index);
      counters.writeUInt32LE(Math.floor(block / 2 ** 32), index + 4);
    }
    const stream = cipher.update(counters);
    const end = Math.min(data.length, at + counters.length);
    for (let index = at; index < end; index += 1) out[index] = (data[index] ?? 0) ^ (stream[index - at] ?? 0);
  }
  return out;
}

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = (value & 1) === 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});
const crcStep = (crc: number, byte: number): number => ((crc >>> 8) ^ (table[(crc ^ byte) & 255] ?? 0)) >>> 0;

/** APPNOTE 6.1: three keys that each byte of the text changes; twelve bytes stand before the data. */
function traditional(bytes: Buffer, password: string, check: number): Buffer | null {
  if (bytes.length < 12) return null;
  let [first, second, third] = [0x12345678, 0x23456789, 0x34567890];
  const change = (byte: number): void => {
    first = crcStep(first, byte);
    second = (Math.imul((second + (first & 255)) >>> 0, 134_775_813) + 1) >>> 0;
    third = crcStep(third, second >>> 24);
  };
  for (const byte of Buffer.from(password)) change(byte);
  const out = Buffer.allocUnsafe(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) {
    const mask = (third | 2) & 0xffff;
    const byte = (bytes[at] ?? 0) ^ ((Math.imul(mask, mask ^ 1) >>> 8) & 255);
    out[at] = byte;
    change(byte);
    if (at === 11 && byte !== check) return null;
  }
  return out.subarray(12);
}
