import { afterEach, describe, expect, test } from 'vitest';
import { askAt, keyCanary, promptCanary, shown, type Asked } from '../../support/model-servers/asking.ts';
import { startModelServer, type Respond } from '../../support/model-servers/model-server.ts';
import { startRawServer } from '../../support/model-servers/raw-server.ts';
import { scripts, streamed, streamOf, type Script } from '../../support/model-servers/scripts.ts';
import { wireBehaviours, type WireBehaviour } from '../../support/model-servers/wire-behaviours.ts';

const open: { readonly close: () => Promise<unknown> }[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map(({ close }) => close()));
});

const serve = async (respond: Respond) => {
  const server = await startModelServer(respond);
  open.push(server);
  return { ...server, origin: new URL(server.baseUrl).origin };
};
const ask = (script: Script, origin: string, limits: WireBehaviour['limits'] = {}): Promise<Asked> => askAt(`${origin}${script.basePath}`, { profile: script.profile, secrets: script.secrets, limits });

describe.each(scripts)('over $name, a server that', (script) => {
  const sensible = wireBehaviours.filter(({ only }) => only === undefined || only(script));
  test.each(sensible)('$does: $state, $code', async ({ respond, raw, state, text = '', code, requests = 1, limits, ...behaviour }) => {
    const server = respond === undefined ? null : await serve(respond(script));
    const byHand = raw === undefined ? null : await startRawServer(raw(script));
    if (byHand !== null) open.push(byHand);
    const asked = await ask(script, server?.origin ?? `http://127.0.0.1:${byHand?.port}`, limits);
    expect({ state: asked.end.state, text: asked.text, code: asked.end.fault?.code ?? null }).toEqual({ state, text, code: code ?? null });
    if (behaviour.reasoning !== undefined || !('reasoning' in behaviour)) expect(asked.reasoning).toBe(behaviour.reasoning ?? '');
    if (behaviour.isUsageTold === true) expect(asked.end.usage).toEqual(script.counts);
    if (server !== null) expect(server.requests.map(({ path }) => path)).toEqual(Array.from({ length: requests }, () => script.askedPath));
    // Nobody who reads a fault may read in it what was sent.
    expect(shown(asked.end)).not.toContain(promptCanary);
    expect(shown(asked.end)).not.toContain(keyCanary);
  });
});

describe.each(scripts)('over $name, a stream that is cut', (script) => {
  const bytes = Buffer.concat(streamOf(script));
  const endsAt = bytes.indexOf(Buffer.from(script.end('complete')));

  test('anywhere is whole or is not called so', async () => {
    let cutAt = 0;
    const server = await serve((response, seen, nth) => streamed(script, bytes.subarray(0, cutAt))(response, seen, nth));
    const wrong: unknown[] = [];
    for (; cutAt <= bytes.length; cutAt += 1) {
      const { text, end } = await ask(script, server.origin);
      const isRight = 'It is due.'.startsWith(text) && end.fault === null && (cutAt <= endsAt ? end.state === 'truncated' : text === 'It is due.' && (end.state === 'truncated' || end.state === 'complete'));
      if (!isRight) wrong.push({ cutAt, text, end });
    }
    expect(wrong).toEqual([]);
    const last = await ask(script, server.origin);
    expect(last.end.state).toBe('complete');
  });
});
