import { bug } from '../../base/errors.ts';
import { joinMarkings, readMarking, rollUpTexts, viewMarking } from '../../policy/index.ts';
import type { Handlers } from '../server.ts';

/** Handlers of markings as text. They know no vault. */
export function markingHandlers(): Pick<Handlers, 'markings.read' | 'markings.join' | 'markings.roll-up'> {
  return {
    'markings.read': ({ text }) => readMarking(text),
    'markings.join': ({ markings }) => viewMarking(markings.reduce(joinMarkings, markings[0] ?? bug('a roll-up of nothing'))),
    'markings.roll-up': ({ texts }) => rollUpTexts(texts),
  };
}
