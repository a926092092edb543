import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** Handlers of the queue of pages that OCR reads. */
export function ocrHandlers(context: EngineContext): Pick<Handlers, 'ocr.state' | 'ocr.watch' | 'ocr.pause' | 'ocr.resume' | 'ocr.set-wanted' | 'ocr.read-off'> {
  return {
    'ocr.state': ({ case: id }) => context.session(id).ocr.state(),
    'ocr.watch': ({ case: id }, { progress, signal }) => context.session(id).ocr.watch(progress, signal),
    'ocr.pause': ({ case: id }) => context.writable(id).ocr.pause(),
    'ocr.resume': ({ case: id }) => context.writable(id).ocr.resume(),
    'ocr.set-wanted': ({ case: id, wanted }) => context.writable(id).ocr.setWanted(wanted),
    'ocr.read-off': ({ case: id }) => context.writable(id).ocr.readOff(),
  };
}
