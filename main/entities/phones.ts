import type { DigitGroups } from './digit-groups.ts';

/** Something that is written as a telephone number is. `isSure` is true where the form leaves no doubt; else the words around it must say. */
export interface PhoneCandidate {
  readonly start: number;
  readonly end: number;
  /** E.164 where the country is known (a plus, 00, the form of North America), else the digits alone; `;ext=` as in RFC 3966. */
  readonly value: string;
  readonly isSure: boolean;
}

const extension = /^ {0,2}(?:x|ext\.?|extension|#) {0,2}(\d{1,6})(?![\p{L}\d])/iu;
// Words that announce a number, with no more than a few signs between.
const announced = /\b(?:phone|telephone|tel|mobile|cell|cellphone|fax|whatsapp|handy|tlf|telefon|téléphone|teléfono|telefono)\b(?: (?:number|no|is|at))?[\s.:#()]{0,6}(?:\w{1,8}[\s:.]{1,3})?$/iu;
// Words behind a number that say which line it is.
const named = /^[ \u00a0-]{1,3}\(?(?:office|home|work|mobile|cell|fax|direct|desk|phone|tel)\b/iu;
const areaCode = /^\(0?\d{1,4}\)[ -]?\d{2,4}[ -]?\d{2,4}(?:[ -]?\d{2,4})?$/u;
// The zero that is dialled inside the country, and three groups or more.
const trunk = /^0\d{1,4}(?:[ -]\d{2}){3}$|^0\d{1,3}[ -]\d{3}[ -]\d{3,4}$|^0\d{3}[ -]\d{2,3}[ -]\d{2}[ -]\d{2}$/u;
const american = /^(?:1\D{1,2})?\(?\d{3}\D{1,2}\d{3}\D{1,2}\d{4}$/u;
const fewestDigits = 7;
const mostDigits = 15; // E.164

/** A row of digit groups as a telephone number, or null when it cannot be one. */
export function readPhone(text: string, { start, hasPlus, groups }: DigitGroups): PhoneCandidate | null {
  const last = groups.at(-1);
  if (last === undefined || groups.length > 7) return null;
  const before = text.slice(Math.max(0, start - 1), start);
  const after = extension.exec(text.slice(last.end, last.end + 24));
  const end = last.end + (after?.[0].length ?? 0);
  if (/[\p{L}\d_.$€£%#=/-]/u.test(before) || /\d,$/u.test(text.slice(Math.max(0, start - 2), start)) || /^(?:[\p{L}\d_%]|[.,]\d)/u.test(text.slice(end, end + 2))) return null;
  const written = text.slice(start, last.end);
  if ((written.match(/\(/gu)?.length ?? 0) !== (written.match(/\)/gu)?.length ?? 0)) return null;
  // The zero of "+44 (0)20" is dialled inside the country only.
  const digits = written.replace(/\(0\)/u, hasPlus || written.startsWith('00') ? '' : '0').replace(/\D/gu, '');
  if (digits.length < fewestDigits || digits.length > mostDigits) return null;
  if (groups.some((group) => group.end - group.start > 11)) return null;
  const isAmerican = /^1?[2-9]\d{2}[2-9]\d{6}$/u.test(digits);
  const international = hasPlus ? digits : /^00[1-9]/u.test(digits) ? digits.slice(2) : isAmerican ? `1${digits.slice(-10)}` : null;
  const value = `${international === null ? digits : `+${international}`}${after === null ? '' : `;ext=${after[1] ?? ''}`}`;
  const behind = text.slice(end, end + 16);
  const isNamed = named.test(behind) || (announced.test(text.slice(Math.max(0, start - 40), start)) && !/^[ \u00a0]\p{L}/u.test(behind));
  const isSure = hasPlus || after !== null || isNamed || areaCode.test(written) || trunk.test(written) || (isAmerican && american.test(written));
  return { start, end, value, isSure };
}
