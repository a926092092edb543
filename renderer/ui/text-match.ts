/** A run of text that a query hit, or one between hits. */
export interface TextPart {
  text: string;
  isHit: boolean;
}

/** Splits a text at every word of the query, without regard to case; null when one of the words is not in it. */
export function matchText(text: string, query: string): TextPart[] | null {
  const words = query.trim().split(/\s+/u).filter(Boolean);
  if (words.length === 0) return [{ text, isHit: false }];
  const lower = text.toLocaleLowerCase();
  if (!words.every((word) => lower.includes(word.toLocaleLowerCase()))) return null;
  const anyWord = words.map((word) => word.replace(/[\\^$.*+?()[\]{}|]/gu, '\\$&')).join('|');
  return text.split(new RegExp(`(${anyWord})`, 'giu')).map((part, index) => ({ text: part, isHit: index % 2 === 1 })).filter((part) => part.text !== '');
}
