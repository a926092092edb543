import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { host } from '../../support/electron-host.ts';
import { startFixture } from './fixture-app.ts';
import type { RunningFixture } from './fixture-app.ts';

let running: RunningFixture;
beforeAll(async () => { running = await startFixture(); });
afterAll(async () => running[Symbol.asyncDispose]());

/** Gives the page's own world a port whose far end waits in the main process as `far`, and keeps it there as `near`. */
async function givePort(label: string): Promise<void> {
  const arrived = running.page.evaluate((expected) => new Promise<void>((resolve) => {
    addEventListener('message', (event: MessageEvent<{ label?: string }>) => {
      if (event.data.label !== expected) return;
      Object.assign(globalThis, { near: event.ports[0] });
      resolve();
    });
    Object.assign(globalThis, { [`waiting-${expected}`]: true });
  }), label);
  await running.page.waitForFunction((name) => name in globalThis, `waiting-${label}`);
  await running.application.evaluate(({ BrowserWindow, MessageChannelMain }, name) => {
    const { port1, port2 } = new MessageChannelMain();
    Object.assign(globalThis, { far: port1 });
    BrowserWindow.getAllWindows()[0]?.webContents.postMessage('port', name, [port2]);
  }, label);
  await arrived;
}

declare global {
  var near: MessagePort;
  var far: Electron.MessagePortMain;
}

describe('message ports', () => {
  it('join the page\'s own world and main', async () => {
    await givePort('join');
    await running.application.evaluate(() => {
      far.on('message', ({ data }) => far.postMessage({ echoed: data as unknown }));
      far.start();
    });
    expect(await running.page.evaluate(() => new Promise((resolve) => {
      near.onmessage = (event) => resolve(event.data);
      near.postMessage({ bytes: new Uint8Array([1, 2]), when: new Date(3) });
    }))).toEqual({ echoed: { bytes: new Uint8Array([1, 2]), when: new Date(3) } });
  });

  it('hold messages until they are started and keep their order', async () => {
    await givePort('order');
    await running.page.evaluate(() => { for (let index = 0; index < 500; index++) near.postMessage(index); });
    expect(await running.application.evaluate(() => new Promise((resolve) => {
      const seen: number[] = [];
      far.on('message', ({ data }) => {
        seen.push(data as number);
        if (seen.length === 500) resolve(seen.every((item, place) => item === place));
      });
      far.start();
    }))).toBe(true);
  });

  it('carry 20 MB each way', async () => {
    await givePort('bulk');
    await running.application.evaluate(() => {
      far.on('message', ({ data }) => {
        const bytes = data as Uint8Array;
        far.postMessage(Uint8Array.from(bytes, (value) => value + 1));
      });
      far.start();
    });
    expect(await running.page.evaluate(() => new Promise((resolve) => {
      near.onmessage = (event: MessageEvent<Uint8Array>) => resolve([event.data.byteLength, event.data[0], event.data.at(-1)]);
      const bytes = new Uint8Array(20e6);
      bytes[0] = 4;
      bytes[bytes.length - 1] = 5;
      near.postMessage(bytes);
    }))).toEqual([20e6, 5, 6]);
  });

  it('carry further ports', async () => {
    await givePort('nested');
    await running.application.evaluate(() => {
      far.on('message', ({ ports }) => {
        const inner = ports[0];
        inner?.on('message', ({ data }) => inner.postMessage({ inner: data as unknown }));
        inner?.start();
      });
      far.start();
    });
    expect(await running.page.evaluate(() => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = (event) => resolve(event.data);
      near.postMessage('take it', [port2]);
      port1.postMessage('hello');
    }))).toEqual({ inner: 'hello' });
  });

  it('that the page sends up answer it', async () => {
    expect(await running.page.evaluate(() => fixtureApi.portToMain('echo-port', { from: 'page' }))).toEqual({ echoed: { from: 'page' } });
  });

  it('tell main of a close in the page', async () => {
    await givePort('close-page');
    const gone = running.application.evaluate(() => new Promise<string>((resolve) => {
      far.once('close', () => resolve('closed'));
      far.start();
    }));
    await running.page.evaluate(() => near.close());
    expect(await gone).toBe('closed');
  });

  // Pages hear of a close only where Chromium has MessagePort's close event, which a release may have switched off.
  it.runIf(host === 'standin')('tell the page of a close in main', async () => {
    await givePort('close-main');
    const closed = running.page.evaluate(() => new Promise<string>((resolve) => {
      near.addEventListener('close', () => resolve('closed'));
      near.start();
      Object.assign(globalThis, { listening: true });
    }));
    await running.page.waitForFunction(() => 'listening' in globalThis);
    await running.application.evaluate(() => far.close());
    expect(await closed).toBe('closed');
  });

  it('close when the page reloads', async () => {
    await givePort('reload');
    const gone = running.application.evaluate(() => new Promise<string>((resolve) => {
      far.once('close', () => resolve('closed'));
      far.start();
    }));
    await running.page.reload();
    expect(await gone).toBe('closed');
    await running.page.waitForSelector('#ready:not(:empty)');
  });

  it('join two ends in main', async () => {
    expect(await running.application.evaluate(({ MessageChannelMain }) => new Promise((resolve) => {
      const { port1, port2 } = new MessageChannelMain();
      const seen: unknown[] = [];
      port2.on('message', ({ data }) => seen.push(data));
      port2.on('close', () => resolve(seen));
      port1.postMessage({ order: 1 });
      port1.postMessage({ order: 2 });
      port1.close();
      port2.start();
    }))).toEqual([{ order: 1 }, { order: 2 }]);
  });
});
