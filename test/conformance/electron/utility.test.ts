import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFixture } from './fixture-app.ts';
import type { RunningFixture } from './fixture-app.ts';

let running: RunningFixture;
beforeAll(async () => {
  running = await startFixture();
  await running.application.evaluate(({ utilityProcess }) => {
    const start = (options: Electron.ForkOptions = {}): Electron.UtilityProcess => utilityProcess.fork(`${fixtureMain.folder}/utility.js`, ['--flag'], options);
    const next = (child: Electron.UtilityProcess): Promise<unknown> => new Promise((resolve) => child.once('message', resolve));
    Object.assign(globalThis, { start, next });
  });
});
afterAll(async () => running[Symbol.asyncDispose]());

declare global {
  var start: (options?: Electron.ForkOptions) => Electron.UtilityProcess;
  var next: (child: Electron.UtilityProcess) => Promise<unknown>;
}

describe('a utility process', () => {
  it('has its parent port at the first line, its arguments and its environment', async () => {
    const { answer, pid } = await running.application.evaluate(async () => {
      const child = start({ serviceName: 'test', env: { ...process.env, MARKER: 'set' } });
      await new Promise<void>((resolve) => child.once('spawn', resolve));
      const { pid } = child;
      child.postMessage({ kind: 'who', message: { map: new Map([[1, 2n]]) } });
      const answer = await next(child) as { echoed: { map: Map<number, bigint> }; pid: number; type: string; atFirstLine: string; argv: string[]; marker: string };
      child.kill();
      return { answer: { ...answer, echoed: answer.echoed.map.get(1) === 2n }, pid };
    });
    expect(answer).toEqual({ type: 'utility', pid, atFirstLine: 'object', argv: ['--flag'], marker: 'set', echoed: true });
  });

  it('reports its exit code, and its death by a signal', async () => {
    expect(await running.application.evaluate(async () => {
      const child = start();
      const exited = new Promise((resolve) => child.once('exit', resolve));
      child.postMessage({ kind: 'exit', code: 7 });
      return exited;
    })).toBe(7);
    expect(await running.application.evaluate(async () => {
      const child = start();
      await new Promise<void>((resolve) => child.once('spawn', resolve));
      const exited = new Promise<number>((resolve) => child.once('exit', resolve));
      child.kill();
      const code = await exited;
      return [code !== 0, child.pid];
    })).toEqual([true, undefined]);
  });

  it('writes to a pipe', async () => {
    expect(await running.application.evaluate(async () => {
      const child = start({ stdio: 'pipe' });
      child.postMessage({ kind: 'say', message: 'piped text' });
      const text = await new Promise((resolve) => child.stdout?.once('data', (bytes: Buffer) => resolve(bytes.toString())));
      child.kill();
      return [text, child.stderr !== null];
    })).toEqual(['piped text', true]);
  });

  it('takes 20 MB', async () => {
    expect(await running.application.evaluate(async () => {
      const child = start();
      child.postMessage({ kind: 'size', message: new Uint8Array(20e6) });
      const size = await next(child);
      child.kill();
      return size;
    })).toBe(20e6);
  });

  it('talks to the page over a port that passes through main', async () => {
    await running.application.evaluate(({ ipcMain }) => {
      ipcMain.once('port-for-utility', (event) => {
        const child = start();
        Object.assign(globalThis, { child });
        child.postMessage({ kind: 'echo-port' }, event.ports);
      });
    });
    const answer = await running.page.evaluate(() => fixtureApi.portToMain('port-for-utility', { bytes: new Uint8Array([8]) })) as { by: number; echoed: unknown };
    expect(answer.echoed).toEqual({ bytes: new Uint8Array([8]) });
    expect(answer.by).toBe(await running.application.evaluate(() => (globalThis as unknown as { child: Electron.UtilityProcess }).child.pid));
  });

  it('talks to another over a channel made in main', async () => {
    expect(await running.application.evaluate(async ({ MessageChannelMain }) => {
      const [first, second] = [start(), start()];
      const { port1, port2 } = new MessageChannelMain();
      first.postMessage({ kind: 'echo-port' }, [port1]);
      second.postMessage({ kind: 'connect', message: 'hello neighbour' }, [port2]);
      const { answer } = await next(second) as { answer: { by: number; echoed: string } };
      const isNeighbour = answer.by === first.pid;
      const closed = next(second);
      first.kill();
      const afterDeath = await closed;
      second.kill();
      return { isNeighbour, echoed: answer.echoed, afterDeath };
    })).toEqual({ isNeighbour: true, echoed: 'hello neighbour', afterDeath: { closed: true } });
  });

  it('closes, by its death, the ports it held', async () => {
    expect(await running.application.evaluate(async ({ MessageChannelMain }) => {
      const child = start();
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage({ kind: 'echo-port' }, [port1]);
      const answered = new Promise((resolve) => port2.once('message', resolve));
      const closed = new Promise((resolve) => port2.once('close', () => resolve('closed')));
      port2.start();
      port2.postMessage('are you there');
      await answered;
      child.kill();
      return closed;
    })).toBe('closed');
  });
});
