import type { CaseId } from '../../../preload/contract/domains/basics.ts';
import type { Citation, Missing, Support } from '../../../preload/contract/domains/chat.ts';
import { caseErrors, type WireError } from '../../../preload/contract/errors.ts';
import { readNamedFile } from '../files.ts';
import { needOption, writeJson } from '../options.ts';
import { CallFailure, type Session } from '../session.ts';
import { exitCodes, type Verb } from '../verb.ts';

interface ClaimLine {
  readonly id: string | number;
  readonly text: string;
  readonly documents: string[] | null;
}

/** As the route takes them. */
const most = { chars: 200_000, documents: 10_000 };

const isText = (value: unknown, chars: number): value is string => typeof value === 'string' && value.trim() !== '' && value.length <= chars;

/** A line of the file, or what is wrong with it; never with what stands there. */
function readClaimLine(line: string): ClaimLine | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return 'not JSON';
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return 'no object';
  const { id, text, documents }: { readonly id: unknown; readonly text: unknown; readonly documents: unknown } = { id: null, text: null, documents: null, ...value };
  if (typeof id !== 'string' && typeof id !== 'number') return 'id is neither a text nor a number';
  if (!isText(text, most.chars)) return `text is missing, empty or longer than ${most.chars} characters`;
  if (documents === null) return { id, text, documents };
  if (!Array.isArray(documents) || documents.length > most.documents || !documents.every((named) => isText(named, 4096))) return 'documents is no list of ids or paths';
  return { id, text, documents };
}

interface Checked {
  readonly id: string | number;
  readonly support: Support;
  readonly missing: Missing | null;
  readonly citations: readonly Pick<Citation, 'document' | 'path' | 'page' | 'start' | 'end' | 'quote' | 'check' | 'score'>[];
}

/** The word on a claim and the citations that bear it or come nearest, the best first; or the error, where it names a document that is not there. */
async function checkOne(session: Session, of: CaseId, { id, text, documents }: ClaimLine): Promise<Checked | { readonly error: WireError }> {
  try {
    const { sentences: [sentence], citations } = await session.call('chat.check-text', { case: of, text, documents, isOneClaim: true });
    return { id, support: sentence?.support ?? 'unsupported', missing: sentence?.missing ?? null, citations: citations.map(({ document, path, page, start, end, quote, check: how, score }) => ({ document, path, page, start, end, quote, check: how, score })) };
  } catch (error) {
    if (error instanceof CallFailure && error.error.code === caseErrors.unknownDocument) return { error: error.error };
    throw error;
  }
}

/** Checks claims against a case, one a line, each answered before the next is taken. A line that cannot be checked is named, and the others are. */
export const check: Verb = {
  name: 'check',
  usage: '--claims FILE.jsonl --vault DIR --case ID|NAME',
  summary: 'Check claims against the case: lines {id, text, documents?} in, lines {id, support, citations} out.',
  options: { claims: { type: 'string' } },
  words: [0, 0],
  run: async ({ options, session, io, json }) => {
    const lines = readNamedFile(needOption(options, 'claims'), '--claims').split(/\r?\n/);
    const info = await session.openCase();
    let done = 0;
    let failed = 0;
    for (const [index, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const claim = readClaimLine(line);
      const answer = typeof claim === 'string' ? { error: { code: 'cli.bad-line', message: claim } } : await checkOne(session, info.case, claim);
      if ('error' in answer) {
        failed += 1;
        if (json) writeJson(io, { ...(typeof claim === 'string' ? {} : { id: claim.id }), line: index + 1, ...answer });
        io.err(`redoubt: line ${index + 1} of --claims: ${answer.error.message} (${answer.error.code})\n`);
        continue;
      }
      done += 1;
      if (json) writeJson(io, answer);
      else io.out(`${answer.id}\t${answer.support}\t${answer.citations.map(({ path, quote }) => `${path}: "${quote}"`).join(' | ')}\n`);
    }
    if (failed === 0) return exitCodes.done;
    return done === 0 ? exitCodes.failed : exitCodes.partly;
  },
};
