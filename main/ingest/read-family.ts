/** Reading one found file and everything inside it, outside the store: bytes, hash, text. What is stored already is not read again. */
import { constants } from 'node:fs';
import { basename } from 'node:path';
import type { StateReason } from '../../preload/contract/domains/basics.ts';
import type { BlobPlace, BlobStore } from '../store/index.ts';
import type { ExtractPool } from './extract-pool.ts';
import type { FileReader } from './file-reader.ts';
import { toExtracted, type ExtractResult } from './extracted.ts';
import { familyBytes, familyMembers, memberHolder, type FamilyRoom, type HeldMember } from './held-members.ts';

/** A file of a family. `reading` is null when the content is stored already and needs no reading. */
export interface FileNode {
  readonly kind: 'file';
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
  /** Its bytes, or where they were streamed to when they are too many to hold. */
  readonly source: { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'stored'; readonly blob: BlobPlace };
  readonly reading: ExtractResult | null;
  readonly children: readonly MemberNode[];
}

/** A member of which a container has only the name: it becomes a document that says why. */
export interface LostNode {
  readonly kind: 'lost';
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number | null;
  readonly reason: StateReason;
}

export type MemberNode = FileNode | LostNode;

export type Family = { readonly kind: 'read'; readonly root: FileNode } | { readonly kind: 'unreadable'; readonly reason: StateReason; readonly name: string };

/** Above this a file is kept but not read: it would not fit in a child's memory. */
export const largestReadBytes = 256 * 1024 * 1024;
/** How deep files within files are followed. */
const deepestChild = 8;

const reasons = {
  tooDeep: { code: 'family.too-deep', sentence: 'This lies more than eight files deep, so its text is not read. The original is kept.' },
  containsItself: { code: 'family.contains-itself', sentence: 'This is the same file as one that it lies in, and so on without end.' },
  unreadable: { code: 'file.unreadable', sentence: 'The file cannot be read from the disk.' },
  link: { code: 'path.link', sentence: 'Links are not followed; drop what the link points to.' },
  special: { code: 'path.special', sentence: 'This is a device, a pipe or a socket, not a file.' },
  denied: { code: 'file.denied', sentence: 'This user may not read the file.' },
  vanished: { code: 'file.vanished', sentence: 'The file was gone when it was its turn.' },
} as const;

/**
 * What was found as a file may be another thing by its turn. A pipe is opened without waiting for whoever writes it, and then refused; a
 * link below what was dropped is refused by the system. Zero where a system has no such flag.
 */
const asFile = (path: string): number => constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (path.includes('/') ? (constants.O_NOFOLLOW ?? 0) : 0);

export interface FamilyTools {
  readonly pool: ExtractPool;
  readonly files: FileReader;
  readonly blobs: BlobStore;
  /** Tried on what is encrypted, in their order. */
  readonly passwords: readonly string[];
  /** True when a content with this SHA-256 is stored and read. */
  readonly isKnown: (sha256: Buffer) => boolean;
  /** Takes the members that a large container has given so far, below its root; they are not held after that. */
  readonly onPart: (part: FileNode) => Promise<void>;
}

/** Reads a file and its members. Never throws for what the file is like; rejects when `signal` aborts or the disk for originals is full. */
export async function readFamily(tools: FamilyTools, found: { readonly location: Uint8Array; readonly path: string }, signal: AbortSignal): Promise<Family> {
  const name = basename(found.path);
  const location = Buffer.from(found.location);
  const at = await tools.files.read(location, asFile(found.path), largestReadBytes, signal);
  switch (at.kind) {
    case 'failed': {
      const reason = diskReason(at.code);
      if (reason === null) throw new Error(`a file could not be read: ${at.code ?? 'no code'}`); // not the file's fault: too many open files, no memory
      return { kind: 'unreadable', reason, name };
    }
    case 'special':
      return { kind: 'unreadable', reason: reasons.special, name };
    case 'large':
      try {
        return { kind: 'read', root: await streamed(tools, found, name, signal) };
      } catch (error) {
        const reason = signal.aborted ? null : diskReason(codeOf(error));
        if (reason === null) throw error;
        return { kind: 'unreadable', reason, name };
      }
    case 'bytes': {
      const { bytes } = at;
      const reader = familyReader(tools, bytes.length, signal);
      return { kind: 'read', root: await reader.read({ name, path: found.path, sizeBytes: bytes.length, sha256: Buffer.from(at.sha256), bytes, place: null }, []) };
    }
  }
}

/** A file too large to hold: its original is kept, and only containers are read, from there. */
async function streamed(tools: FamilyTools, found: { readonly location: Uint8Array; readonly path: string }, name: string, signal: AbortSignal): Promise<FileNode> {
  const { sha256, ...place } = await tools.blobs.writeFile(Buffer.from(found.location), signal);
  return familyReader(tools, place.sizeBytes, signal).read({ name, path: found.path, sizeBytes: place.sizeBytes, sha256, bytes: null, place }, []);
}

