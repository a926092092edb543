/** Reading one found file and everything inside it, outside the store: bytes, hash, text. What is stored already is not read again. */
import { createHash } from 'node:crypto';
import { close, fstat, open, read, readFile } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';
import type { StateReason } from '../../preload/contract/domains/basics.ts';
import type { BlobStore, StreamedBlob } from '../store/index.ts';
import type { ExtractPool } from './extract-pool.ts';
import { toExtracted, type ExtractResult } from './extracted.ts';

/** A file of a family. `reading` is null when the content is stored already and needs no reading. */
export interface FileNode {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
  /** Its bytes, or where they were streamed to when they are too many to hold. */
  readonly source: { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'stored'; readonly blob: StreamedBlob };
  readonly reading: ExtractResult | null;
  readonly children: readonly FileNode[];
}

export type Family = { readonly kind: 'read'; readonly root: FileNode } | { readonly kind: 'unreadable'; readonly reason: StateReason; readonly name: string };

/** Above this a file is kept but not read: it would not fit in a child's memory. */
export const largestReadBytes = 256 * 1024 * 1024;
/** How deep files within files are followed. */
const deepestChild = 8;

const reasons = {
  tooLarge: { code: 'file.too-large', sentence: 'The file is larger than 256 MiB, so its text is not read yet. The original is kept.' },
  tooDeep: { code: 'family.too-deep', sentence: 'This lies more than eight files deep, so its text is not read. The original is kept.' },
  unreadable: { code: 'file.unreadable', sentence: 'The file cannot be read from the disk.' },
  denied: { code: 'file.denied', sentence: 'This user may not read the file.' },
  vanished: { code: 'file.vanished', sentence: 'The file was gone when it was its turn.' },
} as const;

/** Plain descriptors: the objects of node:fs/promises cost more than a small file's text. */
const openFile = promisify(open);
const statFile = promisify(fstat);
const readFrom = promisify(read);
const readAll = promisify(readFile);
const closeFile = promisify(close);

export interface FamilyTools {
  readonly pool: ExtractPool;
  readonly blobs: BlobStore;
  /** True when a content with this SHA-256 is stored and read. */
  readonly isKnown: (sha256: Buffer) => boolean;
}

/** Reads a file and its members. Never throws for what the file is like; rejects when `signal` aborts or the disk for originals is full. */
export async function readFamily(tools: FamilyTools, found: { readonly location: Uint8Array; readonly path: string }, signal: AbortSignal): Promise<Family> {
  const name = basename(found.path);
  const location = Buffer.from(found.location);
  let bytes: Buffer;
  try {
    const handle = await openFile(location, 'r');
    try {
      const { size } = await statFile(handle);
      if (size > largestReadBytes) return { kind: 'read', root: await streamed(tools, found, name, signal) };
      bytes = await readWhole(handle, size);
    } finally {
      await closeFile(handle);
    }
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    const reason = diskReason(error);
    if (reason === null) throw error;
    return { kind: 'unreadable', reason, name };
  }
  return { kind: 'read', root: await readNode(tools, name, found.path, bytes, 0, signal) };
}

/** The bytes of an open file. One read serves a file that is as long as it was said to be, with room for one byte more to see that it ended. */
async function readWhole(handle: number, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size + 1);
  const { bytesRead } = await readFrom(handle, bytes, 0, bytes.length, 0);
  return bytesRead === size ? bytes.subarray(0, size) : readAll(handle); // a file that changes, or that the system tells no size of
}

/** A file too large to hold: its original is kept, its text is not read. */
async function streamed(tools: FamilyTools, found: { readonly location: Uint8Array; readonly path: string }, name: string, signal: AbortSignal): Promise<FileNode> {
  const blob = await tools.blobs.writeFile(Buffer.from(found.location), signal);
  return {
    name, path: found.path, sizeBytes: blob.sizeBytes, sha256: blob.sha256, source: { kind: 'stored', blob }, children: [],
    reading: { kind: 'extracted', extracted: toExtracted({ type: 'other', mediaType: 'application/octet-stream', extractor: 'none', reason: reasons.tooLarge }) },
  };
}

async function readNode(tools: FamilyTools, name: string, path: string, bytes: Uint8Array, depth: number, signal: AbortSignal): Promise<FileNode> {
  const sha256 = createHash('sha256').update(bytes).digest();
  const node = { name, path, sizeBytes: bytes.length, sha256, source: { kind: 'bytes' as const, bytes } };
  if (tools.isKnown(sha256)) return { ...node, reading: null, children: [] };
  if (depth > deepestChild) return { ...node, reading: { kind: 'extracted', extracted: toExtracted({ type: 'other', mediaType: 'application/octet-stream', extractor: 'none', reason: reasons.tooDeep }) }, children: [] };
  const reading = await tools.pool.extract({ name, bytes }, signal);
  const files = reading.kind === 'extracted' ? reading.extracted.children : [];
  const children = await Promise.all(files.map((child) => readNode(tools, child.name, `${path}!/${child.name}`, child.bytes, depth + 1, signal)));
  return { ...node, reading, children };
}

/** What a failure of the disk means for a file; null for a failure that is not the file's. */
function diskReason(error: unknown): StateReason | null {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return reasons.vanished;
    case 'EACCES':
    case 'EPERM':
      return reasons.denied;
    case 'EIO':
    case 'EISDIR':
    case 'ENXIO':
    case 'EBUSY':
    case 'EINVAL':
    case 'ELOOP':
    case 'ENAMETOOLONG':
      return reasons.unreadable;
    default:
      return null;
  }
}
