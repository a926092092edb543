/** What every implementation of the ModelClient port keeps, whatever it speaks and wherever its model runs. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { capabilities } from '../../preload/contract/domains/endpoints.ts';
import { isAppError } from '../../main/base/errors.ts';
import type { ModelClient, ModelEvent } from '../../main/models/index.ts';
import { clearedCount, clearedProbe, clearedRequest, clearedTexts, keyCanary, promptCanary, readAll, shown } from '../support/model-servers/asking.ts';

/** What the model at the other end does. */
export type ModelPlan =
  | { readonly does: 'answer' | 'cut' | 'pause'; readonly text: string }
  | { readonly does: 'stay silent' | 'fail' };

/** A client, and what its model's side knows. */
export interface Subject {
  readonly client: ModelClient;
  /** Times that anything was begun for the client: connections, or work of a process. */
  readonly begun: () => number;
  /** Everything that the client sent. */
  readonly received: () => string;
  /** Resolves when the model has nothing more to do for the client. */
  readonly released: () => Promise<void>;
}

/** One implementation. Its clients are made for the endpoint that `clearedRequest` clears for. */
export interface Implementation {
  readonly name: string;
  /** A model that does so with every question; `vectors` for texts, in their order. `onAsked` is called when a question arrives. Released by `close`. */
  readonly subject: (plan: ModelPlan, more?: { readonly vectors?: readonly (readonly number[])[]; readonly models?: readonly string[]; readonly onAsked?: () => void }) => Promise<Subject>;
  readonly makesVectors: boolean;
  /** Whether somebody can tell tokens; the scripted model makes one of each word. */
  readonly countsTokens: boolean;
  readonly listsModels: boolean;
  readonly close: () => Promise<void>;
}

const open = new AbortController().signal;
const quiet = (): void => undefined;
const asking = ({ client }: Subject, signal = open): Promise<ModelEvent[]> => readAll(client.answer(clearedRequest(), signal));
const joined = (events: readonly ModelEvent[]): string => events.map((event) => (event.kind === 'text' ? event.text : '')).join('');
const caught = (promise: Promise<unknown>): Promise<unknown> => promise.then(() => expect.fail('it did not fail'), (error: unknown) => error);

