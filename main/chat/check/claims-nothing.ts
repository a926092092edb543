/**
 * Sentences that claim nothing: a heading that names a matter, and a line that only says that something follows. They need no quote, and a
 * word of doubt on them would teach people to pass over such words. Whatever has a number, a date or a name, denies, or says that something
 * was or did, is a claim. Pure.
 */
import { stemOf } from '../stems.ts';
import type { Claim } from './claim.ts';
import { keyOf } from './words.ts';

/** Words about the text itself, its sources and its order: none of them says anything of a matter. */
const aboutText = 'answer answers passage passages document documents text texts source sources file files record records report reports evidence information material materials detail details point points finding findings fact facts summary summaries overview conclusion conclusions introduction background timeline chronology context question questions list following follow follows below above key main relevant available given based according say says said state states stated mention mentions mentioned describe describes described show shows shown contain contains tell tells indicate indicates note notes notable provide provides provided important brief briefly short note overall appendix analysis discussion result results remark remarks observation observations part section sections quote quotes cited citation citations reference references open next step steps recommendation recommendations caveat caveats limitation limitations assessment topic topics item items example examples'.split(' ');
const aboutTextKeys = new Set(aboutText.flatMap((word) => [keyOf(word), keyOf(stemOf(word))]));
const isAboutText = (key: string): boolean => aboutTextKeys.has(key);

/** Something was, is, had or did: a sentence, whatever it stands as. */
const finite = /(?<![\p{L}])(?:is|are|was|were|be|been|has|have|had|does|did|will|would|can|could|may|might|must|shall|should|ain[’']t|[\p{L}]+n[’']t)(?![\p{L}])/iu;
/** "Here is what they say", "The following are": the one place where these words say nothing. */
const opensList = /^(?:(?:based on|according to|from|in|judging by) (?:the|these|this|your) [\p{L} ]{3,40}, )?(?:here (?:is|are)|below (?:is|are)|the following (?:is|are)|these are|this is)\b/iu;
/** The matter that a line is about, behind all that it says. */
const matter = /\s(?:about|regarding|concerning|on|of)\s[^,;:]{1,80}:$/iu;
const longestHeading = 10;

/** Names in it that are more than capitals: the first word of a sentence has one anyway, and so has every word of a title that speaks of the text. */
function hasName({ names }: Claim): boolean {
  return names.some(({ kind, words }) => kind !== 'subject' && !words.every((word) => isAboutText(keyOf(word)) || isAboutText(keyOf(stemOf(word)))));
}

function hasFigureOrName(claim: Claim): boolean {
  return claim.dates.length > 0 || claim.quantities.length > 0 || claim.quoted.length > 0 || hasName(claim) || claim.isCut;
}

const denies = /(?<![\p{L}])(?:no|not|none|nothing|never|nobody|neither|nor|without)(?![\p{L}])/iu;

/** True for a heading that names a matter and says nothing of it. */
function namesMatter(claim: Claim): boolean {
  const { text } = claim;
  const words = text.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  // "Pump sabotaged" says what was done; "Related documents" does not.
  const isDone = /\p{L}{2}ed[\p{P}\s]*$/iu.test(text) && !claim.words.every(({ key }) => isAboutText(key));
  return words.length > 0 && words.length <= longestHeading && !/[.!?]["”’)\]]*\s*$/.test(text) && !finite.test(text) && !denies.test(text) && !isDone;
}

/** True for a line that says that something follows, in words about the text alone, and about which matter. */
function leadsIn(claim: Claim): boolean {
  const { text } = claim;
  if (!/:\s*$/.test(text) || denies.test(text)) return false;
  const said = text.trim().replace(matter, ':');
  if (finite.test(opensList.test(said) ? said.replace(opensList, '') : said)) return false;
  // What the matter takes away is no word of what is said.
  return claim.words.every(({ key, written }) => isAboutText(key) || !said.toLowerCase().includes(written.toLowerCase()));
}

/** True for a sentence that claims nothing. `kind` is the block that it stands in. */
export function claimsNothing(claim: Claim, kind: 'paragraph' | 'heading' | 'item' | 'quote' | 'row' | 'code'): boolean {
  if (hasFigureOrName(claim)) return false;
  return leadsIn(claim) || (kind === 'heading' && namesMatter(claim));
}
