/**
 * Draws a PDF page in grey for reading: images, glyphs and filled outlines, from pdf.js's operator list. Strokes, clips, shadings, soft
 * masks and blending are left out: they do not carry words. It is ours because a canvas is native code, which has no place in a
 * process that reads hostile files; pdf.js has decoded images and fonts by then, in JavaScript and WebAssembly.
 */
import type { PDFPageProxy } from 'pdfjs-dist';
import { isRecord } from '../../base/is-record.ts';
import { coverageOf, edgesOf, joined, placed, type Matrix } from './path-coverage.ts';
import { pictureOf, type Picture } from './pdf-picture.ts';
import { betweenSampler, meanSampler, whiteRaster, type Raster } from './raster.ts';

type Operators = typeof import('pdfjs-dist').OPS;

/** A page as pixels with its resolution. Its top left is the top left of the page as viewers show it, turned as it says. */
export interface PageRaster {
  readonly raster: Raster;
  readonly dpi: number;
}

const usualDpi = 300;
const leastDpi = 150;
const mostDpi = 400;
/** The most pixels of a page: large formats are drawn coarser. */
const mostPixels = 24_000_000;
/** How deep glyphs that are drawings of their own, or forms, may call each other. */
const deepest = 6;

interface State {
  matrix: Matrix;
  grey: number;
  font: string | null;
  size: number;
  characterGap: number;
  wordGap: number;
  stretch: number;
  rise: number;
  leading: number;
  isInvisible: boolean;
}

/** Draws a page. Rejects with what pdf.js throws when the page is damaged. */
export async function drawPdfPage(page: PDFPageProxy, operators: Operators): Promise<PageRaster> {
  const list = await page.getOperatorList();
  await arrived(page, list, operators);
  const { width, height } = page.getViewport({ scale: 1 });
  const dpi = dpiFor(list, operators, width, height, (id) => pictureOf(objectOf(page, id)));
  const viewport = page.getViewport({ scale: dpi / 72 });
  const raster = whiteRaster(Math.max(1, Math.round(viewport.width)), Math.max(1, Math.round(viewport.height)));
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a viewport's transform has six numbers
  new Painter(page, operators, raster).run(list, fresh(viewport.transform as unknown as Matrix), 0);
  return { raster, dpi };
}

/** The resolution of the page's largest image, so that its pixels are read as they are; within what Tesseract reads well. */
function dpiFor(list: OperatorList, operators: Operators, width: number, height: number, find: (id: string) => Picture | null): number {
  let dpi = 0;
  for (const [index, operator] of list.fnArray.entries()) {
    if (operator !== operators.paintImageXObject && operator !== operators.paintImageMaskXObject) continue;
    const given: unknown = list.argsArray[index]?.[0];
    const picture = typeof given === 'string' ? find(given) : pictureOf(given);
    if (picture !== null && picture.width > 200) dpi = Math.max(dpi, (72 * picture.width) / width, (72 * picture.height) / height);
  }
  const wanted = dpi < 72 ? usualDpi : Math.max(leastDpi, Math.min(mostDpi, dpi));
  return Math.min(wanted, 72 * Math.sqrt(mostPixels / Math.max(1, width * height)));
}

interface OperatorList {
  readonly fnArray: readonly number[];
  readonly argsArray: readonly (readonly unknown[] | null)[];
}

const fresh = (matrix: Matrix): State => ({ matrix, grey: 0, font: null, size: 0, characterGap: 0, wordGap: 0, stretch: 1, rise: 0, leading: 0, isInvisible: false });

/** Waits for the images and fonts that a list depends on: they come after it. */
async function arrived(page: PDFPageProxy, { fnArray, argsArray }: OperatorList, operators: Operators): Promise<void> {
  const names = new Set(fnArray.flatMap((operator, index) => (operator === operators.dependency ? (argsArray[index] ?? []) : [])).filter((name) => typeof name === 'string'));
  await Promise.all([...names].map((name) => new Promise((resolve) => {
    (name.startsWith('g_') ? page.commonObjs : page.objs).get(name, resolve);
  })));
}

/** An image or font of the page, by pdf.js's name for it; undefined while it is not there. */
function objectOf(page: PDFPageProxy, id: string): unknown {
  const objects = id.startsWith('g_') ? page.commonObjs : page.objs;
  return objects.has(id) ? objects.get(id) : undefined;
}

