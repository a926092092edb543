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

const deepestFolder = 32;
const longestPath = 900;

/**
 * Safe places for the members of one container, in their order, whatever they are called there: no part that leads up or to a root, no
 * separator or control within a part, each place given once. A name of Windows' kind is parted at its backslashes.
 */
export function memberNamer(): (path: string) => { readonly name: string; readonly folder: string } {
  const taken = new Set<string>();
  const nextByPlace = new Map<string, number>();
  let count = 0;
  return (path) => {
    count += 1;
    const parts = path.slice(-4096).split(path.includes('/') ? '/' : /[/\\]/).map(cleanPart).filter((part) => part !== '');
    const name = parts.pop() ?? `member-${count}`;
    const folder = shortened(parts);
    const place = (candidate: string): string => `${folder}/${candidate}`.toLowerCase();
    let free = name;
    for (let n = nextByPlace.get(place(name)) ?? 2; taken.has(place(free)); n += 1) {
      free = numbered(name, n);
      nextByPlace.set(place(name), n + 1);
    }
    taken.add(place(free));
    return { name: free, folder };
  };
}

/** The last folders of a place that is too deep or too long. */
function shortened(folders: readonly string[]): string {
  let kept = folders.slice(-deepestFolder);
  while (kept.join('/').length > longestPath) kept = kept.slice(1);
  return kept.join('/');
}

/** Only the part after the last separator counts: the rest says where the file lay on its sender's computer. */
function cleanName(name: string): string {
  return cleanPart(name.split(/[/\\]/).findLast((part) => part.trim() !== '') ?? '');
}

/** One part of a path as a harmless one; empty when nothing of it is left. */
function cleanPart(part: string): string {
  const clean = part.normalize('NFC').replace(forbidden, ' ').replace(/\s+/g, ' ').trim();
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
