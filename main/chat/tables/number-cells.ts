/** Numbers as cells have them: thousands, currencies, percent, brackets for what is owed. How a column writes them is decided by all of its cells. */
import type { Decimal } from './decimal.ts';

/** How a column writes numbers. `unclear`: 1,234 or 1.234 could be read in two ways and no cell of the column decides. */
export interface NumberStyle {
  readonly decimal: '.' | ',';
  readonly isUnclear: boolean;
}

/** A number with the unit that its cell names; '' names none. */
export interface CellNumber {
  readonly value: Decimal;
  readonly unit: string;
}

const codes = 'EUR|USD|GBP|CHF|JPY|CNY|SEK|NOK|DKK|PLN|CZK|HUF|RON|RUB|UAH|TRY|INR|CAD|AUD|NZD|ZAR|BRL|MXN|KRW|SGD|HKD|AED|SAR|ILS|THB';
const currency = `US\\$|[€$£¥₹]|${codes}|[Ee]uros?|[Dd]ollars?|[Pp]ounds?|Fr\\.?|kr\\.?`;
const gap = "'’\\u00A0\\u202F\\u2009 ";
const form = new RegExp(`^(\\()?([+−-])?(${currency})?[${gap}]?([+−-])?(\\d[\\d.,${gap}]*\\d|\\d|[.,]\\d+)[${gap}]?(${currency}|%)?(\\))?$`);
const unitNames: Readonly<Record<string, string>> = { '€': 'EUR', 'euro': 'EUR', 'euros': 'EUR', '$': 'USD', 'us$': 'USD', 'dollar': 'USD', 'dollars': 'USD', '£': 'GBP', 'pound': 'GBP', 'pounds': 'GBP', '¥': 'JPY', '₹': 'INR' };

function parts(text: string): { readonly digits: string; readonly unit: string; readonly isNegative: boolean } | null {
  const found = form.exec(text.trim());
  if (found === null) return null;
  const [, open, sign, before, inner, digits = '', after, close] = found;
  if ((open === undefined) !== (close === undefined) || (sign !== undefined && inner !== undefined) || (before !== undefined && after !== undefined)) return null;
  const unit = before ?? after ?? '';
  return { digits: digits.replace(new RegExp(`[${gap}](?=\\d{3}(?:\\D|$))`, 'g'), ''), unit: unitNames[unit.toLowerCase()] ?? unit.toUpperCase(), isNegative: open !== undefined || /[−-]/.test(sign ?? inner ?? '') };
}

/** What one number says about the decimal sign: it, or null for nothing; `unclear` where both readings are whole. */
function sayOf(digits: string): '.' | ',' | 'unclear' | null {
  const [dot, comma] = [digits.lastIndexOf('.'), digits.lastIndexOf(',')];
  if (dot < 0 && comma < 0) return null;
  if (dot >= 0 && comma >= 0) return dot > comma ? '.' : ',';
  const sign = dot >= 0 ? '.' : ',';
  const pieces = digits.split(sign);
  if (pieces.length > 2) return sign === '.' ? ',' : '.';
  return pieces[1]?.length === 3 && /^\d{1,3}$/.test(pieces[0] ?? '') && pieces[0] !== '0' ? 'unclear' : sign;
}

/** How the cells of a column write numbers; null when they contradict each other. */
export function styleOf(texts: readonly string[]): NumberStyle | null {
  const said = new Set(texts.map((text) => sayOf(parts(text)?.digits ?? '')));
  if (said.has('.') && said.has(',')) return null;
  if (said.has(',')) return { decimal: ',', isUnclear: false };
  return { decimal: '.', isUnclear: said.has('unclear') && !said.has('.') };
}

/** The number of a cell; null for a text that is none. */
export function readNumber(text: string, { decimal }: NumberStyle): CellNumber | null {
  const found = parts(text);
  if (found === null) return null;
  const thousands = decimal === '.' ? ',' : '.';
  const [whole = '', fraction = '', ...more] = found.digits.split(decimal);
  const groups = whole.split(thousands);
  const isGrouped = groups.length === 1 || (/^\d{1,3}$/.test(groups[0] ?? '') && groups.slice(1).every((group) => /^\d{3}$/.test(group)));
  if (more.length > 0 || !isGrouped || !/^\d*$/.test(fraction) || !/^\d*$/.test(groups.join(''))) return null;
  const units = BigInt(`${groups.join('')}${fraction}` || '0');
  return { value: { units: found.isNegative ? -units : units, scale: fraction.length }, unit: found.unit };
}
