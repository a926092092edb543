/** The words and signs of an ingest job. */
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import Pause from 'lucide-react/icons/pause';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { IngestCounts, IngestJob } from '../../../preload/contract/domains/ingest.ts';
import { count, counted, day, duration, percent } from '../../lib/format.ts';
import type { Glyph, Tone } from '../../ui/index.ts';

interface StateSign {
  readonly icon: Glyph;
  readonly word: string;
  readonly tone?: Tone;
}

/** The sign of each state; the word says it to those who do not see it. */
export const signByState: Readonly<Record<IngestJob['state'], StateSign>> = {
  running: { icon: LoaderCircle, word: 'running' },
  paused: { icon: Pause, word: 'paused' },
  done: { icon: CircleCheck, word: 'done' },
  cancelled: { icon: CircleX, word: 'cancelled' },
  failed: { icon: TriangleAlert, word: 'failed', tone: 'danger' },
};

/** The second line of a job in the list. */
export function jobLine(job: IngestJob): string {
  const { counts } = job;
  const ended = job.endedAt === null ? '' : ` · ${day(job.endedAt)}`;
  switch (job.state) {
    case 'running':
      if (job.finding) return `${count(counts.done)} done, ${count(counts.seen)} found so far`;
      return `${percent(counts.done, counts.seen)}${job.leftMs === null ? '' : ` · ${duration(job.leftMs)} left`}`;
    case 'paused': return `paused at ${count(counts.done)} of ${count(counts.seen)}`;
    case 'done': return `${counted(counts.done, 'file')}${ended}`;
    case 'cancelled': return `cancelled at ${count(counts.done)}${ended}`;
    case 'failed': return `stopped at ${count(counts.done)}${ended}`;
  }
}

/** How the files that are done ended, as a sum that comes out. `outside` are those of the held files that were never taken in. */
export function sumLine(counts: IngestCounts, outside: number): string {
  const parts: readonly (readonly [number, string])[] = [
    [counts.added, 'added'],
    [counts.duplicates, counts.duplicates === 1 ? 'duplicate' : 'duplicates'],
    [counts.unchanged, 'here already'],
    [counts.noText, 'without text'],
    [counts.quarantined - outside, 'in quarantine'],
    [outside, 'not taken in'],
  ];
  const said = parts.filter(([number]) => number > 0).map(([number, word]) => `${count(number)} ${word}`);
  if (said.length === 0) return 'No file is done yet.';
  const sum = said.length === 1 ? `${said[0] ?? ''}.` : `${said.join(' + ')} = ${count(counts.done)}.`;
  return counts.children === 0 ? sum : `${sum} Inside them ${counted(counts.children, 'attachment')}.`;
}
