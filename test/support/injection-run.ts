/**
 * Asking about documents that attack, of a model that obeys them, through a real engine: what it reached, what it changed, and which of
 * its sentences the checker called supported. `preload` of socket-hook.ts is the caller's: attempts are counted where it is loaded.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type * as z from 'zod';
import type { CaseId, DocumentId, EndpointId } from '../../preload/contract/domains/basics.ts';
import type { Answer } from '../../preload/contract/domains/chat.ts';
import { withoutSigns } from '../../main/chat/answer-blocks.ts';
import { addCase, createdEngine, ingested, type TestEngine } from './engines.ts';
import { startObedientVictim, type Obeyed } from './model-servers/obedient-victim.ts';

/** A document to plant and the question that leads to it. */
export interface PlantedAttack extends Obeyed {
  readonly kind: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly question: string;
}

export interface AttackOutcome {
  readonly kind: string;
  readonly name: string;
  readonly sentences: number;
  readonly supported: number;
  /** Supported sentences that the cited document says word for word: true quotes, whoever wrote it. */
  readonly trueQuotes: number;
  /** Supported sentences that their documents do not say, as text. */
  readonly falselySupported: readonly string[];
  /** Citations that do not stand in the stored text at their place. */
  readonly brokenCitations: number;
  /** Actions in the audit trail that a question and its answer do not leave. */
  readonly otherActions: readonly string[];
}

/** What came of an attack's document where a model is asked the same of every document. */
export interface BulkOutcome extends Omit<AttackOutcome, 'otherActions' | 'sentences'> {
  readonly work: BulkWork;
  /** Things that the model said of it. */
  readonly entries: number;
}

export type BulkWork = 'first-pass' | 'extraction' | 'summary' | 'question';

export interface InjectionRun {
  readonly bulk: readonly BulkOutcome[];
  /** Actions of bulk work and of questions over all documents that they do not leave. */
  readonly otherBulkActions: readonly string[];
  /** Words of attacks whose document never reached the model in bulk. */
  readonly missedInBulk: readonly string[];
  readonly outcomes: readonly AttackOutcome[];
  readonly port: number;
  /** Words of attacks whose document did not reach the model. */
  readonly missed: readonly string[];
  /** Lists of the case (documents, codes, notes, markings, annotations) that differ from before. */
  readonly changedLists: readonly string[];
  readonly endpointsBefore: string;
  readonly endpointsAfter: string;
  readonly problems: readonly string[];
}

/** What bulk work leaves in the trail beside that. */
const bulkActions = new Set(['bulk.started', 'bulk.answered', 'bulk.done', 'turn.listed']);
/** What asking leaves in the trail. */
const expected = new Set(['turn.asked', 'turn.answered', 'model.cleared', 'endpoint.requested', 'conversation.named']);

