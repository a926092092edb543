import type { FoundFile } from './embedded-files.ts';
import { walkXml } from './xml-walk.ts';

/** Elements whose text is a file in base64: of FictionBook, of Word's XML, of flat OpenDocument. */
const kept = new Set(['binary', 'binData', 'binary-data', 'binaryData']);
const mostFiles = 5000;

/** The files that stand in an XML document in base64, in their order; those that name themselves by their names. */
export function binaries(xml: string): FoundFile[] {
  const files: FoundFile[] = [];
  let name: string | null = null;
  let text: string[] | null = null;
  walkXml(xml, {
    open: (element, attributes) => {
      if (!kept.has(element) || files.length >= mostFiles) return;
      text = [];
      name = attributes['id'] ?? attributes['w:name']?.replace(/^wordml:\/\//, '') ?? null;
    },
    text: (part) => text?.push(part),
    close: (element) => {
      if (text === null || !kept.has(element)) return;
      const bytes = Buffer.from(text.join(''), 'base64');
      if (bytes.length > 0) files.push({ name, bytes: Uint8Array.from(bytes) });
      text = null;
    },
  });
  return files;
}
