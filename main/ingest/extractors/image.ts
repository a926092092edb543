import { canonicalText } from '../canonical-text.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { imageShape, isPixelBomb, readImageTypes } from '../ocr/image-shape.ts';
import { pictureFacts } from '../picture-facts.ts';

/** Smaller than this there is no room for a word. */
const leastWidth = 16;
const leastHeight = 8;

/**
 * A picture, not decoded here: its size, what people and cameras wrote into it, and which pages OCR may read. Its text is the words that
 * stand in its metadata; what OCR reads is added behind them.
 */
export async function extractImage(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const shape = imageShape(bytes, mediaType);
  const kind = (mediaType.split('/')[1] ?? mediaType).toUpperCase();
  if (shape === null && readImageTypes.has(mediaType)) throw new ExtractFailure(reasons.damaged(`${kind} picture`));
  const { texts, properties, title, author, createdAt, modifiedAt } = pictureFacts(bytes);
  const text = canonicalText(texts.join('\n'));
  const about = {
    type: 'image' as const, mediaType, extractor: 'picture 1 (ExifReader)', text, title, author, createdAt, modifiedAt,
    properties: shape === null ? properties : [{ name: 'Size', value: `${shape.width} × ${shape.height}` }, ...properties],
  };
  if (shape === null) return toExtracted({ ...about, reason: text === '' ? reasons.imageNotDecoded(kind) : null });
  const pages = Array.from({ length: shape.pages }, (_, index) => ({ page: index + 1, start: index === 0 ? 0 : text.length, end: text.length }));
  if (isPixelBomb(shape)) return toExtracted({ ...about, pages, reason: reasons.imageTooLarge });
  if (shape.width < leastWidth || shape.height < leastHeight) return toExtracted({ ...about, pages, reason: text === '' ? reasons.imageTooSmall : null });
  return toExtracted({ ...about, pages, ocrPages: pages.map(({ page }) => page), reason: text === '' ? reasons.imageNotRead : null });
}
