import type { ChildPort } from '../work/index.ts';
import type { ExtractResult } from './extracted.ts';
import type { FromExtractor, ToExtractor } from './extract-protocol.ts';

/** Reads one file; must not reject. */
export type ServedExtract = (bytes: Uint8Array, name: string, onLabel: (label: string) => void) => Promise<ExtractResult>;

/** How long files may be read before the channel is looked at again: `forget` and the end of the parent arrive there. */
const turnMs = 10;

/** Answers extraction tasks on the port, one at a time in order, for as long as the process lives. */
export function serveExtract(port: ChildPort, extract: ServedExtract): void {
  const waiting: Extract<ToExtractor, { t: 'extract' }>[] = [];
  const post = (message: FromExtractor): void => port.post(message);
  let running = false;

  const run = async (): Promise<void> => {
    running = true;
    let turnStartedAtMs = performance.now();
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const { id, name, bytes } = task;
      const result = await extract(bytes, name, (label) => post({ t: 'reading', id, label }));
      post({ t: 'done', id, result });
      if (performance.now() - turnStartedAtMs < turnMs) continue;
      if (process.platform !== 'linux') post({ t: 'resident', bytes: process.memoryUsage.rss() });
      await new Promise((resolve) => setImmediate(resolve));
      turnStartedAtMs = performance.now();
    }
    running = false;
  };

  port.onMessage((message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parent is our own program
    const order = message as ToExtractor;
    if (order.t === 'forget') {
      const ids = new Set(order.ids);
      waiting.splice(0, waiting.length, ...waiting.filter((task) => !ids.has(task.id)));
      return;
    }
    waiting.push(order);
    if (!running) void run();
  });
  post({ t: 'ready' });
}
