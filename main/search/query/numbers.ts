/** A span of whole numbers, both ends in it; null is open. `text` is how it is written. */
export interface NumberSpan {
  readonly least: number | null;
  readonly most: number | null;
  readonly text: string;
}

const units: Readonly<Record<string, number>> = { '': 1, b: 1, kb: 1024, mb: 1024 ** 2, gb: 1024 ** 3 };

/** Reads `5`, `>5`, `<5`, `2..5`, `2..`, `..5`; with units, each number may be followed by kb, mb or gb. Null for anything else. */
export function numberSpan(value: string, withUnits: boolean): NumberSpan | null {
  const text = value.toLowerCase();
  const one = (part: string): number | null => {
    const found = /^(\d{1,12}(?:\.\d{1,3})?)(b|kb|mb|gb)?$/.exec(part);
    const unit = found?.[2] ?? '';
    if (found === null || (!withUnits && (unit !== '' || part.includes('.')))) return null;
    return Math.round(Number(found[1]) * (units[unit] ?? 1));
  };
  const above = /^([<>])(.+)$/.exec(text);
  if (above !== null) {
    const bound = one(above[2] ?? '');
    if (bound === null) return null;
    return above[1] === '>' ? { least: bound + 1, most: null, text } : { least: null, most: bound - 1, text };
  }
  const span = /^(.*)\.\.(.*)$/.exec(text);
  if (span === null) {
    const bound = one(text);
    return bound === null ? null : { least: bound, most: bound, text };
  }
  const [, from = '', to = ''] = span;
  const [least, most] = [from === '' ? null : one(from), to === '' ? null : one(to)];
  if ((from === '' && to === '') || (from !== '' && least === null) || (to !== '' && most === null)) return null;
  return { least, most, text };
}
