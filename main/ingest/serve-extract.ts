import type { ChildPort } from '../work/index.ts';
import type { ByteSource } from './byte-source.ts';
import type { MemberOutlet } from './extract.ts';
import type { ExtractResult } from './extracted.ts';
import type { FromExtractor, TaskResult, ToExtractor, ToExtractorMessage } from './extract-protocol.ts';
import { longestRange } from './pool-task.ts';

/** Reads one file; must not reject. */
export type ServedExtract = (file: Uint8Array | ByteSource, name: string, onLabel: (label: string) => void, outlet: MemberOutlet, passwords: readonly string[]) => Promise<ExtractResult>;

type Task = Extract<ToExtractor, { t: 'extract' | 'open' }>;

/** How long files may be read before the channel is looked at again: `forget` and the end of the parent arrive there. */
const turnMs = 10;
/** Files up to this size may be begun before the results of those before them are handed over. */
const smallBytes = 64 * 1024;
/** Characters of text that are held back, at most, to go in one message. */
const heldChars = 256 * 1024;

/** Answers extraction tasks on the port, one at a time in order, for as long as the process lives. */
export function serveExtract(port: ChildPort, extract: ServedExtract): void {
  const waiting: Task[] = [];
  let results: TaskResult[] = [];
  let resultChars = 0;
  /** A message costs more than a short text: results go together, before anything else is said. */
  const hand = (): void => {
    if (results.length > 0) port.post({ t: 'done', results } satisfies FromExtractor);
    results = [];
    resultChars = 0;
  };
  const post = (message: FromExtractor): void => {
    hand();
    port.post(message);
  };
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
      // What a large file or a suspect does to this process must not be laid to one before it. Other kinds than small text are named, which hands over too.
      if (task.t === 'open' || task.isSuspect || task.bytes.length > smallBytes) hand();
      const result = await extract(fileOf(task), name, (label) => post({ t: 'reading', id, label }), outletOf(task), task.passwords);
      results.push({ id, result });
      if (result.kind === 'extracted') resultChars += result.extracted.text.length + result.extracted.children.reduce((sum, { bytes }) => sum + (bytes?.length ?? 0), 0);
      if (resultChars > heldChars) hand();
      if (performance.now() - turnStartedAtMs < turnMs) continue;
      hand();
      if (process.platform !== 'linux') post({ t: 'resident', bytes: process.memoryUsage.rss() });
      await new Promise((resolve) => setImmediate(resolve));
      turnStartedAtMs = performance.now();
    }
    hand();
    running = false;
  };

  const take = (order: ToExtractor): void => {
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
  };

  port.onMessage((message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parent is our own program
    for (const order of message as ToExtractorMessage) take(order);
    if (!running && waiting.length > 0) void run();
  });
  post({ t: 'ready' });
}
