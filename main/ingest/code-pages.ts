/** Windows' numbers of code pages, as names of the Encoding Standard. */
const names: Readonly<Record<number, string>> = {
  866: 'ibm866', 874: 'windows-874', 932: 'shift_jis', 936: 'gbk', 949: 'euc-kr', 950: 'big5', 1200: 'utf-16le', 10000: 'macintosh', 10007: 'x-mac-cyrillic', 20866: 'koi8-r', 28591: 'windows-1252', 65001: 'utf-8',
};
/** The code page of the text that a language of Windows (its primary number, [MS-LCID]) was written in before Unicode. */
const pagesByLanguage: Readonly<Record<number, number>> = {
  0x01: 1256, 0x02: 1251, 0x04: 936, 0x05: 1250, 0x08: 1253, 0x0d: 1255, 0x0e: 1250, 0x11: 932, 0x12: 949, 0x15: 1250, 0x18: 1250, 0x19: 1251, 0x1a: 1250, 0x1b: 1250, 0x1e: 874, 0x1f: 1254, 0x22: 1251, 0x23: 1251, 0x25: 1257, 0x26: 1257, 0x27: 1257, 0x29: 1256, 0x2a: 1258, 0x2f: 1251,
};

/** Text of a code page by its number; windows-1252 for those that are not known. */
export function textOfCodePage(bytes: Uint8Array, page: number): string {
  return new TextDecoder(nameOfCodePage(page)).decode(bytes);
}

/** A code page as a name of the Encoding Standard. */
export function nameOfCodePage(page: number): string {
  return names[page] ?? (page >= 1250 && page <= 1258 ? `windows-${page}` : 'windows-1252');
}

/** The code page of a language identifier ([MS-LCID]). Traditional Chinese has one of its own. */
export function codePageOfLanguage(language: number): number {
  if ([0x404, 0xc04, 0x1404].includes(language)) return 950;
  return pagesByLanguage[language & 0x3ff] ?? 1252;
}

/** Code pages by dBASE's number of a language driver. */
const pagesByDriver: Readonly<Record<number, number>> = { 0x26: 866, 0x65: 866, 0x4d: 936, 0x4e: 949, 0x4f: 950, 0x50: 874, 0x03: 1252, 0x57: 1252, 0x13: 932, 0x7b: 932, 0x7a: 936, 0x79: 949, 0x78: 950, 0x7c: 874, 0xc8: 1250, 0xc9: 1251, 0xca: 1254, 0xcb: 1253, 0xcc: 1257 };

/** The code page that a dBASE table says of itself; null where it says none that is known. */
export function codePageOfDriver(driver: number): number | null {
  return pagesByDriver[driver] ?? null;
}
