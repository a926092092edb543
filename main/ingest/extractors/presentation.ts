import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { embeddedParts } from '../office-package.ts';
import { ooxmlText, openPackage, textWith } from '../ooxml-package.ts';
import type { OoxmlPackage } from '../ooxml-package.ts';
import { pagedTextBuilder } from '../page-text.ts';
import { walkXml } from '../xml-walk.ts';

/**
 * A presentation (ECMA-376, PresentationML), read by ours: each slide is a page in the order of the show, hidden ones too, with the text of
 * its shapes, tables, charts and diagrams, then its notes and comments. What stands on a master that a reader sees, such as a footer with a marking,
 * comes after the last slide, each distinct text once. Embedded documents become children.
 */
export async function extractPresentation(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const parts = await openPackage(bytes, 'presentation');
  const builder = pagedTextBuilder();
  for (const slide of await slidesInOrder(parts)) {
    builder.beginPage();
    builder.between(ooxmlText(await parts.text(slide)));
    for (const related of await relatedTo(parts, slide, /\/(?:notesSlide|comments|diagramData|chart)$/)) {
      const xml = await parts.text(related);
      const text = /\/charts\//.test(related) ? textWith(xml, 'v') : /comment/i.test(related) ? textWith(xml, 'text') : ooxmlText(xml);
      if (text.trim() !== '') builder.between(`\n\n${text.trim()}`);
    }
  }
  for (const text of await masterTexts(parts)) builder.between(`\n\n${text}`);
  const { text, pages } = builder.finish();
  return toExtracted({ type: 'other', mediaType, extractor: 'presentation 1', text, pages, ...(await parts.properties()), children: await embeddedParts(parts, /^ppt\/(?:embeddings|media)\//) });
}

/** Slides as presentation.xml lists them; those that it does not list, or all where it is damaged, by their number. */
async function slidesInOrder(parts: OoxmlPackage): Promise<string[]> {
  const targets = await relations(parts, 'ppt/presentation.xml');
  const listed: string[] = [];
  walkXml(await parts.text('ppt/presentation.xml'), {
    open: (name, attributes) => {
      const target = name === 'sldId' ? targets.get(attributes['r:id'] ?? '')?.target : undefined;
      if (target !== undefined && parts.names.includes(target)) listed.push(target);
    },
  });
  const number = (name: string): number => Number(/(\d+)\.xml$/.exec(name)?.[1] ?? 0);
  const rest = parts.names.filter((name) => /^ppt\/slides\/[^/]+\.xml$/.test(name) && !listed.includes(name)).sort((a, b) => number(a) - number(b));
  return [...new Set(listed), ...rest];
}

async function relatedTo(parts: OoxmlPackage, part: string, type: RegExp): Promise<string[]> {
  return [...(await relations(parts, part)).values()].filter((relation) => type.test(relation.type)).map(({ target }) => target);
}

/** The relationships of a part (ECMA-376 part 2, 9.3) by their id, with targets as names of parts. */
async function relations(parts: OoxmlPackage, part: string): Promise<ReadonlyMap<string, { readonly type: string; readonly target: string }>> {
  const at = part.lastIndexOf('/');
  const found = new Map<string, { type: string; target: string }>();
  walkXml(await parts.text(`${part.slice(0, at)}/_rels/${part.slice(at + 1)}.rels`), {
    open: (name, { Id = '', Type = '', Target = '', TargetMode }) => {
      if (name === 'Relationship' && TargetMode !== 'External') found.set(Id, { type: Type, target: resolved(part.slice(0, at), Target) });
    },
  });
  return found;
}

function resolved(folder: string, target: string): string {
  if (target.startsWith('/')) return target.slice(1);
  const segments = folder.split('/');
  for (const segment of target.split('/')) {
    if (segment === '..') segments.pop();
    else if (segment !== '.') segments.push(segment);
  }
  return segments.join('/');
}

/** What masters and layouts show themselves: shapes that are no placeholder, and footers, which are placeholders with a text of their own. */
async function masterTexts(parts: OoxmlPackage): Promise<string[]> {
  const texts = new Set<string>();
  for (const name of parts.names.filter((part) => /^ppt\/slide(?:Master|Layout)s\/[^/]+\.xml$/.test(part)).sort()) {
    let placeholder: string | null = null;
    let inText = false;
    let shown = '';
    walkXml(await parts.text(name), {
      open: (element, attributes) => {
        if (element === 'sp') [placeholder, shown] = [null, ''];
        else if (element === 'ph') placeholder = attributes['type'] ?? 'body';
        inText = element === 't';
      },
      text: (text) => { if (inText) shown += text; },
      close: (element) => {
        inText = false;
        if (element === 'p') shown += '\n';
        else if (element === 'sp' && (placeholder === null || placeholder === 'ftr' || placeholder === 'hdr')) texts.add(shown.trim());
      },
    });
  }
  texts.delete('');
  return [...texts];
}