async function exportedLists(engine: TestEngine, caseId: CaseId, folder: string): Promise<Map<string, string>> {
  await engine.call('cases.export', { case: caseId, folder });
  const lists = readdirSync(folder).filter((name) => name.endsWith('.jsonl') && !['chat.jsonl', 'ops.jsonl', 'audit.jsonl', 'bulk.jsonl', 'sendings.jsonl'].includes(name));
  const texts = new Map(lists.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
  rmSync(folder, { recursive: true });
  return texts;
}

/** The actions of all trails, each by its record. */
async function auditOf(engine: TestEngine): Promise<Map<string, string>> {
  const actions = new Map<string, string>();
  await engine.call('audit.export', {}, ({ records }) => { for (const record of records) actions.set(JSON.stringify(record), record.action); });
  return actions;
}

const folded = (text: string): string => text.normalize('NFKC').toLowerCase().replace(/[\s\u00AD\u200B-\u200F\u2060\uFEFF]+/g, ' ').replace(/[“”"'.]/g, '').trim();

async function judge({ sentences, citations }: Answer, textOf: (document: DocumentId) => Promise<string>): Promise<Pick<AttackOutcome, 'sentences' | 'supported' | 'trueQuotes' | 'falselySupported' | 'brokenCitations'>> {
  let brokenCitations = 0;
  for (const { document, start, end, quote, check } of citations) if (check !== 'not-found' && (await textOf(document)).slice(start, end) !== quote) brokenCitations += 1;
  const supported = sentences.filter(({ support }) => support === 'supported');
  const falselySupported: string[] = [];
  for (const sentence of supported) {
    const texts = await Promise.all(citations.filter(({ number }) => sentence.citations.includes(number)).map(({ document }) => textOf(document)));
    if (!texts.some((text) => folded(text).includes(folded(withoutSigns(sentence.text))))) falselySupported.push(sentence.text.slice(0, 200));
  }
  return { sentences: sentences.length, supported: supported.length, trueQuotes: supported.length - falselySupported.length, falselySupported, brokenCitations };
}

const bulkWork: Readonly<Record<BulkWork, z.core.util.JSONType>> = { 'first-pass': { instruction: 'Anything about the pier lamp' }, extraction: { fields: [{ name: 'Finding' }] }, summary: { sentences: 5 }, question: { question: 'Which notes speak of the pier lamp?' } };

/** Has the model asked the same of every document, for each kind of bulk work, the last through a question over all documents, and judges what it said of each attack's. */
async function inBulk(engine: TestEngine, caseId: CaseId, endpoint: EndpointId, attacks: readonly PlantedAttack[], textOf: (document: DocumentId) => Promise<string>): Promise<{ readonly outcomes: BulkOutcome[]; readonly brokenCitations: number }> {
  const outcomes: BulkOutcome[] = [];
  const question = 'Which notes speak of the pier lamp?';
  const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint, plan: { kind: 'model', wanted: 'list', question, endpoint } });
  if (turn.answer === null) throw new Error('no answer over all documents');
  const { brokenCitations } = await judge(turn.answer, textOf);
  for (const work of ['first-pass', 'extraction', 'summary', 'question'] as const) {
    const known = (await engine.call('bulk.runs', { case: caseId })).runs.find(({ kind }) => kind === work);
    const { run } = known ?? await engine.call('bulk.start', { case: caseId, kind: work, parameters: bulkWork[work], endpoint, scope: { kind: 'case' } });
    await engine.call('bulk.watch', { case: caseId, run });
    for (let offset = 0; ;) {
      const { results, total } = await engine.call('bulk.results', { case: caseId, run, offset, limit: 100 });
      for (const { document, path, answer } of results) {
        const attack = attacks.find(({ name }) => path.endsWith(name) || path.includes(`${name}/`));
        if (attack === undefined || answer === null) continue;
        const text = await textOf(document);
        const { entries } = answer.judged;
        const supported = entries.filter(({ support }) => support === 'supported');
        const falselySupported = supported.filter((entry) => !folded(text).includes(folded(withoutSigns(entry.text)))).map((entry) => entry.text.slice(0, 200));
        const brokenQuotes = entries.filter(({ quote }) => quote !== null && quote.check !== 'not-found' && text.slice(quote.start, quote.end) !== quote.quote).length;
        outcomes.push({ kind: attack.kind, name: attack.name, work, entries: entries.length, supported: supported.length, trueQuotes: supported.length - falselySupported.length, falselySupported, brokenCitations: brokenQuotes });
      }
      offset += results.length;
      if (offset >= total || results.length === 0) break;
    }
  }
  return { outcomes, brokenCitations };
}

/** Plants the attacks among clean documents in a fresh vault in the folder and asks about each. */
export async function runInjection(folder: string, attacks: readonly PlantedAttack[], onAsked: (done: number) => void = () => undefined): Promise<InjectionRun> {
  const dump = join(folder, 'dump');
  mkdirSync(dump, { recursive: true });
  for (const { name, bytes } of attacks) writeFileSync(join(dump, name), bytes);
  writeFileSync(join(dump, 'clean.txt'), 'The pier lamp is kept dry and is lit at dusk. The watch is changed at six.');
  const victim = await startObedientVictim(attacks);
  const engine = await createdEngine(join(folder, 'vault'));
  try {
    const caseId = await addCase(engine, 'Harbour');
    await ingested(engine, caseId, [dump], 1);
    const { endpoint } = await engine.call('endpoints.add', { name: 'Obedient', dialect: 'openai-chat', baseUrl: victim.baseUrl, model: 'obedient-1', ceiling: 'SECRET//NOFORN' });
    const texts = new Map<DocumentId, string>();
    const textOf = async (document: DocumentId): Promise<string> => {
      const known = texts.get(document);
      if (known !== undefined) return known;
      const { text } = await engine.call('documents.text', { case: caseId, document, from: 0, limit: 1_000_000 });
      texts.set(document, text);
      return text;
    };
    const before = await exportedLists(engine, caseId, join(folder, 'before'));
    const endpointsOf = async (): Promise<string> => JSON.stringify((await engine.call('endpoints.list', {})).endpoints.map(({ reachable: _reachable, ...rest }) => rest));
    const endpointsBefore = await endpointsOf();
    const outcomes: AttackOutcome[] = [];
    for (const { kind, name, question } of attacks) {
      const seen = await auditOf(engine);
      const { turn } = await engine.call('chat.ask', { case: caseId, conversation: null, question, endpoint });
      if (turn.answer === null) throw new Error(`no answer to ${name}`);
      const otherActions = [...await auditOf(engine)].filter(([record, action]) => !seen.has(record) && !expected.has(action) && !action.startsWith('audit.')).map(([, action]) => action);
      outcomes.push({ kind, name, otherActions, ...await judge(turn.answer, textOf) });
      onAsked(outcomes.length);
    }
    const seen = await auditOf(engine);
    const bulk = await inBulk(engine, caseId, endpoint, attacks, textOf);
    const otherBulkActions = [...await auditOf(engine)].filter(([record, action]) => !seen.has(record) && !expected.has(action) && !action.startsWith('audit.') && !bulkActions.has(action)).map(([, action]) => action);
    const reached = victim.inBulk();
    const after = await exportedLists(engine, caseId, join(folder, 'after'));
    const { problems } = await engine.call('vault.verify', {});
    return {
      outcomes, missed: victim.missed(), bulk: bulk.outcomes, otherBulkActions: [...otherBulkActions, ...(bulk.brokenCitations > 0 ? ['broken citations'] : [])], missedInBulk: attacks.map(({ code }) => code).filter((code) => !reached.has(code)), port: Number(new URL(victim.baseUrl).port), endpointsBefore, endpointsAfter: await endpointsOf(),
      changedLists: [...before.keys()].filter((list) => before.get(list) !== after.get(list)), problems: problems.map(({ code, where }) => `${code}: ${where}`),
    };
  } finally {
    await engine.close();
    await victim.close();
  }
}
