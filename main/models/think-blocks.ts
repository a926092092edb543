/** Text sorted into what is answer and what is the model thinking aloud. */
export interface Sorted {
  readonly text: string;
  readonly reasoning: string;
}

/** Sorts an answer as it arrives. */
export interface ThinkFilter {
  readonly push: (text: string) => Sorted;
  /** What was held back. Call once, last. */
  readonly end: () => Sorted;
}

const names = ['think', 'thinking', 'reasoning'];
const openTags = names.map((name) => `<${name}>`);
const longestTag = Math.max(...openTags.map((tag) => tag.length));
const lineStart = /(?:^|\n)[^\S\n]*</g;

/** A block being read. */
interface Block {
  readonly openTag: string;
  readonly close: RegExp;
  /** What it held so far, kept when it may have to be given back as text; null for a block that the answer began with. */
  kept: string | null;
}

/**
 * Takes <think>, <thinking> and <reasoning> blocks out of an answer, tags cut by chunk borders included. A tag opens a block only where
 * a line begins, as models write it: one quoted inside a sentence stays. A block that never closes is reasoning when the answer
 * began with it; later in an answer it is given back as text at the end, so that a stray tag cannot swallow the rest. Linear in
 * the length of the text, whatever a server sends.
 */
export function createThinkFilter(): ThinkFilter {
  let held = '';
  let block: Block | null = null;
  let hasText = false;
  let isLineBlank = true;

  const take = (length: number): string => {
    const taken = held.slice(0, length);
    held = held.slice(length);
    return taken;
  };
  const outside = (length: number): Sorted => {
    const text = take(length);
    hasText ||= /\S/.test(text);
    const line = text.slice(text.lastIndexOf('\n') + 1);
    isLineBlank = (isLineBlank || line.length < text.length) && !/\S/.test(line);
    return { text, reasoning: '' };
  };
  const inside = (current: Block): Sorted | null => {
    const found = current.close.exec(held);
    const taken = take(found?.index ?? Math.max(0, held.length - longestTag)); // the end may be the start of the closing tag
    if (found === null && taken === '') return null;
    if (current.kept !== null) current.kept += taken;
    if (found === null) return { text: '', reasoning: current.kept === null ? taken : '' };
    take(found[0].length);
    block = null;
    return { text: '', reasoning: current.kept ?? taken };
  };
  const step = (): Sorted | null => {
    if (block !== null) return inside(block);
    if (!hasText) held = held.trimStart(); // blank lines before an answer and after its reasoning belong to neither
    for (const { index, 0: start } of held.matchAll(lineStart)) {
      const at = index + start.length - 1;
      if (!start.startsWith('\n') && !isLineBlank) continue;
      const rest = held.slice(at, at + longestTag + 1).toLowerCase();
      const openTag = openTags.find((tag) => rest.startsWith(tag));
      if (openTag !== undefined) {
        const before = outside(at);
        block = { openTag: take(openTag.length), close: new RegExp(`</${openTag.slice(1)}`, 'i'), kept: hasText ? '' : null };
        return before;
      }
      if (openTags.some((tag) => tag.startsWith(rest))) return at === 0 ? null : outside(at);
    }
    return held === '' ? null : outside(held.length);
  };
  return {
    push: (text) => {
      held += text;
      let sum: Sorted = { text: '', reasoning: '' };
      for (let next = step(); next !== null; next = step()) sum = { text: sum.text + next.text, reasoning: sum.reasoning + next.reasoning };
      return sum;
    },
    end: () => {
      const rest = take(held.length);
      if (block === null) return { text: rest, reasoning: '' };
      return block.kept === null ? { text: '', reasoning: rest } : { text: block.openTag + block.kept + rest, reasoning: '' };
    },
  };
}
