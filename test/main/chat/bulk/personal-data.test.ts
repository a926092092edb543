/** Personal data in what bulk work sends: replaced before it leaves, by how things stand when it leaves, or nothing leaves. */
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { AppError } from '../../../../main/base/errors.ts';
import { bulkKinds, createBulk, createLanes } from '../../../../main/chat/index.ts';
import { keyOf, requestItem, type ItemRequest } from '../../../../main/chat/bulk/item-request.ts';
import { createPersonalData, type PersonalData } from '../../../../main/entities/index.ts';
import { toMarking } from '../../../../main/policy/index.ts';
import { createSearcher } from '../../../../main/search/index.ts';
import { readContent, type BulkSpec, type CaseStore, type DocumentRow, type EndpointRow } from '../../../../main/store/index.ts';
import { markDocument } from '../../../../main/triage/index.ts';
import { endpointAt, testNetwork } from '../../../support/model-servers/asking.ts';
import { addTextDocument, newCase, newVault, tempFolder } from '../../../support/vaults.ts';

const body = 'Anna Schmidt asked bob@acme.example for the lamp of pier nine.';
const never = new AbortController().signal;
/** No request is made to it: the guard's word is all that is asked for. */
const outside = endpointAt('https://models.example');

interface Bench {
  readonly store: CaseStore;
  readonly document: DocumentRow;
  readonly request: (personalData: PersonalData, endpoint?: () => EndpointRow) => Promise<ItemRequest>;
}

async function bench(): Promise<Bench> {
  const store = newCase(await newVault(join(tempFolder(), 'vault')));
  const document = await addTextDocument(store, 'note.txt', body);
  const kind = bulkKinds.find((one) => one.kind === 'first-pass');
  if (kind === undefined || document.content === null) throw new Error('no first pass, or no text');
  const parameters = { instruction: 'lamps' };
  const spec: BulkSpec = { kind: kind.kind, version: kind.version, parameters, endpoint: { endpoint: outside.id, name: outside.name, model: 'small-1', host: 'models.example' }, scope: { kind: 'case' }, parametersMarking: toMarking('UNCLASSIFIED'), isForBatch: false };
  const { sha256, textVersion } = readContent(store.read, document.content);
  const [start, end] = [0, body.length];
  const item = { document: document.document, start, end, key: keyOf(store, spec, { sha256, textVersion, title: document.title, start, end }) };
  return { store, document, request: (personalData, endpoint = () => outside) => requestItem({ store, personalData, spec, kind, opened: kind.open(parameters), endpoint }, item, never) };
}

/** Something happens while personal data is looked for. */
function meanwhile(does: () => void): PersonalData {
  const real = createPersonalData();
  onTestFinished(() => real.close());
  return { ...real, hide: async (texts, signal) => { does(); return real.hide(texts, signal); } };
}

test('what leaves for outside has stand-ins, and what comes back is restored', async () => {
  const { request } = await bench();
  const made = await request(meanwhile(() => undefined));
  const sent = made.request.messages.map(({ text }) => text).join('\n');
  expect(sent).not.toMatch(/Schmidt|bob@acme/);
  expect(made.outcome.kind).toBe('cleared');
  const [said = ''] = /\[PERSON-\d+\] asked \[EMAIL-\d+\]/.exec(sent) ?? [];
  expect(made.restore(said)).toBe('Anna Schmidt asked bob@acme.example');
});

test('a marking that was raised, or a ceiling that was lowered, while personal data was looked for holds the request back', async () => {
  const raised = await bench();
  const marked = await raised.request(meanwhile(() => void markDocument(raised.store, raised.document, toMarking('SECRET'), 'raised meanwhile')));
  expect(marked.outcome).toMatchObject({ kind: 'refused', portions: [{ document: raised.document.id }] });

  const { request, store, document } = await bench();
  markDocument(store, document, toMarking('SECRET'), 'as it is');
  let endpoint: EndpointRow = { ...outside, profile: { ...outside.profile, ceiling: toMarking('SECRET') } };
  const lowered = await request(meanwhile(() => { endpoint = outside; }), () => endpoint);
  expect(lowered.outcome).toMatchObject({ kind: 'refused' });
});

test('an endpoint that is taken out meanwhile is sent nothing', async () => {
  const { request } = await bench();
  let isThere = true;
  const endpoint = (): EndpointRow => {
    if (!isThere) throw new AppError('endpoint.unknown', 'It was taken out.');
    return outside;
  };
  await expect(request(meanwhile(() => { isThere = false; }), endpoint)).rejects.toMatchObject({ code: 'endpoint.unknown' });
});

test('when personal data cannot be looked for the run stops with that reason, and nothing was sent', async () => {
  const { store, document } = await bench();
  const { network } = testNetwork();
  const searcher = createSearcher({ readerOptions: store.readerOptions });
  onTestFinished(() => searcher.close());
  const died = (): Promise<never> => Promise.reject(new AppError('bridge.internal', 'Personal data could not be looked for. Nothing was sent.'));
  const personalData: PersonalData = { find: died, tell: died, hide: died, close: () => Promise.resolve() };
  const bulk = createBulk({ store, searcher, network, personalData, lanes: createLanes({ clock: store.clock, presence: network.presence }), kinds: bulkKinds, endpoints: () => [outside], onChange: () => undefined });
  onTestFinished(() => bulk.close());
  const { run } = await bulk.start({ kind: 'first-pass', parameters: { instruction: 'lamps' }, endpoint: outside.id, scope: { kind: 'documents', documents: [document.id] }, budget: { tokens: null, requests: null }, parametersMarking: null, isForBatch: false });
  const ended = await bulk.watch(run, () => undefined, never);
  expect(ended).toMatchObject({ state: 'paused', reason: { code: 'bridge.internal' }, counts: { queued: 1, done: 0 } });
  expect(network.counters().sockets).toBe(0);
});
