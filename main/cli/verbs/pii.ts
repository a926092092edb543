import { mostPersonalDataChars } from '../../../preload/contract/domains/entities.ts';
import { isRecord } from '../../base/is-record.ts';
import { readLines } from '../files.ts';
import { UsageError, writeJson } from '../options.ts';
import { exitCodes, type Verb } from '../verb.ts';

interface IdentifiedText {
  readonly id: string;
  readonly text: string;
}

// JSON writes a sign with at most six.
const longestLine = mostPersonalDataChars * 6 + 10_000;
const textsPerCall = 100;
const charsPerCall = 200_000;

function readRecord(line: string, number: number): IdentifiedText {
  let record: unknown;
  try {
    record = JSON.parse(line);
  } catch {
    throw new UsageError(`line ${number} of FILE is no JSON`);
  }
  const [id, text] = isRecord(record) ? [record['id'], record['text']] : [];
  if (typeof id !== 'string' || id.length > 1000 || typeof text !== 'string') throw new UsageError(`line ${number} of FILE is not of the form {"id": "…", "text": "…"}`);
  if (text.length > mostPersonalDataChars) throw new UsageError(`the text in line ${number} of FILE is longer than ${mostPersonalDataChars} characters`);
  return { id, text };
}

/** Finds personal data in lines of texts; memory stays flat however long the file is. */
export const pii: Verb = {
  name: 'pii',
  usage: 'FILE.jsonl',
  summary: 'Find personal data: a line {id, text} in, a line {id, spans} out. Needs no vault.',
  options: {},
  words: [1, 1],
  needsVault: false,
  run: async ({ words: [file = ''], session, io }) => {
    let waiting: IdentifiedText[] = [];
    let chars = 0;
    const answer = async (): Promise<void> => {
      if (waiting.length === 0) return;
      for (const found of await session.call('entities.personal-data', { texts: waiting })) writeJson(io, found);
      waiting = [];
      chars = 0;
    };
    let number = 0;
    try {
      for await (const line of readLines(file, 'FILE', longestLine)) {
        number += 1;
        if (line.trim() === '') continue;
        const record = readRecord(line, number);
        if (chars + record.text.length > charsPerCall || waiting.length === textsPerCall) await answer();
        waiting.push(record);
        chars += record.text.length;
      }
    } finally {
      // The lines before a bad one have their answers.
      await answer();
    }
    return exitCodes.done;
  },
};
