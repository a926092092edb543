/** A plan over a table that a model proposes: what leaves, what is refused, and what a hostile proposal comes to. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { CaseId, EndpointId } from '../../../preload/contract/domains/basics.ts';
import { startBulkServer, type BulkServer } from '../../support/bulk-server.ts';
import { addCase, createdEngine, ingested, secretNoforn, unclassified, type TestEngine } from '../../support/engines.ts';
import { tempFolder } from '../../support/vaults.ts';

interface Scene {
  readonly engine: TestEngine;
  readonly caseId: CaseId;
  readonly endpoint: EndpointId;
  readonly server: BulkServer;
}

async function scene(reply: string, marking = unclassified): Promise<Scene> {
  const engine = await createdEngine(join(tempFolder(), 'vault'));
  onTestFinished(() => engine.close());
  const caseId = await addCase(engine, 'Harbour', marking);
  const folder = tempFolder();
  writeFileSync(join(folder, 'dues.csv'), 'ship,paid on,dues\nCorranCanary,2024-03-01,1200.50\nVellen,2024-03-02,99.50\nCorranCanary,2024-04-01,0.10\n');
  await ingested(engine, caseId, [folder]);
  const server = await startBulkServer({ words: /nothing/, reply: () => reply });
  onTestFinished(() => server.close());
  const { endpoint } = await engine.call('endpoints.add', { name: 'Planner', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'small-1', ceiling: 'UNCLASSIFIED' });
  return { engine, caseId, endpoint, server };
}

const whole = { table: 1, filters: [] as object[], groupBy: null as string | null, measure: { kind: 'count', column: null as string | null }, sort: null as object | null, limit: null as number | null };
const question = 'What did the ships pay in March altogether?';
const propose = ({ engine, caseId, endpoint }: Scene) => engine.call('chat.propose-table-plan', { case: caseId, question, endpoint });

test('the question and the names of columns leave, no row does; the plan is shown and runs only then', async () => {
  const made = await scene(JSON.stringify({ ...whole, filters: [{ column: 'paid on', is: '=', value: '2024-03' }], measure: { kind: 'sum', column: 'dues' } }));
  const planned = await propose(made);
  expect(planned).toMatchObject({ ways: [{ isCertain: false, plan: { kind: 'table', measure: { kind: 'sum', column: 'dues' } }, table: { words: ['sum of dues', 'where paid on is “2024-03”'] } }] });
  const sent = JSON.stringify(made.server.requests);
  expect(sent).toContain('paid on');
  expect(sent).not.toMatch(/CorranCanary|1200\.50|99\.50/);
  const { records } = await made.engine.call('audit.list', { case: made.caseId, offset: 0, limit: 100 });
  expect(records.filter(({ action }) => action === 'model.cleared')).toHaveLength(1);
  const { turn } = await made.engine.call('chat.ask', { case: made.caseId, conversation: null, question, endpoint: made.endpoint, plan: planned.ways[0]?.plan ?? null });
  expect(turn.answer?.exhaustive?.figure).toBe('1,300.00');
  expect(made.server.requests).toHaveLength(1);
});

test('above the ceiling nothing leaves, and the refusal is recorded', async () => {
  const made = await scene(JSON.stringify(whole), secretNoforn);
  await expect(propose(made)).rejects.toMatchObject({ wire: { code: 'policy.refused' } });
  expect(made.server.requests).toHaveLength(0);
  const { records } = await made.engine.call('audit.list', { case: made.caseId, offset: 0, limit: 100 });
  expect(records.filter(({ action, outcome }) => action === 'model.cleared' && outcome === 'refused')).toHaveLength(1);
});

test.each(['remove', 'lower'] as const)('an endpoint that changes while tables are looked at gets what it may get then: %s', async (act) => {
  const made = await scene(JSON.stringify(whole), secretNoforn);
  const { engine, server } = made;
  const profile = { name: 'Reader', dialect: 'openai-chat' as const, baseUrl: server.baseUrl, model: 'small-1', ceiling: 'SECRET//NOFORN' };
  const { endpoint } = await engine.call('endpoints.add', profile);
  const asked = propose({ ...made, endpoint }).then(() => null, (error: unknown) => error);
  await (act === 'remove' ? engine.call('endpoints.remove', { endpoint }) : engine.call('endpoints.change', { endpoint, profile: { ...profile, ceiling: 'UNCLASSIFIED' } }));
  expect(await asked).toMatchObject({ wire: { code: act === 'remove' ? 'endpoint.unknown' : 'policy.refused' } });
  expect(server.requests).toHaveLength(0);
});

describe('a hostile or careless proposal becomes no plan, and its words stay out of the error', () => {
  test.each<[string, unknown]>([
    ['a column that is not there', { ...whole, measure: { kind: 'sum', column: 'canarycolumn' } }], ['a prototype name', { ...whole, groupBy: '__proto__' }], ['code in place of a plan', 'canary(); process.exit()'], ['SQL', { sql: 'SELECT canary' }],
    ['a huge limit', { ...whole, limit: 1e12 }], ['a table that was not offered', { ...whole, table: 7 }], ['no table', { ...whole, table: 0 }], ['more than the form has', { ...whole, exec: 'canary' }], ['a figure of no column', { ...whole, measure: { kind: 'sum', column: null } }],
    ['a number compared with code', { ...whole, filters: [{ column: 'dues', is: '>', value: 'canary()' }] }], ['a filter that is none', { ...whole, filters: [{ column: 'ship', is: 'regex', value: '(canary+)+$' }] }],
  ])('%s', async (_name, reply) => {
    const made = await scene(typeof reply === 'string' ? reply : JSON.stringify(reply));
    const failure = await propose(made).then(() => null, (error: unknown) => JSON.stringify(error));
    expect(failure).toContain('case.bad-plan');
    expect(failure).not.toMatch(/canary|Corran/i);
  });
});
