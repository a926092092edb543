/**
 * Letters that look like others: hosts whose letters are not what they seem, and words that mix Latin letters with those of scripts that
 * have the same shapes. After UTS 39 (mixed-script confusables), for the scripts of which texts make use.
 */

const otherScripts = [['Cyrillic', /\p{Script=Cyrillic}/u], ['Greek', /\p{Script=Greek}/u], ['Armenian', /\p{Script=Armenian}/u], ['Cherokee', /\p{Script=Cherokee}/u]] as const;
const latin = /\p{Script=Latin}/u;

/** The host that an address leads to, in ASCII as it is looked up; null for an address without one. */
function hostOf(address: string): string | null {
  try {
    return new URL(address.replace(/^hxxp/i, 'http')).hostname || null;
  } catch {
    return null;
  }
}

/** The host that words name, if they look like an address or a host. */
const namedHost = (words: string): string | null => /^(?:[a-z]+:\/\/)?((?:[\p{L}\p{N}-]+\.)+\p{L}{2,})(?:[/:?#]|$)/iu.exec(words.trim())?.[1]?.toLowerCase() ?? null;

/** What is to be said of an address's host: its true letters, a name before an @, or words that name another. Null where it is what it looks like. */
export function hostNote(address: string, label: string): string | null {
  const host = hostOf(address);
  if (host === null) return null;
  if (/(?:^|\.)xn--/.test(host)) return `host in other letters: ${host}`;
  if (/^[a-z]+:\/\/[^/?#]*@/i.test(address)) return `leads to ${host}`;
  const named = namedHost(label);
  return named === null || named === host || named === host.replace(/^www\./, '') || host === `www.${named}` ? null : `leads to ${host}`;
}

/** Words that mix Latin letters with look-alikes, and hosts written without a scheme in such letters: where each ends, and what is to be said. */
export function lettersNote(text: string): { readonly end: number; readonly note: string }[] {
  const notes: { end: number; note: string }[] = [];
  for (const match of text.matchAll(/[\p{L}\p{M}\p{N}]+(?:[.-][\p{L}\p{M}\p{N}]+)*/gu)) {
    const [word] = match;
    // Greek stands beside Latin in every formula: it is told of only in hosts.
    const isHost = /\.[a-z]{2,}$/i.test(word);
    const script = otherScripts.find(([name, letters]) => letters.test(word) && (isHost || name !== 'Greek'))?.[0];
    if (script === undefined) continue;
    const isMixed = word.split(/[.-]/).some((part) => latin.test(part) && otherScripts.some(([name, letters]) => letters.test(part) && (isHost || name !== 'Greek')));
    if (!isMixed && !isHost) continue;
    const host = isHost ? hostOf(`http://${word}`) : null;
    notes.push({ end: match.index + word.length, note: host === null ? `Latin and ${script} letters` : `host in other letters: ${host}` });
  }
  return notes;
}
