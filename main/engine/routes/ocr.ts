import { AppError } from '../../base/errors.ts';
import type { Handlers } from '../server.ts';
import { mustFindDocument, type EngineContext } from '../sessions.ts';

/** Handlers of the queue of pages that OCR reads. */
export function ocrHandlers(context: EngineContext): Pick<Handlers, 'ocr.state' | 'ocr.watch' | 'ocr.pause' | 'ocr.resume' | 'ocr.set-wanted' | 'ocr.set-languages' | 'ocr.read-again' | 'ocr.read-off'> {
  return {
    'ocr.state': ({ case: id }) => context.session(id).ocr.state(),
    'ocr.watch': ({ case: id }, { progress, signal }) => context.session(id).ocr.watch(progress, signal),
    'ocr.pause': ({ case: id }) => context.writable(id).ocr.pause(),
    'ocr.resume': ({ case: id }) => context.writable(id).ocr.resume(),
    'ocr.set-wanted': ({ case: id, wanted }) => context.writable(id).ocr.setWanted(wanted),
    'ocr.set-languages': ({ case: id, languages }) => context.writable(id).ocr.setLanguages(languages),
    'ocr.read-again': ({ case: id, document: ref, languages }) => {
      const { store, ocr } = context.writable(id);
      const { content } = mustFindDocument(store, ref);
      if (content === null) throw new AppError('case.no-page', 'This document has no page for OCR to read.');
      return ocr.readAgain(content, languages);
    },
    'ocr.read-off': ({ case: id }) => context.writable(id).ocr.readOff(),
  };
}
