import { canonicalText } from '../canonical-text.ts';
import { toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { openOfficePackage } from '../office-package.ts';
import { walkXml, xmlValues } from '../xml-walk.ts';

/** A layout of InDesign in its open form (IDML): its stories in the order of the design map, a line a paragraph; what was deleted under tracking is left out. */
export async function extractLayoutMarkup(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const parts = await openOfficePackage(bytes, 'InDesign layout');
  const listed: string[] = [];
  walkXml(await parts.text('designmap.xml'), { open: (name, attributes) => { if (name === 'Story') listed.push(attributes['src'] ?? ''); } });
  const stories = [...new Set([...listed, ...parts.names.filter((name) => /^Stories\/[^/]+\.xml$/.test(name))])];
  const texts: string[] = [];
  for (const story of stories) texts.push(storyText(await parts.text(story)));
  const value = xmlValues(await parts.text('META-INF/metadata.xml'));
  return toExtracted({ type: 'other', mediaType, extractor: 'layout markup 1', text: canonicalText(texts.filter((text) => text !== '').join('\n\n')), title: value('title'), author: value('creator') });
}

function storyText(xml: string): string {
  let text = '';
  let inContent = false;
  let deleted = 0;
  walkXml(xml, {
    open: (name, attributes) => {
      inContent = name === 'Content';
      if (name === 'Change' && (deleted > 0 || attributes['ChangeType'] === 'DeletedText')) deleted += 1;
      else if (name === 'Br' && deleted === 0) text += '\n';
    },
    text: (content) => { if (inContent && deleted === 0) text += content; },
    close: (name) => {
      inContent = false;
      if (name === 'Change' && deleted > 0) deleted -= 1;
      else if (name === 'Cell') text += '\t';
    },
  });
  return text.trim();
}
