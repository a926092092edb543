import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCall, servePort } from '../../../main/engine/server.ts';
import type { FromEngine, ToEngine } from '../../../preload/contract/define.ts';
import { ingestPaths, routeCaller, withCase } from '../../support/route-caller.ts';
import { overwriteBytes } from '../../support/damage.ts';
import { bytesOf, passphrase, tempFolder } from '../../support/vaults.ts';

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = join(tempFolder(), 'drop');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const mail = ['From: Stores <stores@example.example>', 'To: Board <board@example.example>', 'Subject: Spare pumps', 'Date: Mon, 04 Mar 2024 09:41:00 +0100', 'MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary="b"', '', '--b', 'Content-Type: text/plain', '', 'The spare pumps were delivered once.', '--b', 'Content-Type: text/csv; name="list.csv"', 'Content-Disposition: attachment; filename="list.csv"', '', 'item,count', 'pump,2', '--b--', ''].join('\r\n');

test('a folder of documents becomes a case that can be searched, coded, questioned and marked up, and is all there after a lock', async () => {
  const vault = join(tempFolder(), 'vault');
  const first = routeCaller(vault);
  const info = await withCase(first);
  const folder = folderWith({ 'notes/a.txt': 'The pump at station four tripped after thirty-one hours.\n\nNobody signed the log.', 'notes/copy.txt': 'The pump at station four tripped after thirty-one hours.\n\nNobody signed the log.', 'mail/spares.eml': mail, 'empty.txt': '' });
  const ended = await ingestPaths(first, info, [folder]);
  expect(ended.counts).toMatchObject({ seen: 4, done: 4, added: 2, duplicates: 1, noText: 1, quarantined: 0, children: 1 });

  const { set, total } = await first.ok('sets.open', { case: info.case, source: { kind: 'search', query: 'pump*' } });
  expect(total).toBe(3);
  const { rows } = await first.ok('sets.rows', { case: info.case, set, offset: 0, limit: 10 });
  expect(rows.map((row) => row.path).sort()).toEqual(['drop/mail/spares.eml', 'drop/mail/spares.eml!/list.csv', 'drop/notes/a.txt']);
  const note = rows.find((row) => row.path.endsWith('a.txt'));
  if (note === undefined) throw new Error('no row');
  expect(note).toMatchObject({ duplicates: 1, portion: '(U)' });
  expect(note.snippets.flat().some((part) => part.group === 1 && part.text === 'pump')).toBe(true);

  const message = rows.find((row) => row.type === 'mail');
  const detail = await first.ok('documents.get', { case: info.case, document: message?.document ?? note.document });
  expect(detail).toMatchObject({ title: 'Spare pumps', attachments: [{ name: 'list.csv' }], mail: { sentAt: Date.UTC(2024, 2, 4, 8, 41) } });

  await first.ok('coding.set', { case: info.case, document: note.document, verdict: 'relevant' });
  await first.ok('notes.set', { case: info.case, document: note.document, text: 'compare with the log' });
  const { text } = await first.ok('documents.text', { case: info.case, document: note.document });
  const at = text.indexOf('tripped');
  await first.ok('annotations.add', { case: info.case, document: note.document, start: at, end: at + 7, label: 'claim', note: 'says who?' });
  expect(await first.ok('coding.counts', { case: info.case })).toMatchObject({ total: 4, coded: 1, relevant: 1 });
  await first.engine.close();

  const second = routeCaller(vault);
  expect(await second.fails('cases.list', {})).toBe('vault.locked');
  await second.ok('vault.unlock', { with: 'passphrase', secret: bytesOf(passphrase) });
  expect(await second.ok('documents.get', { case: info.case, document: note.document })).toMatchObject({ verdict: 'relevant', note: 'compare with the log' });
  const { annotations } = await second.ok('annotations.list', { case: info.case, document: note.document });
  expect(annotations).toMatchObject([{ quote: 'tripped', label: 'claim', note: 'says who?', anchor: 'exact' }]);
  const exported: Record<string, unknown>[] = [];
  await second.ok('annotations.export', { case: info.case }, ({ annotations: batch }) => exported.push(...batch));
  expect(exported[0]).toMatchObject({ '@context': 'http://www.w3.org/ns/anno.jsonld', type: 'Annotation', target: { selector: [{ type: 'TextQuoteSelector', exact: 'tripped' }, { type: 'TextPositionSelector', start: at, end: at + 7 }] } });
  expect(await second.ok('audit.verify', {})).toMatchObject({ ok: true });
  expect(await second.ok('vault.verify', {})).toEqual({ ok: true, problems: [] });
});

