/** Batch files out and back in, and files that mean no good. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { BulkRunId, DocumentId } from '../../../preload/contract/domains/basics.ts';
import { batchForm, isSameModel } from '../../../main/models/index.ts';
import { firstPassSays, userOf } from '../../support/bulk-server.ts';
import { bulkScene, wordOf, type BulkScene, type SceneOptions } from '../../support/bulk-scene.ts';
import { clearedRequest, endpointAt } from '../../support/model-servers/asking.ts';
import { tempFolder } from '../../support/vaults.ts';

interface Line {
  readonly custom_id: string;
  readonly url: string;
  readonly method: string;
  readonly body: { readonly model: string; readonly messages: { readonly role: string; readonly content: string }[] };
}

const none = '' as DocumentId;
const parse = (text: string): Line[] => text.split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Line);
const good = ({ custom_id: id }: { readonly custom_id: string }, model = 'small-1', content = firstPassSays('relevant', 'is lit at eight')): string =>
  JSON.stringify({ id: 'x', custom_id: id, response: { status_code: 200, request_id: 'r', body: { object: 'chat.completion', model, choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }], usage: { prompt_tokens: 50, completion_tokens: 9 } } }, error: null });

async function exported(options: Partial<SceneOptions> & { readonly documents: number }): Promise<{ readonly scene: BulkScene; readonly run: BulkRunId; readonly folder: string; readonly lines: Line[]; readonly held: number }> {
  const scene = await bulkScene({ reply: () => firstPassSays('relevant'), ...options });
  const { run } = await scene.start({ isForBatch: true });
  expect(await scene.ended(run)).toMatchObject({ state: 'paused', reason: { code: 'bulk.for-batch' } });
  const folder = tempFolder();
  const { batches, held } = await scene.engine.call('bulk.export', { case: scene.caseId, run, format: 'openai', folder });
  const lines: Line[] = [];
  for (const { name, requests, sha256 } of batches) {
    const text = readFileSync(join(folder, name), 'utf8');
    expect(createHash('sha256').update(text).digest('hex')).toBe(sha256);
    const own = parse(text);
    expect(own).toHaveLength(requests);
    lines.push(...own);
  }
  expect(readdirSync(folder)).toEqual(batches.map(({ name }) => name));
  return { scene, run, folder, lines, held };
}

async function imported({ scene, run }: { readonly scene: BulkScene; readonly run: BulkRunId }, ...lines: readonly string[]) {
  const path = join(tempFolder(), 'results.jsonl');
  writeFileSync(path, lines.join('\n'));
  return scene.engine.call('bulk.import', { case: scene.caseId, run, path });
}

test('a run goes out as an OpenAI batch file and comes back unordered and in parts, and nothing of it is ever sent over the network', async () => {
  const place = await exported({ documents: 4 });
  const { scene, run, lines, folder } = place;
  expect(lines).toHaveLength(4);
  expect(new Set(lines.map(({ custom_id: id }) => id)).size).toBe(4);
  for (const { url, method, body, custom_id: id } of lines) {
    expect([url, method, body.model]).toEqual(['/v1/chat/completions', 'POST', 'small-1']);
    expect(body).not.toHaveProperty('stream');
    expect(id).toMatch(/^[0-9A-Z]{32}$/);
    expect(userOf(JSON.stringify(body))).toMatch(/lampword\dx/);
  }
  expect(statSync(join(folder, readdirSync(folder)[0] ?? '')).mode & 0o077).toBe(0);
  const [first, second, third, fourth] = lines;
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) throw new Error('no lines');
  expect(await imported(place, good(third), good(first, 'small-1-2026-01-02'))).toMatchObject({ kept: 2, missing: 2, refusedLines: 0 });
  expect(await scene.ended(run)).toMatchObject({ state: 'paused', reason: { code: 'bulk.in-batches' }, counts: { done: 2, leased: 2 } });
  expect(await imported(place, good(first), good(second), good(fourth))).toMatchObject({ kept: 2, known: 1, missing: 0 });
  expect(await scene.ended(run)).toMatchObject({ state: 'done', counts: { done: 4 }, spent: { requests: 0, promptTokens: 200, completionTokens: 36 } });
  expect((await scene.results(run)).every(({ answer }) => answer?.batch !== null && answer?.judged.proposal === 'relevant')).toBe(true);
  expect(scene.server.requests).toHaveLength(0);
  expect((await scene.engine.call('bulk.batches', { case: scene.caseId, run })).batches).toMatchObject([{ requests: 4, returned: 4, model: 'small-1' }]);
  expect((await scene.engine.call('vault.verify', {})).problems).toEqual([]);
});

test('lines that are not of the run are refused one by one, and what is good among them is taken', async () => {
  const place = await exported({ documents: 3 });
  const [first, second, third] = place.lines;
  if (first === undefined || second === undefined || third === undefined) throw new Error('no lines');
  const result = await imported(place, 'not json {', '', '[]', '{"response":{}}', good({ custom_id: 'A'.repeat(32) }), good(first, 'other-model'), good(second), good(second), `{"custom_id":"${'x'.repeat(9_000_000)}"}`, JSON.stringify({ custom_id: third.custom_id, response: null, error: { code: 'batch_expired', message: 'expired canaryword' } }));
  expect(result).toMatchObject({ kept: 1, failed: 1, known: 0, refusedLines: 7, missing: 1 });
  expect(result.refused.map(({ line }) => line)).toEqual([1, 3, 4, 5, 6, 8, 9]);
  expect(JSON.stringify(result)).not.toContain('canaryword');
  expect(await place.scene.ended(place.run)).toMatchObject({ counts: { done: 1, failed: 1, leased: 1 } });
});

test('a file without one line of the run changes nothing and says so', async () => {
  const place = await exported({ documents: 1 });
  await expect(imported(place, good({ custom_id: 'B'.repeat(32) }), 'x')).rejects.toMatchObject({ wire: { code: 'bulk.bad-batch-file', data: { line: 1 } } });
  await expect(imported(place)).rejects.toMatchObject({ wire: { code: 'bulk.bad-batch-file' } });
  await expect(place.scene.engine.call('bulk.import', { case: place.scene.caseId, run: place.run, path: join(place.folder, 'absent.jsonl') })).rejects.toMatchObject({ wire: { code: 'case.path-absent' } });
  expect(await place.scene.ended(place.run)).toMatchObject({ counts: { leased: 1 } });
  const { records } = await place.scene.engine.call('audit.list', { case: place.scene.caseId, offset: 0, limit: 200 });
  expect(records.filter(({ action, outcome }) => action === 'bulk.batch-imported' && outcome === 'refused')).toHaveLength(2);
});

test('an answer about a document that was read anew, or of another form, is not kept', async () => {
  const place = await exported({ documents: 2 });
  const [first, second] = place.lines;
  if (first === undefined || second === undefined) throw new Error('no lines');
  expect(await imported(place, good(first, 'small-1', 'It is relevant.'))).toMatchObject({ kept: 0, failed: 1 });
  await place.scene.engine.call('markings.mark-document', { case: place.scene.caseId, document: place.scene.documents[1] ?? none, marking: 'SECRET//NOFORN', reason: 'raised since' });
  expect(await imported(place, good(second))).toMatchObject({ kept: 1 });
  const results = await place.scene.results(place.run);
  expect(results.find(({ answer }) => answer !== null)?.answer?.marking).toBe('SECRET//NOFORN');
});

test('what may not go to the endpoint is in no batch file, and is held', async () => {
  const scene = await bulkScene({ documents: 3, ceiling: 'UNCLASSIFIED', reply: () => firstPassSays('relevant') });
  await scene.engine.call('markings.mark-document', { case: scene.caseId, document: scene.documents[1] ?? none, marking: 'SECRET//NOFORN', reason: 'test' });
  const { run } = await scene.start({ isForBatch: true });
  await scene.ended(run);
  const folder = tempFolder();
  const { batches, held } = await scene.engine.call('bulk.export', { case: scene.caseId, run, format: 'openai', folder });
  expect([held, batches[0]?.requests]).toEqual([1, 2]);
  const written = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8')).join('');
  expect(written).toContain(wordOf(0));
  expect(written).not.toContain(wordOf(1));
  const { records } = await scene.engine.call('audit.list', { case: scene.caseId, offset: 0, limit: 200 });
  expect(records.some(({ action, outcome }) => action === 'model.cleared' && outcome === 'refused')).toBe(true);
  for (const action of ['batch.export-started', 'bulk.batch-exported', 'batch.exported']) expect(records.map((record) => record.action)).toContain(action);
  await expect(scene.engine.call('bulk.export', { case: scene.caseId, run, format: 'openai', folder })).rejects.toMatchObject({ wire: { code: 'bulk.nothing-to-do' } });
  await expect(scene.engine.call('bulk.export', { case: scene.caseId, run, format: 'bedrock', folder })).rejects.toMatchObject({ wire: { code: 'bulk.no-batch-form' } });
  await expect(scene.engine.call('bulk.export', { case: scene.caseId, run, format: 'openai', folder: scene.vaultFolder })).rejects.toMatchObject({ wire: { code: 'case.path-is-vault' } });
});

test('a run goes out in Bedrock’s form and comes back, and a line that repeats another request is refused', async () => {
  const scene = await bulkScene({ documents: 2, dialect: 'bedrock', reply: () => '' });
  const { run } = await scene.start({ isForBatch: true });
  await scene.ended(run);
  const folder = tempFolder();
  const { batches } = await scene.engine.call('bulk.export', { case: scene.caseId, run, format: 'bedrock', folder });
  const lines = readFileSync(join(folder, batches[0]?.name ?? ''), 'utf8').trim().split('\n').map((line) => JSON.parse(line) as { recordId: string; modelInput: { messages: { content: { text: string }[] }[] } });
  expect(lines.map(({ recordId }) => recordId.length)).toEqual([11, 11]);
  expect(lines[0]?.modelInput.messages[0]?.content[0]?.text).toContain('lampword');
  const reply = (line: (typeof lines)[number] | undefined, input: unknown): string => JSON.stringify({ recordId: line?.recordId, modelInput: input, modelOutput: { output: { message: { role: 'assistant', content: [{ text: firstPassSays('relevant', 'is lit at eight') }] } }, stopReason: 'end_turn', usage: { inputTokens: 40, outputTokens: 8 } } });
  expect(await imported({ scene, run }, reply(lines[0], lines[1]?.modelInput), reply(lines[1], lines[1]?.modelInput))).toMatchObject({ kept: 1, refusedLines: 1, missing: 1 });
  expect(await imported({ scene, run }, JSON.stringify({ recordId: lines[0]?.recordId, modelInput: lines[0]?.modelInput, error: { errorCode: 400, errorMessage: 'no' } }))).toMatchObject({ failed: 1, missing: 0 });
});

test('a file holds no more than its form allows, and another begins', () => {
  const form = batchForm(endpointAt('http://127.0.0.1:1/v1'), 'openai');
  expect([form.mostRequests, form.mostBytes]).toEqual([50_000, 200_000_000]);
  expect(JSON.parse(form.line('id', clearedRequest()))).toMatchObject({ custom_id: 'id', url: '/v1/chat/completions', body: { model: 'small-1' } });
});

test('the model that answered is the one that was asked, with a date or a version behind its name at most', () => {
  for (const answered of ['gpt-5.4', 'gpt-5.4-2026-01-02', 'GPT-5.4', 'gpt-5.4:1']) expect(isSameModel('gpt-5.4', answered)).toBe(true);
  for (const answered of ['gpt-5.4-mini', 'gpt-5.41', 'gpt-5', 'other', '']) expect(isSameModel('gpt-5.4', answered)).toBe(false);
});
