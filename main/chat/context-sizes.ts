/** How many tokens a question's material takes, piece by piece: as its model counts them where it can, else estimated from above. Pure. */
import { estimateTokens } from './estimate-tokens.ts';
import type { LeavingText } from './leaving.ts';
import type { ToPack } from './pack-context.ts';
import { instructionTokens, passageBlock, sampleFence, systemText, toRequest } from './prompt.ts';

/** What is to be packed, as it would leave. */
export interface Arranged<P, T> {
  readonly asked: LeavingText;
  readonly listed: readonly (P & { readonly title: LeavingText; readonly text: LeavingText })[];
  readonly said: readonly (T & { readonly question: LeavingText; readonly answer: LeavingText })[];
}

export type ContextSizes = Pick<ToPack, 'fixedTokens' | 'turns' | 'passages'>;

/** What the form takes around a passage, and around a turn or the whole, in tokens; of what is counted, only what a model's own form of a conversation adds and where pieces meet. */
const frameTokens = { estimated: { passage: 60, turn: 12, whole: 120 }, counted: { passage: 4, turn: 16, whole: 100 } } as const;

const userText = (question: string): string => toRequest(question, [], 0).messages.map(({ text }) => text).join('\n');

/** The pieces whose tokens are to be counted: what always goes, then each passage in its form, then each turn's question and answer. */
export function piecesToCount({ asked, listed, said }: Arranged<unknown, unknown>): string[] {
  return [
    `${systemText}\n${userText(asked.text)}`,
    ...listed.map(({ title, text }, index) => passageBlock(sampleFence, { number: index + 1, title: title.text, text: text.text })),
    ...said.flatMap(({ question, answer }) => [question.text, answer.text]),
  ];
}

/** The sizes by the counts of `piecesToCount`, in its order; null for counts that are not of these pieces. */
export function countedSizes({ listed, said }: Arranged<unknown, unknown>, counts: readonly number[]): ContextSizes | null {
  if (counts.length !== 1 + listed.length + said.length * 2 || !counts.every((count) => Number.isSafeInteger(count) && count >= 0)) return null;
  const { passage, turn, whole } = frameTokens.counted;
  const [fixed = 0, ...rest] = counts;
  const turns = rest.slice(listed.length);
  return { fixedTokens: fixed + whole, passages: rest.slice(0, listed.length).map((tokens) => tokens + passage), turns: said.map((_each, index) => (turns[index * 2] ?? 0) + (turns[index * 2 + 1] ?? 0) + turn) };
}

/** The sizes by an estimate from above. */
export function estimatedSizes({ asked, listed, said }: Arranged<unknown, unknown>): ContextSizes {
  const { passage, turn, whole } = frameTokens.estimated;
  return {
    fixedTokens: estimateTokens(userText(asked.text)) + instructionTokens + whole,
    passages: listed.map(({ title, text }) => estimateTokens(title.text) + estimateTokens(text.text) + passage),
    turns: said.map(({ question, answer }) => estimateTokens(question.text) + estimateTokens(answer.text) + turn),
  };
}
