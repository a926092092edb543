/** What fits is counted by the model where it can count, and estimated where it cannot, may not, or must not be asked. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Marking } from '../../../preload/contract/domains/basics.ts';
import { countedSizes, estimatedSizes, piecesToCount } from '../../../main/chat/context-sizes.ts';
import { textsToLeave, type LeavingTexts } from '../../../main/chat/leaving.ts';
import { roomOf } from '../../../main/chat/model-room.ts';
import { toPassages } from '../../../main/chat/passages.ts';
import { countMaterial, lookAtQuestion, prepareAsShown, type QuestionLook } from '../../../main/chat/prepare.ts';
import type { PersonalData } from '../../../main/entities/index.ts';
import type { Network } from '../../../main/models/index.ts';
import { toMarking } from '../../../main/policy/index.ts';
import type { CaseStore, EndpointProfile } from '../../../main/store/index.ts';
import { endpointAt } from '../../support/model-servers/asking.ts';
import { addTextDocument, newCase, newVault, tempFolder } from '../../support/vaults.ts';

const never = new AbortController().signal;
const question = 'When was lamp 1234567890 lit?';
const unclassified = toMarking('UNCLASSIFIED');
/** Figures, which an estimate from above takes for a token each. */
const body = (at: number): string => `Lamp ${'1234567890 '.repeat(30)}was lit at ${at}.`;

interface Bench {
  readonly store: CaseStore;
  readonly looked: QuestionLook;
  readonly leaving: LeavingTexts;
}

const nobody = { find: () => Promise.reject(new Error('asked')), tell: () => Promise.reject(new Error('asked')), hide: () => Promise.reject(new Error('asked')), close: () => Promise.resolve() } satisfies PersonalData;

async function bench(profile: Partial<EndpointProfile> = {}, marking: Marking = unclassified, baseUrl = 'http://127.0.0.1:9'): Promise<Bench> {
  const store = newCase(await newVault(join(tempFolder(), 'vault')), 'Case', marking);
  const found = [];
  for (let at = 0; at < 10; at += 1) {
    const { document } = await addTextDocument(store, `${at}.txt`, body(at));
    found.push({ document, page: null, start: 0, end: body(at).length, text: body(at), score: 1 });
  }
  const endpoint = endpointAt(baseUrl, { profile: { contextTokens: 2048, ...profile } });
  const looked = lookAtQuestion(endpoint, question, { found: toPassages(store, found), turns: [], room: roomOf(endpoint) }, { questionMarking: unclassified, leaveOut: [], replacePersonalData: null });
  return { store, looked, leaving: await textsToLeave(nobody, looked.texts, 'leave', never) };
}

/** A network whose model makes a token of each word, and what it was asked to count. */
function counting(): { readonly network: Pick<Network, 'clientFor'>; readonly asked: string[] } {
  const asked: string[] = [];
  const no = (): never => { throw new Error('only counts'); };
  const client: ReturnType<Network['clientFor']> = {
    answer: no, embed: no, probe: no,
    count: async ({ payload }) => {
      asked.push(...payload.texts);
      return payload.texts.map((text) => text.split(/\s+/).length);
    },
  };
  return { network: { clientFor: () => client }, asked };
}

test('a model that counts is given what an estimate would have left out, and it is kept which it was', async () => {
  const { store, looked, leaving } = await bench();
  const { network, asked } = counting();
  const counted = await countMaterial(store, network, looked, leaving, never);
  expect(asked).toHaveLength(1 + 10);
  expect(asked[0]).toContain(question);
  const exact = prepareAsShown(store, looked, leaving, counted, null);
  const estimated = prepareAsShown(store, looked, leaving, null, null);
  expect(exact.passages).toHaveLength(10);
  expect(estimated.passages.length).toBeLessThan(10);
  expect([exact.tokens, estimated.tokens]).toEqual(['counted', 'estimated']);
});

test('what was shown by an estimate is sent as it was shown, though the model counts by then; what was never shown is not', async () => {
  const { store, looked, leaving } = await bench();
  const counted = await countMaterial(store, counting().network, looked, leaving, never);
  const shown = prepareAsShown(store, looked, leaving, null, null);
  expect(prepareAsShown(store, looked, leaving, counted, shown.digest)).toMatchObject({ digest: shown.digest, tokens: 'estimated' });
  expect(prepareAsShown(store, looked, leaving, counted, '0'.repeat(64))).toMatchObject({ tokens: 'counted' });
});

test('nothing is sent anywhere to be counted, nor to a model that may not see all of it', async () => {
  for (const one of [await bench({}, unclassified, 'https://models.example'), await bench({}, toMarking('SECRET'))]) {
    const { network, asked } = counting();
    expect(await countMaterial(one.store, network, one.looked, one.leaving, never)).toBe(null);
    expect(asked).toEqual([]);
    expect(prepareAsShown(one.store, one.looked, one.leaving, null, null).tokens).toBe('estimated');
  }
});

test('counts that are not of the pieces are not believed', () => {
  const text = { text: 'noon', hasPersonalData: false };
  const arranged = { asked: text, listed: [{ title: text, text }], said: [{ question: text, answer: text }] };
  expect(piecesToCount(arranged)).toHaveLength(4);
  expect(countedSizes(arranged, [10, 20, 30, 40])).toEqual({ fixedTokens: 110, passages: [24], turns: [86] });
  for (const counts of [[], [10, 20, 30], [10, 20, 30, -1], [10, 20, 30, Number.NaN]]) expect(countedSizes(arranged, counts)).toBe(null);
  expect(estimatedSizes(arranged).passages).toHaveLength(1);
});