/** Declares the suite for one implementation. `make` is called before each test. */
export function modelClientSuite(name: string, make: () => Implementation): void {
  describe(`a model client (${name})`, () => {
    let implementation: Implementation;
    beforeEach(() => {
      implementation = make();
    });
    afterEach(() => implementation.close());
    const answering = (text: string): Promise<Subject> => implementation.subject({ does: 'answer', text });
    /** A model that stays silent, and a signal that is given as soon as the question is there. */
    const interrupted = async (): Promise<{ readonly subject: Subject; readonly signal: AbortSignal; readonly reason: Error }> => {
      const controller = new AbortController();
      const reason = new Error('asked no more');
      return { subject: await implementation.subject({ does: 'stay silent' }, { onAsked: () => controller.abort(reason) }), signal: controller.signal, reason };
    };

    test('gives the text, then exactly one end', async () => {
      const events = await asking(await answering('It is due.'));
      expect(joined(events)).toBe('It is due.');
      expect(events.filter(({ kind }) => kind === 'end')).toMatchObject([{ state: 'complete', fault: null }]);
      expect(events.at(-1)?.kind).toBe('end');
    });

    test('answers again, and two questions at once, each for itself', async () => {
      const subject = await answering('It is due.');
      const once = await asking(subject);
      expect(joined(once)).toBe('It is due.');
      const both = await Promise.all([asking(subject), asking(subject)]);
      expect(both.map((events) => [joined(events), events.filter(({ kind }) => kind === 'end').length])).toEqual([['It is due.', 1], ['It is due.', 1]]);
    });

    test('begins nothing until the answer is read', async () => {
      const subject = await answering('Yes.');
      subject.client.answer(clearedRequest(), open);
      expect(subject.begun()).toBe(0);
    });

    test('never calls an answer complete that the token limit cut', async () => {
      const events = await asking(await implementation.subject({ does: 'cut', text: 'It is' }));
      expect([joined(events), events.at(-1)]).toMatchObject(['It is', { kind: 'end', state: 'cut', fault: null }]);
    });

    test('gives words while the model is still writing, and lets go when nobody reads on', async () => {
      const subject = await implementation.subject({ does: 'pause', text: 'It ' });
      for await (const event of subject.client.answer(clearedRequest(), open)) {
        expect(event).toEqual({ kind: 'text', text: 'It ' });
        break;
      }
      await subject.released();
    });

    test('ends with an error, and does not throw, when the model fails; neither key nor prompt is in it', async () => {
      const subject = await implementation.subject({ does: 'fail' });
      const events = await asking(subject);
      const [end] = events;
      expect([events.length, end?.kind === 'end' && end.state, end?.kind === 'end' && end.fault?.code.startsWith('endpoint.')]).toEqual([1, 'error', true]);
      expect(shown(events)).not.toContain(keyCanary);
      expect(shown(events)).not.toContain(promptCanary);
    });

    test('throws the reason of a cancellation while the model is silent, and lets go', async () => {
      const { subject, signal, reason } = await interrupted();
      expect(await caught(asking(subject, signal))).toBe(reason);
      await subject.released();
    });

    test('throws the reason of a cancellation after the first words, and lets go', async () => {
      const subject = await implementation.subject({ does: 'pause', text: 'It ' });
      const controller = new AbortController();
      const reason = new Error('asked no more');
      const read = async (): Promise<void> => {
        for await (const event of subject.client.answer(clearedRequest(), controller.signal)) if (event.kind === 'text') controller.abort(reason);
      };
      expect(await caught(read())).toBe(reason);
      await subject.released();
    });

    test('begins nothing when it is cancelled before', async () => {
      const reason = new Error('asked no more');
      const subject = await answering('Yes.');
      const signal = AbortSignal.abort(reason);
      expect(await caught(asking(subject, signal))).toBe(reason);
      expect(await caught(subject.client.embed(clearedTexts(['noon']), signal))).toBe(reason);
      expect(await caught(subject.client.count(clearedCount(['noon']), signal))).toBe(reason);
      expect(await caught(subject.client.probe(clearedProbe(), signal, quiet))).toBe(reason);
      expect(subject.begun()).toBe(0);
    });

    test('refuses whatever was cleared for another endpoint', async () => {
      const subject = await answering('Yes.');
      expect(shown(await caught(readAll(subject.client.answer(clearedRequest({}, 'Other model'), open))))).toContain('cleared for');
      expect(shown(await caught(subject.client.embed(clearedTexts(['noon'], 'Other model'), open)))).toContain('cleared for');
      expect(shown(await caught(subject.client.count(clearedCount(['noon'], 'Other model'), open)))).toContain('cleared for');
      expect(shown(await caught(subject.client.probe(clearedProbe('Other model'), open, quiet)))).toContain('cleared for');
      expect(subject.begun()).toBe(0);
    });

    test('makes one vector for each text, in their order, or says that it makes none', async () => {
      const subject = await implementation.subject({ does: 'answer', text: 'Yes.' }, { vectors: [[1, 0], [0, 0.5]] });
      const made = subject.client.embed(clearedTexts(['noon', 'dusk']), open);
      if (implementation.makesVectors) expect(await made).toEqual([Float32Array.of(1, 0), Float32Array.of(0, 0.5)]);
      else expect(isAppError(await caught(made), 'endpoint.rejected')).toBe(true);
    });

    test('counts the tokens of each text, or says that nobody can, also while it answers', async () => {
      const subject = await implementation.subject({ does: 'pause', text: 'It ' });
      const counted = implementation.countsTokens ? [2, 0, 1] : null;
      const count = (): Promise<readonly number[] | null> => subject.client.count(clearedCount(['at noon', '', 'dusk']), open);
      expect(await count()).toEqual(counted);
      for await (const event of subject.client.answer(clearedRequest(), open)) {
        expect(event.kind).toBe('text');
        expect(await Promise.all([count(), count()])).toEqual([counted, counted]);
        break;
      }
      await subject.released();
    });

    test('tells in a test what it found, and sends only the test’s own text', async () => {
      const subject = await implementation.subject({ does: 'answer', text: 'Yes.' }, { vectors: [[1, 0, 0]], models: ['small-1', 'large-2', 'small-1'] });
      const steps: string[] = [];
      const found = await subject.client.probe(clearedProbe(), open, (step) => steps.push(step));
      expect(capabilities.parse({ testedAt: 0, ...found })).toEqual({ testedAt: 0, ...found });
      expect(found).toMatchObject({ models: implementation.listsModels ? ['small-1', 'large-2'] : [], embeddingDimensions: implementation.makesVectors ? 3 : null, jsonSchema: 'none', tools: false });
      expect(steps).toContain('an answer');
      expect(subject.received()).not.toContain(promptCanary);
    });

    test('throws when what it tests does not answer', async () => {
      const error = await caught((await implementation.subject({ does: 'fail' })).client.probe(clearedProbe(), open, quiet));
      expect(isAppError(error) && error.code.startsWith('endpoint.')).toBe(true);
      expect(shown(error)).not.toContain(keyCanary);
    });

    test('throws the reason when a test is cancelled, and lets go', async () => {
      const { subject, signal, reason } = await interrupted();
      expect(await caught(subject.client.probe(clearedProbe(), signal, quiet))).toBe(reason);
      await subject.released();
    });
  });
}
