import { open } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { failuresCsv } from '../../ingest/index.ts';
import { viewMarking } from '../../policy/index.ts';
import { AppError } from '../../base/errors.ts';
import { outside, ownerOnly, refuseVault } from '../outside.ts';
import { recordedExport } from '../recorded-export.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** A name that is free in the folder: `not-read.csv`, `not-read-2.csv`. */
function freeName(folder: string): string {
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? 'not-read.csv' : `not-read-${count}.csv`;
    if (!existsSync(join(folder, name))) return name;
  }
}

/** The handler that lists what was not read, for a spreadsheet. */
export function failureHandlers(context: EngineContext): Pick<Handlers, 'ingest.failures-csv'> {
  return {
    'ingest.failures-csv': ({ case: id, folder }, { progress, signal }) => {
      const { store } = context.session(id);
      if (folder !== null) refuseVault(folder, context.vaultFolder);
      if (folder !== null && !existsSync(folder)) throw new AppError('case.path-absent', 'The folder is not there.');
      const marking = viewMarking(store.marking).banner;
      return recordedExport(store, 'failures', async () => {
        const file = folder === null ? null : freeName(folder);
        const handle = folder === null || file === null ? null : await outside(() => open(join(folder, file), ownerOnly.flag, ownerOnly.mode));
        try {
          const pieces = failuresCsv(store.read, marking);
          for (;;) {
            signal.throwIfAborted();
            const next = pieces.next();
            if (next.done === true) return { total: next.value, file, marking };
            if (handle === null) progress({ text: next.value });
            else await outside(() => handle.appendFile(next.value));
            await new Promise((resolve) => { setImmediate(resolve); }); // the engine answers between two pages
          }
        } finally {
          await handle?.close();
        }
      }, ({ total }) => ({ files: total }));
    },
  };
}
