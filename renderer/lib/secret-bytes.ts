/** Secrets on their way from a field to the engine. */

/** Gives the secret's UTF-8 bytes to `spend` and wipes this window's copy when that has ended, whichever way. */
export async function withSecretBytes<T>(secret: string, spend: (bytes: Uint8Array<ArrayBuffer>) => Promise<T>): Promise<T> {
  const bytes = new TextEncoder().encode(secret.normalize('NFC'));
  try {
    return await spend(bytes);
  } finally {
    bytes.fill(0);
  }
}
