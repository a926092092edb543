/** Reads a banner line or a portion mark (Register A.6, G.1). What is wrong is named with its place and the rule that it breaks. */
import { badMarking, markingPiece, splitPiece, type Piece } from '../marking-text.ts';
import { brokenRule } from './check-us.ts';
import { noforn, type AtomicEnergy, type Control, type Level, type Owner, type Release, type UsMarking } from './us-marking.ts';
import { byCountry, byProgram, byRegister, countryList, vocabulary } from './vocabulary.ts';

const categories = ['sci', 'sap', 'aea', 'fgi', 'dissem', 'nonIc'] as const;
type Category = (typeof categories)[number];
const categoryNames: Readonly<Record<Category, string>> = {
  sci: 'SCI controls', sap: 'special access programs', aea: 'atomic energy information', fgi: 'foreign government information', dissem: 'dissemination controls', nonIc: 'other agencies’ dissemination controls',
};

/** The marking that a banner line or portion mark says. Small letters and blanks around separators are taken as meant. Throws policy.bad-marking with `at` and `rule`. */
export function parseUs(text: string): UsMarking {
  const whole = markingPiece(text);
  if (whole.text === '') badMarking(0, 'D.1', 'A marking begins with a classification.');
  const pieces = splitPiece(whole, '//');
  const isForeign = pieces[0]?.text === '' && pieces.length > 1;
  const first = pieces[isForeign ? 1 : 0] ?? whole;
  const { owner, level } = isForeign ? readForeign(first) : { owner: { kind: 'us' } as const, level: readLevel(first) };
  const parts = readCategories(pieces.slice(isForeign ? 2 : 1));
  const marking: UsMarking = { scheme: 'us', owner, level, ...parts };
  if (level === 'U' && eyesOnly.test(whole.text)) badMarking(first.at, 'ISM-ID-00028', 'EYES ONLY is classified.');
  const broken = brokenRule(marking);
  if (broken !== null) badMarking(first.at, broken.rule, broken.message);
  return marking;
}

function levelOf(text: string): Level | null {
  return vocabulary.levels.find(({ code, title }) => text === code || text === title)?.code ?? null;
}

function readLevel(piece: Piece): Level {
  return levelOf(piece.text) ?? badMarking(piece.at, 'G.1', `“${piece.text}” is not a classification: ${vocabulary.levels.map(({ title }) => title).join(', ')}.`);
}

/** After `//`: JOINT with its owners, a NATO marking, or the governments and their level. */
function readForeign(piece: Piece): { readonly owner: Owner; readonly level: Level } {
  const nato = vocabulary.nato.find(({ portion, title }) => piece.text === portion || piece.text === title);
  if (nato !== undefined) return { owner: { kind: 'foreign', countries: ['NATO'], restricted: nato.restricted }, level: nato.level };
  const activity = vocabulary.natoActivities.find(({ letter }) => piece.text.length === 3 && piece.text.startsWith(`N${letter}`) && /[SCRU]$/.test(piece.text));
  if (activity !== undefined) return foreignMark(['NATO', activity.code], piece.text.slice(2), piece);
  const joint = /^JOINT (TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|TS|S|C|U)(?: (.*))?$/s.exec(piece.text);
  if (joint !== null) {
    const countries = (joint[2] ?? '').split(' ').filter((code) => code !== '');
    if (new Set(countries).size < 2 || !countries.includes('USA')) badMarking(piece.at, 'H.3', 'A JOINT marking lists its owners, USA among them. Without a list it says only that the banner’s apply.');
    return { owner: { kind: 'joint', countries: [...new Set(countries.map((code) => country({ text: code, at: piece.at })))].sort(byCountry) }, level: levelOf(joint[1] ?? '') ?? badMarking(piece.at, 'G.1', 'JOINT has no classification.') };
  }
  const foreign = /^(.+?) +(TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED|UNCLASSIFIED|TS|S|C|R|U)$/s.exec(piece.text);
  if (foreign === null) badMarking(piece.at, 'G.1', `“${piece.text}” is not another government’s classification: its country code, then TS, S, C, R or U.`);
  const names = (foreign[1] ?? '').split(/ +/);
  return foreignMark(names.join() === vocabulary.fgi.code ? [] : names, foreign[2] ?? '', piece);
}