const numberOf = (value: unknown, otherwise = 0): number => (typeof value === 'number' && Number.isFinite(value) ? value : otherwise);

function matrixOf(value: unknown): Matrix | null {
  if (!(Array.isArray(value) || ArrayBuffer.isView(value))) return null;
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- array-like either way, each number checked
  const [a, b, c, d, e, f] = Array.from(value as ArrayLike<unknown>, (one) => numberOf(one));
  return f === undefined ? null : [a ?? 1, b ?? 0, c ?? 0, d ?? 1, e ?? 0, f];
}

class Painter {
  private readonly page: PDFPageProxy;
  private readonly names: ReadonlyMap<number, string>;
  private readonly raster: Raster;

  constructor(page: PDFPageProxy, operators: Operators, raster: Raster) {
    this.page = page;
    this.names = new Map(Object.entries(operators).map(([name, number]) => [number, name]));
    this.raster = raster;
  }

  run(list: OperatorList, start: State, depth: number): void {
    if (depth > deepest) return;
    let state = { ...start };
    const saved: State[] = [];
    // The text matrix, where the line began, and the pen on it (ISO 32000-1, 9.4.2).
    let text: Matrix = [1, 0, 0, 1, 0, 0];
    let lineX = 0;
    let [x, y] = [0, 0];
    let lineY = 0;
    const moveLine = (byX: number, byY: number): void => {
      lineX += byX;
      lineY += byY;
      [x, y] = [lineX, lineY];
    };
    for (const [index, number] of list.fnArray.entries()) {
      const args = list.argsArray[index] ?? [];
      switch (this.names.get(number)) {
        case 'save':
        case 'beginGroup':
          saved.push({ ...state });
          break;
        case 'restore':
        case 'endGroup':
        case 'paintFormXObjectEnd':
        case 'endAnnotation':
          state = saved.pop() ?? state;
          break;
        case 'transform':
          state.matrix = joined(state.matrix, matrixOf(args) ?? [1, 0, 0, 1, 0, 0]);
          break;
        case 'paintFormXObjectBegin':
          saved.push({ ...state });
          state.matrix = joined(state.matrix, matrixOf(args[0]) ?? [1, 0, 0, 1, 0, 0]);
          break;
        case 'beginAnnotation': {
          saved.push({ ...state });
          const [placedAt, own] = [matrixOf(args[2]), matrixOf(args[3])];
          state = fresh(joined(joined(start.matrix, placedAt ?? [1, 0, 0, 1, 0, 0]), own ?? [1, 0, 0, 1, 0, 0]));
          break;
        }
        case 'setFillRGBColor':
          state.grey = greyOf(args);
          break;
        case 'setFillColorN':
          state.grey = 0; // a pattern: what it fills is seen
          break;
        case 'beginText':
          text = [1, 0, 0, 1, 0, 0];
          [lineX, lineY, x, y] = [0, 0, 0, 0];
          break;
        case 'setTextMatrix':
          text = matrixOf(args.length === 1 ? args[0] : args) ?? text;
          [lineX, lineY, x, y] = [0, 0, 0, 0];
          break;
        case 'moveText':
          moveLine(numberOf(args[0]), numberOf(args[1]));
          break;
        case 'setLeadingMoveText':
          state.leading = numberOf(args[1]);
          moveLine(numberOf(args[0]), numberOf(args[1]));
          break;
        case 'nextLine':
          moveLine(0, state.leading);
          break;
        case 'setLeading':
          state.leading = -numberOf(args[0]);
          break;
        case 'setFont':
          state.font = typeof args[0] === 'string' ? args[0] : null;
          state.size = numberOf(args[1]);
          break;
        case 'setCharSpacing':
          state.characterGap = numberOf(args[0]);
          break;
        case 'setWordSpacing':
          state.wordGap = numberOf(args[0]);
          break;
        case 'setHScale':
          state.stretch = numberOf(args[0], 100) / 100;
          break;
        case 'setTextRise':
          state.rise = numberOf(args[0]);
          break;
        case 'setTextRenderingMode':
          state.isInvisible = (numberOf(args[0]) & 3) === 3; // a hidden layer over a scan: the scan itself is read
          break;
        case 'showText':
          x += this.showText(Array.isArray(args[0]) ? args[0] : [], state, joined(state.matrix, joined(text, [1, 0, 0, 1, x, y])), depth);
          break;
        case 'constructPath':
          this.fillPath(args, state);
          break;
        case 'paintImageXObject':
        case 'paintInlineImageXObject':
        case 'paintImageMaskXObject':
          this.drawPicture(this.pictureAt(args[0]), state.matrix, state.grey);
          break;
        case 'paintImageXObjectRepeat':
          this.repeat(this.pictureAt(args[0]), state, [numberOf(args[1]), 0, 0, numberOf(args[2])], args[3]);
          break;
        case 'paintImageMaskXObjectRepeat':
          this.repeat(this.pictureAt(args[0]), state, [numberOf(args[1]), numberOf(args[2]), numberOf(args[3]), numberOf(args[4])], args[5]);
          break;
        case 'paintImageMaskXObjectGroup':
          for (const one of Array.isArray(args[0]) ? args[0] : []) this.drawPicture(this.pictureAt(one), joined(state.matrix, matrixOf(isRecord(one) ? one['transform'] : null) ?? [1, 0, 0, 1, 0, 0]), state.grey);
          break;
        default:
      }
    }
  }

