import type { ChildPort } from '../work/index.ts';
import type { ByteSource } from './byte-source.ts';
import type { MemberOutlet } from './extract.ts';
import type { ExtractResult } from './extracted.ts';
import type { FromExtractor, ToExtractor } from './extract-protocol.ts';
import { longestRange } from './pool-task.ts';

/** Reads one file; must not reject. */
export type ServedExtract = (file: Uint8Array | ByteSource, name: string, onLabel: (label: string) => void, outlet: MemberOutlet, passwords: readonly string[]) => Promise<ExtractResult>;

type Task = Extract<ToExtractor, { t: 'extract' | 'open' }>;

/** How long files may be read before the channel is looked at again: `forget` and the end of the parent arrive there. */
const turnMs = 10;

/** Answers extraction tasks on the port, one at a time in order, for as long as the process lives. */
export function serveExtract(port: ChildPort, extract: ServedExtract): void {
  const waiting: Task[] = [];
  const post = (message: FromExtractor): void => port.post(message);
  let running = false;
  /** What the running task waits for: it asks one thing at a time. */
  let onRange: ((bytes: Uint8Array) => void) | null = null;
  let onTaken: ((accepted: boolean) => void) | null = null;

  const ask = (id: number, at: number, length: number): Promise<Uint8Array> => new Promise((resolve) => {
    onRange = resolve;
    post({ t: 'want', id, at, length });
  });
  const fileOf = (task: Task): Uint8Array | ByteSource => task.t === 'extract' ? task.bytes : {
    sizeBytes: task.sizeBytes,
    read: async (at, length) => {
      const parts: Uint8Array[] = [];
      let got = 0;
      while (got < length) {
        const part = await ask(task.id, at + got, Math.min(longestRange, length - got));
        if (part.length === 0) break;
        parts.push(part);
        got += part.length;
      }
      return parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
    },
  };
  const outletOf = ({ id, room }: Task): MemberOutlet => ({
    room,
    take: (member) => new Promise((resolve) => {
      onTaken = resolve;
      post({ t: 'member', id, member });
    }),
  });

  const run = async (): Promise<void> => {
    running = true;
    let turnStartedAtMs = performance.now();
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const { id, name } = task;
      const result = await extract(fileOf(task), name, (label) => post({ t: 'reading', id, label }), outletOf(task), task.passwords);
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
    if (order.t === 'range') {
      onRange?.(order.bytes);
      return;
    }
    if (order.t === 'taken') {
      onTaken?.(order.accepted);
      return;
    }
    waiting.push(order);
    if (!running) void run();
  });
  post({ t: 'ready' });
}
