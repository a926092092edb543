import { readFileSync } from 'node:fs';
import * as z from 'zod';
import { isAppError } from '../../main/base/errors.ts';
import { readMarking, rollUpTexts } from '../../main/policy/index.ts';

const examples = z.array(z.object({ line: z.number(), banner: z.string(), portions: z.array(z.string()) }))
  .parse(JSON.parse(readFileSync(new URL('../fixtures/register-examples.json', import.meta.url), 'utf8')));

/** Examples that come out otherwise, by line of the register’s text, and why. */
const reasonByLine: ReadonlyMap<number, string> = new Map([
  [1314, 'the example takes ISAF apart by its originator’s leave, whose members are in a restricted annex, and its FGI leaves out GBR, which H.3 asks for of a JOINT portion’s owners'],
]);

/** A worked example whose banner line is not what comes out. */
export interface Disagreement {
  readonly line: number;
  readonly banner: string;
  readonly answer: string;
  /** Null for one that nobody has explained. */
  readonly reason: string | null;
}

/** Rolls up the portions of every worked example of the 2016 register. */
export function judgeRegisterExamples(): { readonly examples: number; readonly disagree: readonly Disagreement[] } {
  const disagree = examples.flatMap(({ line, banner, portions }) => {
    const answer = bannerOf(portions);
    return answer === readMarking(banner).banner ? [] : [{ line, banner, answer, reason: reasonByLine.get(line) ?? null }];
  });
  return { examples: examples.length, disagree };
}

function bannerOf(portions: readonly string[]): string {
  try {
    return rollUpTexts(portions).banner;
  } catch (error) {
    if (isAppError(error, 'policy.bad-marking')) return `refused by ${String(error.data['rule'])}`;
    throw error;
  }
}
