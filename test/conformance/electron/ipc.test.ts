import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture } from './fixture-app.ts';
import type { RunningFixture } from './fixture-app.ts';

let running: RunningFixture;
beforeAll(async () => { running = await startFixture(); });
afterAll(async () => running[Symbol.asyncDispose]());

describe('ipc', () => {
  it('clones values both ways', async () => {
    expect(await running.page.evaluate(async () => {
      const value: Record<string, unknown> = { map: new Map([[1, { set: new Set([2n]) }]]), date: new Date(5), nothing: undefined, nan: NaN, zero: -0, floats: new Float64Array([1.5]), buffer: new Uint8Array([1, 2, 3]).buffer, error: new TypeError('typed'), text: 'Zürich 🛡 \ud83d' };
      value['self'] = value;
      const [back] = await fixtureApi.invoke('echo', value) as [Record<string, never> & { map: Map<number, { set: Set<bigint> }>; date: Date; floats: Float64Array; buffer: ArrayBuffer; error: Error }];
      return [back.map.get(1)?.set.has(2n), back.date.getTime(), 'nothing' in back && back['nothing'] === undefined, Number.isNaN(back['nan']), Object.is(back['zero'], -0), back.floats[0], new Uint8Array(back.buffer).join(), back.error instanceof Error && back.error.message, back['text'] === value['text'], back['self'] === back];
    })).toEqual([true, 5, true, true, true, 1.5, '1,2,3', 'typed', true, true]);
  });

  it('refuses what cannot be cloned, names a failing handler and a missing one', async () => {
    expect(await running.page.evaluate(() => fixtureApi.invoke('echo', { call: () => 1 }).catch((error: Error) => error.message))).toContain('could not be cloned');
    expect(await running.page.evaluate(() => fixtureApi.invoke('fail').catch((error: Error) => error.message))).toBe("Error invoking remote method 'fail': RangeError: refused by the handler");
    expect(await running.page.evaluate(() => fixtureApi.invoke('missing').catch((error: Error) => error.message))).toBe("Error invoking remote method 'missing': Error: No handler registered for 'missing'");
  });

  it('says which frame sent', async () => {
    expect(await running.page.evaluate(() => fixtureApi.invoke('sender'))).toEqual({ url: 'app://bundle/page.html', origin: 'app://bundle', parent: null, isMain: true });
  });

  it('delivers to the page what main sends, in order and complete', async () => {
    expect(await running.page.evaluate(() => new Promise((resolve) => {
      const seen: number[] = [];
      const off = fixtureApi.on('token', (index) => {
        seen.push(index as number);
        if (seen.length < 5000) return;
        off();
        resolve(seen.every((item, place) => item === place));
      });
      fixtureApi.send('tokens', 5000);
    }))).toBe(true);
  });

  it('listens once', async () => {
    const [first] = await Promise.all([
      running.page.evaluate(() => fixtureApi.once('news')),
      running.application.evaluate(async ({ BrowserWindow }) => {
        for (let index = 0; index < 50; index++) {
          BrowserWindow.getAllWindows()[0]?.webContents.send('news', 'fresh');
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }),
    ]);
    expect(first).toBe('fresh');
  });

  it('handles once and removes handlers', async () => {
    await running.application.evaluate(({ ipcMain }) => ipcMain.handleOnce('once', () => 'first'));
    expect(await running.page.evaluate(() => fixtureApi.invoke('once'))).toBe('first');
    expect(await running.page.evaluate(() => fixtureApi.invoke('once').catch((error: Error) => error.message))).toContain('No handler registered');
    await expect(running.application.evaluate(({ ipcMain }) => ipcMain.handle('echo', () => 1))).rejects.toThrow('second handler');
  });

  it('carries 20 MB each way', async () => {
    expect(await running.page.evaluate(async () => {
      const bytes = new Uint8Array(20e6).fill(7, 0, 1);
      bytes[bytes.length - 1] = 9;
      const [back] = await fixtureApi.invoke('echo', bytes) as [Uint8Array];
      return [back.byteLength, back[0], back.at(-1)];
    })).toEqual([20e6, 7, 9]);
  });

  it('reaches the page after a reload', async () => {
    await running.page.reload();
    await running.page.waitForSelector('#ready:not(:empty)');
    expect(await running.page.evaluate(() => fixtureApi.invoke('echo', 1))).toEqual([1]);
  });
});

describe('the context bridge', () => {
  it('calls through, returns, throws and frees callbacks', async () => {
    expect(await running.page.evaluate(() => {
      const thrown = (() => {
        try {
          return fixtureApi.throws();
        } catch (error) {
          return (error as Error).message;
        }
      })();
      return [fixtureApi.add(2, 3), thrown, typeof fixtureApi.on('nothing', () => {})];
    })).toEqual([5, 'thrown in the preload', 'function']);
  });

  it('shares no object and no global between the worlds', async () => {
    expect(await running.page.evaluate(() => {
      const scope = globalThis as unknown as Record<string, unknown>;
      return { secret: typeof scope['preloadSecret'], require: typeof scope['require'], process: typeof scope['process'], leaks: Object.keys(scope).filter((key) => /stand|electron|ipc/i.test(key)), frozen: Object.isFrozen(fixtureApi) && Object.isFrozen(fixtureApi.nested.list), own: fixtureApi.nested.constructor === Object && fixtureApi.add.constructor === Function };
    })).toEqual({ secret: 'undefined', require: 'undefined', process: 'undefined', leaks: [], frozen: true, own: true });
  });

  it('keeps the preload safe from a page that replaces builtins', async () => {
    expect(await running.page.evaluate(() => [fixtureApi.look(), [1].map((item) => item)])).toEqual([{ pageGlobal: true, map: [2] }, ['replaced by the page']]);
  });
});
