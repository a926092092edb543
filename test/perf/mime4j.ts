/** How the messages of Apache James mime4j come apart, against the parses that come with them. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { extract } from '../../main/ingest/extract.ts';
import { measured, type PerfScript } from './figures.ts';

/** Everything that was had of a message: texts of bodies and bytes of parts, through all messages in it. */
interface Had {
  readonly texts: string[];
  readonly parts: Buffer[];
  messages: number;
}

async function take(bytes: Uint8Array, name: string, had: Had): Promise<void> {
  const result = await extract(bytes, name);
  if (result.kind === 'failed') return;
  const { text, mail, children } = result.extracted;
  if (mail !== null) had.messages += 1;
  had.texts.push(text);
  for (const child of children) {
    if (child.bytes === undefined) continue;
    had.parts.push(Buffer.from(child.bytes));
    await take(child.bytes, child.name, had);
  }
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];

/** The share of the words of a part, each as often as it stands there, that came out somewhere. */
function recall(expected: string, had: string): number {
  const counts = new Map<string, number>();
  for (const word of wordsOf(had)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const words = wordsOf(expected);
  let found = 0;
  for (const word of words) {
    const left = counts.get(word) ?? 0;
    if (left === 0) continue;
    counts.set(word, left - 1);
    found += 1;
  }
  return words.length === 0 ? 1 : found / words.length;
}

/** What may be shown of a part: its characters in either encoding, and without what an HTML page keeps to itself. */
function shownForms(content: Buffer): string[] {
  return [content.toString('utf8'), content.toString('latin1')].flatMap((form) => [form, form.replace(/<title>[^<]*<\/title>|<style[^]*?<\/style>|<[^>]*>|&[a-z]+;/gi, ' ')]);
}

/** A part is had when its bytes are, or 99 of 100 of its words; a message, when all its parts are and it holds as many messages. */
export const mime4j: PerfScript = async () => {
  const folder = join(process.env['REDOUBT_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data'), 'mail-mime4j');
  if (!existsSync(folder)) return { title: 'mime4j', figures: [], notes: ['SKIPPED: there are no messages of mime4j (set REDOUBT_DATA to the folder that holds mail-mime4j/), so nothing was measured'] };
  let [messages, whole, alike, parts, had] = [0, 0, 0, 0, 0];
  const notes: string[] = [];
  for (const set of readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory())) {
    const names = readdirSync(join(folder, set.name)).filter((name) => name.endsWith('.msg') && existsSync(join(folder, set.name, name.replace(/\.msg$/, '_decoded.xml'))));
    for (const name of names) {
      const path = join(folder, set.name, name);
      const expected = readFileSync(path.replace(/\.msg$/, '_decoded.xml'), 'utf8');
      const got: Had = { texts: [], parts: [], messages: 0 };
      await take(Uint8Array.from(readFileSync(path)), name, got);
      const missing: string[] = [];
      const text = [...got.texts, ...got.parts.map((part) => part.toString('latin1'))].join('\n');
      for (const [, kind, file = ''] of expected.matchAll(/<(text|binary)-body name="([^"]+)"/g)) {
        const content = readFileSync(join(folder, set.name, file));
        const isHad = got.parts.some((part) => part.equals(content)) || (kind === 'text' && shownForms(content).some((form) => recall(form, text) >= 0.99));
        parts += 1;
        if (isHad) had += 1;
        else missing.push(file);
      }
      const nested = expected.match(/<message>/g)?.length ?? 0;
      messages += 1;
      if (got.messages === nested) alike += 1;
      if (missing.length === 0 && got.messages === nested) whole += 1;
      else notes.push(`${name}: ${missing.length === 0 ? '' : `without ${missing.join(', ')}; `}${got.messages} of ${nested} messages`);
    }
  }
  const share = (of: number, all: number): number => Number((of / Math.max(1, all)).toFixed(3));
  return { title: `mime4j, ${messages} messages with ${parts} parts`, figures: [measured('decoded parts that agree', share(had, parts), 'share'), measured('messages with as many messages in them', share(alike, messages), 'share'), measured('messages that agree in all', share(whole, messages), 'share')], notes };
};
