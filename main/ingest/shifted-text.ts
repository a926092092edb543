/** Encodings in seven bits that shift between ASCII and an East Asian alphabet. */

/** Chinese in the HZ form (RFC 1843); null where the text holds no shift, or what is shifted is not Chinese. */
export function textOfHz(bytes: Uint8Array): string | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (!/~\{(?:[\x21-\x77][\x21-\x7e])+~\}/.test(source)) return null;
  const text = source.replace(/~\{([^~\n]*(?:~[^}\n][^~\n]*)*)(?:~\}|(?=\n|$))/g, (_, shifted: string) => new TextDecoder('gb18030').decode(raised(shifted))).replace(/~~/g, '~').replace(/~\n/g, '');
  return text.includes('\uFFFD') ? null : text;
}

/** Korean in the form of mail (RFC 1557): a header, then shifts by SO and SI; null where there is no header. */
export function textOfIso2022Kr(bytes: Uint8Array): string | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const header = source.indexOf('\x1b$)C');
  if (header < 0 || !source.includes('\x0e', header)) return null;
  return source.replaceAll('\x1b$)C', '').replace(/\x0e([^\x0f\n]*)\x0f?/g, (_, shifted: string) => new TextDecoder('euc-kr').decode(raised(shifted)));
}

/** Characters of seven bits with the eighth set; blanks stand as they are. */
function raised(shifted: string): Uint8Array {
  return Uint8Array.from(shifted, (character) => (character > ' ' && character <= '~' ? character.charCodeAt(0) | 0x80 : character.charCodeAt(0)));
}
