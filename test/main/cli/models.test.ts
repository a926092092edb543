/** `model add`, `model list` and the routes behind them; what llama.cpp has to take is tested with the real file, where it is. */
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { createNetwork } from '../../../main/models/index.ts';
import { chatValues, madeGguf } from '../../support/gguf.ts';
import { createdEngine, unlockedEngine } from '../../support/engines.ts';
import { overwriteBytes } from '../../support/damage.ts';
import { hasLlamaServer, startLlamaServer } from '../../support/llama-server.ts';
import { endpointAt } from '../../support/model-servers/asking.ts';
import { realModel } from '../../support/real-models.ts';
import { ranCli, type Ran } from '../../support/cli.ts';
import { tempFolder } from '../../support/vaults.ts';

const redoubt = (...args: string[]): Promise<Ran> => ranCli(args, { PW: 'six grey herons wait at noon' });

const lines = (text: string): unknown[] => text.trim().split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as unknown);
const slowMs = 180_000;
const chatFile = realModel('chat');

async function newVault(): Promise<{ readonly folder: string; readonly options: string[] }> {
  const folder = tempFolder();
  const options = ['--vault', join(folder, 'vault'), '--passphrase-env', 'PW', '--json'];
  expect((await redoubt('vault', 'create', '--system-high', 'UNCLASSIFIED', ...options)).code).toBe(0);
  return { folder, options };
}

describe('model add', () => {
  test('refuses by name what is no model file, and nothing of it stays in the vault', async () => {
    const { folder, options } = await newVault();
    const refusals: readonly (readonly [string, Uint8Array, string])[] = [
      ['page.gguf', Buffer.from('<html>sign in</html>'.repeat(10)), 'model.bad-file'],
      ['cut.gguf', madeGguf().subarray(0, 200), 'model.bad-file'],
      ['part.gguf', madeGguf({ values: [...chatValues, ['split.count', { u32: 2 }]] }), 'model.unsupported'],
      // Well formed, and yet no model: only llama.cpp can tell, in its own process.
      ['hollow.gguf', madeGguf(), 'model.unsupported'],
    ];
    for (const [name, bytes, code] of refusals) {
      writeFileSync(join(folder, name), bytes);
      const refused = await redoubt('model', 'add', join(folder, name), ...options);
      expect([name, refused.code, lines(refused.out)]).toMatchObject([name, 1, [{ error: { code } }]]);
      expect(refused.out).not.toContain(folder);
      expect(existsSync(join(folder, 'vault', 'models')) ? readdirSync(join(folder, 'vault', 'models')) : []).toEqual([]);
    }
    expect((await redoubt('model', 'list', ...options)).out).toBe('');
    expect(lines((await redoubt('model', 'add', join(folder, 'absent.gguf'), ...options)).out)).toMatchObject([{ error: { code: 'case.path-absent' } }]);
    expect(lines((await redoubt('model', 'add', join(folder, 'vault', 'vault.db'), ...options)).out)).toMatchObject([{ error: { code: 'case.path-is-vault' } }]);
    expect((await redoubt('model', 'add', ...options)).code).toBe(2);
    expect((await redoubt('model', 'add', 'x.gguf', '--name', ' ', ...options)).code).toBe(2);
    expect((await redoubt('model', 'add', 'x.gguf', '--name', 'a/b', ...options)).code).toBe(1);
  }, slowMs);
});

describe('an embedded endpoint', () => {
  test('cannot be added for a model that the vault does not have', async () => {
    const engine = await createdEngine(join(tempFolder(), 'vault'));
    await expect(engine.call('endpoints.add', { name: 'Laptop', dialect: 'embedded', baseUrl: '', model: 'Heron', ceiling: 'UNCLASSIFIED' })).rejects.toMatchObject({ wire: { code: 'endpoint.bad-profile', data: { field: 'model' } } });
    await engine.close();
  });

  test('without a runtime is a bad profile, not a silent nothing', () => {
    const network = createNetwork({ clock: { nowMs: () => 0 } });
    expect(() => network.clientFor(endpointAt('', { profile: { dialect: 'embedded', model: 'Heron' } }))).toThrow(expect.objectContaining({ code: 'endpoint.bad-profile' }));
  });
});

