import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { CaseId, JobId } from '../../../preload/contract/domains/basics.ts';
import type { DocumentLine } from '../../../preload/contract/domains/documents.ts';
import { addCase, createdEngine, ingested, unlockedEngine, type TestEngine } from '../../support/engines.ts';
import { archiveWithHeldMembers, mailWithLockedArchive } from '../../support/locked-archives.ts';
import { tempFolder } from '../../support/vaults.ts';

function dumpOf(): string {
  const dump = join(tempFolder(), 'dump');
  mkdirSync(dump);
  writeFileSync(join(dump, 'a.zip'), archiveWithHeldMembers);
  writeFileSync(join(dump, 'b.eml'), mailWithLockedArchive);
  writeFileSync(join(dump, 'c.txt'), 'A file that is read.');
  return dump;
}

async function scene(): Promise<{ readonly engine: TestEngine; readonly caseId: CaseId; readonly job: JobId }> {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour');
  const { job } = await ingested(engine, caseId, [dumpOf()]);
  return { engine, caseId, job };
}

const heldOf = async (engine: TestEngine, caseId: CaseId, job: JobId) => (await engine.call('ingest.held-members', { case: caseId, job, offset: 0, limit: 100 })).items;

test('what is held inside a job’s containers, at any depth, is counted by reason and listed by path', async () => {
  const { engine, caseId, job } = await scene();
  expect((await heldOf(engine, caseId, job)).map(({ path, reason }) => [path, reason.code])).toEqual([
    ['dump/a.zip!/damaged.txt', 'member.damaged'], ['dump/a.zip!/locked.txt', 'encrypted'], ['dump/b.eml!/logs.zip!/locked.txt', 'encrypted'],
  ]);
  const { failures } = await engine.call('ingest.failures', { case: caseId, job });
  expect(failures.filter(({ members }) => members > 0).map(({ reason, members, firstPath, canRetry, canUnlock }) => [reason.code, members, firstPath, canRetry, canUnlock])).toEqual([
    ['encrypted', 2, 'dump/a.zip!/locked.txt', false, true], ['member.damaged', 1, 'dump/a.zip!/damaged.txt', false, false],
  ]);
});

test('a password opens what is held inside: it keeps its place, is found by its words, and nothing else changes', async () => {
  const { engine, caseId, job } = await scene();
  const [, before] = await heldOf(engine, caseId, job);
  const documentsBefore = await pathsOf(engine, caseId);
  await engine.call('ingest.retry', { case: caseId, job, passwords: ['north', 'south'] });
  const ended = await engine.call('ingest.watch', { case: caseId, job });
  expect(ended).toMatchObject({ state: 'done', counts: { quarantined: 0, children: documentsBefore.length - 3 } });
  expect((await heldOf(engine, caseId, job)).map(({ path }) => path)).toEqual(['dump/a.zip!/damaged.txt']);
  const reasonOf = async (path: string): Promise<string | undefined> => (await linesOf(engine, caseId)).find((line) => line.path === path)?.reason?.sentence;
  expect(await reasonOf('dump/a.zip')).toBe('1 of 3 members could not be read; each says why.');
  expect(await reasonOf('dump/b.eml!/logs.zip')).toBeUndefined();
  const { text } = await engine.call('documents.text', { case: caseId, document: before?.document ?? expect.fail('nothing was held') });
  expect(text).toBe('The crane stood at berth 4 all night.');
  const found = await engine.call('sets.open', { case: caseId, source: { kind: 'search', query: 'pilot' } });
  expect(found.total).toBe(1);
  expect(await pathsOf(engine, caseId)).toEqual(documentsBefore);
  expect(await engine.call('vault.verify', {})).toEqual({ ok: true, problems: [] });
});

test('a try that was broken off by a lock is not the last: the members stay listed, and their password opens them later', async () => {
  const vault = join(tempFolder(), 'vault');
  const before = await createdEngine(vault);
  const caseId = await addCase(before, 'Harbour');
  const { job } = await ingested(before, caseId, [dumpOf()]);
  const held = await heldOf(before, caseId, job);
  await before.call('ingest.retry', { case: caseId, job, passwords: ['north', 'south'] });
  await before.close();

  const after = await unlockedEngine(vault);
  onTestFinished(() => after.close());
  await after.call('cases.open', { case: caseId, resume: true });
  await after.call('ingest.watch', { case: caseId, job });
  const still = await heldOf(after, caseId, job);
  expect(held.map(({ path }) => path)).toEqual(expect.arrayContaining(still.map(({ path }) => path)));
  await after.call('ingest.retry', { case: caseId, job, passwords: ['north', 'south'] });
  const ended = await after.call('ingest.watch', { case: caseId, job });
  expect(ended).toMatchObject({ state: 'done', counts: { unchanged: 0 } });
  expect((await heldOf(after, caseId, job)).map(({ path }) => path)).toEqual(['dump/a.zip!/damaged.txt']);
});

test('a try without a new password reads no container again, and a wrong one leaves all as it was and says so', async () => {
  const { engine, caseId, job } = await scene();
  const before = await heldOf(engine, caseId, job);
  await engine.call('ingest.retry', { case: caseId, job });
  await engine.call('ingest.watch', { case: caseId, job });
  await engine.call('ingest.retry', { case: caseId, job, passwords: ['wrong'] });
  const ended = await engine.call('ingest.watch', { case: caseId, job });
  expect(ended).toMatchObject({ state: 'done', counts: { added: 3, duplicates: 0, unchanged: 0 } });
  const after = await heldOf(engine, caseId, job);
  expect(after.map(({ path, document }) => [path, document])).toEqual(before.map(({ path, document }) => [path, document]));
  // That it was tried is said.
  expect(after.map(({ reason }) => reason.code)).toEqual(['member.damaged', 'password.needed', 'password.needed']);
});

async function linesOf(engine: TestEngine, caseId: CaseId): Promise<DocumentLine[]> {
  const all: DocumentLine[] = [];
  await engine.call('documents.list', { case: caseId }, ({ lines }) => all.push(...lines));
  return all;
}

const pathsOf = async (engine: TestEngine, caseId: CaseId): Promise<string[]> => (await linesOf(engine, caseId)).map(({ path }) => path).sort();
