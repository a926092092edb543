/** Numbers of list paragraphs in a Word document (ECMA-376 17.9), written into its text: what converts it to HTML knows plain digits only. */
import { listCounter, type ListLevel, type ListUse } from './list-counter.ts';
import { walkXml } from './xml-walk.ts';

const formats: Readonly<Record<string, number>> = { decimal: 0, upperRoman: 1, lowerRoman: 2, upperLetter: 3, lowerLetter: 4, ordinal: 5, decimalZero: 22, bullet: 23, none: 255 };

/** A digit with a point, or a mark. */
const plain = /^(?:\d+\.|[^\p{L}\p{N}]*)$/u;

interface Style {
  readonly base: string | null;
  number: number | null;
  level: number | null;
}

interface Numbering {
  readonly lists: ReadonlyMap<number, readonly ListLevel[]>;
  readonly uses: ReadonlyMap<number, ListUse>;
  /** Levels by the style that stands for them, a list's identifier before it. */
  readonly levelByStyle: ReadonlyMap<string, number>;
}

/** The document's XML with the number of each list paragraph as a run at its beginning; null where no list shows anything but digits or marks, or there is none. */
export function numberedDocument(document: string, numbering: string, styles: string): string | null {
  const found = numberingOf(numbering);
  const styleById = stylesOf(styles);
  const count = listCounter(found.lists);
  const inserts: { readonly at: number; readonly label: string }[] = [];
  const open: { style: string; number: number | null; level: number | null }[] = [];
  let properties = 0;
  let changed = 0;
  for (const { index, 0: tag, 1: closing, 2: name, 3: rest = '' } of document.matchAll(/<(\/?)w:(p|pPr|pPrChange|pStyle|numId|ilvl)((?:\s(?:[^<>"]|"[^"<]*")*)?)>/g)) {
    const isEmpty = rest.endsWith('/');
    const own = open.at(-1);
    if (name === 'p' && !isEmpty) {
      if (closing === '') open.push({ style: '', number: null, level: null });
      else open.pop();
    } else if (name === 'pPrChange' && !isEmpty) changed += closing === '' ? 1 : -1;
    else if (name === 'pPr' && !isEmpty && changed === 0) {
      properties += closing === '' ? 1 : -1;
      const label = closing === '' || own === undefined ? null : labelOf(own, styleById, found, count);
      if (label !== null && label.trim() !== '') inserts.push({ at: index + tag.length, label });
    } else if (own !== undefined && properties > 0 && changed === 0 && closing === '') {
      const value = /w:val="([^"]*)"/.exec(rest)?.[1] ?? '';
      if (name === 'pStyle') own.style = value;
      else if (name === 'numId') own.number = Number(value);
      else if (name === 'ilvl') own.level = Number(value);
    }
  }
  if (inserts.every(({ label }) => plain.test(label))) return null;
  const parts: string[] = [];
  let done = 0;
  for (const { at, label } of inserts) {
    parts.push(document.slice(done, at), `<w:r><w:t xml:space="preserve">${label.replace(/[&<>]/g, (character) => `&#${character.charCodeAt(0)};`)} </w:t></w:r>`);
    done = at;
  }
  return parts.join('') + document.slice(done);
}

/** 17.9.18, 17.7.4.14: what a paragraph does not say of itself its style does, or the one that it is based on. */
function labelOf(own: { readonly style: string; readonly number: number | null; readonly level: number | null }, styles: ReadonlyMap<string, Style>, { uses, levelByStyle }: Numbering, count: ReturnType<typeof listCounter>): string | null {
  let { number, level } = own;
  let byStyle: string | null = null;
  for (let style: string | null = own.style, depth = 0; style !== null && style !== '' && depth < 16 && number === null; depth += 1) {
    const above: Style | undefined = styles.get(style);
    if (above?.number !== null && above?.number !== undefined) [number, byStyle] = [above.number, style];
    level ??= above?.level ?? null;
    style = above?.base ?? null;
  }
  if (number === null || number === 0) return null;
  const use = uses.get(number);
  level ??= use === undefined ? null : (levelByStyle.get(`${use.list} ${byStyle ?? own.style}`) ?? null);
  return count(use, number, level ?? 0);
}

function numberingOf(xml: string): Numbering {
  const lists = new Map<number, ListLevel[]>();
  const uses = new Map<number, ListUse & { readonly levels: Map<number, { startAt: number | null; level: ListLevel | null }> }>();
  const levelByStyle = new Map<string, number>();
  let list = -1;
  let use: { list: number; readonly levels: Map<number, { startAt: number | null; level: ListLevel | null }> } | null = null;
  let place = 0;
  let made = { startAt: 1, format: 0, isLegal: false, text: '' };
  walkXml(xml, {
    open: (name, attributes) => {
      const value = attributes['w:val'] ?? '';
      if (name === 'abstractNum') {
        list = Number(attributes['w:abstractNumId']);
        lists.set(list, []);
      } else if (name === 'num') {
        use = { list: -1, levels: new Map() };
        uses.set(Number(attributes['w:numId']), use);
      } else if (name === 'abstractNumId' && use !== null) use.list = Number(value);
      else if (name === 'lvlOverride') {
        place = Number(attributes['w:ilvl']);
        use?.levels.set(place, { startAt: null, level: null });
      } else if (name === 'startOverride') {
        const own = use?.levels.get(place);
        if (own !== undefined) own.startAt = Number(value);
      } else if (name === 'lvl') {
        place = Number(attributes['w:ilvl']);
        made = { startAt: 1, format: 0, isLegal: false, text: '' };
      } else if (name === 'start') made.startAt = Number(value);
      else if (name === 'numFmt') made.format = formats[value] ?? 0;
      else if (name === 'isLgl') made.isLegal = value !== '0' && value !== 'false';
      else if (name === 'lvlText') made.text = value.replace(/%([1-9])/g, (_, digit: string) => String.fromCharCode(Number(digit) - 1));
      else if (name === 'pStyle' && use === null) levelByStyle.set(`${list} ${value}`, place);
    },
    close: (name) => {
      if (name === 'num') use = null;
      if (name !== 'lvl' || !(place >= 0 && place < 9)) return;
      const own = use?.levels.get(place);
      if (own !== undefined) own.level = made;
      else if (use === null) lists.get(list)?.splice(place, 1, made);
    },
  });
  return { lists, uses, levelByStyle };
}

function stylesOf(xml: string): Map<string, Style> {
  const styles = new Map<string, Style>();
  let style: { base: string | null; number: number | null; level: number | null } | null = null;
  walkXml(xml, {
    open: (name, attributes) => {
      const value = attributes['w:val'] ?? '';
      if (name === 'style') {
        style = { base: null, number: null, level: null };
        styles.set(attributes['w:styleId'] ?? '', style);
      } else if (style === null) return;
      else if (name === 'basedOn') style.base = value;
      else if (name === 'numId') style.number = Number(value);
      else if (name === 'ilvl') style.level = Number(value);
    },
    close: (name) => { if (name === 'style') style = null; },
  });
  return styles;
}
