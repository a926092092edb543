/** Whether a question is about everything in scope, by its form alone. Pure, and the same for every reader and model. */
import type { Wanted } from '../../../preload/contract/domains/exhaustive.ts';

/** A question about everything. `rest` is what stands behind the asking words: the thing asked for and its conditions. */
export interface ExhaustiveQuestion {
  readonly wanted: Wanted;
  readonly rest: string;
  /** True for a sum, an average or an extreme: only a table can answer it, and without one it is a question like others. */
  readonly isFigure: boolean;
}

const polite = /^(?:(?:please|kindly|now|so|and|ok|okay|also|then)[,\s]+|(?:can|could|would|will) you (?:please )?|(?:tell|show|give) me[,:]? (?=how many|which|whether|if|the number)|i (?:want|need|would like|'d like) (?:to know|to see|you to)?[,:]?\s*|do you know |let me know |whether |if )+/i;

/** What a collection is made of, as people say it. */
const things = '(?:documents?|files?|e-?mails?|mails?|messages?|pdfs?|spreadsheets?|workbooks?|images?|scans?|web ?pages?|attachments?|items?|records?|texts?|rows?|entries|entry|lines?|mentions?|occurrences?|places)';
const ownWords = '(?:relevant|irrelevant|not relevant|uncoded|deferred|duplicate|annotated|quarantined|unread|word|text|csv|excel|markdown|different|distinct|other)';
const thing = `(?:${ownWords} )*${things}\\b`;

type Rule = readonly [Wanted, RegExp];

/** The last group of each is the rest. */
const rules: readonly Rule[] = [
  ['count', /^(?:exactly |about |roughly |approximately )?how many (?:of (?:the|these|those|our|my|all) )?(.+)/i],
  ['count', /^in (?:exactly )?how many (?:of (?:the|these|those) )?(.+)/i],
  ['count', /^how often (.+)/i],
  ['count', /^(?:what(?:'s|’s| is| was| are)|give(?: me)?|find|get|state|show(?: me)?|determine|calculate) (?:the )?(?:total |exact |overall |full )*(?:number|count|tally) of (?:all |the )*(.+)/i],
  ['count', /^(?:the )?(?:total )?number of (.+)/i],
  ['count', /^(?:count|tally)(?: up)? (?:all |every |each |of |the )*(.+)/i],
  ['list', /^(?:list|enumerate|name|show|find|give|get|identify|collect|gather|pull(?: up)?|return|display|extract)(?: me| us)? (?:(?:all|every|each)(?: (?:of|single))?|every one of)(?: the| these| those)? (.+)/i],
  ['list', /^(?:list|enumerate)(?: me| out)?(?: the| any)? (.+)/i],
  ['list', /^(?:show|give|get|find)(?: me)? (?:a |the )?(?:complete |full )?list of (?:all |every |the )*(.+)/i],
  ['list', /^(?:a |the )?(?:complete |full )?list of (?:all |every |the )*(.+)/i],
  ['list', /^(?:in )?(?:which|what) (?:of (?:the|these|those|our|my|all)(?: the)? )(.+)/i],
  ['list', new RegExp(`^(?:in |from )?(?:which|what) (${thing}.*)`, 'i')],
  ['list', new RegExp(`^(?:show|find|get|give|open|see)(?: me)? (?:the |any )?(${thing} .+)`, 'i')],
  ['list', /^what (?:are|were) all (?:of )?(?:the )?(.+)/i],
  ['list', new RegExp(`^(?:every|each|all)(?: of)?(?: the)? (${thing}.*)`, 'i')],
  ['list', /^(?:who (?:all|are all|were all)|(?:every(?:one|body)|all (?:the )?people) (?:who|that)) (.+)/i],
  ['list', /^(who (?!was|is)\w+ .*\ball\b.*)/i],
  ['exists', /^(?:is|are|was|were) there (?:any(?:thing|one|body)?|at least one|(?:even )?a single|even one) (?:of the )?(.+)/i],
  ['exists', new RegExp(`^(?:is|are|was|were) there (?:a|an|some) (${thing}.*)`, 'i')],
  ['exists', new RegExp(`^(?:do|does|did|has|have|is|are) (?:any|at least one)(?: of)?(?: the| these| those)? (${thing}.*)`, 'i')],
  ['exists', /^((?:do|does|did|has|have) any(?:one|body|thing) .+)/i],
  ['exists', new RegExp(`^(?:do we have |have we got )?any (${thing}.*)`, 'i')],
  ['exists', /^((?:is|are|was|were|has|have|does|do|did) .+ (?:(?:ever |anywhere )?(?:been )?(?:mentioned|named|referred to|appear|occur|come up))(?: (?:anywhere|at all|ever|in any .+|in the case|in this case))+)$/i],
];

const figures = /\b(?:total|sum|in total|altogether|average|mean|highest|largest|biggest|greatest|most|maximum|max|lowest|smallest|least|cheapest|minimum|min|top \d+|top (?:two|three|five|ten)|earliest|latest)\b/i;

/** The question without its courtesies and its closing marks, on one line. */
function plain(text: string): string {
  return text.replace(/\s+/g, ' ').trim().replace(polite, '').replace(/[\s?!.]+$/, '').trim();
}

/** Reads a question; null for one that passages answer. */
export function classifyQuestion(text: string): ExhaustiveQuestion | null {
  // Several sentences tell a story around the question: they are no plan.
  const line = plain(text);
  for (const [wanted, pattern] of rules) {
    const rest = pattern.exec(line)?.at(-1)?.trim();
    if (rest !== undefined && rest !== '') return { wanted, rest: wanted === 'count' && /^how often/i.test(line) ? `times ${rest}` : rest, isFigure: false };
  }
  return figures.test(line) ? { wanted: 'count', rest: line, isFigure: true } : null;
}
