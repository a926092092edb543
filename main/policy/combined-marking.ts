/** One marking of several schemes: a classification, CUI and TLP in one text, taken apart and put together. */
import { AppError } from '../base/errors.ts';
import { cuiText, isCuiLimit, looksLikeCui, parseCui, type CuiMarking } from './cui.ts';
import { splitPiece, type Piece } from './marking-text.ts';
import { parseTlp, tlpText, type TlpMarking } from './tlp.ts';
import { parseUs } from './us-markings/parse-us.ts';
import { usBanner, usPortion } from './us-markings/print-us.ts';
import { unclassified, type UsMarking } from './us-markings/us-marking.ts';
import { vocabulary } from './us-markings/vocabulary.ts';

/** What one text says. UNCLASSIFIED without anything when it speaks of CUI or TLP alone. `us.release` holds what CUI says of foreign disclosure too. */
export interface CombinedMarking {
  readonly us: UsMarking;
  readonly cui: CuiMarking | null;
  readonly tlp: TlpMarking | null;
}

/** Reads a banner line or portion mark. Throws policy.bad-marking with `at` and `rule`. */
export function parseCombined(text: string): CombinedMarking {
  const tlpAt = text.search(/(?:^|[\s(])TLP:/i);
  if (tlpAt < 0) return { ...parseClassified(text), tlp: null };
  const from = text.toUpperCase().indexOf('TLP:', tlpAt);
  const before = text.slice(0, from).replace(/\(\s*$/, '');
  const tlp = placed((at) => at + from, () => parseTlp(text.slice(from).replace(/\)\s*$/, '')));
  return before.trim() === '' ? { us: unclassified, cui: null, tlp } : { ...parseClassified(before), tlp };
}

/** Runs a reader of a piece of a text; `toWhole` turns its places into those of the whole. */
function placed<T>(toWhole: (at: number) => number, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof AppError) || typeof error.data['at'] !== 'number') throw error;
    throw new AppError(error.code, error.message, { data: { ...error.data, at: toWhole(error.data['at']) } });
  }
}

type Classified = Omit<CombinedMarking, 'tlp'>;

function parseClassified(text: string): Classified {
  if (looksLikeCui(text)) {
    const { release, ...cui } = parseCui(text);
    return { us: { ...unclassified, release }, cui: { ...cui, release: null } };
  }
  const found = /\/\/\s*CUI\s*(?=\/\/|\)|$)/i.exec(text);
  return found === null ? { us: parseUs(text), cui: null } : parseCommingled(text, found.index);
}

/** SECRET//CUI//SP-CTI/PRVCY//FEDCON/NOFORN: the CUI pieces are taken out and read by themselves. `at` is where //CUI begins. */
function parseCommingled(text: string, at: number): Classified {
  const isPortion = /\)\s*$/.test(text);
  const whole = isPortion ? text.replace(/\)\s*$/, '') : text;
  const [, mark = { text: '', at }, ...pieces] = splitPiece({ text: whole.slice(at).toUpperCase(), at }, '//');
  const categories = pieces[0] !== undefined && valuesOf(pieces[0]).every(isCategory) ? pieces[0] : null;
  const later = categories === null ? pieces : pieces.slice(1);
  const limits = later.flatMap(valuesOf).filter(isCuiLimit);
  const kept = later.map((piece) => ({ at: piece.at, text: valuesOf(piece).filter((value) => !isCuiLimit(value)).join('/') })).filter(({ text: rest }) => rest !== '');
  const cuiParts = ['CUI', ...(categories === null ? [] : [categories.text]), ...(limits.length === 0 ? [] : [limits.join('/')])];
  const cui = placed((place) => place + mark.at, () => parseCui(cuiParts.join('//')));
  let length = at;
  const moved = kept.map((piece) => {
    const from = length + 2;
    length = from + piece.text.length;
    return { from, by: piece.at - from };
  });
  const toWhole = (place: number): number => place + (moved.findLast(({ from }) => from <= place)?.by ?? 0);
  const us = placed(toWhole, () => parseUs([whole.slice(0, at), ...kept.map((piece) => piece.text)].join('//') + (isPortion ? ')' : '')));
  return { us, cui: { ...cui, release: null } };
}

const valuesOf = ({ text }: Piece): string[] => text.split('/').map((value) => value.trim()).filter((value) => value !== '');

/** True for what can only be the name of a CUI category: no limit, and no control of a classified marking. */
function isCategory(value: string): boolean {
  const controls = [...vocabulary.dissem, ...vocabulary.nonIc].flatMap(({ code, title, banner }) => [code, title, banner]);
  return !isCuiLimit(value) && !controls.some((control) => value === control || value.startsWith(`${control} `));
}

/** The text of a marking: as it stands in a banner, or in parentheses before a portion. */
export function printCombined({ us, cui, tlp }: CombinedMarking, form: 'banner' | 'portion'): string {
  const classified = cui === null ? printUs(us, form) : printWithCui(us, cui, form);
  const isSilent = cui === null && isBare(us);
  const parts = tlp !== null && isSilent ? [tlpText(tlp)] : [classified, ...(tlp === null ? [] : [tlpText(tlp)])];
  return parts.map((part) => (form === 'portion' ? `(${part})` : part)).join(' ');
}

function printUs(us: UsMarking, form: 'banner' | 'portion'): string {
  return form === 'banner' ? usBanner(us) : usPortion(us).slice(1, -1);
}

const isBare = (us: UsMarking): boolean => usBanner(us) === usBanner(unclassified);

function printWithCui(us: UsMarking, cui: CuiMarking, form: 'banner' | 'portion'): string {
  const spoken = us.release !== null && us.release.relido ? null : us.release;
  if (spoken === us.release && isBare({ ...us, release: null })) return cuiText({ ...cui, release: us.release });
  const only = (part: Partial<UsMarking>): string => printUs({ ...unclassified, ...part }, form).split('//').slice(1).join('//');
  const head = printUs({ ...us, dissem: [], release: null, nonIc: [] }, form);
  const own = cuiText({ ...cui, audience: null, limits: [], release: null });
  const limits = cuiText({ ...cui, specified: [], basic: [], release: null }).split('//').slice(1);
  const dissem = [only({ dissem: us.dissem, release: us.release }), ...limits].filter((part) => part !== '').join('/');
  return [head, own, dissem, only({ nonIc: us.nonIc })].filter((part) => part !== '').join('//');
}
