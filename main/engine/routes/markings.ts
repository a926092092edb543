import type { Marking } from '../../../preload/contract/domains/basics.ts';
import { bug } from '../../base/errors.ts';
import { rollUpOfTurn } from '../../chat/index.ts';
import { dominates, joinMarkings, readMarking, rollUpTexts, toMarking, viewMarking } from '../../policy/index.ts';
import { describeMarking, markAnswer, markDocument, markPassages, unmarkPassage } from '../../triage/index.ts';
import type { Handlers } from '../server.ts';
import { mustFindDocument, type EngineContext } from '../sessions.ts';

const given = (text: string | null): Marking | null => (text === null ? null : toMarking(text));

/** Handlers of markings: as text, which need no vault, and as people set them in a case. */
export function markingHandlers(context: EngineContext): Pick<Handlers, 'markings.read' | 'markings.join' | 'markings.roll-up' | 'markings.document' | 'markings.mark-document' | 'markings.mark-passages' | 'markings.unmark-passage' | 'markings.mark-answer'> {
  const isAboveVault = (marking: Marking | null): boolean => marking !== null && !dominates(context.vault().systemHigh, marking);
  return {
    'markings.read': ({ text }) => readMarking(text),
    'markings.join': ({ markings }) => viewMarking(markings.reduce(joinMarkings, markings[0] ?? bug('a roll-up of nothing'))),
    'markings.roll-up': ({ texts }) => rollUpTexts(texts),
    'markings.document': ({ case: id, document }) => {
      const { store } = context.session(id);
      return describeMarking(store, mustFindDocument(store, document));
    },
    'markings.mark-document': ({ case: id, document, marking: text, reason }) => {
      const { store, undo } = context.writable(id);
      const marking = given(text);
      undo.push(markDocument(store, mustFindDocument(store, document), marking, reason));
      context.events.emit('markings', id);
      return { marking: viewMarking(marking ?? store.marking), isAboveVault: isAboveVault(marking) };
    },
    'markings.mark-passages': ({ case: id, document, passages, reason }) => {
      const { store, undo } = context.writable(id);
      const spans = passages.map((passage) => ({ ...passage, marking: given(passage.marking) }));
      undo.push(...markPassages(store, mustFindDocument(store, document), spans, reason));
      context.events.emit('markings', id);
      return { isAboveVault: spans.some(({ marking }) => isAboveVault(marking)) };
    },
    'markings.unmark-passage': ({ case: id, document, passage }) => {
      const { store, undo } = context.writable(id);
      undo.push(unmarkPassage(store, mustFindDocument(store, document), passage));
      context.events.emit('markings', id);
      return {};
    },
    'markings.mark-answer': async ({ case: id, turn, marking: text, reason }) => {
      const { store, undo } = context.writable(id);
      const marking = given(text);
      const rollUp = await rollUpOfTurn(store, turn);
      undo.push(markAnswer(store, turn, marking, reason, rollUp));
      context.events.emit('chat', id);
      return viewMarking(marking ?? rollUp);
    },
  };
}
