/** Answers before they are kept: the extractive reader's quotes, or a model's text as it streamed, each sentence with its checked citations. */
import type { Marking } from '../../preload/contract/domains/basics.ts';
import type { Answer, AnswerState, AskProgress, Citation } from '../../preload/contract/domains/chat.ts';
import { isAppError } from '../base/errors.ts';
import { createRestorer } from '../entities/index.ts';
import type { ModelRequest, Network } from '../models/index.ts';
import { joinMarkings, viewMarking, type Cleared } from '../policy/index.ts';
import { pageAt, readBody, readDocument, readPages, type CaseStore, type EndpointRow } from '../store/index.ts';
import { rarityIn } from './check/index.ts';
import { citeAnswer } from './model-answer.ts';
import type { Prepared } from './prepare.ts';
import type { FoundSentence, ReadingCoverage } from './reader/index.ts';
import { rememberMarks, type MarksOfDocuments } from './span-marks.ts';
import { joinTokens } from './special-tokens.ts';

/** A book has fewer: an endpoint that does not stop is stopped here. */
const mostAnswerChars = 1_000_000;

/** An answer without the time that it took. */
export type Draft = Omit<Answer, 'tookMs'>;


/** A quote to cite: text at [start, end) of a document. `nearness` below 1 says that the sentence words it a little differently. */
interface Quoted {
  readonly document: number;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly nearness?: number | null;
}

/** A citation of a span, checked against the stored text, with the span's marking; nothing when it does not stand there. */
export function cite(store: CaseStore, found: Quoted, number: number, marksOf: MarksOfDocuments): { readonly citation: Citation; readonly marking: Marking }[] {
  const document = readDocument(store.read, found.document);
  const body = document.content === null ? null : readBody(store.read, document.content);
  if (document.content === null || body === null || body.slice(found.start, found.end) !== found.text) return [];
  const { marking } = marksOf.ofSpan({ document, start: found.start, end: found.end });
  const isNear = typeof found.nearness === 'number' && found.nearness < 1;
  const pages = readPages(store.read, document.content);
  const read = pages.findLast((one) => one.start <= found.start)?.ocr;
  const citation: Citation = {
    number, document: document.id, documentNumber: document.document, title: document.title, path: document.path,
    page: pageAt(pages, found.start), start: found.start, end: found.end, quote: found.text, check: isNear ? 'fuzzy' : 'verbatim', score: isNear ? found.nearness ?? null : null, portion: viewMarking(marking).portion,
    ...(read === undefined ? {} : { ocr: read }),
  };
  return [{ citation, marking }];
}

/** An answer of the extractive reader: its sentences are its quotes. A question that is not marked counts as its case. */
export function quoteAnswer(store: CaseStore, found: readonly FoundSentence[], coverage: ReadingCoverage, questionMarking: Marking | null): Draft {
  const marksOf = rememberMarks(store);
  const cited = found.flatMap((sentence) => cite(store, sentence, 1, marksOf)).map(({ citation, marking }, index) => ({ citation: { ...citation, number: index + 1 }, marking }));
  return {
    state: cited.length === 0 ? 'no-support' : 'answered',
    sentences: cited.map(({ citation }) => ({ text: citation.quote, support: 'supported' as const, citations: [citation.number], missing: null, nearest: null })),
    citations: cited.map(({ citation }) => citation),
    coverage,
    model: { kind: 'extractive', name: 'Extractive reader', model: null },
    marking: viewMarking(cited.reduce((sum, { marking }) => joinMarkings(sum, marking), questionMarking ?? store.marking)),
    fault: null,
  };
}

/** A model's answer, and whether it was refused for being sent too much; `contextTokens` is what the server takes, where it said so. */
interface ModelDraft {
  readonly draft: Draft;
  readonly tooLong: { readonly contextTokens: number | null } | null;
}

/** Streams a model's answer and checks it. Stand-ins of personal data are taken back as it arrives. A failure of the endpoint ends as an answer with a fault, never as a silent one. */
export async function modelAnswer(tools: { readonly store: CaseStore; readonly network: Network }, endpoint: EndpointRow, cleared: Cleared<ModelRequest>, { passages, found, pseudonyms }: Prepared, coverage: ReadingCoverage, progress: (value: AskProgress) => void, signal: AbortSignal): Promise<ModelDraft> {
  const { store, network } = tools;
  const restorer = createRestorer(pseudonyms);
  let text = '';
  let state: AnswerState = 'error';
  let fault: string | null = null;
  let tooLong: ModelDraft['tooLong'] = null;
  const say = (restored: string): void => {
    text += restored;
    if (restored !== '') progress({ kind: 'text', text: restored });
  };
  try {
    for await (const event of network.clientFor(endpoint).answer(cleared, signal)) {
      if (event.kind === 'text') {
        say(restorer.push(event.text));
        if (text.length > mostAnswerChars) {
          state = 'cut';
          break; // whoever writes without end is not read on: leaving ends the request
        }
      } else if (event.kind === 'end') {
        state = event.state === 'complete' ? 'answered' : event.state;
        fault = event.fault?.message ?? null;
        if (event.fault?.code === 'endpoint.context-too-long' && text === '') tooLong = { contextTokens: typeof event.fault.data['contextTokens'] === 'number' ? event.fault.data['contextTokens'] : null };
      }
    }
    network.noteReachable(endpoint.id, state !== 'error');
  } catch (error) {
    if (signal.aborted) state = 'cancelled';
    else if (isAppError(error)) {
      fault = error.message;
      network.noteReachable(endpoint.id, false);
    } else throw error;
  }
  say(restorer.end());
  // What left with its tokens broken up is read as it stands in the documents.
  text = joinTokens(text);
  // A server may end in good order and have said nothing (all of it was thought, or a filter took it): that is no answer.
  if (state === 'answered' && text.trim() === '') {
    state = 'error';
    fault = `${endpoint.name} ended its answer without a word.`;
  }
  const { sentences, quotes } = await citeAnswer(text, passages.map(({ document, ...passage }) => ({ ...passage, title: document.title })), rarityIn(store.read));
  const marksOf = rememberMarks(store);
  const citations = quotes.flatMap((quote, index) => {
    const passage = passages.find((candidate) => candidate.number === quote.passage);
    return passage === undefined ? [] : cite(store, { document: passage.document.document, start: quote.start, end: quote.end, text: quote.quote, nearness: quote.nearness }, index + 1, marksOf).map(({ citation }) => citation);
  });
  const draft: Draft = {
    state, sentences, citations, fault,
    coverage: { ...coverage, passages: passages.length, found },
    model: { kind: 'endpoint', name: endpoint.name, model: endpoint.profile.model },
    marking: viewMarking(cleared.rollUp),
  };
  return { draft, tooLong };
}
