/** The words and signs of a bulk run. */
import CircleCheck from 'lucide-react/icons/circle-check';
import CircleX from 'lucide-react/icons/circle-x';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import Pause from 'lucide-react/icons/pause';
import type { BulkPreview, BulkResult, BulkRun } from '../../../preload/contract/domains/bulk.ts';
import { clock, count, counted, day, dayAndMinute, duration, percent } from '../../lib/format.ts';
import { visibleLine } from '../../lib/visible-text.ts';
import type { Glyph } from '../../ui/index.ts';

/** The sign of each state; the word says it to those who do not see it. */
export const signByState: Readonly<Record<BulkRun['state'], { readonly icon: Glyph; readonly word: string }>> = {
  running: { icon: LoaderCircle, word: 'running' },
  paused: { icon: Pause, word: 'paused' },
  done: { icon: CircleCheck, word: 'done' },
  cancelled: { icon: CircleX, word: 'cancelled' },
};

/** Items that came to an end, whatever end. */
export function endedOf({ counts }: Pick<BulkRun, 'counts'>): number {
  return counts.done + counts.failed + counts.held;
}

/** The second line of a run in the list. */
export function runLine(run: BulkRun): string {
  const ended = endedOf(run);
  switch (run.state) {
    case 'running': return run.isListing ? `${count(ended)} done, listing documents` : `${percent(ended, run.counts.total)}${run.leftMs === null ? '' : ` · ${duration(run.leftMs)} left`}`;
    case 'paused': return `paused at ${count(ended)} of ${count(run.counts.total)}`;
    case 'done': return `${counted(run.counts.documents, 'document')} · ${day(run.changedAt)}`;
    case 'cancelled': return `cancelled at ${count(ended)} · ${day(run.changedAt)}`;
  }
}

/** What a run was asked, in one line. */
export function askedLine({ parameters }: Pick<BulkRun, 'parameters'>): string {
  if (parameters === null || typeof parameters !== 'object' || Array.isArray(parameters)) return '';
  const { instruction, fields, focus, question } = parameters;
  if (typeof instruction === 'string') return instruction;
  if (typeof question === 'string') return question;
  if (Array.isArray(fields)) return fields.flatMap((field) => (field !== null && typeof field === 'object' && !Array.isArray(field) && typeof field['name'] === 'string' ? [field['name']] : [])).join(', ');
  return typeof focus === 'string' ? focus : '';
}

/** What goes along with every copy of what a model said of a document. A code is a person's word on it. */
export function resultProvenance({ marking, answer, answeredAt, verdict, documentNumber, path }: Pick<BulkResult, 'marking' | 'answer' | 'answeredAt' | 'verdict' | 'documentNumber' | 'path'>): string {
  const from = `Document ${documentNumber}, ${visibleLine(path)}`;
  if (answer === null) return `${marking.banner}. ${from}.`;
  const { model, kind, version, judged, start, end, batch } = answer;
  const state = judged.proposal === null ? 'State raw' : verdict === null ? 'A proposal, accepted by nobody' : `A proposal; a person coded the document ${proposalWords[verdict]}`;
  return `${marking.banner}. Written by ${visibleLine(model.name)} at ${visibleLine(model.endpoint)}${answeredAt === null ? '' : `, ${dayAndMinute(answeredAt)}`}, prompt ${kind} version ${version}${batch === null ? '' : `, from batch ${batch.slice(0, 8)}`}. From ${from}, characters ${count(start)} to ${count(end)}. ${state}.`;
}

/** How the endpoint takes it just now; null when there is nothing to say. */
export function laneLine({ lane, endpoint }: Pick<BulkRun, 'lane' | 'endpoint'>): string | null {
  if (lane === null) return null;
  if (lane.circuit === 'open') return `${endpoint.name} has too much or fails. Nothing is sent${lane.retryAt === null ? '' : ` until ${clock(lane.retryAt)}`}, then one request finds out.`;
  if (lane.circuit === 'trying') return `One request finds out whether ${endpoint.name} answers again.`;
  return lane.isPersonAsking ? 'A question of yours goes first.' : null;
}

/** Verdict words of a proposal. */
export const proposalWords = { relevant: 'Relevant', 'not-relevant': 'Not relevant', deferred: 'Unsure' } as const;

/** The first line that a result has to show of what was said: a reason, a value, a sentence. */
export function saidLine({ answer, reason }: BulkResult): string {
  if (answer === null) return reason?.sentence ?? '';
  return answer.judged.entries.map(({ name, text }) => (name === 'Reason' || name === 'Sentence' ? text : `${name}: ${text}`)).join(' · ');
}

/** What a run would do, as a sentence for the form. */
export function previewLine(preview: BulkPreview): string {
  const { documents, items, withoutText, known, promptTokens, completionTokens } = preview;
  const parts = [
    `${counted(documents, 'document')} in ${counted(items, 'request')}`,
    ...(known > 0 ? [`${count(known)} answered already`] : []),
    ...(withoutText > 0 ? [`${count(withoutText)} without text`] : []),
    `about ${count(promptTokens)} tokens in and at most ${count(completionTokens)} out`,
  ];
  return `${parts.join(', ')}.`;
}

/** Fields as they are written in the form, one a line: `Name: what it is`. */
export function readFields(text: string): { readonly name: string; readonly what: string }[] {
  return text.split('\n').flatMap((line) => {
    const at = line.indexOf(':');
    const name = (at < 0 ? line : line.slice(0, at)).trim();
    return name === '' ? [] : [{ name, what: at < 0 ? '' : line.slice(at + 1).trim() }];
  });
}
