import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, extname, join, resolve } from 'node:path';
import type { DocumentLine } from '../../preload/contract/domains/documents.ts';
import { addCase, createdEngine, ingested } from '../support/engines.ts';
import { measured, type Figure, type PerfScript } from './figures.ts';
import { compareWithReference, type Compared } from './reference-texts.ts';

/** How the documents of one format ended. */
interface Tally {
  text: number;
  'no-text': number;
  quarantined: number;
  chars: number;
}

/** What people call a format: a member counts with its own ending, what has none with its media type. */
function formatOf({ path, mediaType }: DocumentLine): string {
  const ending = extname(path).slice(1).toLowerCase();
  return /^[a-z0-9]{1,6}$/.test(ending) ? ending : mediaType;
}

/**
 * Libraries that were weighed on the zoo in one run, recall against Tika's text: DOC word-extractor 1.0.4 .59 (2 of 16 failed), ours .66 (the encrypted one), before titles and
 * names of objects are taken off; languages (20 sentences, 600 characters): eld 20 and 0.5 ms but 1.7 s to load, franc-min 19 and 2.9 ms, tinyld 16 and 24 ms, ours 17 and below 0.1 ms.
 * Kept libraries beside each other, each as it comes, words that it has of those that either has, on the zoo and mime4j's messages; files, failed, ms a file, memory of the process:
 *   mail (85): postal-mime 4.0.0 .985, 0, 1.1, 140 MB; mailparser 3.14.2 .928, 0, 1.3, 154 MB.
 *   XLSX (11): SheetJS 0.20.3 .986, 2, 31, 229 MB; exceljs 4.4.0 .944, 2, 30, 255 MB.
 *   DOCX (22): mammoth 1.13.0 .994, 1, 11, 256 MB; officeparser 8.1.1 1.000, 1, 18, 325 MB: what mammoth leaves out (comments, headers, numbers of lists) is read beside it, with offsets that officeparser has not.
 * Of the other formats no second library was found that is kept, has no native code, and is not under the GPL.
 * Against Tika 3.2.2, titles taken off, 265 files with words: recall .846 and precision .750 before names of lists, Access, LZ4, bookmarks and damaged files were read, .878 and .780 after; nothing in common 17. What is left: words
 * that Tika makes itself (names of what is embedded, lengths of sounds, every stored version of a OneNote page), SAS data, CADKEY, compiled classes, and XML, which is read as it is written.
 * Where there is one kept library it reads: pdf.js, mammoth, SheetJS, postal-mime, msgreader, pst-extractor, libarchive, music-metadata. Everything else is ours, from the specifications.
 */
const noted = 'libraries: see the top of test/perf/zoo.ts';

/** Groups of formats by the endings of their files; what none of these holds is among the others. */
const groups: readonly (readonly [string, RegExp])[] = [
  ['Word, Excel, PowerPoint, binary', /^(?:doc|dot|xls|xlt|ppt|pps|pot|mpp|pub|vsd|mdb|accdb)$/], ['Word, Excel, PowerPoint, Visio, packages', /^(?:doc|xls|ppt|vss|vsd)[xmb]$|^(?:ppsm|xltx|dotx)$/], ['OpenDocument, iWork, books', /^(?:f?od[tspg]|key|pages|numbers|epub|ibooks|fb2|detect)$/],
  ['PDF, XPS', /^(?:pdf|xps|xdp)$/], ['mail, notes, calendars', /^(?:eml|msg|mbox|pst|one|ics|vcs|emlx)$/], ['RTF, help, drawings', /^(?:rtf|chm|dwg|dwf|wpd|vssm)$/], ['pages, XML, text, tables', /^(?:html?|xml|txt|csv|json|md|svg|rss|dita|vtt|ttml|dif|m|js|bat|dbf|properties|warc|wacz)$/],
  ['archives', /^(?:zip|rar|7z|tar|tgz|gz|bz2|lz4|br|zlib|ar|apk|kmz|xlz|pack)$/], ['sound, video, pictures', /^(?:mp3|m4a|mp4|ogg|mid|au|mov|jpe?g|png|tiff?|gif|bmp|webp|psd|jxl|avif|dng)$/],
];

/** Mean recall and precision by group and by the ending of the file, for those that another reader has text of. */
function comparisonNotes(compared: ReadonlyMap<string, readonly Compared[]>): string[] {
  const mean = (values: readonly number[]): string => (values.reduce((all, value) => all + value, 0) / Math.max(1, values.length)).toFixed(3);
  const line = (name: string, files: readonly Compared[]): string => `${name}: recall ${mean(files.map(({ recall }) => recall))}, precision ${mean(files.map(({ precision }) => precision))} of ${files.length} files, ${files.filter(({ precision }) => precision === 0).length} with no word in common`;
  const byGroup = Map.groupBy(compared, ([format]) => groups.find(([, endings]) => endings.test(format))?.[0] ?? 'others');
  return [
    ...[...byGroup].map(([group, formats]) => line(`GROUP ${group}`, formats.flatMap(([, files]) => files))),
    ...[...compared].sort(([a], [b]) => a.localeCompare(b)).map(([format, files]) => line(format, files)),
  ];
}

