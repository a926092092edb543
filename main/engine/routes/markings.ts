import { readMarking, rollUpTexts } from '../../policy/index.ts';
import type { Handlers } from '../server.ts';

/** Handlers of markings as text. They know no vault. */
export function markingHandlers(): Pick<Handlers, 'markings.read' | 'markings.roll-up'> {
  return {
    'markings.read': ({ text }) => readMarking(text),
    'markings.roll-up': ({ texts }) => rollUpTexts(texts),
  };
}
