/** The recovery code as people handle it: eight groups of four characters of Crockford's base 32. */

/** The code as one line of text. */
export function codeText(groups: readonly string[]): string {
  return groups.join('-');
}

/** What was typed, in the characters of the code: upper case, without spaces and dashes, O read as 0 and I and L as 1 (Crockford). */
export function readTyped(typed: string): string {
  return typed.toUpperCase().replace(/[\s-]+/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
}

/** True when the typed text is the group. */
export function isGroup(typed: string, group: string): boolean {
  return readTyped(typed) === readTyped(group);
}

/** Two different positions among eight, the lower first, by the system's random source. */
export function drawTwo(): readonly [number, number] {
  const [a = 0, b = 0] = crypto.getRandomValues(new Uint32Array(2));
  const first = a % 8;
  const second = (first + 1 + (b % 7)) % 8;
  return [Math.min(first, second), Math.max(first, second)];
}

/** The text of the file that the code is saved to. */
export function codeFile(vaultName: string, groups: readonly string[], marking: string): string {
  return [
    `Redoubt recovery code of the vault "${vaultName}"`,
    `Handle as ${marking}.`,
    '',
    ...groups.map((group, index) => `${index + 1}  ${group}`),
    '',
    'With it the vault can be opened without the passphrase. Keep it apart from the computer.',
    '',
  ].join('\n');
}