test('running again adds nothing twice, and a changed file comes beside the old one', async () => {
  const engine = routeCaller(join(tempFolder(), 'vault'));
  const info = await withCase(engine);
  const folder = folderWith({ 'a.txt': 'first version', 'mail.eml': mail });
  await ingestPaths(engine, info, [folder]);
  const again = await ingestPaths(engine, info, [folder]);
  expect(again.counts).toMatchObject({ seen: 2, added: 0, unchanged: 2, duplicates: 0 });
  writeFileSync(join(folder, 'a.txt'), 'second version');
  expect((await ingestPaths(engine, info, [folder])).counts).toMatchObject({ added: 1, unchanged: 1 });
  const [listed] = (await engine.ok('cases.list', {})).cases;
  expect(listed?.documents).toBe(4);
});

test('an archived case is read but not changed, and case names are unique', async () => {
  const engine = routeCaller(join(tempFolder(), 'vault'));
  const info = await withCase(engine, 'Weir');
  expect(await engine.fails('cases.create', { name: 'WEIR', marking: 'UNCLASSIFIED' })).toBe('case.name-taken');
  expect(await engine.fails('cases.create', { name: 'Above', marking: 'TOP SECRET' })).toBe('policy.above-system-high');
  await engine.ok('cases.archive', { case: info.case, archived: true });
  expect((await engine.ok('cases.list', {})).cases).toEqual([]);
  expect(await engine.fails('ingest.start', { case: info.case, paths: ['/'] })).toBe('case.archived');
  await engine.ok('cases.archive', { case: info.case, archived: false });
  expect((await engine.ok('cases.rename', { case: info.case, name: 'Sluice' })).name).toBe('Sluice');
});

test('a damaged original is found by verify, named, and everything else still opens', async () => {
  const vault = join(tempFolder(), 'vault');
  const engine = routeCaller(vault);
  const info = await withCase(engine);
  await ingestPaths(engine, info, [folderWith({ 'a.txt': 'some text' })]);
  const blobs = join(vault, 'cases', info.case, 'blobs');
  const pack = join(blobs, readdirSync(blobs)[0] ?? '');
  overwriteBytes(pack, 60, Buffer.from([(readFileSync(pack)[60] ?? 0) ^ 0xff]));
  const result = await engine.ok('vault.verify', {});
  expect(result.ok).toBe(false);
  expect(result.problems).toMatchObject([{ code: 'vault.blob-damaged' }]);
});

test('one damaged case is listed as such, and hinders neither the others nor the audit', async () => {
  const vault = join(tempFolder(), 'vault');
  const engine = routeCaller(vault);
  const bad = await withCase(engine, 'Bad');
  const good = await engine.ok('cases.create', { name: 'Good', marking: 'UNCLASSIFIED' });
  await engine.engine.close();
  writeFileSync(join(vault, 'cases', bad.case, 'case.db'), 'not a database at all, and long enough to be read as a page'.repeat(2000));
  const again = routeCaller(vault);
  await again.ok('vault.unlock', { with: 'passphrase', secret: bytesOf(passphrase) });
  expect((await again.ok('cases.list', {})).cases).toMatchObject([{ case: bad.case, damaged: true, documents: 0 }, { case: good.case, damaged: false }]);
  await again.ok('cases.open', { case: good.case });
  expect(await again.fails('cases.open', { case: bad.case })).toBe('vault.database-damaged');
  expect(await again.ok('audit.verify', {})).toMatchObject({ ok: false, firstBad: { case: bad.case, why: 'vault.database-damaged' } });
  expect(await again.ok('audit.export', {})).toMatchObject({ unreadable: [bad.case] });
});

test('whatever leaves the vault in the clear is in the trail, before its first byte and after its last', async () => {
  const engine = routeCaller(join(tempFolder(), 'vault'));
  const info = await withCase(engine);
  await ingestPaths(engine, info, [folderWith({ 'a.txt': 'some text' })]);
  await engine.ok('documents.texts', { case: info.case });
  await engine.ok('coding.export', { case: info.case });
  await engine.ok('annotations.export', { case: info.case });
  await engine.ok('cases.export', { case: info.case, folder: join(tempFolder(), 'out') });
  await engine.ok('audit.export', {});
  const records: string[] = [];
  await engine.ok('audit.export', {}, ({ records: batch }) => records.push(...batch.map((record) => record.action)));
  for (const what of ['texts', 'codes', 'annotations', 'case']) {
    expect(records.indexOf(`${what}.export-started`)).toBeGreaterThanOrEqual(0);
    expect(records.indexOf(`${what}.exported`)).toBe(records.indexOf(`${what}.export-started`) + 1);
  }
  expect(records).toContain('audit.export-done');
});

test('an export names a folder that it cannot use, and nothing else is touched', async () => {
  const vault = join(tempFolder(), 'vault');
  const engine = routeCaller(vault);
  const info = await withCase(engine);
  const used = folderWith({ 'kept.txt': 'kept' });
  expect(await engine.fails('cases.export', { case: info.case, folder: used })).toBe('case.folder-not-empty');
  expect(await engine.fails('cases.export', { case: info.case, folder: join(used, 'kept.txt', 'below a file') })).toBe('case.path-absent');
  expect(readdirSync(used)).toEqual(['kept.txt']);
  const link = join(tempFolder(), 'link');
  symlinkSync(vault, link, 'junction');
  for (const inside of [vault, join(vault, 'cases', 'out'), join(link, 'out', 'below')]) expect(await engine.fails('cases.export', { case: info.case, folder: inside })).toBe('case.path-is-vault');
  expect(readdirSync(join(vault, 'cases'))).toEqual([info.case]);
});

