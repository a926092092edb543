/** PDFs that have lost their cross-reference table, as those that broke off: ISO 32000-1 7.5 says what stands in it, and all of it but the root can be found again. */
import { constants, inflateSync } from 'node:zlib';

interface Found {
  readonly number: number;
  readonly generation: number;
  /** Where its body begins, behind `obj`. */
  readonly at: number;
}

const mostObjects = 500_000;
const mostUnfolded = 128 * 2 ** 20;
/** Of an object this much is looked at to tell what it is. */
const headChars = 4096;

/**
 * The file with a trailer, and where its catalogue or its list of pages is lost with new ones that name the pages that are left; objects
 * that lay packed in streams stand at its end by themselves. Null where no page is left.
 */
export function mendedPdf(bytes: Uint8Array): Uint8Array | null {
  const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  const numbers = new Set<number>();
  const pages: string[] = [];
  let catalogue: { readonly reference: string; readonly pages: number } | null = null;
  let highest = 0;
  const look = ({ number, generation }: Found, head: string): void => {
    numbers.add(number);
    highest = Math.max(highest, number);
    const type = /\/Type\s*\/(Page|Catalog)(?![A-Za-z])/.exec(head)?.[1];
    if (type === 'Page') pages.push(`${number} ${generation} R`);
    else if (type === 'Catalog') catalogue = { reference: `${number} ${generation} R`, pages: Number(/\/Pages\s+(\d+)/.exec(head)?.[1] ?? -1) };
  };
  const added: string[] = [];
  let left = mostUnfolded;
  for (const found of objectsOf(source)) {
    const end = source.indexOf('endobj', found.at);
    const head = source.slice(found.at, Math.min(found.at + headChars, end < 0 ? source.length : end));
    look(found, head.replace(/\bstream\b[^]*$/, ''));
    if (!/\/Type\s*\/ObjStm\b/.test(head)) continue;
    for (const { number, body } of packedObjects(bytes, source, found, head, left)) {
      left -= body.length;
      added.push(`${number} 0 obj\n${body}\nendobj\n`);
      look({ number, generation: 0, at: 0 }, body.slice(0, headChars));
    }
  }
  if (pages.length === 0) return null;
  // TypeScript does not see that the closure sets it.
  const root = catalogue as { readonly reference: string; readonly pages: number } | null;
  let reference = root?.reference ?? '';
  if (root === null || !numbers.has(root.pages)) {
    added.push(`${highest + 1} 0 obj\n<< /Type /Pages /Count ${pages.length} /Kids [${pages.join(' ')}] >>\nendobj\n`, `${highest + 2} 0 obj\n<< /Type /Catalog /Pages ${highest + 1} 0 R >>\nendobj\n`);
    reference = `${highest + 2} 0 R`;
  }
  return Buffer.concat([bytes, Buffer.from(`\nendstream\nendobj\n${added.join('')}trailer\n<< /Root ${reference} /Size ${highest + 3} >>\nstartxref\n0\n%%EOF\n`, 'latin1')]);
}

function objectsOf(source: string): Found[] {
  const found: Found[] = [];
  for (const { index, 0: whole, 1: number, 2: generation } of source.matchAll(/(?<![\d.])(\d{1,8})[ \t\r\n]{1,4}(\d{1,5})[ \t\r\n]{1,4}obj(?![a-z])/g)) {
    if (found.length >= mostObjects) break;
    found.push({ number: Number(number), generation: Number(generation), at: index + whole.length });
  }
  return found;
}

/** 7.5.7: numbers and places of objects, then the objects. Only such as are packed by deflate without a predictor, as writers do. */
function* packedObjects(bytes: Uint8Array, source: string, { at }: Found, head: string, largest: number): Generator<{ readonly number: number; readonly body: string }, void, undefined> {
  const start = /\bstream\r?\n/.exec(source.slice(at, at + headChars));
  const [count, first] = [Number(/\/N\s+(\d+)/.exec(head)?.[1] ?? 0), Number(/\/First\s+(\d+)/.exec(head)?.[1] ?? 0)];
  if (start === null || count === 0 || first === 0 || largest <= 0 || /\/DecodeParms/.test(head)) return;
  const from = at + start.index + start[0].length;
  const end = source.indexOf('endstream', from);
  let content: string;
  try {
    const packed = bytes.subarray(from, end < 0 ? bytes.length : end);
    content = (/\/FlateDecode/.test(head) ? inflateSync(packed, { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: largest }) : Buffer.from(packed)).toString('latin1');
  } catch {
    return; // damaged: what lay in it is lost
  }
  const table = content.slice(0, first).trim().split(/\s+/).map(Number);
  for (let index = 0; index < Math.min(count, table.length >> 1); index += 1) {
    const [number, place, next] = [table[index * 2] ?? Number.NaN, table[index * 2 + 1] ?? Number.NaN, table[index * 2 + 3]];
    if (!Number.isInteger(number) || !Number.isInteger(place) || first + place >= content.length) continue;
    yield { number, body: content.slice(first + place, next === undefined || !Number.isInteger(next) ? undefined : first + next) };
  }
}
