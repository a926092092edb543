/** One line of a calendar or a card: NAME;PARAMETER=value:value (RFC 5545 3.1, RFC 6350 3.3). */
export interface ContentLine {
  /** In capitals, without a group. */
  readonly name: string;
  readonly parameters: ReadonlyMap<string, string>;
  readonly value: string;
}

/** The lines of a calendar or cards, unfolded; the soft line breaks of quoted-printable values of version 2.1 are joined too. */
export function contentLines(text: string): ContentLine[] {
  const lines: ContentLine[] = [];
  const written = text.split(/\r\n|\n|\r/);
  for (let at = 0; at < written.length; at += 1) {
    let line = written[at] ?? '';
    // Version 2.1 breaks quoted-printable values by their own rule, and a blank that begins the next line is of the value.
    const isSoft = /^[^:]*;(?:ENCODING=)?QUOTED-PRINTABLE[;:]/i.test(line);
    while (!isSoft && /^[ \t]/.test(written[at + 1] ?? '')) {
      at += 1;
      line += (written[at] ?? '').slice(1);
    }
    const found = /^([A-Za-z0-9.-]+)((?:;(?:"[^"]*"|[^:;"])*)*):(.*)$/.exec(line);
    if (found === null) continue;
    const [, name = '', given = '', first = ''] = found;
    const parameters = new Map<string, string>();
    for (const [, key = '', value = ''] of given.matchAll(/;([^=;:]+)(?:=("[^"]*"|[^;]*))?/g)) parameters.set(key.toUpperCase(), value.replace(/^"|"$/g, ''));
    let value = first;
    while (isSoft && value.endsWith('=') && at + 1 < written.length) {
      at += 1;
      value = value.slice(0, -1) + (written[at] ?? '');
    }
    lines.push({ name: name.slice(name.lastIndexOf('.') + 1).toUpperCase(), parameters, value: isSoft ? unquoted(value, parameters.get('CHARSET')) : value });
  }
  return lines;
}

function unquoted(value: string, charset = 'utf-8'): string {
  const bytes = Buffer.from(value.replace(/=([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))), 'latin1');
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return bytes.toString('latin1');
  }
}

/** A text value (RFC 5545 3.3.11): its escapes undone. */
export function textValue(value: string): string {
  return value.replace(/\\([nN\\;,])/g, (_, mark: string) => (mark === 'n' || mark === 'N' ? '\n' : mark));
}
