import { setImmediate as turn } from 'node:timers/promises';
import { personalDataByPart, type Span } from '../../entities/index.ts';
import type { Handlers } from '../server.ts';

/** Handlers of what stands in texts. They know no vault. */
export function entityHandlers(): Pick<Handlers, 'entities.personal-data'> {
  return {
    'entities.personal-data': async ({ texts }, { signal }) => {
      const found: { id: string; spans: Span[] }[] = [];
      for (const { id, text } of texts) {
        const spans: Span[] = [];
        for (const part of personalDataByPart(text)) {
          spans.push(...part);
          // Other calls have their turn between the parts of a long text.
          await turn();
          signal.throwIfAborted();
        }
        found.push({ id, spans });
      }
      return found;
    },
  };
}
