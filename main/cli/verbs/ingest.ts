import { resolve } from 'node:path';
import type { CaseId, JobId, StateReason } from '../../../preload/contract/domains/basics.ts';
import { numberOption, writeJson } from '../options.ts';
import { filePasswords } from '../passphrase.ts';
import type { Session } from '../session.ts';
import { exitCodes, type Verb } from '../verb.ts';

/** Every file that ended without text or in quarantine, with its reason. */
async function failuresOf(session: Session, of: CaseId, job: JobId): Promise<{ path: string; state: string; reason: StateReason }[]> {
  const failures: { path: string; state: string; reason: StateReason }[] = [];
  for (const state of ['no-text', 'quarantined'] as const) {
    for (let offset = 0; ; offset += 500) {
      const { total, items } = await session.call('ingest.items', { case: of, job, state, offset, limit: 500 });
      failures.push(...items.map(({ path, reason }) => ({ path, state, reason })));
      if (offset + 500 >= total) break;
    }
  }
  return failures;
}

/** Languages as Tesseract writes several; `auto` is what each page shows, whatever the case has chosen. */
function languagesOption(given: unknown): { readonly ocrLanguages?: string[] | null } {
  if (typeof given !== 'string') return {};
  return { ocrLanguages: given === 'auto' ? null : given.split('+') };
}

/** Brings files and folders into a case and waits for the end, OCR included. */
export const ingest: Verb = {
  name: 'ingest',
  usage: 'PATH… --vault DIR --case ID|NAME [--workers N] [--no-ocr] [--ocr-language CODE[+CODE]|auto] [--password-env NAME] [--passwords-fd N]',
  summary: 'Bring files and folders into a case and wait for the end.',
  options: { workers: { type: 'string' }, 'no-ocr': { type: 'boolean' }, 'ocr-language': { type: 'string' }, 'password-env': { type: 'string' }, 'passwords-fd': { type: 'string' } },
  words: [1, 10_000],
  run: async ({ words, options, session, io, json }) => {
    const workers = numberOption(options, 'workers', 0, 0, 16);
    const passwords = filePasswords(io, options);
    const info = await session.openCase({ resume: true });
    const began = performance.now();
    const started = await session.call('ingest.start', { case: info.case, paths: words.map((word) => resolve(word)), ...(workers === 0 ? {} : { workers }), ...(passwords.length === 0 ? {} : { passwords }), ...(options['no-ocr'] === true ? { ocr: false } : {}), ...languagesOption(options['ocr-language']) });
    let shownMs = 0;
    await session.call('ingest.watch', { case: info.case, job: started.job }, ({ counts, rate, finding }) => {
      if (performance.now() - shownMs < 1000) return;
      shownMs = performance.now();
      io.err(`${counts.done} / ${counts.seen}${finding ? '+' : ''} · ${rate === null ? '…' : Math.round(rate)}/s\n`);
    });
    // Pictures are read beside and after the files; the counts are those of the end.
    const ocrBegan = performance.now();
    const ocr = await session.call('ocr.watch', { case: info.case }, ({ pages, perMinute }) => {
      if (performance.now() - shownMs < 1000) return;
      shownMs = performance.now();
      io.err(`OCR ${pages.done} / ${pages.done + pages.waiting} pages · ${perMinute === null ? '…' : Math.round(perMinute)}/min\n`);
    });
    const ended = await session.call('ingest.watch', { case: info.case, job: started.job });
    const { seen, added, unchanged, duplicates, noText, quarantined, children } = ended.counts;
    const result = { seen, added, unchanged, duplicates, noText, quarantined, children, seconds: Number(((performance.now() - began) / 1000).toFixed(3)), ocr: { read: ocr.pages.read, nothing: ocr.pages.nothing, failed: ocr.pages.failed, waiting: ocr.pages.waiting, off: ocr.pages.off, seconds: Number(((performance.now() - ocrBegan) / 1000).toFixed(3)), state: ocr.state, fault: ocr.fault }, state: ended.state, fault: ended.fault, walls: await session.call('ingest.walls', {}), failures: await failuresOf(session, info.case, started.job) };
    if (json) writeJson(io, result);
    else io.out(`${seen} files: ${added} with text, ${unchanged} unchanged, ${duplicates} duplicates, ${noText} without text, ${quarantined} quarantined; ${children} attachments; ${result.seconds} s\n`);
    if (ended.state !== 'done') return exitCodes.failed;
    return quarantined > 0 ? exitCodes.partly : exitCodes.done;
  },
};
