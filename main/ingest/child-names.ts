/** Characters that no child's name keeps: separators, what Windows forbids, controls, marks that turn the writing direction, noncharacters. */
const forbidden = /[/\\:*?"<>|\p{Cc}\p{Cs}\u200E\u200F\u202A-\u202E\u2066-\u2069\p{Noncharacter_Code_Point}]/gu;
const longestName = 200;

/**
 * Names for the files inside a file, in their order. A name becomes one harmless path segment in form C; a missing one becomes
 * `attachment-<n>.<extension>`; a name that was given before, whatever its case, is numbered: `scan.pdf`, `scan (2).pdf`.
 */
export function childNames(children: readonly { readonly name: string | null; readonly mediaType: string }[]): string[] {
  const taken = new Set<string>();
  return children.map(({ name, mediaType }, index) => {
    const wanted = cleanName(name ?? '') || `attachment-${index + 1}.${extensionOf(mediaType)}`;
    let free = wanted;
    for (let n = 2; taken.has(free.toLowerCase()); n += 1) free = numbered(wanted, n);
    taken.add(free.toLowerCase());
    return free;
  });
}

/** Only the part after the last separator counts: the rest says where the file lay on its sender's computer. */
function cleanName(name: string): string {
  const last = name.normalize('NFC').split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '';
  const clean = last.replace(forbidden, ' ').replace(/\s+/g, ' ').trim();
  if (/^\.*$/.test(clean)) return '';
  const characters = Array.from(clean);
  if (characters.length <= longestName) return clean;
  const dot = characters.lastIndexOf('.');
  const extension = dot > 0 && characters.length - dot <= 12 ? characters.slice(dot) : [];
  return [...characters.slice(0, longestName - extension.length), ...extension].join('');
}

function numbered(name: string, n: number): string {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? `${name.slice(0, dot)} (${n})${name.slice(dot)}` : `${name} (${n})`;
}

const extensions: Readonly<Record<string, string>> = {
  'text/plain': 'txt',
  'text/html': 'html',
  'text/csv': 'csv',
  'text/calendar': 'ics',
  'text/markdown': 'md',
  'message/rfc822': 'eml',
  'application/pdf': 'pdf',
  'application/zip': 'zip',
  'application/msword': 'doc',
  'application/vnd.ms-excel': 'xls',
  'application/vnd.ms-powerpoint': 'ppt',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet': 'xlsx',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/rtf': 'rtf',
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'image/gif': 'gif',
  'image/tiff': 'tif',
};

function extensionOf(mediaType: string): string {
  return extensions[mediaType.toLowerCase()] ?? 'bin';
}
