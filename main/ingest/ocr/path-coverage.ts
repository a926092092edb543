/**
 * Filling outlines: how much of each pixel lies inside, by the signed areas that edges leave to their right, summed along each row (the
 * accumulation buffer of font-rs and stb_truetype). Outlines that turn the other way cut holes; with `evenOdd` every second layer does.
 */
export interface Coverage {
  /** Place of the first pixel on the page. */
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
  /** 0 outside to 1 inside, row by row. */
  readonly shares: Float32Array;
}

/** Six numbers of a PDF matrix (ISO 32000-1, 8.3.3). */
export type Matrix = readonly [number, number, number, number, number, number];

/** First `inner`, then `outer`. */
export function joined(outer: Matrix, inner: Matrix): Matrix {
  const [a, b, c, d, e, f] = outer;
  const [g, h, i, j, k, l] = inner;
  return [a * g + c * h, b * g + d * h, a * i + c * j, b * i + d * j, a * k + c * l + e, b * k + d * l + f];
}

/** Where a matrix puts a point. */
export function placed([a, b, c, d, e, f]: Matrix, x: number, y: number): readonly [number, number] {
  return [a * x + c * y + e, b * x + d * y + f];
}

type Edge = readonly [number, number, number, number];
const curveSteps = 6;

/** The edges of an outline in pdf.js's numbers (0 move, 1 line, 2 cubic, 3 quadratic, 4 close), placed by a matrix. Open outlines are closed. */
export function edgesOf(path: ArrayLike<number>, matrix: Matrix): Edge[] {
  const edges: Edge[] = [];
  let [startX, startY, x, y] = [0, 0, 0, 0];
  const lineTo = (toX: number, toY: number): void => {
    edges.push([x, y, toX, toY]);
    [x, y] = [toX, toY];
  };
  const close = (): void => {
    if (x !== startX || y !== startY) lineTo(startX, startY);
  };
  const point = (at: number): readonly [number, number] => placed(matrix, path[at] ?? 0, path[at + 1] ?? 0);
  for (let at = 0; at < path.length; ) {
    const kind = path[at];
    if (kind === 0) {
      close();
      [x, y] = point(at + 1);
      [startX, startY] = [x, y];
      at += 3;
    } else if (kind === 1) {
      lineTo(...point(at + 1));
      at += 3;
    } else if (kind === 2 || kind === 3) {
      const [x0, y0] = [x, y];
      const [x1, y1] = point(at + 1);
      const [x2, y2] = point(at + 3);
      const [x3, y3] = kind === 2 ? point(at + 5) : [x2, y2];
      for (let step = 1; step <= curveSteps; step += 1) {
        const t = step / curveSteps;
        const u = 1 - t;
        if (kind === 2) lineTo(u * u * u * x0 + 3 * u * u * t * x1 + 3 * u * t * t * x2 + t * t * t * x3, u * u * u * y0 + 3 * u * u * t * y1 + 3 * u * t * t * y2 + t * t * t * y3);
        else lineTo(u * u * x0 + 2 * u * t * x1 + t * t * x2, u * u * y0 + 2 * u * t * y1 + t * t * y2);
      }
      at += kind === 2 ? 7 : 5;
    } else {
      close();
      at += 1;
    }
  }
  close();
  return edges;
}

/** What the edges cover of a page of this size; null when that is nothing. */
export function coverageOf(edges: readonly Edge[], pageWidth: number, pageHeight: number, evenOdd = false): Coverage | null {
  let [least, most, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const [x0, y0, x1, y1] of edges) {
    least = Math.min(least, x0, x1);
    most = Math.max(most, x0, x1);
    top = Math.min(top, y0, y1);
    bottom = Math.max(bottom, y0, y1);
  }
  if (!Number.isFinite(least + most + top + bottom)) return null;
  const box = { left: Math.max(0, Math.floor(least)), top: Math.max(0, Math.floor(top)), right: Math.min(pageWidth, Math.ceil(most) + 1), bottom: Math.min(pageHeight, Math.ceil(bottom)) };
  const [width, height] = [box.right - box.left, box.bottom - box.top];
  if (width <= 0 || height <= 0) return null;
  const stride = width + 2;
  const areas = new Float32Array(stride * height);
  for (const [x0, y0, x1, y1] of edges) addEdge(areas, width, height, stride, x0 - box.left, y0 - box.top, x1 - box.left, y1 - box.top);
  const shares = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    let sum = 0;
    for (let x = 0; x < width; x += 1) {
      sum += areas[y * stride + x] ?? 0;
      const inside = Math.abs(sum);
      const layer = inside % 2;
      shares[y * width + x] = evenOdd ? (layer > 1 ? 2 - layer : layer) : Math.min(1, inside);
    }
  }
  return { left: box.left, top: box.top, width, height, shares };
}

function addEdge(areas: Float32Array, width: number, height: number, stride: number, fromX: number, fromY: number, toX: number, toY: number): void {
  if (fromY === toY) return;
  const down = fromY < toY ? 1 : -1;
  const [x0, y0, x1, y1] = down === 1 ? [fromX, fromY, toX, toY] : [toX, toY, fromX, fromY];
  const slope = (x1 - x0) / (y1 - y0);
  let x = y0 < 0 ? x0 - y0 * slope : x0;
  const lastRow = Math.min(height, Math.ceil(y1));
  for (let row = Math.max(0, Math.floor(y0)); row < lastRow; row += 1) {
    const rowHeight = Math.min(row + 1, y1) - Math.max(row, y0);
    const nextX = x + slope * rowHeight;
    addSpan(areas, row * stride, width, Math.max(0, Math.min(width, Math.min(x, nextX))), Math.max(0, Math.min(width, Math.max(x, nextX))), rowHeight * down);
    x = nextX;
  }
}

/** One row's part of an edge that runs from `left` to `right`: everything to its right is covered by `area` more. */
function addSpan(areas: Float32Array, row: number, width: number, left: number, right: number, area: number): void {
  const add = (column: number, share: number): void => {
    areas[row + column] = (areas[row + column] ?? 0) + share;
  };
  const first = Math.min(width, Math.floor(left));
  const last = Math.max(first + 1, Math.ceil(right));
  let before = 0;
  for (let column = first; column < last; column += 1) {
    // The mean over the edge's part up to this column's right side of how much of the column lies to its right.
    const [from, to] = [Math.max(left, column), Math.min(right, column + 1)];
    const part = right === left ? 1 : (to - from) / (right - left);
    const covered = area * part * (column + 1 - (from + to) / 2);
    add(column, covered + before);
    before = area * part - covered;
  }
  add(last, before);
}
