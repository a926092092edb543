import type { PersonalDataType } from './span.ts';

/** The types that only context tells. Rules find the others. */
export const contextTypes = ['PERSON', 'STREET_ADDRESS', 'GPE', 'ORGANIZATION', 'TITLE', 'NRP', 'DATE_TIME', 'AGE', 'ZIP_CODE', 'PHONE_NUMBER'] as const satisfies readonly PersonalDataType[];

/** Tags of tokens: 0 is outside, 1 + 2k begins a span of `contextTypes[k]`, 2 + 2k goes on with it. */
export const tagCount = 1 + 2 * contextTypes.length;

export const beginTag = (typeIndex: number): number => 1 + 2 * typeIndex;
export const insideTag = (typeIndex: number): number => 2 + 2 * typeIndex;

/** True when `next` may follow `previous`: a span goes on only behind itself. */
export function mayFollow(previous: number, next: number): boolean {
  const isInside = next > 0 && next % 2 === 0;
  return !isInside || previous === next || previous === next - 1;
}
