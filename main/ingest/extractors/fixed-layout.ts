import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { embeddedParts } from '../office-package.ts';
import { openPackage } from '../ooxml-package.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { walkXml } from '../xml-walk.ts';

/** Runs that stand closer than this, in sizes of their letters, are one word. */
const widestJoin = 0.15;

/**
 * A fixed document (XPS and OpenXPS, ECMA-388), read by ours: the text of each page's glyph runs in their order, which is the order of painting. A run
 * that stands lower than the one before it begins a line. Pictures become children.
 */
export async function extractFixedLayout(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const parts = await openPackage(bytes, 'XPS document');
  const number = (name: string): number => Number(/(\d+)\.fpage$/i.exec(name)?.[1] ?? 0);
  const builder = pagedTextBuilder();
  for (const page of parts.names.filter((name) => /\.fpage$/i.test(name)).sort((a, b) => a.replace(/\d+\.fpage$/i, '').localeCompare(b.replace(/\d+\.fpage$/i, '')) || number(a) - number(b))) {
    builder.beginPage();
    let before: { readonly y: number; readonly end: number } | null = null;
    walkXml(await parts.text(page), {
      open: (name, attributes) => {
        // ECMA-388 12.1.3: braces at the start are an escape.
        const run = (attributes['UnicodeString'] ?? '').replace(/^\{\}/, '');
        if (name !== 'Glyphs' || run === '') return;
        const size = Number(attributes['FontRenderingEmSize'] ?? 10);
        const [x, y] = [Number(attributes['OriginX'] ?? 0), Number(attributes['OriginY'] ?? 0)];
        if (before !== null) builder.between(Math.abs(y - before.y) > 1 ? '\n' : x - before.end > widestJoin * size ? ' ' : '');
        builder.between(run);
        before = { y, end: x + size * widthOf(run, attributes['Indices'] ?? '') };
      },
    });
  }
  const { text, pages } = builder.finish();
  return toExtracted({ type: 'other', mediaType, extractor: 'fixed layout 1', text, pages, ...(await parts.properties()), children: await embeddedParts(parts, /^(?!docProps\/).*\.(?:png|jpe?g|tiff?|wdp|jxr)$/i) });
}

/** ECMA-388 12.1.3.1: the advances that a run states, in hundredths of the size; half the size for letters that have none. */
function widthOf(run: string, indices: string): number {
  const stated = indices.split(';').map((entry) => Number(entry.split(',')[1]));
  return Array.from(run).reduce((sum, _, index) => sum + (stated[index] !== undefined && Number.isFinite(stated[index]) && stated[index] !== 0 ? stated[index] / 100 : 0.5), 0);
}
