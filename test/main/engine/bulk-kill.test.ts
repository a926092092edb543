/** The engine is killed in the middle of a bulk run, again and again. */
import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import { lockedEngine, testPassphrase, type TestEngine } from '../../support/engines.ts';
import { bulkScene, wordOf } from '../../support/bulk-scene.ts';
import { firstPassSays } from '../../support/bulk-server.ts';
import { seededRandom } from '../../support/random.ts';

const victim = fileURLToPath(new URL('../../support/bulk-kill-victim.ts', import.meta.url));
const [documents, kills] = [60, 5];

async function unlocked(vaultFolder: string): Promise<TestEngine> {
  const engine = lockedEngine(vaultFolder);
  await engine.call('vault.unlock', { with: 'passphrase', secret: Buffer.from(testPassphrase) });
  return engine;
}

test('whenever the engine is killed, what was acknowledged is there, and what was kept is never asked for again', { timeout: 180_000 }, async () => {
  const seed = Number(process.env['REDOUBT_SEED'] ?? Math.floor(Math.random() * 1e9));
  console.log(`bulk kill test: REDOUBT_SEED=${seed}`);
  const random = seededRandom(seed);
  const scene = await bulkScene({ documents, reply: async () => {
    await new Promise((resolve) => { setTimeout(resolve, random.between(5, 30)); });
    return firstPassSays('relevant', 'is lit at eight');
  } });
  const { run } = await scene.start();
  await scene.engine.call('bulk.pause', { case: scene.caseId, run });
  await scene.ended(run);
  await scene.engine.call('bulk.resume', { case: scene.caseId, run });
  await scene.engine.close();
  let acknowledged = 0;
  /** Documents whose answer was on disk at some death, with how often each had been asked about by then. */
  const kept = new Map<string, number>();
  for (let kill = 0; kill < kills; kill += 1) {
    const child = fork(victim, [JSON.stringify({ vaultFolder: scene.vaultFolder, caseId: scene.caseId, run })], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
    const gone = new Promise<void>((resolve) => { child.once('exit', () => resolve()); });
    const wanted = acknowledged + random.between(3, 9);
    const far = new Promise<void>((resolve) => {
      child.on('message', (message) => {
        const { done } = message as { done: number };
        acknowledged = Math.max(acknowledged, done);
        if (done < 0 || done >= wanted) resolve();
      });
    });
    await Promise.race([far, gone]);
    child.kill('SIGKILL');
    await gone;
    const engine = await unlocked(scene.vaultFolder);
    const { results } = await engine.call('bulk.results', { case: scene.caseId, run, state: 'done', limit: 500 });
    expect(results.length).toBeGreaterThanOrEqual(acknowledged);
    expect((await engine.call('vault.verify', {})).problems).toEqual([]);
    for (const { path } of results) {
      const word = wordOf(Number(/(\d+)\.txt$/.exec(path)?.[1]));
      if (!kept.has(word)) kept.set(word, scene.server.asked()[word] ?? 0);
    }
    await engine.close();
  }
  expect(acknowledged).toBeGreaterThan(0);
  const engine = await unlocked(scene.vaultFolder);
  onTestFinished(() => engine.close());
  await engine.call('cases.open', { case: scene.caseId, resume: true });
  expect(await engine.call('bulk.watch', { case: scene.caseId, run })).toMatchObject({ state: 'done', counts: { done: documents, failed: 0, held: 0 } });
  const asked = scene.server.asked();
  expect([...kept].filter(([word, times]) => asked[word] !== times)).toEqual([]);
  // Only what was under way at a death may have been asked twice.
  expect(Object.values(asked).reduce((sum, times) => sum + times - 1, 0)).toBeLessThanOrEqual(kills * 32);
  expect(Object.keys(asked)).toHaveLength(documents);
});