test('the vault itself is never taken into a case', async () => {
  const folder = tempFolder();
  const engine = routeCaller(join(folder, 'vault'));
  const info = await withCase(engine);
  expect(await engine.fails('ingest.start', { case: info.case, paths: [join(folder, 'vault', 'cases')] })).toBe('case.path-is-vault');
  writeFileSync(join(folder, 'beside.txt'), 'beside the vault');
  expect((await ingestPaths(engine, info, [folder])).counts).toMatchObject({ seen: 1, added: 1 });
});

test('a newer database is refused and left as it is', async () => {
  const vault = join(tempFolder(), 'vault');
  const engine = routeCaller(vault);
  await withCase(engine);
  await engine.engine.close();
  const copy = join(tempFolder(), 'copy');
  cpSync(vault, copy, { recursive: true });
  rmSync(join(copy, 'vault.lock'), { force: true });
  const slots = JSON.parse(readFileSync(join(copy, 'vault.json'), 'utf8')) as { version: number };
  writeFileSync(join(copy, 'vault.json'), JSON.stringify({ ...slots, version: 2 }));
  const other = routeCaller(copy);
  expect(await other.fails('vault.status', {})).toBe('vault.newer');
  expect(await other.fails('vault.unlock', { with: 'passphrase', secret: bytesOf(passphrase) })).toBe('vault.newer');
});

test('a call that is malformed, unknown or made while locked is answered in an envelope', async () => {
  const engine = routeCaller(join(tempFolder(), 'vault'));
  const signal = new AbortController().signal;
  const handlers = new Proxy({}, { get: () => () => ({ unexpected: true }) }) as Parameters<typeof runCall>[0];
  const run = (name: string, input: unknown, isOpen = true) => runCall(handlers, () => isOpen, name, input, signal, () => undefined);
  expect(await run('no.such-route', {})).toMatchObject({ ok: false, error: { code: 'bridge.unknown-route' } });
  expect(await run('toString', {})).toMatchObject({ ok: false, error: { code: 'bridge.unknown-route' } });
  expect(await run('cases.create', { name: 'x', marking: 'SECRET', extra: 1 })).toMatchObject({ ok: false, error: { code: 'bridge.invalid-input' } });
  expect(await run('cases.list', {}, false)).toMatchObject({ ok: false, error: { code: 'vault.locked' } });
  expect(await run('cases.list', {})).toMatchObject({ ok: false, error: { code: 'bridge.invalid-output' } });
  expect(await engine.fails('vault.unlock', { with: 'passphrase', secret: bytesOf('x') })).toBe('vault.absent');
});

test('outputs lose what nobody declared, and an error that is not ours loses its message', async () => {
  const signal = new AbortController().signal;
  const leaky = { 'cases.list': () => ({ cases: [], secret: 'canary' }), 'audit.verify': () => { throw new Error('canary text of a document'); } } as unknown as Parameters<typeof runCall>[0];
  expect(await runCall(leaky, () => true, 'cases.list', {}, signal, () => undefined)).toEqual({ ok: true, data: { cases: [] } });
  expect(JSON.stringify(await runCall(leaky, () => true, 'audit.verify', {}, signal, () => undefined))).not.toContain('canary');
});

test('a port answers each call once, streams progress before, and cancels what is open when it closes', async () => {
  const sent: FromEngine[] = [];
  let receive: (message: ToEngine) => void = () => undefined;
  let close: () => void = () => undefined;
  const signals: AbortSignal[] = [];
  servePort({ post: (message) => sent.push(message), onMessage: (listener) => { receive = listener; }, onClose: (listener) => { close = listener; } }, (name, _input, signal, onProgress) => {
    signals.push(signal);
    if (name === 'slow') return new Promise((resolve) => signal.addEventListener('abort', () => resolve({ ok: false, error: { code: 'bridge.cancelled', message: 'The call was cancelled.' } })));
    onProgress({ done: 1 });
    return Promise.resolve({ ok: true, data: name });
  });
  receive({ t: 'call', id: 1, route: 'quick', input: {} });
  receive({ t: 'call', id: 2, route: 'slow', input: {} });
  receive({ t: 'call', id: 3, route: 'slow', input: {} });
  receive({ t: 'cancel', id: 2 });
  await new Promise((resolve) => { setImmediate(resolve); });
  expect(sent).toEqual([{ t: 'progress', id: 1, value: { done: 1 } }, { t: 'done', id: 1, envelope: { ok: true, data: 'quick' } }, { t: 'done', id: 2, envelope: { ok: false, error: { code: 'bridge.cancelled', message: 'The call was cancelled.' } } }]);
  close();
  expect(signals[2]?.aborted).toBe(true);
});
