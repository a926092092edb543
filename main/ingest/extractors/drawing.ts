import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { decodeText } from '../text-encoding.ts';
import { walkXml } from '../xml-walk.ts';

const lines = new Set(['text', 'title', 'desc', 'textPath', 'p', 'div']);

/** A vector drawing (SVG 2): its title, descriptions and texts, a line each. Scripts and styles are left out. */
export async function extractDrawing(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const out: string[] = [];
  let shown = 0;
  let hidden = 0;
  let title: string | null = null;
  let inTitle = false;
  walkXml(decodeText(bytes).text, {
    open: (name) => {
      if (name === 'script' || name === 'style' || name === 'metadata') hidden += 1;
      if (lines.has(name)) shown += 1;
      inTitle = name === 'title' && title === null;
      if (inTitle) title = '';
    },
    text: (text) => {
      if (inTitle) title = `${title ?? ''}${text}`;
      if (shown > 0 && hidden === 0) out.push(text.replace(/\s+/g, ' '));
    },
    close: (name) => {
      inTitle = false;
      if (name === 'script' || name === 'style' || name === 'metadata') hidden = Math.max(0, hidden - 1);
      if (lines.has(name)) {
        shown = Math.max(0, shown - 1);
        out.push('\n');
      }
    },
  });
  return toExtracted({ type: 'image', mediaType, extractor: 'drawing 1', text: canonicalText(out.join('')), title: canonicalText(String(title ?? '').replace(/\s+/g, ' ')).trim() || null });
}
