import { canonicalText } from '../canonical-text.ts';
import { codePageOfLanguage } from '../code-pages.ts';
import { openCompoundFile } from '../compound-file.ts';
import { embeddedFile, foundChildren, type FoundFile } from '../embedded-files.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { picturesIn } from '../office-art.ts';
import { propertiesOf } from '../property-set.ts';
import { wordStories } from '../word-stories.ts';

/**
 * A Word 97-2003, 95 or 6 document ([MS-DOC]), read by ours: body, footnotes, endnotes, comments and text boxes; page headers and footers come before, each
 * distinct text once, because markings stand there. Instructions of fields are left out, their results are kept. Embedded documents
 * and pictures become children.
 */
export async function extractWordBinary(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const file = openCompoundFile(bytes, 'Word document');
  const main = file.stream('WordDocument');
  if (main === null || main.length < 0x80) throw new ExtractFailure(reasons.damaged('Word document'));
  const table = file.stream((main.readUInt16LE(10) & 0x200) === 0 ? '0Table' : '1Table');
  const stories = wordStories(main, table ?? file.stream('1Table') ?? file.stream('0Table'), codePageOfLanguage(main.readUInt16LE(6)));
  if (stories === null) throw new ExtractFailure(reasons.damaged('Word document'));
  const { body, headers, others } = stories;
  const text = canonicalText([...new Set(headers), body, ...others].filter((part) => part.trim() !== '').join('\n\n'));
  const objects = file.entries.filter(({ isStorage, path }) => isStorage && /^ObjectPool\/[^/]+$/i.test(path)).flatMap(({ path }): FoundFile[] => {
    const found = embeddedFile(file, path);
    return found === null ? [] : [found];
  });
  const pictures = [...picturesIn(file.stream('Data') ?? Buffer.alloc(0)), ...picturesIn(main)];
  return toExtracted({ type: 'word', mediaType, extractor: 'word 97 1', text, ...propertiesOf(file), children: foundChildren(objects, pictures) });
}
