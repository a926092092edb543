import { madeZip } from './archive-fixtures.ts';
import { aesEntry } from './encrypted-fixtures.ts';
import { mailLines, utf8 } from './file-fixtures.ts';

const locked = (password: string, text: Uint8Array) => {
  const { packed, extra } = aesEntry(text, password);
  return { name: 'locked.txt', bytes: text, flags: 1, method: 99, crc: 0, packedAs: packed, extra };
};

/** A ZIP archive with a member behind the password "north", a damaged one, and one that is read. */
export const archiveWithHeldMembers: Uint8Array = madeZip([locked('north', utf8('The crane stood at berth 4 all night.')), { name: 'damaged.txt', bytes: utf8('torn'), crc: 1 }, { name: 'open.txt', bytes: utf8('The tide was low.') }]);

const inner = madeZip([locked('south', utf8('The pilot came late.')), { name: 'note.txt', bytes: utf8('Nothing else.') }]);

/** A message that carries a ZIP archive with a member behind the password "south". */
export const mailWithLockedArchive: Uint8Array = mailLines(
  'From: Harbour office <office@harbour.example>', 'Subject: Logs', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="part"', '', '--part', 'Content-Type: text/plain', '', 'The logs hang on this.', '--part',
  'Content-Type: application/zip; name="logs.zip"', 'Content-Transfer-Encoding: base64', 'Content-Disposition: attachment; filename="logs.zip"', '', Buffer.from(inner).toString('base64'), '--part--', '',
);
