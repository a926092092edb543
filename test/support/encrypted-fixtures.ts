/** Encrypted files, made by writers that are the inverse of no code of the program: from the specifications. */
import { createCipheriv, createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { crc32, deflateRawSync } from 'node:zlib';
import { compoundFile } from './compound-fixtures.ts';

const le32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** A package under agile encryption ([MS-OFFCRYPTO] 2.3.4.10): AES-256 in CBC, SHA-512, few rounds. */
export function encryptedPackage(file: Uint8Array, password: string): Uint8Array {
  const sha = (...parts: readonly Uint8Array[]): Buffer => createHash('sha512').update(Buffer.concat(parts)).digest();
  const padded = (bytes: Uint8Array): Buffer => Buffer.concat([bytes, Buffer.alloc((16 - (bytes.length % 16)) % 16)]);
  const sealed = (key: Buffer, vector: Buffer, bytes: Uint8Array): Buffer => createCipheriv('aes-256-cbc', key, vector).setAutoPadding(false).update(padded(bytes));
  const [salt, dataSalt, key, verifier] = [1, 2, 3, 4].map((seed) => createHash('sha256').update(String(seed)).digest()) as [Buffer, Buffer, Buffer, Buffer];
  const vector = salt.subarray(0, 16);
  let hash = sha(vector, Buffer.from(password, 'utf16le'));
  for (let round = 0; round < 50; round += 1) hash = sha(le32(round), hash);
  const lock = (block: string, bytes: Uint8Array): string => sealed(sha(hash, Buffer.from(block, 'hex')).subarray(0, 32), vector, bytes).toString('base64');
  const half = dataSalt.subarray(0, 16);
  const algorithms = 'blockSize="16" keyBits="256" hashSize="64" saltSize="16" cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"';
  const xml = `<encryption xmlns:p="p"><keyData ${algorithms} saltValue="${half.toString('base64')}"/><keyEncryptors><keyEncryptor><p:encryptedKey spinCount="50" ${algorithms} saltValue="${vector.toString('base64')}" encryptedVerifierHashInput="${lock('fea7d2763b4b9e79', verifier.subarray(0, 16))}" encryptedVerifierHashValue="${lock('d7aa0f6d3061344e', sha(verifier.subarray(0, 16)))}" encryptedKeyValue="${lock('146e0be7abacd0d6', key)}"/></keyEncryptor></keyEncryptors></encryption>`;
  const segments: Buffer[] = [];
  for (let at = 0; at < file.length; at += 4096) segments.push(sealed(key, sha(half, le32(at / 4096)).subarray(0, 16), file.subarray(at, at + 4096)));
  return compoundFile({ EncryptionInfo: Buffer.concat([Buffer.from([4, 0, 4, 0]), le32(0x40), Buffer.from(xml)]), EncryptedPackage: Buffer.concat([le32(file.length), le32(0), ...segments]) });
}

/** What a ZIP entry looks like when it is encrypted with AES-256 (WinZip's AE-2). */
export function aesEntry(bytes: Uint8Array, password: string): { readonly packed: Uint8Array; readonly extra: Uint8Array } {
  const salt = createHash('sha256').update('salt').digest().subarray(0, 16);
  const keys = pbkdf2Sync(password, salt, 1000, 66, 'sha1');
  const plain = deflateRawSync(bytes);
  const sealed = Buffer.from(plain);
  for (let at = 0, block = 1; at < sealed.length; at += 16, block += 1) {
    const stream = createCipheriv('aes-256-ecb', keys.subarray(0, 32), null).update(Buffer.concat([le32(block), Buffer.alloc(12)]));
    for (let index = at; index < Math.min(sealed.length, at + 16); index += 1) sealed.writeUInt8((sealed[index] ?? 0) ^ (stream[index - at] ?? 0), index);
  }
  const code = createHmac('sha1', keys.subarray(32, 64)).update(sealed).digest().subarray(0, 10);
  return { packed: Buffer.concat([salt, keys.subarray(64), sealed, code]), extra: Buffer.from([0x01, 0x99, 7, 0, 2, 0, 0x41, 0x45, 3, 8, 0]) };
}

/** The traditional kind (APPNOTE 6.1) around deflated bytes. */
export function traditionalEntry(bytes: Uint8Array, password: string): Uint8Array {
  const step = (crc: number, byte: number): number => (crc32(Buffer.from([byte]), ~crc >>> 0) ^ 0xffffffff) >>> 0;
  let keys: [number, number, number] = [0x12345678, 0x23456789, 0x34567890];
  const change = (byte: number): void => {
    const first = step(keys[0], byte);
    const second = Number((BigInt((keys[1] + (first & 255)) >>> 0) * 134_775_813n + 1n) & 0xffffffffn);
    keys = [first, second, step(keys[2], second >>> 24)];
  };
  for (const byte of Buffer.from(password)) change(byte);
  const head = Buffer.alloc(12, 9);
  head.writeUInt8(crc32(bytes) >>> 24, 11);
  return Uint8Array.from(Buffer.concat([head, deflateRawSync(bytes)]), (byte) => {
    const mask = BigInt((keys[2] | 2) & 0xffff);
    const out = byte ^ Number(((mask * (mask ^ 1n)) >> 8n) & 255n);
    change(byte);
    return out;
  });
}

function rc4(key: Uint8Array, bytes: Uint8Array): Buffer {
  const state = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (let index = 0, other = 0; index < 256; index += 1) {
    other = (other + (state[index] ?? 0) + (key[index % key.length] ?? 0)) & 255;
    [state[index], state[other]] = [state[other] ?? 0, state[index] ?? 0];
  }
  let [first, second] = [0, 0];
  return Buffer.from(Uint8Array.from(bytes, (byte) => {
    first = (first + 1) & 255;
    second = (second + (state[first] ?? 0)) & 255;
    [state[first], state[second]] = [state[second] ?? 0, state[first] ?? 0];
    return byte ^ (state[((state[first] ?? 0) + (state[second] ?? 0)) & 255] ?? 0);
  }));
}

/** A PDF of one line, encrypted with RC4 of 40 bits for a user's password (ISO 32000-1 7.6.3, revision 2). */
export function encryptedPdf(line: string, password: string): Uint8Array {
  const filler = Buffer.from('28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a', 'hex');
  const padded = Buffer.concat([Buffer.from(password, 'latin1'), filler]).subarray(0, 32);
  const md5 = (...parts: readonly Uint8Array[]): Buffer => createHash('md5').update(Buffer.concat(parts)).digest();
  const owner = rc4(md5(padded).subarray(0, 5), padded);
  const id = Buffer.from('0123456789abcdef');
  const key = md5(padded, owner, Buffer.from([0xfc, 0xff, 0xff, 0xff]), id).subarray(0, 5);
  const content = rc4(md5(key, Buffer.from([5, 0, 0, 0, 0])).subarray(0, 10), Buffer.from(`BT /F1 12 Tf 72 700 Td (${line}) Tj ET`));
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>', '<< /Type /Pages /Kids [4 0 R] /Count 1 >>', '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources << /Font << /F1 3 0 R >> >> /Contents 5 0 R >>', `<< /Length ${content.length} >>\nstream\n${content.toString('latin1')}\nendstream`,
    `<< /Filter /Standard /V 1 /R 2 /P -4 /O <${owner.toString('hex')}> /U <${rc4(key, filler).toString('hex')}> >>`,
  ];
  let out = '%PDF-1.4\n';
  const places = objects.map((body, index) => {
    const at = out.length;
    out += `${index + 1} 0 obj\n${body}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = out.length;
  out += `xref\n0 7\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size 7 /Root 1 0 R /Encrypt 6 0 R /ID [<${id.toString('hex')}> <${id.toString('hex')}>] >>\nstartxref\n${start}\n%%EOF\n`;
  return Uint8Array.from(Buffer.from(out, 'latin1'));
}