function foreignMark(names: readonly string[], word: string, { at }: Piece): { readonly owner: Owner; readonly level: Level } {
  const restricted = word === 'R' || word === 'RESTRICTED';
  const level = restricted ? 'C' : levelOf(word) ?? badMarking(at, 'G.1', `“${word}” is not a classification.`);
  return { owner: { kind: 'foreign', countries: [...new Set(names.map((code) => foreignCountry({ text: code, at })))].sort(byCountry), restricted }, level };
}

/** A code that stands for others than us. */
function foreignCountry(piece: Piece): string {
  const code = country(piece);
  return code === 'USA' || code === vocabulary.fgi.code ? badMarking(piece.at, 'H.7', `${code} is not another government. FGI without a list conceals which it is.`) : code;
}

function country({ text, at }: Piece): string {
  return /^[A-Z]{3,5}$/.test(text) ? text : badMarking(at, 'A.6', `“${text}” is not a country or group code of three to five letters.`);
}

type Parts = Omit<UsMarking, 'scheme' | 'owner' | 'level'>;

function readCategories(pieces: readonly Piece[]): Parts {
  let parts: Parts = { sci: [], sap: [], aea: [], fgi: null, dissem: [], release: null, nonIc: [] };
  let before = -1;
  for (const piece of pieces) {
    if (piece.text === '') badMarking(piece.at, 'A.6', 'Between two // stands nothing. A category that does not apply is left out.');
    const category = categoryOf(piece.text) ?? badMarking(piece.at, 'G.1', `“${piece.text}” is in no category of the register of ${vocabulary.date}.`);
    const order = categories.indexOf(category);
    if (order === before) badMarking(piece.at, 'A.6', `The ${categoryNames[category]} stand in one category, divided by /.`);
    if (order < before) badMarking(piece.at, 'G.1', `The ${categoryNames[category]} stand before the ${categoryNames[categories[before] ?? 'nonIc']}.`);
    before = order;
    parts = { ...parts, ...readCategory(category, piece) };
  }
  return parts;
}

function readCategory(category: Category, piece: Piece): Partial<Parts> {
  switch (category) {
    case 'sci': return { sci: unique(splitPiece(piece, '/').map(readSci), piece.at) };
    case 'sap': return { sap: readSap(piece) };
    case 'aea': return { aea: readAea(piece) };
    case 'fgi': return { fgi: readFgi(piece) };
    case 'dissem': return readDissem(piece);
    case 'nonIc': {
      const values = splitPiece(piece, '/');
      const codes = values.map((value) => find(vocabulary.nonIc, value) ?? unknown(value, 'nonIc'));
      refuseTwice(values, codes);
      return { nonIc: codes.sort() };
    }
  }
}

/** Two lists of one kind would contradict each other, and one value twice says nothing. */
function refuseTwice(values: readonly Piece[], codes: readonly string[]): void {
  const twice = values.find((_value, index) => codes.indexOf(codes[index] ?? '') < index);
  if (twice !== undefined) badMarking(twice.at, 'ISM-ID-00236', `“${twice.text}” says again what already stands here. Each value stands once.`);
}

function unknown(value: Piece, category: Category): never {
  return badMarking(value.at, 'G.1', `“${value.text}” is not among the ${categoryNames[category]} of the register of ${vocabulary.date}.`);
}

/** The code of a value that is written as its title, its banner or its portion form. */
function find(all: readonly { readonly code: string; readonly title: string; readonly banner?: string }[], { text }: Piece): string | null {
  return all.find((one) => text === one.code || text === one.title || text === one.banner)?.code ?? null;
}

function categoryOf(text: string): Category | null {
  const begins = (word: string): boolean => text === word || (text.startsWith(word) && /[-/ ]/.test(text[word.length] ?? ''));
  const any = (all: readonly { readonly code: string; readonly title: string; readonly banner?: string }[]): boolean => all.some(({ code, title, banner = code }) => begins(code) || begins(title) || begins(banner));
  if (any(vocabulary.sci)) return 'sci';
  if (text.startsWith(`${vocabulary.sap.code}-`) || text.startsWith(`${vocabulary.sap.title}-`) || vocabulary.sap.nato.some(begins)) return 'sap';
  if (any(vocabulary.aea)) return 'aea';
  if (any([vocabulary.fgi])) return 'fgi';
  if (any(vocabulary.nonIc)) return 'nonIc';
  return any(vocabulary.dissem) || /^USA(?:\/[A-Z]{3})+ EYES ONLY/.test(text) ? 'dissem' : null;
}

