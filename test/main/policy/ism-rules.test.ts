import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { brokenHere, ismId, ismRules, notExpressible } from '../../support/ism-rules.ts';

const others = Object.values(notExpressible).flat();
/** The rules themselves, which are not kept here; the folder is looked for as test/perf does. */
const file = join(process.env['REDOUBT_DATA'] ?? resolve(import.meta.dirname, '../../../../shared/data'), 'markings', 'ism-rules.txt');
if (!existsSync(file)) console.warn('ism-rules.txt is not here (set REDOUBT_DATA to the data folder): that the list of rules is complete is not checked');

describe('the ISM rules', () => {
  test.each(ismRules.filter(({ differs }) => differs === undefined).map((rule) => [ismId(rule.id), rule.asks, rule] as const))('%s: %s', (_id, _asks, rule) => {
    expect([...rule.refuses ?? [], ...rule.accepts ?? [], ...rule.reads ?? [], ...rule.rollsUp ?? []]).not.toEqual([]);
    expect(brokenHere(rule)).toEqual([]);
  });

  test.each(ismRules.flatMap((rule) => (rule.differs === undefined ? [] : [[ismId(rule.id), rule.differs, rule] as const])))('%s does not hold here, because %s', (_id, _why, rule) => {
    expect(brokenHere(rule)).not.toEqual([]);
  });

  test('each of the 319 is judged once, or said to be about something else', () => {
    const all = [...ismRules.map(({ id }) => id), ...others];
    expect(new Set(all).size).toBe(all.length);
    expect(all.length).toBe(319);
  });

  test.skipIf(!existsSync(file))('the numbers are those of the rules, and what is said to be removed was', () => {
    const rules = readFileSync(file, 'utf8').trimEnd().split('\n').map((line) => line.split('\t'));
    const numberOf = ([, id = '']: readonly string[]): number => Number(id.slice(-5));
    expect([...new Set(rules.map(numberOf))].sort((a, b) => a - b)).toEqual([...ismRules.map(({ id }) => id), ...others].sort((a, b) => a - b));
    const removed = rules.filter(([, , text = '']) => /removed|skipped/i.test(text)).map(numberOf).sort((a, b) => a - b);
    expect(notExpressible['removed from the schema, or never published']).toEqual(removed);
  });
});
