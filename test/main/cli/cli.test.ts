import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { issue, lockedKey } from '../../support/certificates/certificates.ts';
import { answers, finishFrame, frames, startModelServer, streams, textFrame } from '../../support/model-servers/model-server.ts';
import { ranCli, type Ran } from '../../support/cli.ts';
import { tempFolder } from '../../support/vaults.ts';

const redoubt = (...args: string[]): Promise<Ran> => ranCli(args, { PW: 'six grey herons wait at noon', OTHER: 'no', KEY: 'canary-key-91c2', PIN: 'heron' });

const lines = (text: string): unknown[] => text.trim().split('\n').map((line) => JSON.parse(line) as unknown);

test('an unknown command, an unknown option and a missing option are wrong usage', async () => {
  expect((await redoubt('frobnicate')).code).toBe(2);
  expect((await redoubt('entities', 'x.jsonl')).code).toBe(2);
  expect((await redoubt('vault', 'create', '--vault', 'x', '--passphrase', 'y')).code).toBe(2);
  expect((await redoubt('case', 'list', '--json')).code).toBe(2);
  const none = await redoubt('vault', 'verify', '--vault', join(tempFolder(), 'v'), '--passphrase-env', 'ABSENT', '--json');
  expect(none.code).toBe(2);
  expect(lines(none.out)).toMatchObject([{ error: { code: 'cli.usage' } }]);
  expect((await redoubt('case', '--help')).out).toContain('case create');
  expect((await redoubt('ingest', '--help')).out).toContain('--workers');
  expect((await redoubt('endpoint', 'add', '--help')).out).toContain('"clientCertificate"');
});

test('a script makes a vault and a case, ingests, lists, searches, asks and exports', async () => {
  const folder = tempFolder();
  const vault = ['--vault', join(folder, 'vault'), '--passphrase-env', 'PW', '--json'];
  const drop = join(folder, 'dump');
  mkdirSync(drop);
  writeFileSync(join(drop, 'log.txt'), 'Pump 4B tripped on 20 March 2024 because a bearing ran hot.\n');
  writeFileSync(join(drop, 'other.txt'), 'The weir was painted green in June.\n');
  const made = await redoubt('vault', 'create', ...vault);
  expect(made.code).toBe(0);
  expect(lines(made.out)).toMatchObject([{ vault: join(folder, 'vault'), recoveryCode: expect.stringMatching(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/) as unknown }]);
  expect((await redoubt('vault', 'create', ...vault)).code).toBe(1);
  expect((await redoubt('case', 'create', '--name', 'Pumps', '--marking', 'nonsense', ...vault)).code).toBe(2);
  expect((await redoubt('case', 'create', '--name', 'Pumps', '--marking', 'UNCLASSIFIED', ...vault)).code).toBe(0);
  const inCase = ['--case', 'pumps', ...vault];
  const ingested = await redoubt('ingest', drop, ...inCase);
  expect(ingested.code).toBe(0);
  expect(lines(ingested.out)).toMatchObject([{ seen: 2, added: 2, unchanged: 0, duplicates: 0, noText: 0, quarantined: 0 }]);
  const listed = await redoubt('documents', '--text', join(folder, 'texts'), ...inCase);
  const documents = lines(listed.out) as { id: string; path: string; sha256: string }[];
  expect(documents.map(({ path }) => path).sort()).toEqual(['dump/log.txt', 'dump/other.txt']);
  const log = documents.find(({ path }) => path === 'dump/log.txt');
  expect(readFileSync(join(folder, 'texts', `${log?.id ?? ''}.txt`), 'utf8')).toContain('bearing ran hot');
  const found = await redoubt('search', 'bearing AND pump', ...inCase);
  expect(lines(found.out)).toMatchObject([{ total: 1, exact: true, hits: [{ document: log?.id, path: 'dump/log.txt' }] }]);
  expect((await redoubt('search', 'pump NEAR/x', ...inCase)).code).toBe(1);
  writeFileSync(join(folder, 'queries.tsv'), 'q1\twhy did the pump trip\nq2\tgreen paint\n');
  const trec = await redoubt('search', '--queries', join(folder, 'queries.tsv'), '--run', join(folder, 'run.txt'), ...inCase);
  expect(lines(trec.out)).toMatchObject([{ queries: 2 }]);
  expect(readFileSync(join(folder, 'run.txt'), 'utf8')).toMatch(/^q1 Q0 log 1 [\d.]+ redoubt\nq2 Q0 other 1 /);
  const asked = await redoubt('ask', 'Why did pump 4B trip?', ...inCase);
  expect(asked.code).toBe(0);
  expect(lines(asked.out)).toMatchObject([{ state: 'answered', model: { kind: 'extractive' }, answer: [{ support: 'supported', citations: [{ path: 'dump/log.txt', check: 'verbatim' }] }] }]);
  expect((await redoubt('codes', 'export', ...inCase)).out).toBe('');
  expect((await redoubt('annotations', 'export', ...inCase)).code).toBe(0);
  expect(lines((await redoubt('audit', 'verify', ...vault)).out)).toMatchObject([{ ok: true, firstBad: null }]);
  const records = lines((await redoubt('audit', 'export', '--format', 'jsonl', ...vault)).out) as { action: string; hash: string }[];
  expect(records.map(({ action }) => action)).toContain('turn.answered');
  const events = lines((await redoubt('audit', 'export', '--format', 'ocsf', ...vault)).out) as { class_uid: number; metadata: { uid: string }; unmapped: { case: string | null } }[];
  expect(events.filter(({ class_uid: uid }) => uid === 0)).toEqual([]);
  expect(events.map(({ metadata }) => metadata.uid)).toEqual(expect.arrayContaining(records.map(({ hash }) => hash)));
  const cef = (await redoubt('audit', 'export', '--format', 'cef', ...vault)).out.trimEnd().split('\n');
  // The vault’s chain grows with every command; the case’s stands still.
  expect(cef.filter((line) => line.includes(' cs2Label=case ')).length).toBe(events.filter(({ unmapped }) => unmapped.case !== null).length);
  expect(cef.every((line) => /^CEF:0\|Redoubt\|Redoubt\|\d+\.\d+\.\d+\|[a-z]+\.[a-z-]+\|[a-z ]+\|\d+\|rt=\d+ /.test(line))).toBe(true);
  expect((await redoubt('audit', 'export', '--format', 'xml', ...vault)).code).toBe(2);
  expect(lines((await redoubt('export', join(folder, 'out'), ...inCase)).out)).toMatchObject([{ files: 14 }]);
  expect((await redoubt('export', join(folder, 'out'), ...inCase)).code).toBe(1);
  expect(lines((await redoubt('vault', 'verify', ...vault)).out)).toEqual([{ ok: true, problems: [] }]);
  expect((await redoubt('case', 'list', '--vault', join(folder, 'vault'), '--passphrase-env', 'OTHER', '--json')).code).toBe(1);
});

