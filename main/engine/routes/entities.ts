import type { Span } from '../../entities/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** Handlers of what stands in texts. They know no vault. */
export function entityHandlers({ personalData }: EngineContext): Pick<Handlers, 'entities.personal-data'> {
  return {
    'entities.personal-data': async ({ texts }, { signal }) => {
      const found: { id: string; spans: Span[] }[] = [];
      for (const { id, text } of texts) found.push({ id, spans: await personalData.find(text, signal) });
      return found;
    },
  };
}
