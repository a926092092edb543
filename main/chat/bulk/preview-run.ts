import { setImmediate as nextTurn } from 'node:timers/promises';
import type { BulkPreview } from '../../../preload/contract/domains/bulk.ts';
import { hostOf, isOutside } from '../../models/index.ts';
import { clear, dominates, joinMarkings, viewMarking, type Portion } from '../../policy/index.ts';
import type { Searcher } from '../../search/index.ts';
import { hasBulkAnswer, readDocument, type BulkSpec, type CaseStore, type EndpointRow } from '../../store/index.ts';
import { targetOf } from '../prepare.ts';
import { rememberMarks } from '../span-marks.ts';
import { documentsOf, itemsOf } from './fill-queue.ts';
import { chunkCharsFor, tokensIn } from './item-request.ts';
import type { BulkKind } from './kind.ts';

/** Between two turns of the engine, at most. */
const sliceMs = 8;

/**
 * What a run would do: how many requests, about how many tokens, what the guard would hold by its markings. Sends and keeps nothing. Personal
 * data is not looked for: what goes outside has stand-ins in its place.
 */
export async function previewRun(tools: { readonly store: CaseStore; readonly searcher: Searcher }, spec: BulkSpec, kind: BulkKind, endpoint: EndpointRow, onProgress: (done: number, total: number) => void, signal: AbortSignal): Promise<BulkPreview> {
  const { store } = tools;
  const { profile } = endpoint;
  const numbers = await documentsOf(tools, spec.scope, signal);
  const target = targetOf(endpoint);
  const empty = kind.open(spec.parameters).toRequest({ title: '', text: '', start: 0, end: 0 });
  const fixedChars = 300 + empty.system.length + empty.user.length + JSON.stringify(kind.schema).length;
  const chunkChars = chunkCharsFor(kind, endpoint, empty.maxTokens);
  const heldByRule = new Map<string, BulkPreview['held'][number]>();
  let [items, withoutText, promptTokens, known] = [0, 0, 0, 0];
  let sliceBegan = performance.now();
  for (const [done, number] of numbers.entries()) {
    if (performance.now() - sliceBegan > sliceMs) {
      onProgress(done, numbers.length);
      await nextTurn();
      signal.throwIfAborted();
      sliceBegan = performance.now();
    }
    const document = readDocument(store.read, number);
    const marksOf = rememberMarks(store);
    for (const { start, end, key } of itemsOf(store, spec, chunkChars, number)) {
      if (key === null) {
        withoutText += 1;
        continue;
      }
      items += 1;
      if (hasBulkAnswer(store.read, key)) {
        known += 1;
        continue;
      }
      const { marking } = marksOf.ofSpan({ document, start, end });
      const titleMarking = marksOf.ofTitle(document);
      const portions: Portion[] = [
        { document: document.id, start, end, label: `document ${number}`, kind: 'passages', marking: dominates(target.ceiling, titleMarking) ? joinMarkings(marking, titleMarking) : marking },
        { document: null, label: 'what is asked', kind: 'questions', marking: spec.parametersMarking },
      ];
      const outcome = clear({ payload: null, portions, systemHigh: store.marking }, target);
      if (outcome.kind === 'cleared') promptTokens += tokensIn(end - start + fixedChars);
      else {
        const before = heldByRule.get(outcome.rule);
        const [first] = outcome.portions;
        heldByRule.set(outcome.rule, before === undefined ? { rule: outcome.rule, items: 1, firstDocument: document.id, firstLabel: `${first.label} is ${first.marking}` } : { ...before, items: before.items + 1 });
      }
    }
  }
  const held = [...heldByRule.values()].sort((a, b) => b.items - a.items);
  const sent = items - known - held.reduce((sum, { items: those }) => sum + those, 0);
  return {
    documents: numbers.length, items, withoutText, promptTokens, completionTokens: sent * empty.maxTokens, known,
    endpoint: endpoint.name, model: profile.model, host: hostOf(profile), isOutside: isOutside(profile), ceiling: viewMarking(profile.ceiling), held,
  };
}
