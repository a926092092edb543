import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { appAddress } from '../../support/electron-host.ts';
import { openPage, startFixture } from './fixture-app.ts';
import type { RunningFixture } from './fixture-app.ts';

let running: RunningFixture;
let server: Server;
let reached = 0;
let outside = '';

beforeAll(async () => {
  server = createServer((_request, response) => {
    reached += 1;
    response.setHeader('access-control-allow-origin', '*');
    response.end('reached');
  });
  server.on('upgrade', (_request, socket) => {
    reached += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  outside = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  running = await startFixture({ env: { FIXTURE_STAYS: '1' } });
});
afterAll(async () => {
  await running[Symbol.asyncDispose]();
  server.closeAllConnections();
  server.close();
});

const log = (): Promise<string[]> => running.application.evaluate(() => fixtureMain.log);

describe('the app\'s own scheme', () => {
  it('is served by its handler, with requests, workers and the page\'s policy', async () => {
    expect(appAddress(running.page.url())).toBe('app://bundle/page.html');
    expect(await running.page.evaluate(async () => (await fetch('/echo-request?x=1', { method: 'POST', body: 'sent' })).json() as Promise<unknown>)).toEqual({ method: 'POST', url: 'app://bundle/echo-request?x=1', body: 'sent' });
    expect(await running.page.evaluate(async () => (await fetch('/missing.txt')).status)).toBe(404);
    expect(await running.page.evaluate(() => new Promise((resolve, reject) => {
      const worker = new Worker('/worker.js');
      worker.onmessage = (event) => resolve(event.data);
      worker.onerror = (event) => reject(new Error(event.message));
      worker.postMessage(21);
    }))).toBe(42);
    expect(await running.page.evaluate(() => [isSecureContext, (globalThis as unknown as { evalResult: string }).evalResult])).toEqual([true, 'EvalError']);
  });

  it('is handled and let go per session', async () => {
    expect(await running.application.evaluate(({ protocol, session }) => {
      const other = session.fromPartition('elsewhere').protocol;
      const before = [protocol.isProtocolHandled('app'), other.isProtocolHandled('app')];
      other.handle('app', () => new Response('else'));
      const during = other.isProtocolHandled('app');
      other.unhandle('app');
      return [...before, during, other.isProtocolHandled('app')];
    })).toEqual([true, false, true, false]);
  });
});

describe('the network', () => {
  it('is out of reach for a page without a policy of its own', async () => {
    const { application } = running;
    const page = await openPage(application, 'open.html');
    const before = reached;
    const outcome = await page.evaluate(async (target) => {
      const settled = <T>(start: (resolve: (value: string) => void) => T): Promise<string> => new Promise((resolve) => void start(resolve));
      return {
        fetch: await fetch(`http://${target}/fetch`).then(() => 'reached', () => 'refused'),
        image: await settled((resolve) => Object.assign(new Image(), { onload: () => resolve('reached'), onerror: () => resolve('refused'), src: `http://${target}/image` })),
        socket: await settled((resolve) => Object.assign(new WebSocket(`ws://${target}/socket`), { onopen: () => resolve('reached'), onerror: () => resolve('refused') })),
        worker: await settled((resolve) => {
          const source = `fetch('http://${target}/worker').then(() => postMessage('reached'), () => postMessage('refused'))`;
          new Worker(URL.createObjectURL(new Blob([source]))).onmessage = (event: MessageEvent<string>) => resolve(event.data);
        }),
        frame: await settled((resolve) => {
          document.body.append(Object.assign(document.createElement('iframe'), { src: `http://${target}/frame`, onload: () => resolve('refused') }));
        }),
        beacon: navigator.sendBeacon(`http://${target}/beacon`),
      };
    }, outside);
    expect(outcome).toMatchObject({ fetch: 'refused', image: 'refused', socket: 'refused', worker: 'refused', frame: 'refused' });
    await vi.waitFor(async () => expect((await log()).filter((line) => line.startsWith('blocked ')).length).toBeGreaterThanOrEqual(4));
    expect((await log())).toContain(`blocked xhr http://${outside}/fetch`);
    await application.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(-1)?.destroy());
    expect(reached).toBe(before);
  });

  it('is not entered by navigating or by opening windows', async () => {
    const { application, page } = running;
    const before = reached;
    await page.evaluate((target) => { location.href = `http://${target}/navigate`; }, outside);
    await vi.waitFor(async () => expect(await log()).toContain(`will-navigate http://${outside}/navigate`));
    expect(await page.evaluate((target) => window.open(`http://${target}/open`) === null, outside)).toBe(true);
    await vi.waitFor(async () => expect(await log()).toContain(`window-open http://${outside}/open`));
    await page.click('#popup');
    await vi.waitFor(async () => expect(await log()).toContain('window-open https://outside.invalid/popup'));
    expect(appAddress(page.url())).toBe('app://bundle/page.html');
    await vi.waitFor(() => expect(application.windows().length).toBe(1));
    expect(reached).toBe(before);
  });

  it('brings no download', async () => {
    await running.page.evaluate(() => {
      Object.assign(document.createElement('a'), { href: URL.createObjectURL(new Blob(['text'])), download: 'taken.txt' }).click();
    });
    await vi.waitFor(async () => expect(await log()).toContain('download taken.txt'));
  });

  it('grants no permission', async () => {
    expect(await running.page.evaluate(async () => (await navigator.permissions.query({ name: 'geolocation' })).state)).toBe('denied');
    expect(await running.page.evaluate(() => new Promise((resolve) => {
      navigator.geolocation.getCurrentPosition(() => resolve('granted'), (error) => resolve(error.code));
    }))).toBe(1);
  });
});
