/** What bulk work sent can be read again, word for word, whatever became of the item, of its document and of the program's own words. */
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BatchId, BulkRunId, OpId } from '../../../preload/contract/domains/basics.ts';
import { audited } from '../../../main/audit/index.ts';
import { canonicalJson } from '../../../main/base/json.ts';
import { newId } from '../../../main/base/ids.ts';
import { bulkKinds, exportSendings, readBulkSending } from '../../../main/chat/bulk/index.ts';
import { keepSending, type KeptWords } from '../../../main/chat/bulk/sending.ts';
import { digestOf } from '../../../main/chat/bulk/item-request.ts';
import { toMarking } from '../../../main/policy/index.ts';
import { appendOp, dumpProjections, listOps, rebuild } from '../../../main/store/index.ts';
import { openStore } from '../../support/bulk-case.ts';
import { firstPassSays } from '../../support/bulk-server.ts';
import { bulkScene, wordOf } from '../../support/bulk-scene.ts';
import { addTextDocument, newCase, newVault, tempFolder } from '../../support/vaults.ts';

interface Asked { readonly messages: readonly { readonly role: string; readonly content: string }[]; readonly response_format?: { readonly json_schema: { readonly schema: unknown } } }
const askedOf = (body: string): Asked => JSON.parse(body) as Asked;
const none = '' as OpId;

test('what each item sent is what the server got, word for word, with the digest of the audit trail, also where its answer failed', async () => {
  const scene = await bulkScene({ documents: 4, reply: (user) => (user.includes(wordOf(2)) ? 'no JSON at all' : firstPassSays('relevant', 'is lit at eight')) });
  const { engine, caseId, server } = scene;
  const { run } = await scene.start();
  await scene.ended(run);
  const results = await scene.results(run);
  expect(results.map(({ state }) => state)).toEqual(['done', 'done', 'failed', 'done']);
  const { records } = await engine.call('audit.list', { case: caseId, offset: 0, limit: 500 });
  for (const [nth, { sending, answer, document, answeredAt }] of results.entries()) {
    const sent = await engine.call('bulk.sending', { case: caseId, sending: sending ?? none });
    const got = server.requests.map(({ body }) => askedOf(body)).find(({ messages }) => messages.some(({ content }) => content.includes(wordOf(nth))));
    expect(sent.messages.map(({ role, text }) => ({ role, content: text }))).toEqual(got?.messages);
    expect(JSON.parse(sent.schema)).toEqual(got?.response_format?.json_schema.schema);
    expect(sent).toMatchObject({ sending, run, kind: 'first-pass', version: 1, title: 'First pass', endpoint: 'Harbour model', model: 'small-1', document, isAsSent: true, batch: null, before: [], replaced: [], maxTokens: 300, rollUp: { banner: 'UNCLASSIFIED' } });
    expect(sent.digest).toBe(createHash('sha256').update(canonicalJson({ system: sent.messages[0]?.text, messages: [{ role: 'user', text: sent.messages[1]?.text }] })).digest('hex'));
    const record = records.find(({ action, objects }) => action === 'model.cleared' && objects.includes(sending ?? none));
    expect(record?.detail['digest']).toBe(sent.digest);
    expect(answer === null ? null : answer.sending).toBe(answer === null ? null : sending);
    expect(answeredAt === null).toBe(answer === null);
  }
  expect(new Set(results.map(({ sending }) => sending)).size).toBe(4);
  expect((await engine.call('vault.verify', {})).problems).toEqual([]);
  await expect(engine.call('bulk.sending', { case: caseId, sending: run })).rejects.toMatchObject({ wire: { code: 'bulk.unknown-sending' } });
});

test('what the guard held sent nothing, and a run that found its answers kept shows what was sent for them', async () => {
  const scene = await bulkScene({ documents: 2, ceiling: 'UNCLASSIFIED', reply: () => firstPassSays('relevant', 'is lit at eight') });
  await scene.engine.call('markings.mark-document', { case: scene.caseId, document: scene.documents[1] ?? '', marking: 'SECRET//NOFORN', reason: 'test' });
  const first = await scene.start();
  await scene.ended(first.run);
  const [sent, held] = await scene.results(first.run);
  expect([held?.state, held?.sending]).toEqual(['held', null]);
  await scene.engine.call('markings.mark-document', { case: scene.caseId, document: scene.documents[0] ?? '', marking: 'CONFIDENTIAL', reason: 'raised since' });
  const shown = await scene.engine.call('bulk.sending', { case: scene.caseId, sending: sent?.sending ?? none });
  expect([shown.rollUp.banner, shown.marking.banner]).toEqual(['UNCLASSIFIED', 'CONFIDENTIAL']);
  const second = await scene.start();
  await scene.ended(second.run);
  expect((await scene.results(second.run))[0]?.sending).toBe(sent?.sending);
});

