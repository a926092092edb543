/**
 * Controlled unclassified information: CUI//SP-CATEGORY/CATEGORY//LIMIT/LIMIT (32 CFR 2002.20; CUI registry). Categories are not checked
 * against the registry: an agency may mark one that is newer than any list here.
 */
import { badMarking, markingPiece, splitPiece, type Piece } from './marking-text.ts';
import { joinReleases, settledRelease } from './us-markings/roll-up-us.ts';
import { isNoforn, noforn, type Release } from './us-markings/us-marking.ts';
import { countryList } from './us-markings/vocabulary.ts';

/** Who may have it: federal staff; contractors too; states and localities too, but no contractors. */
const audiences = ['FED ONLY', 'FEDCON', 'NOCON'] as const;
type Audience = (typeof audiences)[number];
const isAudience = (text: string): text is Audience => audiences.some((one) => one === text);
const others = ['DL ONLY', 'ATTORNEY-CLIENT', 'ATTORNEY-WP', 'DELIBERATIVE'] as const;

export interface CuiMarking {
  readonly scheme: 'cui';
  /** Categories with SP- (specified), without it. */
  readonly specified: readonly string[];
  readonly basic: readonly string[];
  readonly audience: Audience | null;
  readonly limits: readonly string[];
  /** As in classified markings; never RELIDO. */
  readonly release: Release | null;
}

/** CUI//SP-CTI/PRVCY//FEDCON/NOFORN. */
export function cuiText({ specified, basic, audience, limits, release }: CuiMarking): string {
  const categories = [...specified.map((one) => `SP-${one}`), ...basic].join('/');
  const controls = [
    ...(isNoforn(release) ? ['NOFORN'] : []),
    ...(audience === null ? [] : [audience]),
    ...others.filter((one) => limits.includes(one)),
    ...(release !== null && release.relTo.length > 0 ? [`REL TO ${['USA', ...release.relTo].join(', ')}`] : []),
    ...(release !== null && release.displayOnly.length > 0 ? [`DISPLAY ONLY ${release.displayOnly.join(', ')}`] : []),
  ].join('/');
  return ['CUI', categories, controls].filter((part) => part !== '').join('//');
}

/** True for a text that begins as a CUI marking does. */
export function looksLikeCui(text: string): boolean {
  return /^\s*\(?\s*(?:CUI|CONTROLLED)\s*(?:\/|\)|$)/i.test(text);
}

/** Reads a CUI banner or portion mark. Throws policy.bad-marking with `at` and `rule`. */
export function parseCui(text: string): CuiMarking {
  const [first, ...rest] = splitPiece(markingPiece(text), '//');
  if (first === undefined || (first.text !== 'CUI' && first.text !== 'CONTROLLED')) badMarking(first?.at ?? 0, '2002.20(b)', 'A CUI marking begins with CUI.');
  if (rest.length > 2) badMarking(rest[2]?.at ?? 0, '2002.20(b)', 'After the categories and the limits of dissemination nothing follows.');
  let marking: CuiMarking = { scheme: 'cui', specified: [], basic: [], audience: null, limits: [], release: null };
  for (const [index, piece] of rest.entries()) {
    if (piece.text === '') badMarking(piece.at, '2002.20(b)', 'Between two // stands nothing. What does not apply is left out.');
    const values = splitPiece(piece, '/');
    if (isLimit(values[0]?.text ?? '')) {
      marking = { ...marking, ...readLimits(values) };
      const after = rest[index + 1];
      if (after !== undefined) badMarking(after.at, '2002.20(b)', 'The categories stand before the limits of dissemination.');
    } else if (index > 0) badMarking(piece.at, '2002.20(b)', `“${piece.text}” is no limit of dissemination; the categories stand together, divided by /.`);
    else marking = { ...marking, ...readCategories(values) };
  }
  return marking;
}

function isLimit(text: string): boolean {
  return isAudience(text) || text === 'NOFORN' || text === 'NF' || others.some((one) => one === text) || /^(?:REL TO|DISPLAY ONLY)(?: |$)/.test(text);
}

