/** A page as grey pixels, row by row, 0 black to 255 white, and what may be done to it before it is read. Pure. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8Array;
}

/** A white page. */
export function whiteRaster(width: number, height: number): Raster {
  return { width, height, pixels: new Uint8Array(width * height).fill(255) };
}

/** EXIF orientation (TIFF 6.0, tag 274) put right: 1 stands as it is, 3 is upside down, 6 and 8 lie on a side, the even ones are mirrored. */
export function upright(raster: Raster, orientation: number): Raster {
  if (orientation < 2 || orientation > 8) return raster;
  const { width, height, pixels } = raster;
  const isTurned = orientation >= 5;
  const out = new Uint8Array(pixels.length);
  const [outWidth, outHeight] = isTurned ? [height, width] : [width, height];
  // Where the stored pixel (x, y) is seen: per orientation the step along a stored row, along a stored column, and the corner it starts at.
  const [startX, startY, rowX, rowY, columnX, columnY] = steps(orientation, outWidth - 1, outHeight - 1);
  for (let y = 0; y < height; y += 1) {
    let to = (startY + y * columnY) * outWidth + startX + y * columnX;
    const step = rowY * outWidth + rowX;
    for (let x = 0, from = y * width; x < width; x += 1, from += 1, to += step) out[to] = pixels[from] ?? 255;
  }
  return { width: outWidth, height: outHeight, pixels: out };
}

function steps(orientation: number, right: number, bottom: number): readonly [number, number, number, number, number, number] {
  switch (orientation) {
    case 2: return [right, 0, -1, 0, 0, 1];
    case 3: return [right, bottom, -1, 0, 0, -1];
    case 4: return [0, bottom, 1, 0, 0, -1];
    case 5: return [0, 0, 0, 1, 1, 0];
    case 6: return [right, 0, 0, 1, -1, 0];
    case 7: return [right, bottom, 0, -1, -1, 0];
    case 8: return [0, bottom, 0, -1, 1, 0];
    default: return [0, 0, 1, 0, 0, 1];
  }
}

/** Another size: each pixel is the mean of those it takes the place of, or lies between its four nearest. */
export function scaled(raster: Raster, factor: number): Raster {
  const width = Math.max(1, Math.round(raster.width * factor));
  const height = Math.max(1, Math.round(raster.height * factor));
  if (width === raster.width && height === raster.height) return raster;
  const pixels = new Uint8Array(width * height);
  const sample = factor < 0.75 ? meanSampler(raster, 1 / factor) : betweenSampler(raster);
  for (let y = 0, at = 0; y < height; y += 1) {
    const fromY = ((y + 0.5) * raster.height) / height;
    for (let x = 0; x < width; x += 1, at += 1) pixels[at] = sample(((x + 0.5) * raster.width) / width, fromY);
  }
  return { width, height, pixels };
}

/** Reads a raster at a place between pixels; (0.5, 0.5) is the middle of the first. Outside, the nearest edge counts. */
export type Sampler = (x: number, y: number) => number;

/** The mean of a square of `side` pixels around the place, of at most 16 looks. */
export function meanSampler({ width, height, pixels }: Raster, side: number): Sampler {
  const looks = Math.max(2, Math.min(4, Math.round(side)));
  const step = side / looks;
  return (x, y) => {
    let sum = 0;
    for (let row = 0; row < looks; row += 1) {
      const fromY = Math.max(0, Math.min(height - 1, Math.floor(y - side / 2 + (row + 0.5) * step)));
      for (let column = 0; column < looks; column += 1) {
        const fromX = Math.max(0, Math.min(width - 1, Math.floor(x - side / 2 + (column + 0.5) * step)));
        sum += pixels[fromY * width + fromX] ?? 255;
      }
    }
    return sum / (looks * looks);
  };
}

/** The four nearest pixels by how near they are. */
export function betweenSampler({ width, height, pixels }: Raster): Sampler {
  return (x, y) => {
    const left = Math.max(0, Math.min(width - 1, x - 0.5));
    const top = Math.max(0, Math.min(height - 1, y - 0.5));
    const x0 = Math.floor(left);
    const y0 = Math.floor(top);
    const x1 = Math.min(width - 1, x0 + 1);
    const y1 = Math.min(height - 1, y0 + 1);
    const across = left - x0;
    const down = top - y0;
    const upper = (pixels[y0 * width + x0] ?? 255) * (1 - across) + (pixels[y0 * width + x1] ?? 255) * across;
    const lower = (pixels[y1 * width + x0] ?? 255) * (1 - across) + (pixels[y1 * width + x1] ?? 255) * across;
    return upper * (1 - down) + lower * down;
  };
}

/** Black and white drawn apart where a page is pale or dark: the darkest and the lightest hundredth become the ends. A page of one tone stays. */
export function contrasted(raster: Raster): Raster {
  const counts = new Uint32Array(256);
  for (const pixel of raster.pixels) counts[pixel] = (counts[pixel] ?? 0) + 1;
  const share = raster.pixels.length / 100;
  const dark = endOf(counts, share, 0, 1);
  const light = endOf(counts, share, 255, -1);
  if (light - dark < 24 || (dark <= 40 && light >= 215)) return raster;
  const pixels = raster.pixels.map((pixel) => Math.max(0, Math.min(255, ((pixel - dark) * 255) / (light - dark))));
  return { ...raster, pixels };
}

/** The first tone from an end at which more than `share` pixels have been passed. */
function endOf(counts: Uint32Array, share: number, from: number, step: 1 | -1): number {
  let passed = 0;
  for (let tone = from; tone >= 0 && tone <= 255; tone += step) {
    passed += counts[tone] ?? 0;
    if (passed > share) return tone;
  }
  return from;
}

/** True when a page is one tone, near enough: nothing is written on it. */
export function isBlank({ pixels }: Raster): boolean {
  let least = 255;
  let most = 0;
  for (const pixel of pixels) {
    if (pixel < least) least = pixel;
    if (pixel > most) most = pixel;
    if (most - least > 24) return false;
  }
  return true;
}
