/** Frames of AWS's event stream, made without the program's own code: a checksum bit by bit, headers in every type. */

/** A header's value: text, or one of the other types. */
export type HeaderValue = string | boolean | Date | Uint8Array | { readonly int: 1 | 2 | 4 | 8; readonly value: bigint } | { readonly uuid: Uint8Array };

/** CRC-32 (ISO 3309), a bit at a time. */
export function crc(bytes: Uint8Array): number {
  let register = 0xffffffff;
  for (const byte of bytes) {
    register ^= byte;
    for (let bit = 0; bit < 8; bit += 1) register = register & 1 ? (register >>> 1) ^ 0xedb88320 : register >>> 1;
  }
  return (register ^ 0xffffffff) >>> 0;
}

const big = (value: number, bytes: 2 | 4): Uint8Array => Uint8Array.from({ length: bytes }, (_, index) => (value >>> (8 * (bytes - 1 - index))) & 255);
const wide = (value: bigint, bytes: number): Uint8Array => Uint8Array.from({ length: bytes }, (_, index) => Number((value >> BigInt(8 * (bytes - 1 - index))) & 255n));
const join = (...parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

function headerBytes(name: string, value: HeaderValue): Uint8Array {
  const named = (type: number, ...rest: readonly Uint8Array[]): Uint8Array => join(Uint8Array.of(utf8(name).length), utf8(name), Uint8Array.of(type), ...rest);
  if (typeof value === 'string') return named(7, big(utf8(value).length, 2), utf8(value));
  if (typeof value === 'boolean') return named(value ? 0 : 1);
  if (value instanceof Date) return named(8, wide(BigInt(value.getTime()), 8));
  if (value instanceof Uint8Array) return named(6, big(value.length, 2), value);
  if ('uuid' in value) return named(9, value.uuid);
  return named({ 1: 2, 2: 3, 4: 4, 8: 5 }[value.int], wide(value.value, value.int));
}

/** One message. */
export function message(headers: Readonly<Record<string, HeaderValue>>, payload: string): Buffer {
  const head = join(...Object.entries(headers).map(([name, value]) => headerBytes(name, value)));
  const body = utf8(payload);
  const prelude = join(big(16 + head.length + body.length, 4), big(head.length, 4));
  const most = join(prelude, big(crc(prelude), 4), head, body);
  return Buffer.from(join(most, big(crc(most), 4)));
}

/** An event with a JSON payload, as Bedrock sends it. */
export function event(type: string, payload: unknown): Buffer {
  return message({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, JSON.stringify(payload));
}

/** An exception, as Bedrock sends it. */
export function exception(type: string, text: string): Buffer {
  return message({ ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' }, JSON.stringify({ message: text }));
}