test('claims are checked one a line, in order, and a line that cannot be is named while the others are', async () => {
  const folder = tempFolder();
  const vault = ['--vault', join(folder, 'vault'), '--passphrase-env', 'PW', '--json'];
  mkdirSync(join(folder, 'dump'));
  writeFileSync(join(folder, 'dump', 'log.txt'), 'Pump 4B tripped on 20 March 2024 because a bearing ran hot. Nobody signed the log.\n');
  await redoubt('vault', 'create', ...vault);
  await redoubt('case', 'create', '--name', 'Pumps', '--marking', 'UNCLASSIFIED', ...vault);
  await redoubt('ingest', join(folder, 'dump'), '--case', 'pumps', ...vault);
  const file = join(folder, 'claims.jsonl');
  const check = (...claims: readonly string[]): Promise<Ran> => {
    writeFileSync(file, claims.join('\n'));
    return redoubt('check', '--claims', file, '--case', 'pumps', ...vault);
  };
  const good = ['{"id":"a","text":"Pump 4B tripped on 3/20/2024 because a bearing ran hot."}', '', '{"id":2,"text":"Pump 4B tripped on 21 March 2024.","documents":["dump/log.txt"]}'];
  const done = await check(...good);
  expect(done.code).toBe(0);
  expect(lines(done.out)).toMatchObject([
    { id: 'a', support: 'supported', citations: [{ path: 'dump/log.txt', start: 0, end: 59, quote: 'Pump 4B tripped on 20 March 2024 because a bearing ran hot.', check: 'verbatim' }] },
    { id: 2, support: 'partly', missing: { dates: ['21 March 2024'] } },
  ]);
  const partly = await check('{"id":"x"', '{"text":"No id."}', '{"id":1,"text":" "}', '{"id":3,"text":"A.","documents":"log"}', '{"id":4,"text":"A.","documents":["dump/none.txt"]}', good[0] ?? '');
  expect(partly.code).toBe(4);
  expect(lines(partly.out)).toMatchObject([{ line: 1, error: { code: 'cli.bad-line' } }, { line: 2, error: { code: 'cli.bad-line' } }, { line: 3 }, { line: 4 }, { id: 4, line: 5, error: { code: 'case.unknown-document' } }, { id: 'a', support: 'supported' }]);
  expect(partly.err).toContain('line 5 of --claims');
  expect((await check('nonsense')).code).toBe(1);
  expect((await redoubt('check', '--case', 'pumps', ...vault)).code).toBe(2);
  expect((await redoubt('check', '--claims', join(folder, 'none'), '--case', 'pumps', ...vault)).code).toBe(2);
});