/** A file to be read: held, sealed in the case, or stored there from before (neither). */
interface ToRead {
  readonly name: string;
  readonly path: string;
  readonly sizeBytes: number;
  readonly sha256: Buffer;
  readonly bytes: Uint8Array | null;
  readonly place: BlobPlace | null;
}

/** Members that are read at once, and the bytes that they may hold together. */
const membersAtOnce = 16;
const membersAtOnceBytes = 16 * 2 ** 20;

/** A container with more members, or more text in them, is committed in parts of about this size. */
const partMembers = 128;
const partChars = 8_000_000;

function charsOf(nodes: readonly MemberNode[]): number {
  return nodes.reduce((sum, node) => sum + (node.kind === 'file' && node.reading?.kind === 'extracted' ? node.reading.extracted.text.length : 0), 0);
}

/** Reads one family. What it may hold is counted across everything that lies in it. */
function familyReader(tools: FamilyTools, sizeBytes: number, signal: AbortSignal): { readonly read: (file: ToRead, within: readonly Buffer[]) => Promise<FileNode> } {
  const room: FamilyRoom = { members: familyMembers, bytes: familyBytes(sizeBytes) };

  const read = async (file: ToRead, within: readonly Buffer[]): Promise<FileNode> => {
    const { name, path, sha256, bytes, place } = file;
    const source = place === null ? { kind: 'bytes' as const, bytes: bytes ?? new Uint8Array() } : { kind: 'stored' as const, blob: place };
    const node = { kind: 'file' as const, name, path, sizeBytes: file.sizeBytes, sha256, source };
    if (tools.isKnown(sha256)) return { ...node, reading: null, children: [] };
    if (within.length > deepestChild) return { ...node, reading: { kind: 'extracted', extracted: toExtracted({ type: 'other', mediaType: 'application/octet-stream', extractor: 'none', reason: reasons.tooDeep }) }, children: [] };
    const members = memberHolder(tools.blobs, room, tools.isKnown, signal);
    const isLarge = place !== null && place.sizeBytes > largestReadBytes;
    const content = bytes ?? (place === null || isLarge ? new Uint8Array() : tools.blobs.readRange(place, 0, place.sizeBytes));
    const ranges = place !== null && isLarge ? { sizeBytes: place.sizeBytes, read: (at: number, length: number) => tools.blobs.readRange(place, at, length) } : undefined;
    const reading = await tools.pool.extract({ name, bytes: content, ranges, members, passwords: tools.passwords }, signal);
    if (reading.kind === 'extracted') for (const child of reading.extracted.children) await members.take(child);
    const whole = { ...node, reading };
    return { ...whole, children: await readAll(members.list(), path, [...within, sha256], within.length === 0 ? (children) => tools.onPart({ ...whole, children }) : null) };
  };

  /** A few at once, in their order. */
  const readAll = async (members: readonly HeldMember[], path: string, within: readonly Buffer[], onPart: ((children: readonly MemberNode[]) => Promise<void>) | null): Promise<MemberNode[]> => {
    let nodes: MemberNode[] = [];
    for (let from = 0; from < members.length; ) {
      let held = 0;
      const batch: HeldMember[] = [];
      for (const member of members.slice(from, from + membersAtOnce)) {
        held += member.sizeBytes ?? 0;
        if (batch.length > 0 && held > membersAtOnceBytes) break;
        batch.push(member);
      }
      from += batch.length;
      nodes.push(...(await Promise.all(batch.map((member) => readMember(member, path, within)))));
      if (onPart === null || from >= members.length || (nodes.length < partMembers && charsOf(nodes) < partChars)) continue;
      await onPart(nodes);
      nodes = [];
    }
    return nodes;
  };

  const readMember = async (member: HeldMember, above: string, within: readonly Buffer[]): Promise<MemberNode> => {
    const { name, sizeBytes } = member;
    const path = `${above}!/${member.folder === '' ? '' : `${member.folder}/`}${name}`;
    if (member.kind === 'lost') return { kind: 'lost', name, path, sizeBytes, reason: member.reason };
    if (within.some((outer) => outer.equals(member.sha256))) return { kind: 'lost', name, path, sizeBytes, reason: reasons.containsItself };
    return read({ name, path, sizeBytes: member.sizeBytes, sha256: member.sha256, bytes: member.bytes, place: member.place }, within);
  };
  return { read };
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : null);

/** What a failure of the disk means for a file; null for a failure that is not the file's. */
function diskReason(code: unknown): StateReason | null {
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return reasons.vanished;
    case 'EACCES':
    case 'EPERM':
      return reasons.denied;
    case 'ELOOP':
      return reasons.link;
    case 'EIO':
    case 'EISDIR':
    case 'ESTALE':
    case 'ETIMEDOUT':
    case 'EHOSTDOWN':
    case 'ENOTCONN':
    case 'ENODEV':
    case 'ENXIO':
    case 'EBUSY':
    case 'EINVAL':
    case 'ENAMETOOLONG':
      return reasons.unreadable;
    default:
      return null;
  }
}
