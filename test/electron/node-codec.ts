import { makeCodec } from './codec.ts';

function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
  const pooled = Buffer.from(text, 'base64');
  // A view over Node's shared pool would expose neighbours through its buffer, so only an exclusive buffer is passed on.
  if (pooled.byteOffset === 0 && pooled.buffer.byteLength === pooled.byteLength && pooled.buffer instanceof ArrayBuffer) return new Uint8Array(pooled.buffer);
  return new Uint8Array(pooled);
}

/** The codec of the main process's side of the wire to pages. */
export const codec = makeCodec(toBase64, fromBase64);
