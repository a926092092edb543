import { expect, test } from 'vitest';
import { asThingsStand, type Look } from '../../../main/chat/leaving.ts';

const never = new AbortController().signal;

test('what changed while texts were made ready is made ready anew, and what is finished is the last look', async () => {
  const looks: (Look & { readonly ceiling: string })[] = [
    { texts: ['a'], way: 'replace', ceiling: 'high' }, { texts: ['a', 'b'], way: 'replace', ceiling: 'high' },
    { texts: ['a', 'b'], way: 'tell', ceiling: 'high' }, { texts: ['a', 'b'], way: 'tell', ceiling: 'low' },
  ];
  const made: string[] = [];
  let at = 0;
  const finished = await asThingsStand({
    gather: () => Promise.resolve(), look: () => looks[at++] ?? { texts: [], way: 'leave', ceiling: 'none' },
    makeReady: async ({ texts, way }) => {
      made.push(`${way} ${texts.join('')}`);
      return `${way} ${texts.join('')}`;
    },
    finish: (looked, ready) => ({ ceiling: looked.ceiling, ready }),
  }, never);
  expect(finished).toEqual({ ceiling: 'low', ready: 'tell ab' });
  expect(made).toEqual(['replace a', 'replace ab', 'tell ab']);
});

test('where nothing was waited for one look is enough', async () => {
  let looks = 0;
  const look = (): Look => { looks += 1; return { texts: ['a'], way: 'leave' }; };
  expect(await asThingsStand({ gather: () => Promise.resolve(), look, makeReady: () => 'ready', finish: (_looked, ready) => ready }, never)).toBe('ready');
  expect(looks).toBe(1);
});

test('a stop while texts are made ready finishes nothing', async () => {
  const control = new AbortController();
  const reason = new Error('stopped');
  const makeReady = async (): Promise<null> => { control.abort(reason); return null; };
  const finish = (): never => { throw new Error('finished'); };
  await expect(asThingsStand({ gather: () => Promise.resolve(), look: (): Look => ({ texts: ['a'], way: 'replace' }), makeReady, finish }, control.signal)).rejects.toBe(reason);
});
