import type { StateReason } from '../../preload/contract/domains/basics.ts';
import { canonicalText } from './canonical-text.ts';
import { memberNamer } from './child-names.ts';
import { ExtractFailure, reasons, toExtracted } from './extracted.ts';
import type { ChildFile, Extracted, LostChild } from './extracted.ts';

/** A file that a container holds, by the name that it has there, which may be anything. */
export interface Member {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** How many members and bytes a container may still give out, of what its whole family may. */
export interface Room {
  readonly members: number;
  readonly bytes: number;
}

/** Where members go, one at a time; resolves when the next may come, false when there is no room for more. */
export type TakeMember = (member: ChildFile | LostChild) => Promise<boolean>;

/** What a container's reader gives its members to. */
export interface MemberSink {
  /** Gives a member out under a safe name. Throws MembersEnd when no more may come. */
  readonly add: (member: Member) => Promise<void>;
  /** Lists a member that cannot be had, and why. */
  readonly lose: (path: string, reason: StateReason, sizeBytes?: number | null) => Promise<void>;
  /** The most bytes that the next member may have. */
  readonly largest: () => number;
  /** The container's own document: its text lists its members, a line each. */
  readonly finish: (about: Pick<Extracted, 'mediaType' | 'extractor'> & Partial<Extracted>, trouble: StateReason | null) => Extracted;
}

/** Members end here although the container holds more. */
export class MembersEnd extends Error {
  readonly reason: StateReason;

  constructor(reason: StateReason) {
    super(reason.code);
    this.name = 'MembersEnd';
    this.reason = reason;
  }
}

/** Above this a member is listed and not unpacked: it would not fit in an extractor. */
export const largestMemberBytes = 256 * 2 ** 20;
/** What unfolds to more than this is looked at for how much it grew. */
const suspectBytes = 64 * 2 ** 20;
/** The most that a container may grow: text and logs reach fifty, deflate's own end is a thousand. */
const mostGrowth = 250;
/** Characters of the list of members that are kept as text. */
const listChars = 8_000_000;

/** The sink of one container of `sizeBytes`. */
export function memberSink(take: TakeMember, room: Room, sizeBytes: number): MemberSink {
  const nameOf = memberNamer();
  const lines: string[] = [];
  let chars = 0;
  let members = 0;
  let bytes = 0;
  let lost = 0;
  const give = async (member: ChildFile | LostChild): Promise<void> => {
    if (members >= room.members) throw new MembersEnd(reasons.tooManyMembers);
    members += 1;
    const line = member.folder === undefined || member.folder === '' ? member.name : `${member.folder}/${member.name}`;
    chars += line.length + 1;
    if (chars <= listChars) lines.push(line);
    if (!(await take(member))) throw new MembersEnd(reasons.membersTooLarge);
  };
  const lose = async (path: string, reason: StateReason, size: number | null = null): Promise<void> => {
    lost += 1;
    await give({ ...nameOf(path), sizeBytes: size, reason });
  };
  return {
    add: async ({ path, bytes: content }) => {
      if (content.length > largestMemberBytes) return lose(path, reasons.memberTooLarge, content.length);
      bytes += content.length;
      if (bytes > room.bytes) throw new MembersEnd(reasons.membersTooLarge);
      if (bytes > suspectBytes && bytes > mostGrowth * sizeBytes) throw new MembersEnd(reasons.grownTooMuch);
      await give({ ...nameOf(path), bytes: content });
    },
    lose,
    largest: () => Math.max(0, Math.min(largestMemberBytes, room.bytes - bytes, Math.max(suspectBytes, mostGrowth * sizeBytes) - bytes)),
    finish: (about, trouble) => toExtracted({
      type: 'other',
      ...about,
      text: canonicalText(lines.join('\n')),
      reason: trouble ?? (lost > 0 ? reasons.membersLost(lost, members) : members === 0 ? reasons.noMembers : null),
    }),
  };
}

/** Runs a container's reader to its end or to where its members end; a container that gives nothing because it is broken fails. */
export async function readMembers(run: () => Promise<void>, sink: MemberSink, about: Pick<Extracted, 'mediaType' | 'extractor'> & Partial<Extracted>, damaged: StateReason): Promise<Extracted> {
  try {
    await run();
    return sink.finish(about, null);
  } catch (error) {
    if (error instanceof MembersEnd) return sink.finish(about, error.reason);
    const made = sink.finish(about, error instanceof ExtractFailure ? error.reason : reasons.cutShort);
    if (made.text === '') throw error instanceof ExtractFailure && error.reason !== reasons.cutShort ? error : new ExtractFailure(damaged, error);
    return made;
  }
}
