/** How far markings agree with the oracles that others wrote: the worked examples of the 2016 register, and the rules of the ISM schema. */
import { brokenHere, ismId, ismRules, notExpressible } from '../support/ism-rules.ts';
import { judgeRegisterExamples } from '../support/register-examples.ts';
import { measured, type PerfScript } from './figures.ts';

/** Judges every example and every rule. Nothing is timed; what disagrees is listed with its reason. */
export const oracles: PerfScript = () => {
  const { examples, disagree } = judgeRegisterExamples();
  const broken = ismRules.map((rule) => ({ rule, here: brokenHere(rule) })).filter(({ here }) => here.length > 0);
  const explained = broken.filter(({ rule }) => rule.differs !== undefined);
  const others = Object.entries(notExpressible);
  return Promise.resolve({
    title: 'markings: agreement with the register and the ISM rules',
    figures: [
      measured('worked examples of the register that agree', examples - disagree.length, `of ${examples}`, { text: 'all but the explained', holds: (agree) => agree + disagree.filter(({ reason }) => reason !== null).length === examples }),
      measured('ISM rules that a text marking can keep or break', ismRules.length, `of ${ismRules.length + others.flatMap(([, ids]) => ids).length}`),
      measured('of these, agree', ismRules.length - broken.length, `of ${ismRules.length}`, { text: 'all but the explained', holds: (agree) => agree + explained.length === ismRules.length }),
      measured('of these, differ with a reason', explained.length, `of ${ismRules.length}`),
      ...others.map(([why, ids]) => measured(`not expressible: ${why}`, ids.length, 'rules')),
    ],
    notes: [
      ...disagree.map(({ line, banner, answer, reason }) => `register, line ${line}: ${banner} comes out as ${answer}: ${reason ?? 'NOT EXPLAINED'}`),
      ...broken.map(({ rule, here }) => `${ismId(rule.id)} (${rule.asks}): ${here.join('; ')}: ${rule.differs ?? 'NOT EXPLAINED'}`),
    ],
  });
};
