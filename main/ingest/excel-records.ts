import { textOfCodePage } from './code-pages.ts';
import { picturesIn, type EmbeddedPicture } from './office-art.ts';

/** Types of records ([MS-XLS] 2.3). */
const types = { start: 0x0809, header: 0x0014, footer: 0x0015, codePage: 0x0042, textObject: 0x01b6, further: 0x003c, seriesText: 0x100d, label: 0x0204, number: 0x0203, drawings: 0x00eb } as const;
const chartSheet = 0x20;
/** Numbers and labels that charts keep for themselves. */
const mostChartTexts = 20_000;

/** What stands beside the cells of a binary workbook. */
export interface ExcelAside {
  /** Page headers and footers, text boxes, each distinct text once, then what charts show. */
  readonly texts: readonly string[];
  readonly pictures: readonly EmbeddedPicture[];
}

/** Reads the workbook's stream ([MS-XLS] 2.1, and BIFF 5 and 7, whose texts are in a code page) for what SheetJS passes over. */
export function excelAside(stream: Buffer): ExcelAside {
  const texts = new Set<string>();
  const chart: string[] = [];
  const drawings: Buffer[] = [];
  let isUnicode = true;
  let page = 1252;
  let isChart = false;
  let before = 0;
  let wantsText = 0;
  for (let at = 0; at + 4 <= stream.length; ) {
    const type = stream.readUInt16LE(at);
    const body = stream.subarray(at + 4, at + 4 + stream.readUInt16LE(at + 2));
    at += 4 + stream.readUInt16LE(at + 2);
    if (type === types.start && body.length >= 4) {
      isUnicode = body.readUInt16LE(0) >= 0x600;
      isChart = body.readUInt16LE(2) === chartSheet;
    } else if (type === types.codePage && body.length >= 2) page = body.readUInt16LE(0);
    else if (type === types.header || type === types.footer) texts.add(withoutCodes(isUnicode ? counted(body, 2) : textOfCodePage(body.subarray(1), page)));
    else if (type === types.textObject) wantsText = isUnicode && body.length >= 12 ? body.readUInt16LE(10) : 0;
    else if (type === types.further && wantsText > 0) {
      texts.add(characters(body.subarray(1), (body[0] ?? 0) & 1, wantsText).trim());
      wantsText = 0;
    } else if (type === types.further && before === types.drawings) drawings.push(body);
    else if (type === types.drawings) drawings.push(body);
    else if (isChart && chart.length < mostChartTexts) {
      if (type === types.seriesText) chart.push(isUnicode ? counted(body.subarray(2), 1) : textOfCodePage(body.subarray(3), page));
      else if (type === types.label && body.length > 8) chart.push(isUnicode ? counted(body.subarray(6), 2) : textOfCodePage(body.subarray(8), page));
      else if (type === types.number && body.length >= 14) chart.push(String(Number(body.readDoubleLE(6).toPrecision(12))));
    }
    if (type !== types.further) before = type;
  }
  const shown = [...texts, chart.map((text) => text.trim()).filter((text) => text !== '').join('\n')].filter((text) => text !== '');
  return { texts: shown, pictures: picturesIn(Buffer.concat(drawings)) };
}

/** [MS-XLS] 2.5.294: a count of one or two bytes, a mark of width, the characters. */
function counted(body: Buffer, countBytes: number): string {
  if (body.length < countBytes + 1) return '';
  return characters(body.subarray(countBytes + 1), (body[countBytes] ?? 0) & 1, countBytes === 1 ? (body[0] ?? 0) : body.readUInt16LE(0));
}

function characters(body: Buffer, isWide: number, count: number): string {
  return isWide === 1 ? body.toString('utf16le', 0, count * 2) : body.toString('latin1', 0, count);
}

/** [MS-XLS] 2.4.136: codes begin with "&"; only what they surround is text. */
export function withoutCodes(text: string): string {
  return text.replace(/&(?:"[^"]*"|K[0-9A-Fa-f]{6}|\d+|[A-Z])/g, ' ').replace(/\s+/g, ' ').trim();
}