test('a case above the ceiling is not sent: exit 3 with the rule and the portion', async () => {
  const folder = tempFolder();
  const vault = ['--vault', join(folder, 'vault'), '--passphrase-env', 'PW', '--json'];
  await redoubt('vault', 'create', ...vault);
  await redoubt('case', 'create', '--name', 'High', '--marking', 'SECRET//NOFORN', ...vault);
  const file = join(folder, 'endpoint.json');
  writeFileSync(file, JSON.stringify({ name: 'Cloud', dialect: 'openai-chat', baseUrl: 'https://models.example/v1', model: 'm', ceiling: 'UNCLASSIFIED', auth: { kind: 'bearer', env: 'KEY' } }));
  expect((await redoubt('endpoint', 'add', file, ...vault)).code).toBe(0);
  const listed = await redoubt('endpoint', 'list', ...vault);
  expect(lines(listed.out)).toMatchObject([{ name: 'Cloud', ceiling: 'UNCLASSIFIED', auth: 'bearer' }]);
  expect(listed.out).not.toContain('canary');
  const asked = await redoubt('ask', 'anything', '--endpoint', 'cloud', '--case', 'High', ...vault);
  expect(asked.code).toBe(3);
  expect(lines(asked.out)).toMatchObject([{ error: { code: 'policy.refused', data: { rule: 'Cloud may receive up to UNCLASSIFIED', portion: { marking: 'SECRET//NOFORN' } } } }]);
});

test('markings are read and rolled up without a vault, and a wrong one names its place', async () => {
  const read = await redoubt('marking', 'parse', '(ts//si-g//oc/nf)', '--json');
  expect(read.code).toBe(0);
  expect(lines(read.out)).toMatchObject([{ canonical: 'TOP SECRET//SI-G//ORCON/NOFORN', portion: '(TS//SI-G//OC/NF)', parts: { scheme: 'us', level: 'TS' } }]);
  expect((await redoubt('marking', 'rollup', 'S//REL TO USA, FVEY', 'C//REL TO USA, GBR, JPN', 'U')).out).toBe('SECRET//REL TO USA, GBR\n(S//REL TO USA, GBR)\n');
  const wrong = await redoubt('marking', 'rollup', 'S', 'SECRET//NOFORN//SI', '--json');
  expect(wrong.code).toBe(1);
  expect(lines(wrong.out)).toMatchObject([{ error: { code: 'policy.bad-marking', at: 16, data: { rule: 'G.1', index: 1 } } }]);
  expect((await redoubt('marking', 'parse')).code).toBe(2);
});

test('an export of the trail that cannot read a chain writes the others, in every format, and says so', async () => {
  const folder = tempFolder();
  const vault = ['--vault', join(folder, 'vault'), '--passphrase-env', 'PW', '--json'];
  await redoubt('vault', 'create', ...vault);
  const [made] = lines((await redoubt('case', 'create', '--name', 'Pumps', '--marking', 'UNCLASSIFIED', ...vault)).out) as { case: string }[];
  const id = made?.case ?? '';
  writeFileSync(join(folder, 'vault', 'cases', id, 'case.db'), 'not a database at all, and long enough to be read as a page'.repeat(2000));
  for (const format of ['jsonl', 'ocsf', 'cef']) {
    const exported = await redoubt('audit', 'export', '--format', format, ...vault);
    expect(exported.code).toBe(4);
    expect(exported.out).toContain('case.created');
    expect(exported.err).toContain(id);
  }
});

