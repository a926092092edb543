import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { app } from './app.ts';
import { strict } from './strict.ts';

const header = Buffer.from('v10');
const [ivLength, tagLength] = [12, 16];

/** A key in a file that only its owner may read: a stand-in for the keychain, no better than `basic_text` says it is. */
function key(): Buffer {
  const file = path.join(app.getPath('userData'), 'safe-storage.stand-in');
  try {
    return readFileSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(path.dirname(file), { recursive: true });
  const made = randomBytes(32);
  writeFileSync(file, made, { mode: 0o600, flag: 'wx' });
  return made;
}

/** Electron's safeStorage with AES-256-GCM under a key on disk. */
export const safeStorage = strict('safeStorage', {
  isEncryptionAvailable: () => app.isUp,
  getSelectedStorageBackend: () => 'basic_text',
  setUsePlainTextEncryption(_usePlainText: boolean): void {},
  encryptString(text: string): Buffer {
    const iv = randomBytes(ivLength);
    const cipher = createCipheriv('aes-256-gcm', key(), iv);
    return Buffer.concat([header, iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  },
  decryptString(sealed: Buffer): string {
    const start = header.length + ivLength;
    const refusal = 'Error while decrypting the ciphertext provided to safeStorage.decryptString.';
    if (sealed.length < start + tagLength || !sealed.subarray(0, header.length).equals(header)) throw new Error(refusal);
    const decipher = createDecipheriv('aes-256-gcm', key(), sealed.subarray(header.length, start));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    try {
      return Buffer.concat([decipher.update(sealed.subarray(start, -tagLength)), decipher.final()]).toString('utf8');
    } catch (cause) {
      throw new Error(refusal, { cause });
    }
  },
});
