/** Office files that the libraries' own writers make. */
import { utils, write } from '@e965/xlsx';
import type { BookType } from '@e965/xlsx';
import { burn } from '@kenjiuno/msgreader/lib/Burner.js';
import { utf8 } from './file-fixtures.ts';

/** A workbook of two sheets in a format. */
export function workbook(bookType: BookType): Uint8Array {
  const book = utils.book_new();
  const berths = utils.aoa_to_sheet([['Berth', 'Ship'], [], ['4', null, 'Crane\nstands'], [1234.5]]);
  utils.book_append_sheet(book, berths, 'Berths');
  utils.book_append_sheet(book, utils.aoa_to_sheet([['ü 日']]), 'Port log');
  book.Props = { Title: 'Gate log', Author: 'Port office' };
  return Uint8Array.from(write(book, { type: 'buffer', bookType }) as Buffer);
}

/** An Outlook message ([MS-OXMSG]) with these text properties and attachments, each of which holds "berth log". */
export function outlookFile(properties: Readonly<Record<string, string>>, attachments: readonly Readonly<Record<string, string>>[]): Uint8Array {
  type Entry = Parameters<typeof burn>[0][number];
  const entries: Entry[] = [{ name: 'Root Entry', type: 5, children: [], length: 0 }];
  const add = (parent: number, name: string, bytes: Uint8Array | null): number => {
    const at = entries.push({ name, type: bytes === null ? 1 : 2, length: bytes?.length ?? 0, ...(bytes === null ? { children: [] } : { binaryProvider: () => bytes }) }) - 1;
    entries[parent]?.children?.push(at);
    return at;
  };
  const put = (parent: number, texts: Readonly<Record<string, string>>, headBytes: number): void => {
    add(parent, '__properties_version1.0', new Uint8Array(headBytes));
    for (const [tag, text] of Object.entries(texts)) add(parent, `__substg1.0_${tag}001F`, Uint8Array.from(Buffer.from(text, 'utf16le')));
  };
  put(0, properties, 32);
  for (const [index, texts] of attachments.entries()) {
    const folder = add(0, `__attach_version1.0_#0000000${index}`, null);
    put(folder, texts, 8);
    add(folder, '__substg1.0_37010102', utf8('berth log'));
  }
  return Uint8Array.from(burn(entries));
}
