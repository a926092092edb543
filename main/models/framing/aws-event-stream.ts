/**
 * AWS's event stream encoding (application/vnd.amazon.eventstream): messages of
 *   total length u32 | headers length u32 | CRC-32 of those eight bytes | headers | payload | CRC-32 of everything before it,
 * big-endian. A header is: name length u8 | name | type u8 | value, a string (type 7) being length u16 | UTF-8.
 * Source: Smithy 2.0 specification, event stream encoding.
 */
import { crc32 } from 'node:zlib';
import { AppError } from '../../base/errors.ts';
import type { FaultTarget } from '../server-fault.ts';
import type { Frame, Framing } from './frame.ts';
import { longestFrame, tooLong } from './too-long.ts';

const preludeBytes = 12;
const crcBytes = 4;
const longestHeaders = 128 * 1024;
/** Bytes of a value by its type; type 6 and 7 (bytes and text) say their length themselves. */
const valueBytesByType: Readonly<Record<number, number>> = { 0: 0, 1: 0, 2: 1, 3: 2, 4: 4, 5: 8, 8: 8, 9: 16 };

/** AWS's event stream. Each checksum is checked before what it covers is used. */
export function createAwsEventStream(target: FaultTarget): Framing {
  let pieces: Uint8Array[] = [];
  let heldBytes = 0;
  let wantedBytes = preludeBytes;
  let fault: AppError | null = null;
  const giveUp = (found: AppError): null => {
    fault = found;
    return null;
  };
  /** The next message's frame, null while it is not all there; the bytes of `held` that it took. */
  const next = (held: Buffer): { readonly frame: Frame | null; readonly taken: number } | null => {
    if (held.byteLength < preludeBytes) return null;
    const totalBytes = held.readUInt32BE(0);
    const headerBytes = held.readUInt32BE(4);
    if (crc32(held.subarray(0, 8)) !== held.readUInt32BE(8)) return giveUp(damaged(target));
    if (totalBytes > longestFrame || headerBytes > longestHeaders) return giveUp(tooLong(target));
    if (totalBytes < preludeBytes + headerBytes + crcBytes) return giveUp(damaged(target));
    wantedBytes = totalBytes;
    if (held.byteLength < totalBytes) return null;
    const end = totalBytes - crcBytes;
    if (crc32(held.subarray(0, end)) !== held.readUInt32BE(end)) return giveUp(damaged(target));
    const headers = readHeaders(held.subarray(preludeBytes, preludeBytes + headerBytes));
    if (headers === null) return giveUp(damaged(target));
    wantedBytes = preludeBytes;
    return { frame: frameOf(headers, held.subarray(preludeBytes + headerBytes, end).toString('utf8')), taken: totalBytes };
  };
  return {
    feed: (bytes) => {
      if (fault !== null) return [];
      pieces.push(bytes);
      heldBytes += bytes.byteLength;
      if (heldBytes < wantedBytes) return []; // joined only once a message can be complete: linear, however the stream is cut
      let held = Buffer.concat(pieces);
      const frames: Frame[] = [];
      for (let found = next(held); found !== null; found = next(held)) {
        if (found.frame !== null) frames.push(found.frame);
        held = held.subarray(found.taken);
      }
      pieces = [held];
      heldBytes = held.byteLength;
      return frames;
    },
    end: () => [],
    fault: () => fault,
  };
}

function damaged({ name }: FaultTarget): AppError {
  return new AppError('endpoint.server-failed', `A piece of the answer of ${name} arrived damaged: its checksum is wrong.`, { data: { endpoint: name } });
}

/** Text headers by name, others left out; null when they are not well formed. */
function readHeaders(bytes: Buffer): ReadonlyMap<string, string> | null {
  const headers = new Map<string, string>();
  let at = 0;
  const take = (count: number): Buffer | null => {
    if (at + count > bytes.byteLength) return null;
    at += count;
    return bytes.subarray(at - count, at);
  };
  while (at < bytes.byteLength) {
    const name = take(take(1)?.[0] ?? Infinity);
    const type = take(1)?.[0];
    if (name === null || type === undefined) return null;
    const isSized = type === 6 || type === 7;
    const value = take(isSized ? (take(2)?.readUInt16BE() ?? Infinity) : (valueBytesByType[type] ?? Infinity));
    if (value === null) return null;
    if (type === 7) headers.set(name.toString('utf8'), value.toString('utf8'));
  }
  return headers;
}

/** Exceptions and errors become frames named error; a message of a type that is not known says nothing. */
function frameOf(headers: ReadonlyMap<string, string>, data: string): Frame | null {
  const type = headers.get(':message-type') ?? 'event';
  if (type === 'event') return { event: headers.get(':event-type') ?? null, data, code: null };
  if (type === 'exception') return { event: 'error', data, code: headers.get(':exception-type') ?? null };
  if (type === 'error') return { event: 'error', data: JSON.stringify({ message: headers.get(':error-message') ?? '' }), code: headers.get(':error-code') ?? null };
  return null;
}
