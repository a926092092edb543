/** What a person can do about a file that gave no text, by the code of its reason. */

const adviceByCode: Readonly<Record<string, string>> = {
  encrypted: 'Try with its password, or add it decrypted.',
  'office.password': 'Try again with its password.',
  'pdf.password': 'Try again with its password.',
  'password.needed': 'Try again with its password.',
  'encrypted.no-reader': 'Open it elsewhere with its password, and add what is in it.',
  'encrypted.to-key': 'Ask for it decrypted: the key is with whom it was sent to.',
  'pdf.no-text-layer': 'Its pages are pictures: it can be read as images.',
  'format.unknown': 'Convert it to a format that is read, or code it by its name.',
  'file.empty': 'Nothing: the file has no content.',
  'file.blank': 'Nothing: the file has no words.',
  'file.damaged': 'Ask for another copy. Its original is kept.',
  'file.cut': 'Ask for another copy: the end of this one is missing.',
  'member.damaged': 'Ask for another copy of its container.',
  'container.cut': 'Ask for another copy: the end of this one is missing.',
  'container.unfinished': 'Try again.',
  'container.empty': 'Nothing: it holds no files.',
  'container.only-children': 'Read what hangs on it.',
  'container.ratio': 'Unpack it where it does no harm, and add what is wanted.',
  'file.too-large': 'Split it, and add its parts.',
  'file.text-too-long': 'Split it, and add its parts.',
  'file.unfolds-too-large': 'Unpack it where it does no harm, and add what is wanted.',
  'member.too-large': 'Unpack its container, and add it as a file.',
  'family.too-deep': 'Unpack it by hand, and add what is wanted.',
  'family.contains-itself': 'Nothing: it holds nothing but itself.',
  'member.link': 'Add what the link points to.',
  'path.link': 'Add what the link points to.',
  'path.special': 'Nothing: it is no file.',
  'path.absent': 'Put it back and try again.',
  'path.unreadable': 'Give yourself the right to read it, and try again.',
  'file.denied': 'Give yourself the right to read it, and try again.',
  'file.vanished': 'Put it back and try again.',
  'file.unreadable': 'Look at the disk that it lies on, and try again.',
  'extractor.crashed': 'Try again with a newer version; convert it to PDF meanwhile.',
  'extractor.timeout': 'Split it, or convert it to PDF.',
  'extractor.memory': 'Split it, or convert it to PDF.',
  'commit.failed': 'Try again with a newer version. Its original is not in the case.',
  'extractor.unavailable': 'The readers do not start on this computer: see the installation notes.',
};

/** Codes of what a password puts right. */
export const passwordCodes: readonly string[] = ['password.needed', 'office.password', 'pdf.password', 'encrypted'];

/** One sentence for a reason's code; never empty. */
export function adviceFor(code: string): string {
  const known = adviceByCode[code];
  if (known !== undefined) return known;
  return code.startsWith('container.') || code.startsWith('member.') ? 'Unpack it by hand, and add what is wanted.' : 'Try again, or convert it to PDF. Its original is kept.';
}
