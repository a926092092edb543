import { Parser } from 'htmlparser2';
import JSZip from 'jszip';

/** What the package says about itself (ECMA-376 part 2, core properties). */
export interface CoreProperties {
  readonly title: string | null;
  readonly author: string | null;
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
}

/** An Office Open XML file's parts. */
export interface OoxmlPackage {
  readonly properties: () => Promise<CoreProperties>;
  /** The text of every WordprocessingML part whose name matches, one entry a part in the order of their names, each distinct text once. */
  readonly paragraphs: (part: RegExp) => Promise<string[]>;
}

/** Opens the package with JSZip; rejects when it is no ZIP file. */
export async function openPackage(bytes: Uint8Array): Promise<OoxmlPackage> {
  const zip = await JSZip.loadAsync(bytes);
  const read = async (name: string): Promise<string | null> => (await zip.file(name)?.async('string')) ?? null;
  return {
    properties: async () => coreProperties((await read('docProps/core.xml')) ?? ''),
    paragraphs: async (part) => {
      const names = Object.keys(zip.files).filter((name) => part.test(name)).sort();
      const texts = new Set<string>();
      for (const name of names) texts.add(wordText((await read(name)) ?? '').trim());
      texts.delete('');
      return [...texts];
    },
  };
}

function coreProperties(xml: string): CoreProperties {
  const valueByName = new Map<string, string>();
  let open: string | null = null;
  const parser = new Parser(
    {
      onopentag: (name) => {
        open = localName(name);
        if (!valueByName.has(open)) valueByName.set(open, '');
      },
      ontext: (text) => {
        if (open !== null) valueByName.set(open, `${valueByName.get(open) ?? ''}${text}`);
      },
      onclosetag: () => {
        open = null;
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  const value = (name: string): string | null => valueByName.get(name)?.replace(/\s+/g, ' ').trim() || null;
  return { title: value('title'), author: value('creator'), createdAt: timeOf(value('created')), modifiedAt: timeOf(value('modified')) };
}

function timeOf(text: string | null): number | null {
  const time = text === null ? Number.NaN : Date.parse(text);
  return Number.isFinite(time) && time >= 0 ? time : null;
}

/** Text of a WordprocessingML part: runs, tabs, breaks; a line a paragraph. Deleted text and the fallback copies of drawings are left out. */
function wordText(xml: string): string {
  const pieces: string[] = [];
  let inText = false;
  let skipped = 0;
  const parser = new Parser(
    {
      onopentag: (name) => {
        const local = localName(name);
        if (skipped > 0 || local === 'Fallback' || local === 'del') skipped += 1;
        else if (local === 't') inText = true;
        else if (local === 'tab') pieces.push('\t');
        else if (local === 'br' || local === 'cr') pieces.push('\n');
      },
      ontext: (text) => {
        if (inText && skipped === 0) pieces.push(text);
      },
      onclosetag: (name) => {
        if (skipped > 0) {
          skipped -= 1;
          return;
        }
        const local = localName(name);
        if (local === 't') inText = false;
        else if (local === 'p') pieces.push('\n');
      },
    },
    { xmlMode: true },
  );
  parser.end(xml);
  return pieces.join('');
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}
