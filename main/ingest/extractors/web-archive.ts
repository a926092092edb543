import { createGunzip } from 'node:zlib';
import { pieceReader, piecesOf } from '../byte-source.ts';
import type { ByteSource, PieceReader } from '../byte-source.ts';
import { drained } from '../drained.ts';
import { reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { largestMemberBytes, readMembers } from '../members.ts';
import type { MemberSink } from '../members.ts';

const longestHead = 64 * 1024;
const mostUnfolded = 64 * 2 ** 20;

/**
 * A web archive (WARC, ISO 28500), read by ours as a stream: each response and each resource becomes a child at the address that it had, without the
 * headers of the transfer. Requests, records about the archive itself and revisits hold no page and are passed over.
 */
export async function extractWebArchive(source: ByteSource, _name: string, mediaType: string, sink: MemberSink): Promise<Extracted> {
  return readMembers(async () => {
    const reader = pieceReader(piecesOf(source));
    for (let head = await headLines(reader); head !== null; head = await headLines(reader)) {
      if (head[0] === '') continue;
      const field = (name: string): string => head?.find((line) => line.toLowerCase().startsWith(`${name}:`))?.slice(name.length + 1).trim() ?? '';
      const length = Number(field('content-length'));
      if (head[0]?.startsWith('WARC/') !== true || !Number.isSafeInteger(length) || length < 0) throw new Error('no record');
      const type = field('warc-type').toLowerCase();
      const path = placeOf(field('warc-target-uri').replace(/^<|>$/g, ''));
      if ((type !== 'response' && type !== 'resource') || length === 0) await reader.skip(length);
      else if (length > Math.min(largestMemberBytes, sink.largest())) {
        await reader.skip(length);
        await sink.lose(path, reasons.memberTooLarge, length);
      } else {
        const bytes = await reader.take(length);
        await sink.add({ path, bytes: type === 'response' && bytes.toString('latin1', 0, 5).startsWith('HTTP/') ? await withoutTransfer(bytes) : bytes });
      }
    }
  }, sink, { mediaType, extractor: 'web archive 1' }, reasons.damaged('web archive'));
}

/** The lines up to an empty one; null at the end. An empty line before a record comes as one alone. */
async function headLines(reader: PieceReader): Promise<string[] | null> {
  let head = '';
  for (;;) {
    const byte = await reader.take(1);
    if (byte.length === 0) return head.trim() === '' ? null : head.split(/\r?\n/);
    head += byte.toString('latin1');
    if (head === '\r\n' || head === '\n') return [''];
    if (head.endsWith('\r\n\r\n') || head.endsWith('\n\n')) return head.trim().split(/\r?\n/);
    if (head.length > longestHead) throw new Error('no record');
  }
}

/** The address as folders: host, then path; what ends with a slash is that folder's page. */
function placeOf(address: string): string {
  const bare = address.replace(/^[a-z][a-z0-9+.-]*:(?:\/\/)?/i, '').replace(/[?#].*$/s, '');
  return bare.endsWith('/') || !bare.includes('/') ? `${bare.replace(/\/$/, '')}/index.html` : bare;
}

/** RFC 9112: headers and chunks go, and gzip is undone; what cannot be undone stays as it came. */
async function withoutTransfer(bytes: Buffer): Promise<Buffer> {
  const end = /\r?\n\r?\n/.exec(bytes.toString('latin1', 0, longestHead));
  if (end === null) return bytes;
  const head = bytes.toString('latin1', 0, end.index);
  let body: Buffer = bytes.subarray(end.index + end[0].length);
  if (/^transfer-encoding:.*chunked/im.test(head)) body = joinedChunks(body);
  if (!/^content-encoding:.*gzip/im.test(head)) return body;
  const unpacked: Buffer[] = [];
  const stream = createGunzip();
  stream.end(body);
  let size = 0;
  try {
    for await (const piece of drained(stream)) {
      size += piece.length;
      if (size > mostUnfolded) return body;
      unpacked.push(Buffer.from(piece));
    }
    return Buffer.concat(unpacked);
  } catch {
    return body;
  }
}

function joinedChunks(body: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length; ) {
    const line = body.indexOf('\n', at);
    const size = line < 0 ? Number.NaN : Number.parseInt(body.toString('latin1', at, line), 16);
    if (!Number.isFinite(size)) return chunks.length === 0 ? body : Buffer.concat(chunks);
    if (size === 0) break;
    chunks.push(body.subarray(line + 1, line + 1 + size));
    at = line + 1 + size + 2;
  }
  return Buffer.concat(chunks);
}