  private pictureAt(given: unknown): Picture | null {
    if (typeof given === 'string') return pictureOf(objectOf(this.page, given));
    // A mask may name where its bits are.
    if (isRecord(given) && typeof given['data'] === 'string') return pictureOf(objectOf(this.page, given['data']), true);
    return pictureOf(given);
  }

  private repeat(picture: Picture | null, state: State, [a, b, c, d]: readonly [number, number, number, number], positions: unknown): void {
    if (!ArrayBuffer.isView(positions) && !Array.isArray(positions)) return;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- array-like either way, each number checked
    const at = positions as ArrayLike<unknown>;
    for (let index = 0; index + 1 < at.length; index += 2) this.drawPicture(picture, joined(state.matrix, [a, b, c, d, numberOf(at[index]), numberOf(at[index + 1])]), state.grey);
  }

  /** Draws glyphs from where the matrix puts the pen; how far the pen moved, in text space. */
  private showText(glyphs: readonly unknown[], state: State, matrix: Matrix, depth: number): number {
    const font: unknown = state.font === null ? undefined : objectOf(this.page, state.font);
    if (!isRecord(font) || state.size === 0) return 0;
    const fontMatrix = matrixOf(font['fontMatrix']) ?? [0.001, 0, 0, 0.001, 0, 0];
    const isVertical = font['vertical'] === true;
    let pen = 0;
    for (const glyph of glyphs) {
      if (typeof glyph === 'number') {
        pen -= (glyph * state.size) / 1000;
        continue;
      }
      if (!isRecord(glyph)) continue;
      const at: Matrix = joined(matrix, [state.size * state.stretch, 0, 0, state.size, isVertical ? 0 : pen * state.stretch, state.rise + (isVertical ? pen : 0)]);
      if (!state.isInvisible) {
        if (font['isType3Font'] === true) this.drawOwnGlyph(font, glyph, state, joined(at, fontMatrix), depth);
        else this.drawGlyph(glyph, state, at);
      }
      const gap = state.characterGap + (glyph['isSpace'] === true ? state.wordGap : 0);
      pen += numberOf(glyph['width']) * state.size * fontMatrix[0] * (isVertical ? -1 : 1) + gap;
    }
    return pen * state.stretch;
  }

  private drawGlyph(glyph: Readonly<Record<string, unknown>>, state: State, matrix: Matrix): void {
    // What a font has no glyph for, blanks among it, would be drawn as a box.
    if (state.font === null || typeof glyph['fontChar'] !== 'string' || glyph['isInFont'] !== true || /^\s*$/.test(typeof glyph['unicode'] === 'string' ? glyph['unicode'] : '?')) return;
    const name = `${state.font}_path_${glyph['fontChar']}`;
    const found: unknown = this.page.commonObjs.has(name) ? this.page.commonObjs.get(name) : null;
    const path = isRecord(found) ? found['path'] : null;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a typed array of numbers
    if (ArrayBuffer.isView(path)) this.fill(path as unknown as ArrayLike<number>, matrix, state.grey, false);
  }

