/** What the guard costs: a payload of 100 passages rolled up and compared, against writing the same payload out as JSON. */
import { clear, findMarks, toMarking, viewMarking, type Portion } from '../../main/policy/index.ts';
import { compared, measured, median, percentile, type PerfScript } from './figures.ts';

const rounds = 2000;
const distinct = ['UNCLASSIFIED', 'UNCLASSIFIED//FOUO', 'CUI//SP-CTI', 'CONFIDENTIAL//REL TO USA, FVEY', 'SECRET//NOFORN', 'SECRET//REL TO USA, DEU, GBR', 'TOP SECRET//SI//NOFORN', 'TOP SECRET//SI-G ABCD//ORCON/NOFORN'];

function timed(work: () => void): number[] {
  for (let round = 0; round < 200; round += 1) work();
  return Array.from({ length: rounds }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
}

export const guard: PerfScript = async ({ small, log }) => {
  const paragraph = 'The pier lamp was moved to the north mole on Tuesday, and the harbour watch noted who moved it. '.repeat(9);
  const passages = Array.from({ length: 100 }, (_, index) => `(S//NF) ${index} ${paragraph}`);
  const portions = passages.map((_, index): Portion => ({ document: null, label: `document ${index}`, kind: 'passages', marking: toMarking(distinct[index % distinct.length] ?? '') }));
  const target = { name: 'Laptop', ceiling: toMarking('TOP SECRET//SI-G ABCD//ORCON/NOFORN'), dataKinds: ['passages', 'questions'] as const };
  const systemHigh = toMarking('UNCLASSIFIED');
  log('guard');
  const guarded = timed(() => { clear({ payload: passages, portions, systemHigh }, target); });
  const written = timed(() => { JSON.stringify(passages); });
  log('scan');
  const text = passages.join('\n\n').repeat(small ? 2 : 10);
  const began = performance.now();
  const found = findMarks(text, []).length;
  const scannedMs = performance.now() - began;
  const read = timed(() => { for (const banner of distinct) viewMarking(toMarking(banner)); });
  return {
    title: 'guard: 100 passages, eight distinct markings',
    figures: [
      compared('guard p50', median(guarded) * 1000, 'us', 'the payload as JSON', median(written) * 1000),
      compared('guard p95', percentile(guarded, 0.95) * 1000, 'us', 'the payload as JSON', percentile(written, 0.95) * 1000),
      measured('reading eight markings again', median(read) * 1000, 'us'),
      measured(`finding ${found} marks in ${(text.length / 1e6).toFixed(1)} M characters`, text.length / 1e6 / (scannedMs / 1000), 'M/s'),
    ],
    notes: [],
  };
};