function name(value: Piece): string {
  return /^[A-Z0-9]{1,12}$/.test(value.text) ? value.text : badMarking(value.at, 'A.6', `“${value.text}” is not a name of letters and digits.`);
}

/** COMP SUB SUB, after a hyphen. */
function compartment(piece: Piece, known: readonly { readonly code: string; readonly title: string }[]): Control['compartments'][number] {
  const [first = piece, ...subs] = splitPiece(piece, ' ').filter(({ text }) => text !== '');
  return { code: known.find(({ title }) => title === first.text)?.code ?? name(first), subs: [...new Set(subs.map(name))].sort(byRegister) };
}

/** A compartment may stand more than once, with a sub-compartment each time (J, HCS-P JJJ-P DDDD): it is one. */
function compartments(pieces: readonly Piece[], known: Parameters<typeof compartment>[1]): Control['compartments'][number][] {
  const byCode = new Map<string, readonly string[]>();
  for (const { code, subs } of pieces.map((piece) => compartment(piece, known))) byCode.set(code, [...byCode.get(code) ?? [], ...subs]);
  return [...byCode].map(([code, subs]) => ({ code, subs: [...new Set(subs)].sort(byRegister) })).sort((a, b) => byRegister(a.code, b.code));
}

function readSci(value: Piece): Control {
  const [first = value, ...rest] = splitPiece(value, '-');
  const known = vocabulary.sci.find(({ code, title }) => first.text === code || first.text === title) ?? unknown(first, 'sci');
  if (known.needsCompartment && rest.length === 0) badMarking(value.at, 'H.4', `${known.code} is not used without a compartment.`);
  return { code: known.code, compartments: compartments(rest, known.compartments) };
}

function unique(controls: readonly Control[], at: number): Control[] {
  const twice = controls.find(({ code }, index) => controls.findIndex((other) => other.code === code) < index);
  if (twice !== undefined) badMarking(at, 'A.6', `${twice.code} stands twice. Its compartments follow it, each after a hyphen.`);
  return [...controls].sort((a, b) => byRegister(a.code, b.code));
}

function readSap(piece: Piece): Control[] {
  const { code, title, nato } = vocabulary.sap;
  const prefix = [`${code}-`, `${title}-`].find((word) => piece.text.startsWith(word)) ?? '';
  const programs = splitPiece({ text: piece.text.slice(prefix.length), at: piece.at + prefix.length }, '/').map((value, index) => {
    const [program = value, ...rest] = splitPiece(value, '-');
    const isNato = nato.includes(program.text);
    if (isNato && (rest.length > 0 || (index === 0 && prefix !== ''))) badMarking(value.at, 'H.7', `${program.text} is NATO’s. It stands by itself, after our programs.`);
    if (!isNato && prefix === '') badMarking(value.at, 'H.5', `Our special access programs begin with ${code}-.`);
    return { code: name(program), compartments: compartments(rest, []) };
  });
  return unique(programs, piece.at).sort((a, b) => byProgram(a.code, b.code));
}

function readAea(piece: Piece): AtomicEnergy[] {
  const values = splitPiece(piece, '/');
  const all = values.map((value): AtomicEnergy => {
    const [first = value, ...rest] = splitPiece(value, '-');
    const known = vocabulary.aea.find(({ code, title, banner, portion }) => [code, title, banner, portion].includes(first.text)) ?? unknown(first, 'aea');
    if (rest.length > 0 && !known.qualifiers) badMarking(value.at, 'H.6', `${known.banner} has nothing after it.`);
    let cnwdi = false;
    let sigmas: number[] = [];
    for (const one of rest) {
      const numbers = /^(?:SIGMA|SG)((?: \d{1,2})+)$/.exec(one.text);
      if (one.text === 'CNWDI' || one.text === 'CRITICAL NUCLEAR WEAPON DESIGN INFORMATION') cnwdi = true;
      else if (numbers !== null) sigmas = [...new Set((numbers[1] ?? '').trim().split(' ').map(Number))].sort((a, b) => a - b);
      else badMarking(one.at, 'H.6', `“${one.text}” is neither CNWDI nor SIGMA with its numbers.`);
    }
    return { code: known.code, cnwdi, sigmas };
  });
  refuseTwice(values, all.map(({ code }) => code));
  return vocabulary.aea.flatMap(({ code }) => all.filter((one) => one.code === code));
}

