import { openOfficePackage, type OfficePackage } from './office-package.ts';
import { walkXml, xmlTime, xmlValues } from './xml-walk.ts';

/** What the package says about itself (ECMA-376 part 2, core properties). */
export interface CoreProperties {
  readonly title: string | null;
  readonly author: string | null;
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
}

/** An Office Open XML file's parts. */
export interface OoxmlPackage extends OfficePackage {
  readonly properties: () => Promise<CoreProperties>;
  /** The text of every WordprocessingML or DrawingML part whose name matches, one entry a part in the order of their names, each distinct text once. */
  readonly paragraphs: (part: RegExp) => Promise<string[]>;
  /** What charts show, one entry a part: titles, and the names and values that they keep of their data (ECMA-376 21.2). */
  readonly charts: (part: RegExp) => Promise<string[]>;
}

/** Opens the package; rejects as openOfficePackage. */
export async function openPackage(bytes: Uint8Array, what: string): Promise<OoxmlPackage> {
  const parts = await openOfficePackage(bytes, what);
  return {
    ...parts,
    properties: async () => {
      const value = xmlValues(await parts.text('docProps/core.xml'));
      return { title: value('title'), author: value('creator'), createdAt: xmlTime(value('created')), modifiedAt: xmlTime(value('modified')) };
    },
    paragraphs: async (part) => {
      const texts = new Set<string>();
      for (const name of parts.names.filter((other) => part.test(other)).sort()) texts.add(ooxmlText(await parts.text(name)).trim());
      texts.delete('');
      return [...texts];
    },
    charts: async (part) => {
      const texts: string[] = [];
      for (const name of parts.names.filter((other) => part.test(other)).sort()) texts.push(chartText(await parts.text(name)));
      return texts.filter((text) => text !== '');
    },
  };
}

/** DrawingML's text, then that of every element of this name, a line each: values of a chart (ECMA-376 21.2.2.230), comments (19.4.5). */
export function textWith(xml: string, element: string): string {
  const lines: string[] = [ooxmlText(xml).trim()];
  let isInside = false;
  walkXml(xml, {
    open: (name) => { isInside = name === element; },
    text: (text) => { if (isInside) lines.push(text); },
    close: () => { isInside = false; },
  });
  return lines.filter((text) => text !== '').join('\n');
}

const chartText = (xml: string): string => textWith(xml, 'v');

/** Text of a WordprocessingML or DrawingML part: runs, tabs, breaks, table cells; a line a paragraph. Deleted text and the fallback copies of drawings are left out. */
export function ooxmlText(xml: string): string {
  const pieces: string[] = [];
  let inText = false;
  let skipped = 0;
  walkXml(xml, {
    open: (name) => {
      if (skipped > 0 || name === 'Fallback' || name === 'del') skipped += 1;
      else if (name === 't') inText = true;
      else if (name === 'tab') pieces.push('\t');
      else if (name === 'br' || name === 'cr') pieces.push('\n');
    },
    text: (text) => {
      if (inText && skipped === 0) pieces.push(text);
    },
    close: (name) => {
      if (skipped > 0) {
        skipped -= 1;
        return;
      }
      if (name === 't') inText = false;
      else if (name === 'p') pieces.push('\n');
    },
  });
  return pieces.join('');
}
