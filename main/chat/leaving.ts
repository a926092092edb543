/** Texts as they would leave, and the guard's question put as things stand when it is answered: looking for personal data takes a while, on a thread of its own. */
import { restoreStandIns, type PersonalData, type Pseudonyms } from '../entities/index.ts';
import type { Sending } from '../../preload/contract/domains/chat.ts';

/** A text as it would leave, and whether personal data stays in it. */
export interface LeavingText {
  readonly text: string;
  readonly hasPersonalData: boolean;
}

export interface LeavingTexts {
  /** Takes stand-ins back in what is answered. */
  readonly pseudonyms: Pick<Pseudonyms, 'restore'>;
  readonly replaced: Sending['replaced'];
  /** In the order of the texts. */
  readonly leaving: readonly LeavingText[];
}

/** What is to be done about personal data in texts: stand-ins put in its place; told where it stays; or nothing, where nothing leaves. */
export type PersonalDataWay = 'replace' | 'tell' | 'leave';

/** The texts as they would leave; at once where nothing is to be looked for. Rejects as PersonalData does: then nothing may be sent. */
export function textsToLeave(personalData: PersonalData, texts: readonly string[], way: PersonalDataWay, signal: AbortSignal): LeavingTexts | Promise<LeavingTexts> {
  const asTheyAre = { pseudonyms: { restore: (said: string): string => said }, replaced: [] };
  switch (way) {
    case 'replace': return personalData.hide(texts, signal).then((hidden) => ({
      pseudonyms: { restore: (said) => restoreStandIns(said, hidden.originals) }, replaced: [...hidden.replaced], leaving: hidden.texts.map((text) => ({ text, hasPersonalData: false })),
    }));
    case 'tell': return personalData.tell(texts, signal).then((told) => ({ ...asTheyAre, leaving: texts.map((text, index) => ({ text, hasPersonalData: told[index] ?? true })) }));
    case 'leave': return { ...asTheyAre, leaving: texts.map((text) => ({ text, hasPersonalData: false })) };
  }
}

/** What would leave by how things stand at one moment: endpoint, marks, stored texts. */
export interface Look {
  readonly texts: readonly string[];
  readonly way: PersonalDataWay;
  /** Whose tokens are counted of the texts; absent where none are. */
  readonly model?: string;
}

/** From gathering to the guard. All but `gather` and `makeReady` happen in one turn of the engine. */
export interface Steps<G, L extends Look, R, T> {
  readonly gather: () => Promise<G>;
  readonly look: (gathered: G) => L;
  readonly makeReady: (looked: L) => R | Promise<R>;
  /** Asks the guard, by a look of this moment. */
  readonly finish: (looked: L, ready: R) => T;
}

/**
 * Looks, makes the texts ready, and where that took time looks again, until both looks want the same texts: what is finished is as things
 * stand then. Rejects as the steps do, or with the signal's reason.
 */
export async function asThingsStand<G, L extends Look, R, T>({ gather, look, makeReady, finish }: Steps<G, L, R, T>, signal: AbortSignal): Promise<T> {
  for (let before: { readonly looked: L; readonly ready: R } | null = null; ;) {
    const looked = look(await gather());
    if (before !== null && isSameLook(before.looked, looked)) return finish(looked, before.ready);
    const ready = makeReady(looked);
    if (!(ready instanceof Promise)) return finish(looked, ready);
    before = { looked, ready: await ready };
    signal.throwIfAborted();
  }
}

function isSameLook(a: Look, b: Look): boolean {
  return a.way === b.way && a.model === b.model && a.texts.length === b.texts.length && a.texts.every((text, index) => text === b.texts[index]);
}
