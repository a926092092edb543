/** What a script measured, and how it is printed. */

/** One line: a value, what it is compared with in the same run, and the bar that DESIGN.md sets. */
export interface Figure {
  readonly what: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: { readonly name: string; readonly value: number };
  /** Value over baseline. */
  readonly ratio?: number;
  readonly bar?: { readonly text: string; readonly isMet: boolean };
}

export interface Report {
  readonly title: string;
  readonly figures: readonly Figure[];
  /** What was left out, and why. */
  readonly notes: readonly string[];
}

/** What a script may be told. */
export interface PerfOptions {
  /** Smaller corpora: for trying the scripts out. */
  readonly small: boolean;
  readonly log: (line: string) => void;
}

export type PerfScript = (options: PerfOptions) => Promise<Report>;

/** A value against its baseline. `bar` is judged on the ratio. */
export function compared(what: string, value: number, unit: string, name: string, baseline: number, bar?: { readonly text: string; readonly holds: (ratio: number) => boolean }): Figure {
  const ratio = value / baseline;
  return { what, value, unit, baseline: { name, value: baseline }, ratio, ...(bar === undefined ? {} : { bar: { text: bar.text, isMet: bar.holds(ratio) } }) };
}

/** A value on its own. `bar` is judged on the value. */
export function measured(what: string, value: number, unit: string, bar?: { readonly text: string; readonly holds: (value: number) => boolean }): Figure {
  return { what, value, unit, ...(bar === undefined ? {} : { bar: { text: bar.text, isMet: bar.holds(value) } }) };
}

/** The value below which a share of the values lies, nearest rank. NaN for none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(share * sorted.length) - 1))] ?? Number.NaN;
}

export const median = (values: readonly number[]): number => percentile(values, 0.5);

function shown(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : value.toFixed(Math.abs(value) >= 10 ? 1 : 2);
}

/** A report as a table of text. */
export function table({ title, figures, notes }: Report): string {
  const rows = figures.map(({ what, value, unit, baseline, ratio, bar }) => [
    what, `${shown(value)} ${unit}`, baseline === undefined ? '' : `${baseline.name} ${shown(baseline.value)}`, ratio === undefined ? '' : `${ratio.toFixed(2)}x`, bar?.text ?? '', bar === undefined ? '' : bar.isMet ? 'ok' : 'miss',
  ]);
  const all = [['what', 'value', 'baseline', 'ratio', 'bar', ''], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => (row[column] ?? '').length))) ?? [];
  const lines = all.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ').trimEnd());
  return [`== ${title}`, ...lines, ...notes.map((line) => `note: ${line}`)].join('\n');
}
