import { inflateSync } from 'node:zlib';

/** What a CMS file holds. */
export type CmsContent = { readonly kind: 'content'; readonly bytes: Uint8Array } | { readonly kind: 'detached' } | { readonly kind: 'encrypted' } | { readonly kind: 'damaged' };

/** Object identifiers in DER: RFC 5652 sections 5 and 6, RFC 3274, RFC 5544, RFC 5083. */
const kinds = { signed: '06092a864886f70d010702', enveloped: '06092a864886f70d010703', encrypted: '06092a864886f70d010706', compressed: '060b2a864886f70d0109100109', timeStamped: '060b2a864886f70d010910011f', authEnveloped: '060b2a864886f70d0109100117', data: '06092a864886f70d010701' } as const;
const mostUnfolded = 256 * 2 ** 20;
const deepest = 24;
const sequence = 0x30;
const octets = 0x04;
const builtOctets = 0x24;
const firstTag = 0xa0;

interface Element {
  readonly tag: number;
  readonly whole: Buffer;
  readonly body: Buffer;
}

/** Bytes of a file that may be PEM or bare base64 (RFC 7468). */
export function derOf(bytes: Uint8Array): Buffer {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (file[0] === sequence) return file;
  return Buffer.from(file.toString('latin1').replace(/-----[^-\r\n]*-----/g, ''), 'base64');
}

/** Whether a file begins as CMS content does: a sequence whose first element is one of the identifiers. */
export function beginsAsSigned(bytes: Uint8Array): boolean {
  const first = bytes[0] === sequence ? elementsOf(headOf(Buffer.from(bytes.subarray(0, 64))))[0] : undefined;
  return first !== undefined && Object.values(kinds).some((kind) => kind === first.whole.toString('hex'));
}

/** What was signed, or packed, or stamped. Never throws. */
export function contentOfSigned(file: Buffer): CmsContent {
  const [kind, given] = elementsOf(headOf(file));
  const identifier = kind?.whole.toString('hex');
  if (identifier === kinds.enveloped || identifier === kinds.encrypted || identifier === kinds.authEnveloped) return { kind: 'encrypted' };
  const inner = given === undefined ? undefined : elementsOf(given.body)[0];
  if (inner === undefined) return { kind: 'damaged' };
  if (identifier === kinds.timeStamped) {
    // RFC 5544 2: version, dataUri, metaData, content, evidence.
    const content = elementsOf(inner.body).find(({ tag }) => tag === octets || tag === builtOctets);
    return content === undefined ? { kind: 'detached' } : { kind: 'content', bytes: octetsOf(content) };
  }
  if (identifier !== kinds.signed && identifier !== kinds.compressed) return { kind: 'damaged' };
  // RFC 5652 5.1, RFC 3274 1: version, algorithms, then the content, a sequence that begins with its kind.
  const holder = elementsOf(inner.body).find(({ tag, body }) => tag === sequence && elementsOf(body)[0]?.tag === 0x06 && (identifier === kinds.signed || elementsOf(body)[1]?.tag === firstTag));
  const content = holder === undefined ? undefined : elementsOf(holder.body).find(({ tag }) => tag === firstTag);
  const value = content === undefined ? undefined : elementsOf(content.body)[0];
  if (value === undefined) return holder === undefined ? { kind: 'damaged' } : { kind: 'detached' };
  const bytes = value.tag === octets || value.tag === builtOctets ? octetsOf(value) : value.whole;
  if (identifier === kinds.signed) return { kind: 'content', bytes };
  try {
    return { kind: 'content', bytes: inflateSync(bytes, { maxOutputLength: mostUnfolded }) };
  } catch {
    return { kind: 'damaged' };
  }
}

/** The body of the outermost sequence. */
function headOf(file: Buffer): Buffer {
  const head = elementAt(file, 0, 0);
  return head?.tag === sequence ? head.body : Buffer.alloc(0);
}

function elementsOf(body: Buffer): Element[] {
  const found: Element[] = [];
  for (let at = 0; at < body.length && found.length < 1000; ) {
    const element = elementAt(body, at, 0);
    if (element === null || (element.tag === 0 && element.body.length === 0)) break;
    found.push(element);
    at += element.whole.length;
  }
  return found;
}

/** X.690 8.1: tag, length, contents; a length that is not told ends with two zeros. What is cut short goes to the end. */
function elementAt(bytes: Buffer, at: number, depth: number): Element | null {
  if (at + 2 > bytes.length || depth > deepest) return null;
  const tag = bytes[at] ?? 0;
  if ((tag & 31) === 31) return null;
  const first = bytes[at + 1] ?? 0;
  if (first === 0x80) {
    let end = at + 2;
    while (end + 2 <= bytes.length && (bytes[end] !== 0 || bytes[end + 1] !== 0)) {
      const inner = elementAt(bytes, end, depth + 1);
      if (inner === null) return null;
      end += inner.whole.length;
    }
    return { tag, whole: bytes.subarray(at, end + 2), body: bytes.subarray(at + 2, end) };
  }
  const more = first < 0x80 ? 0 : first & 0x7f;
  if (more > 4 || at + 2 + more > bytes.length) return null;
  const length = more === 0 ? first : bytes.readUIntBE(at + 2, more);
  const from = at + 2 + more;
  return { tag, whole: bytes.subarray(at, from + length), body: bytes.subarray(from, from + length) };
}

/** X.690 8.7.3: octets may come in parts. */
function octetsOf(element: Element): Buffer {
  return element.tag === octets ? element.body : Buffer.concat(elementsOf(element.body).map(octetsOf));
}