/** True for a limit that CUI alone has; NOFORN, REL TO and DISPLAY ONLY are limits of classified information too. */
export function isCuiLimit(text: string): boolean {
  return isAudience(text) || others.some((one) => one === text);
}

function readCategories(values: readonly Piece[]): Pick<CuiMarking, 'specified' | 'basic'> {
  const names = values.map(({ text, at }) => (/^(?:SP-)?[A-Z][A-Z0-9]{1,15}$/.test(text) ? text : badMarking(at, '2002.20(b)', `“${text}” is not the abbreviation of a category.`)));
  const specified = new Set(names.flatMap((name) => (name.startsWith('SP-') ? [name.slice(3)] : [])));
  return { specified: [...specified].sort(), basic: [...new Set(names.filter((name) => !name.startsWith('SP-') && !specified.has(name)))].sort() };
}

function readLimits(values: readonly Piece[]): Pick<CuiMarking, 'audience' | 'limits' | 'release'> {
  const said: { audience: Audience | null; limits: Set<string>; noforn: boolean; relTo: string[]; displayOnly: string[] } = { audience: null, limits: new Set(), noforn: false, relTo: [], displayOnly: [] };
  for (const { text, at } of values) {
    const list = /^(REL TO|DISPLAY ONLY) (.+)$/s.exec(text);
    if (isAudience(text)) said.audience = joinAudiences(said.audience, text);
    else if (others.some((one) => one === text)) said.limits.add(text);
    else if (text === 'NOFORN' || text === 'NF') said.noforn = true;
    else if (list !== null) {
      const codes = countryList((list[2] ?? '').split(',').map((one) => one.trim()));
      const wrong = codes.find((code) => !/^[A-Z]{3,5}$/.test(code));
      if (wrong !== undefined) badMarking(at, '2002.16(b)', `“${wrong}” is not a country or group code of three to five letters.`);
      const foreign = codes.filter((code) => code !== 'USA');
      const isDisplay = list[1] === 'DISPLAY ONLY';
      if ((isDisplay ? said.displayOnly : said.relTo).length > 0) badMarking(at, '2002.16(b)', `${isDisplay ? 'DISPLAY ONLY' : 'REL TO'} stands twice: one list says whom.`);
      if (isDisplay && foreign.length < codes.length) badMarking(at, '2002.16(b)', 'DISPLAY ONLY lists other countries and groups, not USA.');
      if (!isDisplay && (foreign.length === codes.length || foreign.length === 0)) badMarking(at, '2002.16(b)', 'REL TO lists USA first, then at least one other country or group.');
      if (isDisplay) said.displayOnly = foreign;
      else said.relTo = foreign;
    } else badMarking(at, '2002.16(b)', `“${text}” is not a limit of dissemination.`);
  }
  const { audience, limits, relTo, displayOnly } = said;
  const isSaid = relTo.length > 0 || displayOnly.length > 0;
  if (said.noforn && isSaid) badMarking(values[0]?.at ?? 0, '2002.16(b)', 'NOFORN excludes REL TO and DISPLAY ONLY.');
  return { audience, limits: [...limits].sort(), release: said.noforn ? noforn : isSaid ? { relTo, displayOnly, relido: false } : null };
}

/** Those whom both allow: of two different ones, federal staff alone. */
function joinAudiences(a: Audience | null, b: Audience | null): Audience | null {
  if (a === null || b === null || a === b) return a ?? b;
  return 'FED ONLY';
}

/** What a document with these portions is marked: all categories, and of the limits the narrowest. */
export function rollUpCui(all: readonly CuiMarking[]): CuiMarking | null {
  return all.reduce<CuiMarking | null>((sum, one) => {
    if (sum === null) return { ...one, release: settledRelease(one.release) };
    const specified = [...new Set([...sum.specified, ...one.specified])].sort();
    return {
      scheme: 'cui',
      specified,
      basic: [...new Set([...sum.basic, ...one.basic])].filter((name) => !specified.includes(name)).sort(),
      audience: joinAudiences(sum.audience, one.audience),
      limits: [...new Set([...sum.limits, ...one.limits])].sort(),
      release: joinReleases(sum.release, one.release),
    };
  }, null);
}