test('an endpoint file takes every field of a profile, with secrets by env and certificates by path, and names a field that it does not know', async () => {
  const folder = tempFolder();
  const vault = ['--vault', join(folder, 'vault'), '--passphrase-env', 'PW', '--json'];
  await redoubt('vault', 'create', ...vault);
  const root = issue({ name: 'Root', isAuthority: true });
  const person = issue({ name: 'Analyst', by: root });
  mkdirSync(join(folder, 'pki'));
  writeFileSync(join(folder, 'pki', 'root.cer'), root.der);
  writeFileSync(join(folder, 'pki', 'person.pem'), person.certificate + lockedKey(person, 'heron'));
  const file = join(folder, 'endpoint.json');
  const whole = {
    name: 'Gov', dialect: 'bedrock', face: 'converse', baseUrl: 'https://bedrock-runtime-fips.us-gov-west-1.amazonaws.com', model: 'openai.gpt-5.4', ceiling: 'CUI', signingRegion: 'us-gov-west-1',
    auth: { kind: 'sigv4', accessKeyId: { env: 'KEY' }, secretAccessKey: { env: 'KEY' } }, ca: 'pki/root.cer', clientCertificate: { files: ['pki/person.pem'], passphrase: { env: 'PIN' } }, proxy: 'http://proxy.agency.example:3128',
    timeouts: { connectMs: 5000 }, dataKinds: ['questions', 'passages'], promptLogging: 'no', contextTokens: 272_000, maxOutputTokens: 4096,
  };
  const add = async (content: object): Promise<Ran> => {
    writeFileSync(file, JSON.stringify(content));
    return redoubt('endpoint', 'add', file, ...vault);
  };
  const added = await add(whole);
  expect(added).toMatchObject({ code: 0, err: '' });
  const listed = await redoubt('endpoint', 'list', ...vault);
  expect(lines(listed.out)).toMatchObject([{ name: 'Gov', auth: 'sigv4', ownTrust: true, clientCertificate: 'pem', proxy: 'http://proxy.agency.example:3128', timeouts: { connectMs: 5000, idleMs: 120_000 }, dataKinds: ['questions', 'passages'], promptLogging: 'no', outside: true, contextTokens: 272_000, capabilities: null }]);
  expect(listed.out).not.toMatch(/canary|PRIVATE KEY/);

  expect(await add({ ...whole, name: 'B', key: 'x' })).toMatchObject({ code: 2, err: expect.stringContaining('unknown field key') as unknown });
  expect(await add({ ...whole, name: 'B', timeouts: { connectSeconds: 5 } })).toMatchObject({ code: 2, err: expect.stringContaining('timeouts.connectSeconds') as unknown });
  expect(await add({ ...whole, name: 'B', auth: { kind: 'sigv4', accessKeyId: 'AKIA', secretAccessKey: { env: 'KEY' } } })).toMatchObject({ code: 2 });
  expect(await add({ ...whole, name: 'B', auth: { kind: 'bearer', env: 'KEY', token: 'x' } })).toMatchObject({ code: 2, err: expect.stringContaining('unknown field auth.token') as unknown });
  expect(await add({ ...whole, name: 'B', auth: { kind: 'bearer', env: 'ABSENT' } })).toMatchObject({ code: 2, err: expect.stringContaining('ABSENT') as unknown });
  const refused = await add({ ...whole, name: 'B', clientCertificate: { files: ['pki/person.pem'], passphrase: { env: 'KEY' } } });
  expect(refused.code).toBe(1);
  expect(lines(refused.out)).toMatchObject([{ error: { code: 'endpoint.bad-profile', data: { field: 'clientCertificate.passphrase' } } }]);
  expect(refused.out).not.toContain(folder);
});

test('an endpoint is tested by name: exit 0 with what it can do, exit 1 with the fault', async () => {
  const folder = tempFolder();
  const vault = ['--vault', join(folder, 'vault'), '--passphrase-env', 'PW', '--json'];
  await redoubt('vault', 'create', ...vault);
  const server = await startModelServer((response, seen, nth) => (seen.method === 'GET' ? answers(200, { data: [{ id: 'small-1' }] }) : streams(frames(textFrame('Hello.'), finishFrame('stop'), '[DONE]')))(response, seen, nth));
  const file = join(folder, 'endpoint.json');
  writeFileSync(file, JSON.stringify({ name: 'Quay', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'small-1', ceiling: 'UNCLASSIFIED' }));
  expect((await redoubt('endpoint', 'add', file, ...vault)).code).toBe(0);
  const tested = await redoubt('endpoint', 'test', 'QUAY', ...vault);
  expect(tested.code).toBe(0);
  expect(tested.err).not.toBe('');
  expect(lines(tested.out)).toMatchObject([{ name: 'Quay', ok: true, models: ['small-1'], fault: null, capabilities: { stream: true } }]);
  await server.close();
  const gone = await redoubt('endpoint', 'test', 'Quay', ...vault);
  expect(gone.code).toBe(1);
  expect(lines(gone.out)).toMatchObject([{ ok: false, capabilities: null, fault: { code: 'endpoint.unreachable' } }]);
  expect(lines((await redoubt('endpoint', 'list', ...vault)).out)).toMatchObject([{ capabilities: { stream: true } }]);
  expect(await redoubt('endpoint', 'test', 'nobody', ...vault)).toMatchObject({ code: 1 });
});
