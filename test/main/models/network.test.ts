import { describe, expect, test } from 'vitest';
import type { EndpointId } from '../../../preload/contract/domains/basics.ts';
import { clearedTexts, endpointAt, nowMs, testNetwork } from '../../support/model-servers/asking.ts';
import { answers, startModelServer } from '../../support/model-servers/model-server.ts';

const first = 'a1'.repeat(16) as EndpointId;
const second = 'b2'.repeat(16) as EndpointId;

describe('who answers', () => {
  test('is unknown before it is noted, then what was noted last', () => {
    const { network } = testNetwork();
    network.clientFor(endpointAt('http://127.0.0.1:9/v1', { id: first, name: 'North' }));
    network.clientFor(endpointAt('http://127.0.0.1:9/v1', { id: second, name: 'South' }));
    expect([network.reachable(first), network.unreachableName()]).toEqual([null, null]);
    network.noteReachable(first, false);
    network.noteReachable(second, false);
    expect(network.unreachableName()).toBe('South');
    network.noteReachable(first, false);
    expect(network.unreachableName()).toBe('North');
    network.noteReachable(first, true);
    expect([network.reachable(first), network.unreachableName()]).toEqual([true, 'South']);
    network.forget(second);
    expect([network.reachable(second), network.unreachableName()]).toEqual([null, null]);
  });
});

test('one count covers every endpoint', async () => {
  const server = await startModelServer(answers(200, { data: [{ embedding: [1] }] }));
  const { network } = testNetwork();
  try {
    for (const id of [first, second]) await network.clientFor(endpointAt(server.baseUrl, { id })).embed(clearedTexts(['noon']), new AbortController().signal);
    expect(network.counters()).toEqual({ sockets: server.connections(), requests: 2, since: nowMs });
  } finally {
    await network.close();
    await server.close();
  }
});
