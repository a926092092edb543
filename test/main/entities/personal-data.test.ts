import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createPersonalData, findPersonalData, hidePersonalData, restoreStandIns, type PersonalData } from '../../../main/entities/index.ts';
import { tempFolder } from '../../support/vaults.ts';

const never = new AbortController().signal;

function opened(entry?: string): PersonalData {
  const personalData = createPersonalData(entry);
  onTestFinished(() => personalData.close());
  return personalData;
}

test('the thread finds what is found without it, across the parts of a long text, one that has no blank to cut at too', async () => {
  const sentence = 'Anna Schmidt of Acme Ltd wrote to bob@acme.example on +49 30 901820 about 4111 1111 1111 1111. ';
  for (const text of [sentence.repeat(600), `${'x'.repeat(16_300)}bob@acme.example${'y'.repeat(9000)} ${sentence}`, '']) {
    expect(await opened().find(text, never)).toEqual(findPersonalData(text));
  }
});

test('texts are hidden together, and the thread’s answer takes the stand-ins back', async () => {
  const texts = ['Anna Schmidt wrote to bob@acme.example.', 'Schmidt had no answer.', 'The pier lamp is lit at eight.'];
  const personalData = opened();
  const hidden = await personalData.hide(texts, never);
  expect(hidden).toEqual(hidePersonalData(texts));
  expect(hidden.texts.join('\n')).not.toMatch(/Schmidt|bob@/);
  expect(hidden.texts.map((text) => restoreStandIns(text, hidden.originals))).toEqual(texts);
  expect(await personalData.tell(texts, never)).toEqual([true, true, false]);
});

test('what is cancelled rejects with its reason, and what waited behind it is answered', async () => {
  const personalData = opened();
  const control = new AbortController();
  const reason = new Error('stopped');
  const long = personalData.find('Anna Schmidt wrote to Acme Ltd. '.repeat(20_000), control.signal);
  const behind = personalData.tell(['bob@acme.example'], never);
  control.abort(reason);
  await expect(long).rejects.toBe(reason);
  expect(await behind).toEqual([true]);
});

test('a thread that dies fails what it was at, without a word of the text', async () => {
  const entry = join(tempFolder(), 'dies.mjs');
  writeFileSync(entry, "import { parentPort } from 'node:worker_threads'; parentPort.on('message', () => process.exit(7));");
  const personalData = opened(entry);
  for (const asked of [personalData.hide(['canary text'], never), personalData.tell(['canary text'], never), personalData.find('canary text', never)]) {
    const error: unknown = await asked.then(() => null, (reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'bridge.internal', data: { thread: 'personal-data' } });
    expect(String(error)).not.toContain('canary');
  }
});
