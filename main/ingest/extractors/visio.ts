import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { embeddedParts } from '../office-package.ts';
import { openPackage } from '../ooxml-package.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { walkXml } from '../xml-walk.ts';

/** A Visio drawing ([MS-VSDX]), read by ours: each page with the texts of its shapes; those of masters, which pages repeat, come last. */
export async function extractVisio(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const parts = await openPackage(bytes, 'Visio drawing');
  const builder = pagedTextBuilder();
  const number = (name: string): number => Number(/(\d+)\.xml$/.exec(name)?.[1] ?? 0);
  for (const kind of [/^visio\/pages\/page\d+\.xml$/, /^visio\/masters\/master\d+\.xml$/]) {
    for (const name of parts.names.filter((part) => kind.test(part)).sort((a, b) => number(a) - number(b))) {
      builder.beginPage();
      builder.between(shapeTexts(await parts.text(name)));
    }
  }
  const { text, pages } = builder.finish();
  return toExtracted({ type: 'other', mediaType, extractor: 'visio 1', text, pages, ...(await parts.properties()), children: await embeddedParts(parts, /^visio\/(?:embeddings|media)\//) });
}

function shapeTexts(xml: string): string {
  const texts: string[] = [];
  let depth = 0;
  walkXml(xml, {
    open: (name) => {
      if (name === 'Text') {
        depth += 1;
        texts.push('');
      }
    },
    text: (text) => { if (depth > 0) texts[texts.length - 1] += text; },
    close: (name) => { if (name === 'Text') depth = Math.max(0, depth - 1); },
  });
  return texts.map((text) => text.trim()).filter((text) => text !== '').join('\n');
}
