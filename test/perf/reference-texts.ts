/** What another reader (Apache Tika, `tika-app -J -t -i IN -o OUT`) got out of the same files, compared word by word. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** One file as the other reader has it: the file itself first, then what lies in it. */
const reference = z.array(z.looseObject({ 'X-TIKA:content': z.string().optional(), 'dc:title': z.union([z.string(), z.array(z.string())]).optional() }));

/** How one file of ours compares; null where the other reader has no words. */
export interface Compared {
  readonly recall: number;
  readonly precision: number;
  readonly theirMembers: number;
}

function counted(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) for (const word of text.normalize('NFC').toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? []) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((all, count) => all + count, 0);

/** The other reader puts a document's title before its text; it is kept apart here and so is taken off. */
function bodyOf({ 'X-TIKA:content': content = '', 'dc:title': titles }: z.infer<typeof reference>[number]): string {
  const title = (Array.isArray(titles) ? titles[0] : titles)?.trim() ?? '';
  const text = content.trim();
  return title !== '' && text.startsWith(title) ? text.slice(title.length) : text;
}

/** Compares all texts of a file and its members, `ours`, with those of the other reader in `folder`; null where it has none. */
export function compareWithReference(folder: string, file: string, ours: readonly string[]): Compared | null {
  const path = join(folder, `${file}.json`);
  if (!existsSync(path)) return null;
  const parts = reference.parse(JSON.parse(readFileSync(path, 'utf8')));
  const theirs = counted(parts.map(bodyOf));
  const had = counted(ours);
  const [all, mine] = [sum(theirs), sum(had)];
  if (all === 0) return null;
  let same = 0;
  for (const [word, count] of theirs) same += Math.min(count, had.get(word) ?? 0);
  return { recall: same / all, precision: mine === 0 ? 0 : same / mine, theirMembers: parts.length - 1 };
}