test('each try is kept, the same words once, and the tries before it are named', async () => {
  const scene = await bulkScene({ documents: 1, reply: (_user, nth) => (nth < 2 ? { status: 500 } : firstPassSays('relevant', 'is lit at eight')) });
  const { run } = await scene.start();
  await scene.ended(run);
  const [result] = await scene.results(run);
  const last = await scene.engine.call('bulk.sending', { case: scene.caseId, sending: result?.sending ?? none });
  expect(scene.server.requests).toHaveLength(3);
  expect(last.before).toHaveLength(2);
  const first = await scene.engine.call('bulk.sending', { case: scene.caseId, sending: last.before[1] ?? none });
  expect([first.messages, first.before]).toEqual([last.messages, []]);
  await scene.engine.close();
  const vault = await openStore(scene.vaultFolder);
  const store = vault.case(scene.caseId);
  const words = store.read.all("SELECT value FROM ops WHERE kind = 'bulk.sent'").map((row) => JSON.stringify(row));
  expect([words.length, words.filter((text) => text.includes('packed')).length]).toEqual([3, 1]);
  vault.close();
});

test('the words stay what they were when the document is read anew; words that were changed are told from those that were sent', async () => {
  const scene = await bulkScene({ documents: 2, reply: () => firstPassSays('relevant', 'is lit at eight') });
  const { run } = await scene.start();
  await scene.ended(run);
  const [one, two] = await scene.results(run);
  const before = await scene.engine.call('bulk.sending', { case: scene.caseId, sending: one?.sending ?? none });
  await scene.engine.close();
  const vault = await openStore(scene.vaultFolder);
  const store = vault.case(scene.caseId);
  store.bookkeep((db) => {
    db.run("UPDATE texts SET body = 'quite another reading of it'");
    db.run('UPDATE contents SET text_version = text_version + 1');
    db.run(`UPDATE ops SET value = json_set(value, '$.digest', '${'0'.repeat(64)}') WHERE lower(hex(id)) = '${two?.sending ?? ''}'`);
  });
  const after = readBulkSending(store, one?.sending ?? none, bulkKinds);
  expect([after.messages, after.digest, after.isAsSent]).toEqual([before.messages, before.digest, true]);
  expect(readBulkSending(store, two?.sending ?? none, bulkKinds).isAsSent).toBe(false);
  expect(new Set([...exportSendings(store, bulkKinds)].map(({ sending }) => sending))).toEqual(new Set([one?.sending, two?.sending]));
  vault.close();
});

