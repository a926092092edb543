import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../../main/base/errors.ts';
import { addCase, CallFailed, createdEngine, ingested, lockedEngine } from '../../support/engines.ts';
import { startModelServer } from '../../support/model-servers/model-server.ts';
import { tempFolder } from '../../support/vaults.ts';

test('personal data is found while the vault is locked, for each text in its order', async () => {
  const engine = lockedEngine(tempFolder());
  const found = await engine.call('entities.personal-data', { texts: [{ id: 'b', text: 'Card 4111 1111 1111 1111' }, { id: 'a', text: '' }] });
  expect(found).toEqual([{ id: 'b', spans: [{ start: 5, end: 24, type: 'CREDIT_CARD', text: '4111 1111 1111 1111', value: '4111111111111111' }] }, { id: 'a', spans: [] }]);
  await engine.close();
});

test('more text than a call may have is refused, and the refusal repeats none of it', async () => {
  const engine = lockedEngine(tempFolder());
  const half = 'secret '.repeat(150_000);
  const failure = await engine.call('entities.personal-data', { texts: [{ id: '1', text: half }, { id: '2', text: half }] }).then(() => null, (error: unknown) => error);
  expect(failure).toBeInstanceOf(CallFailed);
  expect((failure as CallFailed).wire).toMatchObject({ code: 'bridge.invalid-input', data: { fields: ['texts'] } });
  expect(JSON.stringify((failure as CallFailed).wire)).not.toContain('secret');
  await engine.close();
});

test('other calls are answered between the parts of a long text, and a stop ends it', async () => {
  const engine = lockedEngine(tempFolder());
  const controller = new AbortController();
  let isDone = false;
  const long = engine.call('entities.personal-data', { texts: [{ id: '1', text: 'Anna Schmidt wrote to Acme Ltd. '.repeat(30_000) }] }, undefined, controller.signal).finally(() => { isDone = true; });
  const outcome = long.then(() => null, (error: unknown) => error);
  expect((await engine.call('markings.read', { text: 'SECRET' })).canonical).toBe('SECRET');
  await new Promise((resolve) => { setTimeout(resolve, 5); });
  expect(isDone).toBe(false);
  controller.abort(new Error('enough'));
  expect(await outcome).toMatchObject({ wire: { code: 'bridge.cancelled' } });
  await engine.close();
});

test('when personal data cannot be looked for neither a preview nor a question sends anything, and no question is kept', async () => {
  const died = (): Promise<never> => Promise.reject(new AppError('bridge.internal', 'Personal data could not be looked for. Nothing was sent.'));
  const engine = await createdEngine(join(tempFolder(), 'vault'), { personalData: { find: died, tell: died, hide: died, close: () => Promise.resolve() } });
  const folder = tempFolder();
  writeFileSync(join(folder, 'note.txt'), 'The pier lamp is lit at eight. Anna Schmidt lights it.');
  const caseId = await addCase(engine, 'Harbour');
  await ingested(engine, caseId, [folder]);
  let requests = 0;
  const server = await startModelServer((response) => { requests += 1; response.end('{}'); });
  onTestFinished(() => server.close());
  const { endpoint } = await engine.call('endpoints.add', { name: 'Harbour model', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'small-1', ceiling: 'SECRET//NOFORN' });
  for (const replacePersonalData of [true, false, null]) {
    const asked = { case: caseId, conversation: null, question: 'When is the pier lamp lit?', endpoint, replacePersonalData };
    await expect(engine.call('chat.preview', asked)).rejects.toMatchObject({ wire: { code: 'bridge.internal' } });
    await expect(engine.call('chat.ask', asked)).rejects.toMatchObject({ wire: { code: 'bridge.internal' } });
  }
  expect(requests).toBe(0);
  expect((await engine.call('chat.conversations', { case: caseId })).conversations).toEqual([]);
  await engine.close();
});
