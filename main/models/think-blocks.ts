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

const names = ['think', 'thinking', 'reasoning'] as const;
const openTags = names.map((name) => `<${name}>`);

/**
 * Takes <think>, <thinking> and <reasoning> blocks out of an answer, tags cut by chunk borders included. A tag opens a block only where
 * a line begins, as models write it: one quoted inside a sentence stays. A block that never closes is reasoning when the answer
 * began with it; later in an answer it is given back as text at the end, so that a stray tag cannot swallow the rest of an answer.
 */
export function createThinkFilter(): ThinkFilter {
  let held = '';
  /** The closing tag awaited, or null outside a block. */
  let closing: string | null = null;
  /** An unclosed block after the answer began, kept with its tag. */
  let doubtful: string | null = null;
  let hasText = false;
  let lineIsBlank = true;

  const outside = (text: string): void => {
    if (text.trim() !== '') hasText = true;
    const lastBreak = text.lastIndexOf('\n');
    lineIsBlank = (lastBreak >= 0 || lineIsBlank) && text.slice(lastBreak + 1).trim() === '';
  };

  /** One step on what is held; null when more is needed. */
  const step = (): Sorted | null => {
    if (closing !== null) {
      const at = held.toLowerCase().indexOf(closing);
      const taken = at >= 0 ? held.slice(0, at) : held.slice(0, held.length - tailLength(held.toLowerCase(), [closing]));
      held = held.slice(at >= 0 ? at + closing.length : taken.length);
      const wasDoubtful = doubtful;
      if (doubtful !== null) doubtful += taken;
      if (at >= 0) {
        closing = null;
        doubtful = null;
        if (wasDoubtful !== null) return { text: '', reasoning: wasDoubtful.slice(wasDoubtful.indexOf('>') + 1) + taken };
      } else if (taken === '') return null;
      return { text: '', reasoning: wasDoubtful === null ? taken : '' };
    }
    if (!hasText) held = held.trimStart(); // the blank lines before an answer and after its reasoning belong to neither
    for (let at = held.indexOf('<'); at >= 0; at = held.indexOf('<', at + 1)) {
      const before = held.slice(0, at);
      const line = before.slice(before.lastIndexOf('\n') + 1);
      if (line.trim() !== '' || !(before.includes('\n') || lineIsBlank)) continue;
      const rest = held.slice(at).toLowerCase();
      const tag = openTags.find((open) => rest.startsWith(open));
      if (tag !== undefined) {
        outside(before);
        closing = `</${tag.slice(1)}`;
        doubtful = hasText ? held.slice(at, at + tag.length) : null;
        held = held.slice(at + tag.length);
        return { text: before, reasoning: '' };
      }
      if (openTags.some((open) => open.startsWith(rest))) {
        if (before === '') return null;
        held = held.slice(at);
        outside(before);
        return { text: before, reasoning: '' };
      }
    }
    if (held === '') return null;
    const text = held;
    held = '';
    outside(text);
    return { text, reasoning: '' };
  };

  const drain = (): Sorted => {
    let sum: Sorted = { text: '', reasoning: '' };
    for (let next = step(); next !== null; next = step()) sum = { text: sum.text + next.text, reasoning: sum.reasoning + next.reasoning };
    return sum;
  };
  return {
    push: (text) => {
      held += text;
      return drain();
    },
    end: () => {
      const rest = held;
      held = '';
      if (closing === null) return { text: rest, reasoning: '' };
      return doubtful === null ? { text: '', reasoning: rest } : { text: doubtful + rest, reasoning: '' };
    },
  };
}

/** Length of the longest end of `text` that one of the tags could begin with. */
function tailLength(text: string, tags: readonly string[]): number {
  const longest = Math.max(...tags.map((tag) => tag.length - 1));
  for (let length = Math.min(longest, text.length); length > 0; length--) {
    const tail = text.slice(text.length - length);
    if (tags.some((tag) => tag.startsWith(tail))) return length;
  }
  return 0;
}
