import { AppError } from '../base/errors.ts';

/** Traffic Light Protocol 2.0 (FIRST, 2022), least restrictive first. */
export const tlpLabels = ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'] as const;
export type TlpLabel = (typeof tlpLabels)[number];

export interface TlpMarking {
  readonly scheme: 'tlp';
  readonly label: TlpLabel;
}

/** TLP:AMBER+STRICT. */
export function tlpText({ label }: TlpMarking): string {
  return `TLP:${label}`;
}

/** The label that a text says, in any case; WHITE is what 1.0 called CLEAR. Throws policy.bad-marking with `at` and `rule`. */
export function parseTlp(text: string): TlpMarking {
  const found = /^\s*TLP:\s*(.*?)\s*$/is.exec(text);
  const word = (found?.[1] ?? '').toUpperCase();
  const label = tlpLabels.find((known) => known === (word === 'WHITE' ? 'CLEAR' : word));
  if (label === undefined) throw new AppError('policy.bad-marking', `A TLP label is one of ${tlpLabels.map((known) => `TLP:${known}`).join(', ')}.`, { data: { at: Math.max(0, text.search(/TLP:/i)), rule: 'TLP 2.0' } });
  return { scheme: 'tlp', label };
}

/** The most restrictive of the labels; CLEAR for none. */
export function rollUpTlp(all: readonly TlpMarking[]): TlpMarking {
  return { scheme: 'tlp', label: tlpLabels[Math.max(0, ...all.map(({ label }) => tlpLabels.indexOf(label)))] ?? 'RED' };
}