describe.skipIf(chatFile === null)('with a real model file', () => {
  const file = chatFile ?? '';

  test('a script adds it, finds it listed, runs it as an endpoint, asks a case through it, and the vault is whole', async () => {
    const { folder, options } = await newVault();
    const added = await redoubt('model', 'add', file, '--name', 'Small', ...options);
    expect(added.code).toBe(0);
    const [info] = lines(added.out) as { sha256: string }[];
    expect(info).toMatchObject({ name: 'Small', kind: 'chat', architecture: 'llama', contextTokens: 8192, licence: 'apache-2.0', sizeBytes: 98_362_432, endpoints: [] });
    expect(readdirSync(join(folder, 'vault', 'models'))).toEqual([`${info?.sha256 ?? ''}.gguf`]);
    expect(lines((await redoubt('model', 'add', file, '--name', 'SMALL', ...options)).out)).toMatchObject([{ error: { code: 'model.name-taken' } }]);
    expect(lines((await redoubt('model', 'add', file, '--name', 'Other', ...options)).out)).toMatchObject([{ error: { code: 'model.exists' } }]);
    writeFileSync(join(folder, 'endpoint.json'), JSON.stringify({ name: 'Laptop', dialect: 'embedded', baseUrl: '', model: 'small', ceiling: 'UNCLASSIFIED', contextTokens: 2048 }));
    expect((await redoubt('endpoint', 'add', join(folder, 'endpoint.json'), ...options)).code).toBe(0);
    expect(lines((await redoubt('model', 'list', ...options)).out)).toMatchObject([{ name: 'Small', endpoints: ['Laptop'] }]);
    expect(lines((await redoubt('endpoint', 'test', 'Laptop', ...options)).out)).toMatchObject([{ ok: true, capabilities: { jsonSchema: 'schema', contextTokens: 2048 } }]);

    mkdirSync(join(folder, 'dump'));
    writeFileSync(join(folder, 'dump', 'log.txt'), 'Pump 4B tripped on 20 March 2024 because a bearing ran hot.\n');
    await redoubt('case', 'create', '--name', 'Pumps', '--marking', 'UNCLASSIFIED', ...options);
    await redoubt('ingest', join(folder, 'dump'), '--case', 'Pumps', ...options);
    const asked = await redoubt('ask', 'Why did pump 4B trip?', '--endpoint', 'Laptop', '--case', 'Pumps', ...options);
    expect(asked.code).toBe(0);
    expect(lines(asked.out)).toMatchObject([{ state: 'answered', model: { kind: 'endpoint', name: 'Laptop', model: 'Small' }, marking: 'UNCLASSIFIED', fault: null }]);
    expect(lines((await redoubt('vault', 'verify', ...options)).out)).toEqual([{ ok: true, problems: [] }]);
  }, slowMs);

  test('verify finds a model file that was changed and one that was slipped in; a model in use is not removed, one that is not goes with its file', async () => {
    const folder = tempFolder();
    const vault = join(folder, 'vault');
    const engine = await createdEngine(vault);
    const { model, sha256 } = await engine.call('models.add', { path: file, name: 'Small' });
    const { endpoint } = await engine.call('endpoints.add', { name: 'Laptop', dialect: 'embedded', baseUrl: '', model: 'Small', ceiling: 'UNCLASSIFIED' });
    await expect(engine.call('models.remove', { model })).rejects.toMatchObject({ wire: { code: 'model.in-use' } });
    overwriteBytes(join(vault, 'models', `${sha256}.gguf`), 50_000_000, Buffer.from('x'));
    writeFileSync(join(vault, 'models', 'evil.gguf'), 'x');
    expect((await engine.call('vault.verify', {})).problems).toEqual([{ code: 'model.damaged', where: join('models', `${sha256}.gguf`) }, { code: 'model.unregistered', where: join('models', 'evil.gguf') }]);
    expect(await engine.call('endpoints.test', { endpoint })).toMatchObject({ ok: false, fault: { code: 'model.damaged' } });
    await engine.close();
    const again = await unlockedEngine(vault);
    await again.call('endpoints.remove', { endpoint });
    await again.call('models.remove', { model });
    expect(readdirSync(join(vault, 'models'))).toEqual(['evil.gguf']);
    expect(await again.call('models.list', {})).toEqual({ models: [] });
    await expect(again.call('models.remove', { model })).rejects.toMatchObject({ wire: { code: 'model.unknown' } });
    const { records } = await again.call('audit.list', { case: null, offset: 0, limit: 50 });
    expect(records.map(({ action }) => action)).toEqual(expect.arrayContaining(['model.added', 'model.removed']));
    await again.close();
  }, slowMs);

  test.skipIf(!hasLlamaServer())('llama.cpp’s own server answers a case over loopback, as an openai-chat endpoint', async () => {
    const { folder, options } = await newVault();
    const server = await startLlamaServer(file);
    try {
      writeFileSync(join(folder, 'endpoint.json'), JSON.stringify({ name: 'Peer', dialect: 'openai-chat', baseUrl: server.baseUrl, model: 'smollm2', ceiling: 'UNCLASSIFIED', maxOutputTokens: 200 }));
      expect((await redoubt('endpoint', 'add', join(folder, 'endpoint.json'), ...options)).code).toBe(0);
      const tested = lines((await redoubt('endpoint', 'test', 'Peer', ...options)).out);
      expect(tested).toMatchObject([{ ok: true, fault: null, capabilities: { stream: true, jsonSchema: 'schema' } }]);
      mkdirSync(join(folder, 'dump'));
      writeFileSync(join(folder, 'dump', 'log.txt'), 'Pump 4B tripped on 20 March 2024 because a bearing ran hot.\n');
      await redoubt('case', 'create', '--name', 'Pumps', '--marking', 'UNCLASSIFIED', ...options);
      await redoubt('ingest', join(folder, 'dump'), '--case', 'Pumps', ...options);
      const asked = await redoubt('ask', 'Why did pump 4B trip?', '--endpoint', 'Peer', '--case', 'Pumps', ...options);
      const [answer] = lines(asked.out);
      expect(answer).toMatchObject({ state: expect.stringMatching(/^(?:answered|cut)$/) as unknown, model: { kind: 'endpoint', name: 'Peer' }, fault: null });
      // A small model may go on to the longest answer that it may give: that is not a whole one, and the verb says so.
      expect(asked.code).toBe((answer as { readonly state?: unknown } | undefined)?.state === 'answered' ? 0 : 1);
    } finally {
      await server.close();
    }
  }, slowMs);
});