test('a line of a batch file is kept as it was written, before the file has its name; of a file that was not written nothing counts as sent', async () => {
  const scene = await bulkScene({ documents: 53, reply: () => '' });
  const { engine, caseId } = scene;
  const { run } = await scene.start({ isForBatch: true });
  await scene.ended(run);
  const folder = tempFolder();
  await expect(engine.call('bulk.export', { case: caseId, run, format: 'openai', folder: join(folder, 'absent') })).rejects.toMatchObject({ wire: { code: 'case.path-absent' } });
  mkdirSync(join(folder, 'a'));
  expect((await scene.results(run)).every(({ sending }) => sending === null)).toBe(true);
  const { batches } = await engine.call('bulk.export', { case: caseId, run, format: 'openai', folder: join(folder, 'a') });
  const file = readdirSync(join(folder, 'a'))[0] ?? '';
  const lines = readFileSync(join(folder, 'a', file), 'utf8').trimEnd().split('\n');
  const results = await scene.results(run);
  const sendings = await Promise.all(results.map(({ sending }) => engine.call('bulk.sending', { case: caseId, sending: sending ?? none })));
  expect(sendings.map(({ batch }) => batch?.text)).toEqual(lines);
  expect(sendings.map(({ batch }) => batch?.line)).toEqual(lines.map((_, index) => index + 1));
  for (const [index, { messages, batch, isAsSent }] of sendings.entries()) {
    expect([batch?.batch, batch?.name, isAsSent]).toEqual([batches[0]?.batch, file, true]);
    expect(messages.map(({ role, text }) => ({ role, content: text }))).toEqual((JSON.parse(lines[index] ?? '') as { body: Asked }).body.messages);
  }
  const { records } = await engine.call('audit.list', { case: caseId, offset: 0, limit: 500 });
  expect(records.filter(({ action }) => action === 'bulk.batch-written').map(({ detail }) => `${String(detail['requests'])} from ${String(detail['from'])}`).toSorted((a, b) => a.localeCompare(b))).toEqual(['3 from 51', '50 from 1']);
  const answered = JSON.parse(lines[0] ?? '') as { custom_id: string };
  const path = join(folder, 'results.jsonl');
  writeFileSync(path, JSON.stringify({ id: 'x', custom_id: answered.custom_id, response: { status_code: 200, request_id: 'r', body: { object: 'chat.completion', model: 'small-1', choices: [{ index: 0, message: { role: 'assistant', content: firstPassSays('relevant', 'is lit at eight') }, finish_reason: 'stop' }] } }, error: null }));
  expect(await engine.call('bulk.import', { case: caseId, run, path })).toMatchObject({ kept: 1 });
  expect((await scene.results(run))[0]?.answer?.sending).toBe(sendings[0]?.sending);
  expect((await engine.call('vault.verify', {})).problems).toEqual([]);
});

test('whatever is sent is read back as it was, and the projections are what the ops explain', async () => {
  const vault = await newVault(tempFolder());
  const store = newCase(vault);
  const document = await addTextDocument(store, 'a.txt', 'The pier lamp is lit at eight.');
  const run = newId<BulkRunId>(store.ids);
  const endpoint = { endpoint: newId(store.ids) as never, name: 'Harbour model', model: 'small-1', host: '127.0.0.1' };
  audited(store, (db) => appendOp(store, db, { entity: `bulk:${run}`, kind: 'bulk.started', value: { spec: { kind: 'first-pass', version: 1, parameters: {}, endpoint, scope: { kind: 'case' }, parametersMarking: null, isForBatch: false }, budget: { tokens: null, requests: null } } }), () => ({ action: 'bulk.started', objects: [run], marking: 'UNCLASSIFIED', detail: {} }));
  const text = fc.string({ unit: 'binary', maxLength: 400 });
  fc.assert(
    fc.property(fc.record({ system: fc.constantFrom('Propose.', 'Fill in fields.\nUse only the text.'), user: text, line: fc.option(text, { nil: undefined }), replaced: fc.array(fc.record({ standIn: text, original: text }), { maxLength: 3 }), key: fc.nat(3) }), ({ system, user, line, replaced, key }) => {
      const request = { system, messages: [{ role: 'user' as const, text: user }] };
      const words: KeptWords = {
        item: { run, key: Buffer.alloc(48, key) }, made: { document, chunk: { title: 'a', text: 'b', start: 0, end: 5 } }, frame: { system, schema: { type: 'object' }, maxTokens: 300, temperature: 0 }, digest: digestOf(store, request),
        own: { user, replaced, ...(line === undefined ? {} : { line }) }, rollUp: toMarking('UNCLASSIFIED'), line: line === undefined ? null : { batch: newId<BatchId>(store.ids), format: 'openai', name: 'a.jsonl', line: 1, text: line },
      };
      const { result } = audited(store, (db) => keepSending(store, db, words), () => ({ action: 'model.cleared', objects: [], marking: 'UNCLASSIFIED', detail: {} }));
      const read = readBulkSending(store, result, bulkKinds);
      expect([read.messages, read.batch?.text, read.isAsSent]).toEqual([[{ role: 'system', text: system }, { role: 'user', text: user }], line, true]);
      const before = dumpProjections(store.read);
      expect(store.bookkeep((db) => { rebuild(db); return dumpProjections(db); })).toEqual(before);
    }),
    { numRuns: 60 },
  );
  // The instruction is kept once for all.
  expect(new Set(store.read.all("SELECT entity FROM ops WHERE kind = 'bulk.framed'").map((row) => JSON.stringify(row))).size).toBe(store.read.all("SELECT 1 FROM ops WHERE kind = 'bulk.framed'").length);
  expect(listOps(store.read, `bulk:${run}`)).toHaveLength(1);
  vault.close();
});
