/** What an RTF document holds for its reader, not yet canonical. */
export interface RtfText {
  readonly text: string;
  readonly title: string | null;
  readonly author: string | null;
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
}

/** Destinations without text for the reader. Page headers, footers, notes and comments are read: markings stand there. */
const unread = new Set([
  'fonttbl', 'colortbl', 'stylesheet', 'listtable', 'listoverridetable', 'revtbl', 'rsidtbl', 'pict', 'objdata', 'objclass', 'objname', 'themedata', 'colorschememapping', 'datastore', 'latentstyles', 'xmlnstbl', 'mmathPr', 'generator', 'filetbl', 'fldinst',
  'bkmkstart', 'bkmkend', 'template', 'operator', 'company', 'manager', 'category', 'keywords', 'comment', 'doccomm', 'hlinkbase', 'userprops', 'pntext', 'pntxta', 'pntxtb', 'sp', 'shppict', 'nonshppict', 'background', 'ud', 'printim', 'buptim', 'atnid', 'atnref', 'atrfstart', 'atrfend', 'atnparent', 'atndate', 'wgrffmtfilter', 'docvar',
]);
/** Of the destinations marked as ignorable, those that are read all the same. */
const readAnyway = new Set(['annotation', 'atnauthor', 'footnote', 'shptxt', 'title', 'author', 'creatim', 'revtim', 'upr', 'shpinst', 'listtext']);
const noted = new Set(['annotation', 'atnauthor', 'footnote']);
const breaks: Readonly<Record<string, string>> = {
  par: '\n', line: '\n', sect: '\n\n', page: '\n\n', row: '\n', nestrow: '\n', cell: '\t', nestcell: '\t', tab: '\t', emdash: '\u2014', endash: '\u2013', lquote: '\u2018', rquote: '\u2019', ldblquote: '\u201C', rdblquote: '\u201D', bullet: '\u2022', emspace: ' ', enspace: ' ',
};
/** Windows' numbers of code pages and of RTF's character sets, as names of the Encoding Standard. */
const pages: Readonly<Record<number, string>> = { 866: 'ibm866', 874: 'windows-874', 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5', 10000: 'macintosh', 10007: 'x-mac-cyrillic', 65001: 'utf-8' };
const charsets: Readonly<Record<number, number>> = { 77: 10000, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256, 186: 1257, 204: 1251, 222: 874, 238: 1250 };
const deepestGroup = 2000;

interface Group {
  readonly isSkipped: boolean;
  /** Where its text goes: the document, or one of its properties. */
  readonly into: 'text' | 'title' | 'author' | 'creatim' | 'revtim' | 'fonts';
  readonly unicodeSkip: number;
  readonly page: string;
  readonly isHidden: boolean;
  readonly isNote: boolean;
}

/**
 * The text of an RTF document (Rich Text Format 1.9.1): groups, fonts' character sets, Unicode with its substitutes, cells parted by
 * tabs. One pass without recursion; hidden text and deleted text are left out.
 */
export function rtfText(source: string): RtfText {
  const out: string[] = [];
  const notes: Record<'title' | 'author', string[]> = { title: [], author: [] };
  const dates: Record<'creatim' | 'revtim', number[]> = { creatim: [], revtim: [] };
  const pageByFont = new Map<number, string>();
  const stack: Group[] = [];
  let group: Group = { isSkipped: false, into: 'text', unicodeSkip: 1, page: 'windows-1252', isHidden: false, isNote: false };
  let defaultPage = 'windows-1252';
  let font = 0;
  let isOptional = false;
  let skipChars = 0;
  let bytes: number[] = [];
  const flush = (): void => {
    if (bytes.length === 0) return;
    const decoded = new TextDecoder(group.page).decode(Uint8Array.from(bytes));
    bytes = [];
    put(decoded);
  };
  const put = (text: string): void => {
    if (group.isSkipped || group.isHidden) return;
    if (group.into === 'text') out.push(text);
    else if (group.into === 'title' || group.into === 'author') notes[group.into].push(text);
  };
  const change = (part: Partial<Group>): void => {
    flush();
    group = { ...group, ...part };
  };
  const word = (name: string, value: number | null): void => {
    const wasOptional = isOptional;
    isOptional = false;
    // Notes and comments stand within the text that they belong to, and no part of a word.
    if (noted.has(name)) {
      put(' ');
      change({ isNote: true });
    }
    if (name === 'title' || name === 'author' || name === 'creatim' || name === 'revtim') change({ into: name });
    else if (name === 'info') return;
    else if (name === 'fonttbl') change({ into: 'fonts' });
    else if (unread.has(name) || (wasOptional && !readAnyway.has(name))) change({ isSkipped: true });
    else if (name === 'ansicpg' && value !== null) {
      defaultPage = pageName(value);
      change({ page: defaultPage });
    } else if (name === 'mac') {
      defaultPage = 'macintosh';
      change({ page: defaultPage });
    } else if (name === 'f' && value !== null) {
      font = value;
      if (group.into !== 'fonts') change({ page: pageByFont.get(value) ?? defaultPage });
    } else if (name === 'fcharset' && value !== null && group.into === 'fonts') pageByFont.set(font, pageName(charsets[value] ?? 0, defaultPage));
    else if (name === 'plain') change({ page: defaultPage, isHidden: false });
    else if (name === 'v') change({ isHidden: value !== 0 });
    else if (name === 'deleted') change({ isHidden: value !== 0 });
    else if (name === 'uc' && value !== null) change({ unicodeSkip: Math.max(0, Math.min(value, 8)) });
    else if (name === 'u' && value !== null) {
      flush();
      put(String.fromCharCode(value & 0xffff));
      skipChars = group.unicodeSkip;
    } else if (breaks[name] !== undefined) {
      flush();
      put(breaks[name]);
    } else if (value !== null && (group.into === 'creatim' || group.into === 'revtim') && ['yr', 'mo', 'dy', 'hr', 'min'].includes(name)) dates[group.into].push(value);
  };
  const token = /\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\/g;
  for (let found = token.exec(source); found !== null; found = token.exec(source)) {
    const [, name, number, hex, symbol, brace, plain] = found;
    if (name === 'bin' && number !== undefined) {
      token.lastIndex = Math.min(source.length, token.lastIndex + Math.max(0, Number(number)));
      continue;
    }
    if (brace === '{') {
      flush();
      if (stack.length >= deepestGroup) break;
      stack.push(group);
      skipChars = 0;
    } else if (brace === '}') {
      flush();
      const { isNote } = group;
      group = stack.pop() ?? group;
      if (isNote && !group.isNote) put(' ');
      // The document ends with its outermost group; what follows is left from a longer file or a disk.
      if (stack.length === 0) break;
      skipChars = 0;
      isOptional = false;
    } else if (name !== undefined) word(name, number === undefined ? null : Number(number));
    else if (hex !== undefined) {
      if (skipChars > 0) skipChars -= 1;
      else if (group.into !== 'fonts') bytes.push(Number.parseInt(hex, 16));
    } else if (symbol !== undefined) {
      if (symbol === '*') isOptional = true;
      else if (symbol === '\n' || symbol === '\r') word('par', null);
      else if (skipChars > 0) skipChars -= 1;
      else {
        flush();
        put(symbol === '~' ? '\u00A0' : symbol === '_' ? '\u2011' : symbol === '-' ? '' : ['\\', '{', '}'].includes(symbol) ? symbol : '');
      }
    } else if (plain !== undefined) {
      const kept = plain.slice(Math.min(skipChars, plain.length));
      skipChars -= plain.length - kept.length;
      if (kept !== '' && group.into !== 'fonts') {
        // Bytes above 127 may stand as they are: the source is read byte by byte.
        for (const character of kept) bytes.push(character.charCodeAt(0) & 0xff);
      }
    }
  }
  flush();
  return { text: out.join(''), title: line(notes.title), author: line(notes.author), createdAt: timeOf(dates.creatim), modifiedAt: timeOf(dates.revtim) };
}

function pageName(number: number, otherwise = 'windows-1252'): string {
  return pages[number] ?? (number >= 1250 && number <= 1258 ? `windows-${number}` : otherwise);
}

const line = (parts: readonly string[]): string | null => parts.join('').replace(/\s+/g, ' ').trim() || null;

function timeOf([year, month, day, hour = 0, minute = 0]: readonly number[]): number | null {
  if (year === undefined || month === undefined || day === undefined) return null;
  const time = Date.UTC(year, month - 1, day, hour, minute);
  return Number.isFinite(time) && time >= 0 ? time : null;
}
