/**
 * What models write within a line, as our own runs: emphasis, code, and addresses as plain text. There is no HTML in it and nothing that can
 * be opened or loaded: a link is its words and then, in full, where it would have gone; an image is its words and the same. Every letter
 * that is not a sign of emphasis is in some run. Pure, and bounded in depth and length.
 */
import { hostNote, lettersNote } from './letters.ts';

/** How a run looks. `address` is an inert address; `note` is a word of ours about what stands before it. */
export type InlineLook = 'plain' | 'strong' | 'emphasis' | 'struck' | 'code' | 'address' | 'note';

export interface InlineRun {
  readonly text: string;
  readonly look: InlineLook;
}

const deepest = 3;
/** `[words](address "title")`, its parts named after what it is. */
const pointed = (kind: string): string => `\\[(?<${kind}Words>[^[\\]\\n]{0,400})\\]\\(\\s{0,4}<?(?<${kind}Target>[^\\s()<>]{1,4000})>?(?<${kind}Title>\\s+["'(][^\\n)]{0,400})?\\s{0,4}\\)`;

// In the order in which they are tried at one place.
const sign = new RegExp([
  '(?:(?<ticks>`{1,3})(?<codeText>[^`\\n]+)\\k<ticks>)',
  `!${pointed('image')}`,
  pointed('link'),
  '(?<url>\\b(?:https?|hxxps?|ftps?|wss?|file|data|javascript|vbscript|mailto|blob|about|chrome|app):[^\\s<>"`|]{1,4000})',
  '(?:(?<![\\w*])\\*\\*(?<strongText>[^\\s*](?:[^*\\n]{0,2000}[^\\s*])?)\\*\\*(?![\\w*])|(?<![\\w_])__(?<strongLine>[^\\s_](?:[^_\\n]{0,2000}[^\\s_])?)__(?![\\w_]))',
  '(?:(?<![\\w*])\\*(?<emText>[^\\s*](?:[^*\\n]{0,2000}[^\\s*])?)\\*(?![\\w*])|(?<![\\w_])_(?<emLine>[^\\s_](?:[^_\\n]{0,2000}[^\\s_])?)_(?![\\w_]))',
  '(?:~~(?<struckText>[^\\s~](?:[^~\\n]{0,2000}[^\\s~])?)~~)',
].join('|'), 'giu');

/** An address, and a word about it where its host is not what it looks like. `label` is what a link calls it; '' for an address that stands by itself. */
function addressRuns(address: string, title: string, label: string): InlineRun[] {
  const note = hostNote(address, label);
  return [{ text: `${address}${title}`, look: 'address' }, ...(note === null ? [] : [{ text: note, look: 'note' as const }])];
}

function plainRuns(text: string, look: InlineLook): InlineRun[] {
  const runs: InlineRun[] = [];
  let from = 0;
  for (const { end, note } of lettersNote(text)) {
    runs.push({ text: text.slice(from, end), look }, { text: note, look: 'note' });
    from = end;
  }
  return from < text.length || runs.length === 0 ? [...runs, { text: text.slice(from), look }] : runs;
}

function runsOf(text: string, look: InlineLook, depth: number): InlineRun[] {
  if (text === '') return [];
  if (depth === deepest) return plainRuns(text, look);
  const runs: InlineRun[] = [];
  let from = 0;
  for (const match of text.matchAll(sign)) {
    const { groups = {} } = match;
    const found = signRuns(match, groups, look, depth);
    if (match.index > from) runs.push(...plainRuns(text.slice(from, match.index), look));
    runs.push(...found);
    from = match.index + match[0].length;
  }
  if (from < text.length) runs.push(...plainRuns(text.slice(from), look));
  return runs;
}

function signRuns(match: RegExpExecArray, groups: Readonly<Record<string, string | undefined>>, look: InlineLook, depth: number): InlineRun[] {
  if (groups['codeText'] !== undefined) return [{ text: groups['codeText'], look: 'code' }];
  const { imageTarget, imageWords = '', imageTitle = '', linkTarget, linkWords = '', linkTitle = '' } = groups;
  if (imageTarget !== undefined) return [{ text: 'image, not loaded', look: 'note' }, ...runsOf(imageWords, look, depth + 1), { text: ' ', look }, ...addressRuns(imageTarget, imageTitle, imageWords)];
  if (linkTarget !== undefined) return [...runsOf(linkWords, look, depth + 1), { text: ' ', look }, ...addressRuns(linkTarget, linkTitle, linkWords)];
  if (groups['url'] !== undefined) return urlRuns(groups['url'], look);
  const strong = groups['strongText'] ?? groups['strongLine'];
  if (strong !== undefined) return runsOf(strong, 'strong', depth + 1);
  const emphasis = groups['emText'] ?? groups['emLine'];
  if (emphasis !== undefined) return runsOf(emphasis, 'emphasis', depth + 1);
  return runsOf(groups['struckText'] ?? match[0], 'struck', depth + 1);
}

/** An address without the full stop or bracket that ends the sentence around it. */
function urlRuns(url: string, look: InlineLook): InlineRun[] {
  const end = /[).,;:!?'’”\]]+$/.exec(url)?.[0] ?? '';
  return [...addressRuns(url.slice(0, url.length - end.length), '', ''), ...(end === '' ? [] : [{ text: end, look }])];
}

/** The runs of a line, in order. */
export function inlineRuns(text: string): readonly InlineRun[] {
  return runsOf(text, 'plain', 0);
}

/** The same words with nothing read into them: for quotes of documents. */
export function plainRun(text: string): readonly InlineRun[] {
  return text === '' ? [] : plainRuns(text, 'plain');
}
