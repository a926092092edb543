import { decodeWords } from 'postal-mime';
import { piecesOf } from '../byte-source.ts';
import type { ByteSource } from '../byte-source.ts';
import { reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { largestMemberBytes, readMembers } from '../members.ts';
import type { MemberSink } from '../members.ts';

const envelopeMark = Buffer.from('From ');

/**
 * A mail folder (RFC 4155, and its kin mboxrd, mboxo and mboxcl), read as a stream: each message becomes a child named by its subject.
 * A message begins at a "From " line that follows an empty line and ends with a year, and is followed by a header field; quoting of such lines
 * in bodies is undone by one step.
 */
export async function extractMailFolder(source: ByteSource, _name: string, mediaType: string, sink: MemberSink): Promise<Extracted> {
  return readMembers(async () => {
    let lines: Uint8Array[] = [];
    let bytes = 0;
    let isTooLarge = false;
    let count = 0;
    const end = async (): Promise<void> => {
      if (bytes > 0) {
        count += 1;
        const message = isTooLarge ? Buffer.concat(lines.slice(0, 200)) : withoutQuotes(lines);
        const path = `${subjectOf(message).replace(/[/\\]/g, ' ') || `message-${count}`}.eml`;
        if (isTooLarge) await sink.lose(path, reasons.memberTooLarge, bytes);
        else await sink.add({ path, bytes: message });
      }
      lines = [];
      bytes = 0;
      isTooLarge = false;
    };
    let wasEmpty = true;
    let envelope: Uint8Array | null = null;
    for await (const line of linesOf(source)) {
      if (envelope !== null) {
        const starts = /^[!-9;-~]{1,76}[ \t]*:|^>?From /.test(headOf(line));
        if (starts) await end();
        else lines.push(envelope);
        envelope = null;
      }
      if (wasEmpty && isEnvelope(line)) {
        envelope = line;
        wasEmpty = false;
        continue;
      }
      wasEmpty = line.length <= 2 && headOf(line).trim() === '';
      bytes += line.length;
      if (bytes > Math.min(largestMemberBytes, sink.largest())) isTooLarge = true;
      if (!isTooLarge || lines.length < 200) lines.push(line);
    }
    await end();
  }, sink, { mediaType, extractor: 'mail folder 1' }, reasons.damaged('mail folder'));
}

const longestLine = 4 * 2 ** 20;

/** Lines with their ends; a longer one comes in parts. */
async function* linesOf(source: ByteSource): AsyncGenerator<Uint8Array, void, undefined> {
  let held: Buffer = Buffer.alloc(0);
  for await (const piece of piecesOf(source)) {
    const block = held.length === 0 ? Buffer.from(piece.buffer, piece.byteOffset, piece.length) : Buffer.concat([held, piece]);
    let from = 0;
    for (let at = block.indexOf(0x0a, from); at >= 0; at = block.indexOf(0x0a, from)) {
      yield block.subarray(from, at + 1);
      from = at + 1;
    }
    held = Buffer.from(block.subarray(from));
    if (held.length > longestLine) {
      yield held;
      held = Buffer.alloc(0);
    }
  }
  if (held.length > 0) yield held;
}

const headOf = (line: Uint8Array): string => Buffer.from(line.buffer, line.byteOffset, Math.min(line.length, 200)).toString('latin1');

function isEnvelope(line: Uint8Array): boolean {
  return line.length > 5 && envelopeMark.equals(line.subarray(0, 5)) && /^From \S+.*\d{4}(?:\s|$)/.test(headOf(line));
}

/** mboxrd: a body line of any number of ">" before "From " was given one more. */
function withoutQuotes(lines: readonly Uint8Array[]): Buffer {
  return Buffer.concat(lines.map((line) => (line[0] === 0x3e && /^>+From /.test(headOf(line)) ? line.subarray(1) : line)));
}

/** The subject, in a line; empty when there is none. */
function subjectOf(message: Buffer): string {
  const head = message.subarray(0, 16 * 1024).toString('latin1');
  const header = head.slice(0, /\r?\n\r?\n/.exec(head)?.index ?? head.length);
  const written = /^subject[ \t]*:((?:.|\r?\n[ \t])*)/im.exec(header)?.[1] ?? '';
  return decodeWords(Buffer.from(written.replace(/\r?\n[ \t]+/g, ' '), 'latin1').toString('utf8')).replace(/\s+/g, ' ').trim().slice(0, 120);
}
