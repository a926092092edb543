/** Members of a container on their way into the case: counted against what their family may hold, sealed into a pack when they are many. */
import { createHash } from 'node:crypto';
import type { StateReason } from '../../preload/contract/domains/basics.ts';
import type { BlobPlace, BlobStore } from '../store/index.ts';
import type { ChildFile, LostChild } from './extracted.ts';
import type { MemberReceiver } from './pool-task.ts';

/** A member that came: its bytes, where they were sealed, or why it has none. */
export type HeldMember =
  | { readonly kind: 'file'; readonly name: string; readonly folder: string; readonly sizeBytes: number; readonly sha256: Buffer; bytes: Uint8Array | null; place: BlobPlace | null }
  | { readonly kind: 'lost'; readonly name: string; readonly folder: string; readonly sizeBytes: number | null; readonly reason: StateReason };

/** What a family may still hold. Shared by all that is read of it. */
export interface FamilyRoom {
  members: number;
  bytes: number;
}

/** Members of one container. */
export interface MemberHolder extends MemberReceiver {
  readonly list: () => readonly HeldMember[];
}

/** The most files in a file and what lies in it, and the bytes of them: by its size, since a mail store may be large and a bomb is small. */
export const familyMembers = 100_000;
export function familyBytes(sizeBytes: number): number {
  return Math.min(64 * 2 ** 30, Math.max(2 ** 30, 100 * sizeBytes));
}

/** Bytes of members that are held unsealed. */
const heldBytes = 16 * 2 ** 20;

/** A holder that draws on the family's room. Bytes that `isKnown` to the case are not kept a second time. */
export function memberHolder(blobs: BlobStore, room: FamilyRoom, isKnown: (sha256: Buffer) => boolean, signal: AbortSignal): MemberHolder {
  let members: HeldMember[] = [];
  let unsealed: Extract<HeldMember, { kind: 'file' }>[] = [];
  let unsealedBytes = 0;
  let used = { members: 0, bytes: 0 };
  const seal = async (): Promise<void> => {
    const batch = unsealed;
    unsealed = [];
    unsealedBytes = 0;
    const places = await blobs.writePack(batch.map(({ bytes }) => bytes ?? new Uint8Array()));
    for (const [index, member] of batch.entries()) {
      member.place = places[index] ?? null;
      if (member.place !== null) member.bytes = null;
    }
  };
  return {
    room: { ...room },
    list: () => members,
    restart: () => {
      room.members += used.members;
      room.bytes += used.bytes;
      used = { members: 0, bytes: 0 };
      members = [];
      unsealed = [];
      unsealedBytes = 0;
    },
    take: async (member: ChildFile | LostChild) => {
      const sizeBytes = member.bytes?.length ?? 0;
      if (signal.aborted || room.members < 1 || room.bytes < sizeBytes) return false;
      room.members -= 1;
      room.bytes -= sizeBytes;
      used.members += 1;
      used.bytes += sizeBytes;
      const place = { name: member.name, folder: member.folder ?? '' };
      if (member.bytes === undefined) {
        members.push({ kind: 'lost', ...place, sizeBytes: member.sizeBytes, reason: member.reason });
        return true;
      }
      const sha256 = createHash('sha256').update(member.bytes).digest();
      const file = { kind: 'file' as const, ...place, sizeBytes, sha256, bytes: isKnown(sha256) ? null : member.bytes, place: null };
      members.push(file);
      if (file.bytes === null) return true;
      unsealed.push(file);
      unsealedBytes += sizeBytes;
      if (unsealedBytes > heldBytes) await seal();
      return true;
    },
  };
}