function readFgi(piece: Piece): string[] {
  const prefix = [vocabulary.fgi.title, vocabulary.fgi.code].find((word) => piece.text.startsWith(word)) ?? '';
  return [...new Set(splitPiece({ text: piece.text.slice(prefix.length), at: piece.at + prefix.length }, ' ').filter(({ text }) => text !== '').map(foreignCountry))].sort(byCountry);
}

const eyesOnly = /USA((?:\/[A-Z]{3})+) EYES ONLY/;

function readDissem(piece: Piece): { readonly dissem: string[]; readonly release: Release | null } {
  // Retired: what is used again is marked REL TO (H.8). A list of countries is divided by slashes here only.
  const eyes = eyesOnly.exec(piece.text);
  const text = eyes === null ? piece.text : piece.text.replace(eyesOnly, (found, codes: string) => `REL TO USA, ${codes.slice(1).replaceAll('/', ', ')}`.padEnd(found.length));
  const wrong = (eyes?.[1] ?? '').slice(1).split('/').find((code) => code !== '' && !vocabulary.secondParties.includes(code));
  if (wrong !== undefined) badMarking(piece.at, 'H.8', `EYES ONLY names ${vocabulary.secondParties.join(', ')}, not ${wrong}.`);
  const dissem: string[] = [];
  const said: { noforn: boolean; relTo: string[] | null; displayOnly: string[] | null; relido: boolean } = { noforn: false, relTo: null, displayOnly: null, relido: false };
  const values = splitPiece({ text, at: piece.at }, '/');
  const codes: string[] = [];
  for (const value of values) {
    const list = /^(REL TO|AUTHORIZED FOR RELEASE TO|DISPLAY ONLY) (.+)$/s.exec(value.text);
    const code = list === null ? find(vocabulary.dissem, value) : null;
    codes.push(code ?? (list?.[1] === 'DISPLAY ONLY' ? 'DISPLAY ONLY' : 'REL'));
    if (list !== null) {
      const countries = countryList((list[2] ?? '').split(',').map((one) => country({ text: one.trim(), at: value.at })));
      const others = countries.filter((one) => one !== 'USA');
      if (list[1] === 'DISPLAY ONLY') said.displayOnly = others.length < countries.length ? badMarking(value.at, 'H.8', 'DISPLAY ONLY lists other countries and groups, not USA.') : others;
      else if (others.length === countries.length || others.length === 0) badMarking(value.at, 'H.8', 'REL TO lists USA first, then at least one other country or group.');
      else said.relTo = others;
    } else if (code === null) unknown(value, 'dissem');
    else if (code === 'REL' || code === 'DISPLAY ONLY') badMarking(value.at, 'H.8', `${value.text} without a list says only that the banner’s list applies.`);
    else if (code === 'NF') said.noforn = true;
    else if (code === 'RELIDO') said.relido = true;
    else dissem.push(code);
  }
  refuseTwice(values, codes);
  const { relTo, displayOnly, relido } = said;
  if (said.noforn && (relTo !== null || displayOnly !== null || relido)) badMarking(piece.at, 'H.8', 'NOFORN excludes REL TO, RELIDO and DISPLAY ONLY.');
  if (relido && displayOnly !== null) badMarking(piece.at, 'H.8', 'RELIDO excludes DISPLAY ONLY.');
  const isSaid = relTo !== null || displayOnly !== null || relido;
  return { dissem: dissem.sort(), release: said.noforn ? noforn : isSaid ? { relTo: relTo ?? [], displayOnly: displayOnly ?? [], relido } : null };
}