/** The zoo of formats through the whole pipeline: seconds, and how every file and every member ended, by format and by reason. With REDOUBT_REFERENCE, a folder of what Tika read, also word recall and precision by format. */
export const zoo: PerfScript = async ({ log }) => {
  const folder = join(process.env['REDOUBT_DATA'] ?? resolve(import.meta.dirname, '../../../shared/data'), 'zoo');
  if (!existsSync(folder)) return { title: 'zoo', figures: [], notes: [`SKIPPED: there is no zoo of formats (set REDOUBT_DATA to the folder that holds zoo/), so nothing was measured`] };
  const place = mkdtempSync(join(tmpdir(), 'redoubt-perf-'));
  const engine = await createdEngine(join(place, 'vault'));
  try {
    const caseId = await addCase(engine, 'Zoo');
    const began = performance.now();
    const job = await ingested(engine, caseId, [folder]);
    const seconds = (performance.now() - began) / 1000;
    const lines: DocumentLine[] = [];
    await engine.call('documents.list', { case: caseId }, (part) => void lines.push(...part.lines));
    const talliesByFormat = new Map<string, Tally>();
    const countsByReason = new Map<string, number>();
    for (const line of lines) {
      const tally = talliesByFormat.get(formatOf(line)) ?? { text: 0, 'no-text': 0, quarantined: 0, chars: 0 };
      talliesByFormat.set(formatOf(line), tally);
      tally[line.state] += 1;
      tally.chars += line.chars;
      if (line.state !== 'text') countsByReason.set(`${line.state} ${line.reason?.code ?? 'WITHOUT A REASON'}`, (countsByReason.get(`${line.state} ${line.reason?.code ?? 'WITHOUT A REASON'}`) ?? 0) + 1);
    }
    const roots = lines.filter(({ parent }) => parent === null);
    const files = readdirSync(folder).length;
    const silent = lines.filter(({ state, reason }) => state !== 'text' && reason === null).length;
    log(`${lines.length} documents of ${files} files in ${seconds.toFixed(1)} s`);
    const count = (of: readonly DocumentLine[], state: DocumentLine['state']): number => of.filter((line) => line.state === state).length;
    const figures: Figure[] = [
      measured('files that ended', roots.length, 'files', { text: `= ${files}`, holds: (value) => value === files && job.state === 'done' }),
      measured('documents without text and without a reason', silent, '', { text: '= 0', holds: (value) => value === 0 }),
      measured('whole pipeline', seconds, 's'),
      measured('files with text', count(roots, 'text'), ''), measured('files without text', count(roots, 'no-text'), ''), measured('files held', count(roots, 'quarantined'), ''),
      measured('members and attachments', lines.length - roots.length, ''), measured('of these with text', count(lines, 'text') - count(roots, 'text'), ''),
      measured('characters of text', lines.reduce((sum, { chars }) => sum + chars, 0), ''),
    ];
    const referenceFolder = process.env['REDOUBT_REFERENCE'];
    const compared = new Map<string, Compared[]>();
    if (referenceFolder !== undefined) {
      const texts = new Map<string, string>();
      await engine.call('documents.texts', { case: caseId }, ({ document, text }) => void texts.set(document, (texts.get(document) ?? '') + text));
      const byRoot = Map.groupBy(lines, ({ path }) => path.split('!/')[0] ?? path);
      for (const root of roots) {
        const one = compareWithReference(referenceFolder, basename(root.path), (byRoot.get(root.path) ?? []).map(({ id }) => texts.get(id) ?? ''));
        if (one !== null) compared.set(formatOf(root), [...(compared.get(formatOf(root)) ?? []), one]);
      }
      const all = [...compared.values()].flat();
      const mean = (values: readonly number[]): number => Number((values.reduce((total, value) => total + value, 0) / Math.max(1, values.length)).toFixed(4));
      figures.push(measured('files that the reference has words of', all.length, ''), measured('of these without a word in common', all.filter(({ precision }) => precision === 0).length, ''));
      figures.push(measured('mean word recall against the reference', mean(all.map(({ recall }) => recall)), 'share'), measured('mean precision against it', mean(all.map(({ precision }) => precision)), 'share'));
    }
    const byFormat = [...talliesByFormat].sort(([a], [b]) => a.localeCompare(b)).map(([format, { text, 'no-text': none, quarantined, chars }]) => `${format}: ${text} text (${chars} characters), ${none} without, ${quarantined} held`);
    const byReason = [...countsByReason].sort(([, a], [, b]) => b - a).map(([reason, times]) => `${reason}: ${times}`);
    return { title: `zoo of ${files} files`, figures, notes: [...byFormat, ...byReason, ...comparisonNotes(compared), noted] };
  } finally {
    await engine.close();
    rmSync(place, { recursive: true, force: true });
  }
};