  /** A glyph that is a drawing of its own (ISO 32000-1, 9.6.5). */
  private drawOwnGlyph(font: Readonly<Record<string, unknown>>, glyph: Readonly<Record<string, unknown>>, state: State, matrix: Matrix, depth: number): void {
    const procedures = font['charProcOperatorList'];
    const name = glyph['operatorListId'];
    const list = isRecord(procedures) && typeof name === 'string' ? procedures[name] : undefined;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- an operator list as pdf.js makes them
    if (isRecord(list) && Array.isArray(list['fnArray'])) this.run(list as unknown as OperatorList, { ...fresh(matrix), grey: state.grey }, depth + 1);
  }

  private fillPath(args: readonly unknown[], state: State): void {
    const how = typeof args[0] === 'number' ? this.names.get(args[0]) ?? '' : '';
    if (!/fill/i.test(how)) return;
    const path: unknown = Array.isArray(args[1]) ? args[1][0] : null;
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- a typed array of numbers
    if (ArrayBuffer.isView(path)) this.fill(path as unknown as ArrayLike<number>, state.matrix, state.grey, /^eo/i.test(how));
  }

  private fill(path: ArrayLike<number>, matrix: Matrix, grey: number, evenOdd: boolean): void {
    const { width, height, pixels } = this.raster;
    const covered = coverageOf(edgesOf(path, matrix), width, height, evenOdd);
    if (covered === null) return;
    for (let y = 0, from = 0; y < covered.height; y += 1) {
      for (let x = 0, to = (covered.top + y) * width + covered.left; x < covered.width; x += 1, from += 1, to += 1) {
        const share = covered.shares[from] ?? 0;
        if (share > 0) pixels[to] = (pixels[to] ?? 255) * (1 - share) + grey * share;
      }
    }
  }

  /** Draws a picture over the unit square that the matrix places; its first row lies at the square's top, where y is 1. */
  private drawPicture(picture: Picture | null, matrix: Matrix, grey: number): void {
    if (picture === null) return;
    const { width, height, pixels } = this.raster;
    const corners = ([[0, 0], [1, 0], [0, 1], [1, 1]] as const).map(([x, y]) => placed(matrix, x, y));
    const left = Math.max(0, Math.floor(Math.min(...corners.map(([x]) => x))));
    const right = Math.min(width, Math.ceil(Math.max(...corners.map(([x]) => x))));
    const top = Math.max(0, Math.floor(Math.min(...corners.map(([, y]) => y))));
    const bottom = Math.min(height, Math.ceil(Math.max(...corners.map(([, y]) => y))));
    const [a, b, c, d, e, f] = matrix;
    const size = a * d - b * c;
    if (!Number.isFinite(size) || Math.abs(size) < 1e-9) return;
    const side = Math.sqrt((picture.width * picture.height) / Math.abs(size));
    const sample = side > 1.5 ? meanSampler(picture, side) : betweenSampler(picture);
    for (let y = top; y < bottom; y += 1) {
      for (let x = left, to = y * width + left; x < right; x += 1, to += 1) {
        const [fromE, fromF] = [x + 0.5 - e, y + 0.5 - f];
        const u = (d * fromE - c * fromF) / size;
        const v = (a * fromF - b * fromE) / size;
        if (u < 0 || u >= 1 || v < 0 || v >= 1) continue;
        const tone = sample(u * picture.width, (1 - v) * picture.height);
        pixels[to] = picture.isMask ? ((pixels[to] ?? 255) * tone + grey * (255 - tone)) / 255 : tone;
      }
    }
  }
}

/** How light a colour is: pdf.js gives them as `#rrggbb`, earlier as three numbers. */
function greyOf(args: readonly unknown[]): number {
  const [first, green, blue] = args;
  if (typeof first === 'string' && /^#[0-9a-f]{6}$/i.test(first)) {
    const value = Number.parseInt(first.slice(1), 16);
    return (77 * (value >> 16) + 150 * ((value >> 8) & 255) + 29 * (value & 255)) >> 8;
  }
  return (77 * numberOf(first) + 150 * numberOf(green) + 29 * numberOf(blue)) >> 8;
}
