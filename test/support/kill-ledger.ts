/** What an analyst was told is done, and whether it is there. One action may have been under way when the process died: it may be there or not. */
import type { AnnotationId, CaseId, ConversationId, DocumentId, JobId, TurnId, Verdict } from '../../preload/contract/domains/basics.ts';
import type { TestEngine } from './engines.ts';
import type { Deed, FromVictim } from './kill-messages.ts';

export interface Ledger {
  readonly hear: (message: FromVictim) => void;
  /** How many actions were acknowledged. */
  readonly acknowledged: () => number;
  /** Everything that is acknowledged and not there, in words. */
  readonly missing: (engine: TestEngine, caseId: CaseId) => Promise<string[]>;
}

/** An empty ledger. It lives as long as the vault, through any number of kills. */
export function createLedger(): Ledger {
  const verdicts = new Map<DocumentId, Verdict | null>();
  const notes = new Map<DocumentId, string>();
  const annotations = new Map<AnnotationId, string>();
  const turns = new Map<TurnId, { readonly conversation: ConversationId; readonly question: string }>();
  const committed = new Map<JobId, number>();
  let underWay: Deed | null = null;
  let count = 0;

  const settle = ({ deed, done }: Extract<FromVictim, { t: 'done' }>): void => {
    underWay = null;
    count += 1;
    if (deed.do === 'code') verdicts.set(deed.document, deed.verdict);
    if (deed.do === 'note') notes.set(deed.document, deed.text);
    if (deed.do === 'annotate' && done.annotation !== undefined) annotations.set(done.annotation, deed.note);
    if (deed.do === 'ask' && done.conversation !== undefined && done.turn !== undefined) turns.set(done.turn, { conversation: done.conversation, question: deed.question });
    if (deed.do === 'ingest' && done.job !== undefined) committed.set(done.job, committed.get(done.job) ?? 0);
  };

  const missingDecisions = async (engine: TestEngine, caseId: CaseId): Promise<string[]> => {
    const found: string[] = [];
    for (const document of new Set([...verdicts.keys(), ...notes.keys()])) {
      const { verdict, note } = await engine.call('documents.get', { case: caseId, document });
      const codedNow = underWay?.do === 'code' && underWay.document === document ? underWay : null;
      const notedNow = underWay?.do === 'note' && underWay.document === document ? underWay : null;
      const wantedVerdict = verdicts.has(document) ? (verdicts.get(document) ?? null) : verdict;
      if (verdict !== wantedVerdict && (codedNow === null || verdict !== codedNow.verdict)) found.push(`verdict ${String(wantedVerdict)} of ${document} is ${String(verdict)}`);
      const wantedNote = notes.get(document) ?? note;
      if (note !== wantedNote && note !== notedNow?.text) found.push(`note of ${document}`);
      // Which of the two stands is settled now, and must stay.
      if (verdicts.has(document) || codedNow !== null) verdicts.set(document, verdict);
      if (notes.has(document) || notedNow !== null) notes.set(document, note);
    }
    return found;
  };

  const missingAnnotations = async (engine: TestEngine, caseId: CaseId): Promise<string[]> => {
    const there = new Map<string, string>();
    for (let offset = 0; ; offset += 1000) {
      const page = await engine.call('annotations.list', { case: caseId, document: null, offset, limit: 1000 });
      for (const { annotation, note } of page.annotations) there.set(annotation, note);
      if (page.annotations.length < 1000) break;
    }
    const lost = [...annotations].filter(([id, note]) => there.get(id) !== note).map(([id]) => `annotation ${id}`);
    const unasked = [...there].filter(([id]) => !annotations.has(id as AnnotationId)); // an id is an id whoever lists it
    if (unasked.length > (underWay?.do === 'annotate' ? 1 : 0)) lost.push(`${unasked.length} annotations that nobody was told of`);
    for (const [id, note] of unasked) annotations.set(id as AnnotationId, note);
    return lost;
  };

  const missingTurns = async (engine: TestEngine, caseId: CaseId): Promise<string[]> => {
    const lost: string[] = [];
    for (const [id, { conversation, question }] of turns) {
      const { turns: there } = await engine.call('chat.turns', { case: caseId, conversation });
      const turn = there.find((candidate) => candidate.turn === id);
      if (turn?.question !== question || turn.answer === null) lost.push(`turn ${id}`);
    }
    return lost;
  };

  return {
    hear: (message) => {
      if (message.t === 'tries') underWay = message.deed;
      else if (message.t === 'done') settle(message);
      else if (message.t === 'committed') committed.set(message.job, Math.max(message.files, committed.get(message.job) ?? 0));
    },
    acknowledged: () => count,
    missing: async (engine, caseId) => {
      const found = [...(await missingDecisions(engine, caseId)), ...(await missingAnnotations(engine, caseId)), ...(await missingTurns(engine, caseId))];
      const { jobs } = await engine.call('ingest.jobs', { case: caseId });
      for (const [job, files] of committed) {
        const done = jobs.find((candidate) => candidate.job === job)?.counts.done ?? -1;
        if (done < files) found.push(`job ${job} has ${done} of ${files} committed files`);
      }
      underWay = null;
      return found;
    },
  };
}
