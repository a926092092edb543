import type { IngestWalls } from '../../../preload/contract/domains/ingest.ts';
import { counted } from '../../lib/format.ts';
import { useRoute } from '../../lib/queries.ts';
import css from './ingest.module.css';

const networkWords: Readonly<Record<IngestWalls['network'], string>> = {
  namespace: 'no network (kernel)',
  'blocked-in-process': 'no network (given up by the process itself)',
};
const filesWords: Readonly<Record<IngestWalls['files'], string>> = {
  'own-root': 'no file but the program (kernel)',
  'permission-model': 'no file but the program (Node)',
  'permission-model-but-native': 'no file but the program (Node)',
  none: 'other files fenced off by the system’s sandbox alone',
};
const limitsWords: Readonly<Record<IngestWalls['limits'], string>> = {
  kernel: 'time and memory watched, memory bounded by the kernel too',
  watched: 'time and memory watched',
};

/** What stands between a file that attacks its reader and everything else, in one sentence. */
function wallsSentence({ network, files, limits }: IngestWalls): string {
  return `${networkWords[network]}; ${filesWords[files]}; ${limitsWords[limits]}`;
}

/** Says at the end of a job which walls stand on this computer. `workers` is null when nothing is being read. */
export function WallsLine({ workers }: { readonly workers: number | null }) {
  const walls = useRoute('ingest.walls', {}).data;
  if (walls === undefined) return null;
  return <p className={css.walls}>{workers === null ? 'Each file is read in a process apart' : `Files are read by ${counted(workers, 'process', 'processes')}`}: {wallsSentence(walls)}.</p>;
}
