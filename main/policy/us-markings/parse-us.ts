/** Reads a banner line or a portion mark (Register A.6, G.1). What is wrong is named with its place and the rule that it breaks. */
import { badMarking, markingPiece, splitPiece, type Piece } from '../marking-text.ts';
import { brokenRule } from './check-us.ts';
import { noforn, type AtomicEnergy, type Control, type Level, type Owner, type Release, type UsMarking } from './us-marking.ts';
import { byCountry, byRegister, countryList, vocabulary } from './vocabulary.ts';

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
  if (nato !== undefined) return { owner: { kind: 'foreign', countries: ['NATO'] }, level: nato.level };
  const joint = /^JOINT (TOP SECRET|SECRET|CONFIDENTIAL|UNCLASSIFIED|TS|S|C|U)(?: (.*))?$/s.exec(piece.text);
  if (joint !== null) {
    const countries = (joint[2] ?? '').split(' ').filter((code) => code !== '');
    if (countries.length < 2 || !countries.includes('USA')) badMarking(piece.at, 'H.3', 'A JOINT marking lists its owners, USA among them. Without a list it says only that the banner’s apply.');
    return { owner: { kind: 'joint', countries: countries.map((code) => country({ text: code, at: piece.at })).sort(byCountry) }, level: levelOf(joint[1] ?? '') ?? badMarking(piece.at, 'G.1', 'JOINT has no classification.') };
  }
  const foreign = /^(.+?) +(TOP SECRET|SECRET|CONFIDENTIAL|RESTRICTED|UNCLASSIFIED|TS|S|C|R|U)$/s.exec(piece.text);
  const word = foreign?.[2] ?? '';
  // RESTRICTED has no counterpart here; it is protected as CONFIDENTIAL.
  const level = word === 'R' || word === 'RESTRICTED' ? 'C' : levelOf(word);
  if (level === null) badMarking(piece.at, 'G.1', `“${piece.text}” is not another government’s classification: its country code, then TS, S, C, R or U.`);
  const names = (foreign?.[1] ?? '').split(/ +/);
  return { owner: { kind: 'foreign', countries: names.join() === vocabulary.fgi.code ? [] : names.map((code) => country({ text: code, at: piece.at })).sort(byCountry) }, level };
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
    case 'nonIc': return { nonIc: splitPiece(piece, '/').map((value) => find(vocabulary.nonIc, value) ?? unknown(value, 'nonIc')).sort() };
  }
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
  if (text.startsWith(`${vocabulary.sap.code}-`) || text.startsWith(`${vocabulary.sap.title}-`)) return 'sap';
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

function readSci(value: Piece): Control {
  const [first = value, ...rest] = splitPiece(value, '-');
  const known = vocabulary.sci.find(({ code, title }) => first.text === code || first.text === title) ?? unknown(first, 'sci');
  if (known.needsCompartment && rest.length === 0) badMarking(value.at, 'H.4', `${known.code} is not used without a compartment.`);
  return { code: known.code, compartments: rest.map((piece) => compartment(piece, known.compartments)).sort((a, b) => byRegister(a.code, b.code)) };
}

function unique(controls: readonly Control[], at: number): Control[] {
  const twice = controls.find(({ code }, index) => controls.findIndex((other) => other.code === code) < index);
  if (twice !== undefined) badMarking(at, 'A.6', `${twice.code} stands twice. Its compartments follow it, each after a hyphen.`);
  return [...controls].sort((a, b) => byRegister(a.code, b.code));
}

function readSap(piece: Piece): Control[] {
  const { code, title } = vocabulary.sap;
  const prefix = piece.text.startsWith(`${code}-`) ? `${code}-` : `${title}-`;
  return unique(splitPiece({ text: piece.text.slice(prefix.length), at: piece.at + prefix.length }, '/').map((value) => {
    const [program = value, ...rest] = splitPiece(value, '-');
    return { code: name(program), compartments: rest.map((one) => compartment(one, [])).sort((a, b) => byRegister(a.code, b.code)) };
  }), piece.at);
}

function readAea(piece: Piece): AtomicEnergy[] {
  const all = splitPiece(piece, '/').map((value): AtomicEnergy => {
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
  return vocabulary.aea.flatMap(({ code }) => all.filter((one) => one.code === code));
}

function readFgi(piece: Piece): string[] {
  const prefix = [vocabulary.fgi.title, vocabulary.fgi.code].find((word) => piece.text.startsWith(word)) ?? '';
  return [...new Set(splitPiece({ text: piece.text.slice(prefix.length), at: piece.at + prefix.length }, ' ').filter(({ text }) => text !== '').map(country))].sort(byCountry);
}

const eyesOnly = /USA((?:\/[A-Z]{3})+) EYES ONLY/;

function readDissem(piece: Piece): { readonly dissem: string[]; readonly release: Release | null } {
  // Retired: what is used again is marked REL TO (H.8). A list of countries is divided by slashes here only.
  const eyes = eyesOnly.exec(piece.text);
  const text = eyes === null ? piece.text : piece.text.replace(eyesOnly, (found, codes: string) => `REL TO USA, ${codes.slice(1).replaceAll('/', ', ')}`.padEnd(found.length));
  const dissem: string[] = [];
  const said: { noforn: boolean; relTo: string[] | null; displayOnly: string[] | null; relido: boolean } = { noforn: false, relTo: null, displayOnly: null, relido: false };
  for (const value of splitPiece({ text, at: piece.at }, '/')) {
    const list = /^(REL TO|AUTHORIZED FOR RELEASE TO|DISPLAY ONLY) (.+)$/s.exec(value.text);
    const code = list === null ? find(vocabulary.dissem, value) : null;
    if (list !== null) {
      const codes = countryList((list[2] ?? '').split(',').map((one) => country({ text: one.trim(), at: value.at })));
      if (list[1] === 'DISPLAY ONLY') said.displayOnly = codes;
      else if (!codes.includes('USA') || codes.length < 2) badMarking(value.at, 'H.8', 'REL TO lists USA first, then at least one other country or group.');
      else said.relTo = codes.filter((one) => one !== 'USA');
    } else if (code === null) unknown(value, 'dissem');
    else if (code === 'REL' || code === 'DISPLAY ONLY') badMarking(value.at, 'H.8', `${value.text} without a list says only that the banner’s list applies.`);
    else if (code === 'NF') said.noforn = true;
    else if (code === 'RELIDO') said.relido = true;
    else dissem.push(code);
  }
  const { relTo, displayOnly, relido } = said;
  if (said.noforn && (relTo !== null || displayOnly !== null || relido)) badMarking(piece.at, 'H.8', 'NOFORN excludes REL TO, RELIDO and DISPLAY ONLY.');
  if (relido && displayOnly !== null) badMarking(piece.at, 'H.8', 'RELIDO excludes DISPLAY ONLY.');
  const isSaid = relTo !== null || displayOnly !== null || relido;
  return { dissem: [...new Set(dissem)].sort(), release: said.noforn ? noforn : isSaid ? { relTo: relTo ?? [], displayOnly: displayOnly ?? [], relido } : null };
}
