import type { ProcessHost } from '../../work/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** What is read today, as the empty state names it. */
const formats = ['Text', 'Markdown', 'CSV', 'HTML', 'e-mail (EML) with attachments', 'PDF', 'Word (DOCX)', 'Outlook messages (MSG)', 'mail folders (MBOX, EMLX) and Outlook stores (PST, OST)', 'calendars and cards (ICS, VCF)', 'rich text (RTF)', 'workbooks (XLSX, XLSM, XLSB, XLS, ODS) by cell', 'presentations (PPTX, ODP)', 'OpenDocument text (ODT)', 'books (EPUB)', 'saved pages (MHTML)', 'SVG', 'pictures (PNG, JPEG, TIFF, WEBP, HEIC, AVIF, GIF, BMP) and scanned pages by OCR', 'archives (ZIP, TAR, GZ, BZ2, XZ, ZST, 7Z, RAR) with their members'];

/** Handlers of ingest jobs. */
export function ingestHandlers(context: EngineContext, host: ProcessHost): Pick<Handlers, 'ingest.start' | 'ingest.jobs' | 'ingest.watch' | 'ingest.pause' | 'ingest.resume' | 'ingest.cancel' | 'ingest.retry' | 'ingest.failures' | 'ingest.items' | 'ingest.held-members' | 'ingest.watched' | 'ingest.watch-folder' | 'ingest.unwatch-folder' | 'ingest.walls' | 'ingest.formats'> {
  return {
    'ingest.start': ({ case: id, paths, workers, passwords, ocr: asked, ocrLanguages }) => {
      const { ingest, ocr } = context.writable(id);
      if (ocrLanguages !== undefined) ocr.mustHave(ocrLanguages);
      return ingest.start(paths, workers, passwords, asked ?? ocr.isWanted(), ocrLanguages === undefined ? ocr.languages() : ocrLanguages);
    },
    'ingest.jobs': ({ case: id }) => ({ jobs: context.session(id).ingest.jobs() }),
    'ingest.watch': ({ case: id, job }, { progress, signal }) => context.session(id).ingest.watch(job, progress, signal),
    'ingest.pause': ({ case: id, job }) => context.writable(id).ingest.pause(job),
    'ingest.resume': ({ case: id, job }) => context.writable(id).ingest.resume(job),
    'ingest.cancel': ({ case: id, job }) => context.session(id).ingest.cancel(job),
    'ingest.retry': ({ case: id, job, passwords }) => context.writable(id).ingest.retry(job, passwords),
    'ingest.failures': ({ case: id, job }) => ({ failures: context.session(id).ingest.failures(job) }),
    'ingest.held-members': ({ case: id, job, offset, limit }) => context.session(id).ingest.heldMembers(job, offset, limit),
    'ingest.items': ({ case: id, job, state, offset, limit }) => context.session(id).ingest.items(job, state, offset, limit),
    'ingest.watched': ({ case: id }) => ({ folders: context.session(id).ingest.watched() }),
    'ingest.watch-folder': ({ case: id, path }) => context.writable(id).ingest.watchFolder(path),
    'ingest.unwatch-folder': async ({ case: id, watch }) => {
      await context.session(id).ingest.unwatchFolder(watch);
      return {};
    },
    'ingest.walls': () => host.isolation('extract'),
    'ingest.formats': () => ({ formats }),
  };
}
