import type { Clock } from '../base/clock.ts';
import { watchChild } from '../work/index.ts';
import type { ChildHandle, Excess, ProcessHost, TaskLimits, Watch } from '../work/index.ts';
import type { FromExtractor, TaskResult, ToExtractor, ToExtractorMessage } from './extract-protocol.ts';
import { longestRange } from './pool-task.ts';
import type { ExtractResult } from './extracted.ts';
import type { PoolTask } from './pool-task.ts';

/** What a child left behind when it ended by anything but `close`. `running` is the task to blame, null when it had none. */
export interface EndedChild {
  readonly cause: 'crash' | Excess;
  readonly wasReady: boolean;
  readonly running: PoolTask | null;
  readonly waiting: PoolTask[];
  /** What the running file was, as far as the child had said. */
  readonly label: string;
}

/** Options of extractorSlot. */
export interface ExtractorSlotOptions {
  readonly host: ProcessHost;
  readonly limits: TaskLimits;
  readonly clock: Clock;
  /** A task is done, there is room. */
  readonly onFree: () => void;
  readonly onReady: () => void;
  readonly onEnd: (ended: EndedChild) => void;
}

/** A place for one child at a time. The child starts with the first task and stays until it ends or is replaced. */
export interface ExtractorSlot {
  /** Bytes in flight plus a little for each task; 0 exactly when the slot has nothing to do. */
  readonly load: number;
  readonly accepts: (task: PoolTask) => boolean;
  readonly give: (task: PoolTask) => void;
  /** Tasks that have not begun, in order; the child forgets them. */
  readonly takeBack: () => PoolTask[];
  readonly tasks: () => PoolTask[];
  /** True when tasks wait behind one that takes long. */
  readonly hasStuck: () => boolean;
  readonly check: () => Promise<void>;
  readonly close: () => Promise<void>;
}

const tasksInFlight = 128;
const bytesInFlight = 4 * 2 ** 20;
/** A child that has had one task this long is given no other, and gives back what waits behind it when another child is idle. */
const slowMs = 500;
/** How many times the limit a container may take in all, however steadily it gives out members. */
const longestShare = 30;
/** A task's own weight: even empty files cost a round trip. */
const taskLoad = 1024;
/** Above this share of the limit, a death without a word counts as running out of memory. */
const memoryDeathShare = 0.7;

interface Running {
  readonly child: ChildHandle;
  readonly watch: Watch;
  ready: boolean;
  served: number;
  excess: Excess | null;
  label: string;
  /** Orders of this turn. */
  unsent: ToExtractor[];
}

/** Sends an order with all others of the turn: a message costs more than a short text. */
function send(running: Running, order: ToExtractor): void {
  running.unsent.push(order);
  if (running.unsent.length > 1) return;
  queueMicrotask(() => {
    running.child.post(running.unsent satisfies ToExtractorMessage);
    running.unsent = [];
  });
}

/** An empty slot. */
export function extractorSlot(options: ExtractorSlotOptions): ExtractorSlot {
  const { host, limits, clock, onFree, onReady, onEnd } = options;
  let current: Running | null = null;
  let tasks: PoolTask[] = [];
  let bytes = 0;
  /** When the running task was first answered; null before. */
  let servedSinceMs: number | null = null;
  const isSlow = (): boolean => (current?.watch.runningMs() ?? 0) > slowMs;
  const load = (): number => bytes + tasks.length * taskLoad;

  function start(): Running {
    const child = host.fork('extract', { heapMb: limits.memoryMb });
    const running: Running = { child, watch: watchChild(child, limits, clock), ready: false, served: 0, excess: null, label: 'file', unsent: [] };
    child.onMessage((message) => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the child is our own program
      if (current === running) hear(running, message as FromExtractor);
    });
    void child.exited.then(({ code, signal }) => {
      if (current !== running) return;
      // Node aborts itself when its heap is full (SIGABRT, 134); the kernel kills silently when the machine is.
      const outOfMemory = signal === 'SIGABRT' || code === 134 || running.watch.residentMb() > memoryDeathShare * limits.memoryMb;
      end(running.excess ?? (outOfMemory ? 'memory' : 'crash'));
    });
    return running;
  }

  function hear(running: Running, message: FromExtractor): void {
    if (message.t === 'ready') {
      running.ready = true;
      onReady();
      if (tasks.length > 0) running.watch.begin();
    } else if (message.t === 'resident') running.watch.reportResident(message.bytes);
    else if (message.t === 'reading') {
      if (tasks[0]?.id === message.id) running.label = message.label;
    } else if (message.t === 'want' || message.t === 'member') {
      const task = tasks[0];
      if (task?.id === message.id) serve(running, task, message);
    } else {
      const ended = message.results.flatMap((one) => takeOff(running, one));
      if (ended.length === 0) return;
      servedSinceMs = null;
      running.label = 'file';
      if (tasks.length > 0) running.watch.begin();
      else running.watch.end();
      for (const { task, result } of ended) task.settle(result);
      onFree();
    }
  }

  /** Takes a task that is done off the list; nothing when it is unknown: taken back a moment too late, and read by another child too. */
  function takeOff(running: Running, { id, result }: TaskResult): { readonly task: PoolTask; readonly result: ExtractResult }[] {
    const at = tasks.findIndex((task) => task.id === id);
    const task = tasks[at];
    if (task === undefined) return [];
    tasks.splice(at, 1);
    bytes -= task.bytes.length;
    running.served += 1;
    return [{ task, result }];
  }

  /** Answers what the running task asks. Its time begins anew with each answer: a large container may take long as long as it goes on, up to an end. */
  function serve(running: Running, task: PoolTask, asked: Extract<FromExtractor, { t: 'want' | 'member' }>): void {
    const answer = (message: ToExtractor): void => {
      if (current !== running || tasks[0] !== task) return;
      servedSinceMs ??= clock.nowMs();
      if (clock.nowMs() - servedSinceMs < longestShare * limits.timeMs) running.watch.begin();
      send(running, message);
    };
    try {
      if (asked.t === 'want') {
        const isFair = task.ranges !== undefined && asked.at >= 0 && asked.length >= 0 && asked.length <= longestRange;
        answer({ t: 'range', id: task.id, bytes: isFair ? task.ranges.read(asked.at, asked.length) : new Uint8Array() });
      } else if (task.members === undefined) answer({ t: 'taken', id: task.id, accepted: false });
      else {
        task.members.take(asked.member).then((accepted) => answer({ t: 'taken', id: task.id, accepted }), (error: unknown) => {
          task.abandon(error);
          answer({ t: 'taken', id: task.id, accepted: false });
        });
      }
    } catch (error) {
      // The original cannot be given out: the child runs to its end with nothing, unheard.
      task.abandon(error);
      answer({ t: 'range', id: task.id, bytes: new Uint8Array() });
    }
  }

  function end(cause: EndedChild['cause']): void {
    const { ready = false, label = 'file' } = current ?? {};
    const [first = null, ...waiting] = tasks;
    current = null;
    tasks = [];
    bytes = 0;
    servedSinceMs = null;
    onEnd({ cause, wasReady: ready, running: first, waiting, label });
  }

  return {
    get load() {
      return load();
    },
    accepts: (task) => {
      if (tasks.length === 0) return true;
      // Nothing shares a child with a task that may end it.
      if (task.tries > 0 || (tasks[0]?.tries ?? 0) > 0) return false;
      return !isSlow() && tasks.length < tasksInFlight && bytes + task.bytes.length <= bytesInFlight;
    },
    give: (task) => {
      if (task.tries > 0 && current !== null && current.served > 0) {
        current.child.kill();
        current = null;
      }
      current ??= start();
      tasks.push(task);
      bytes += task.bytes.length;
      if (tasks.length === 1 && current.ready) current.watch.begin();
      const { id, name, ranges, members, passwords, isSuspect } = task;
      const room = members?.room ?? { members: 0, bytes: 0 };
      send(current, ranges === undefined ? { t: 'extract', id, name, bytes: task.bytes, room, passwords, isSuspect } : { t: 'open', id, name, sizeBytes: ranges.sizeBytes, room, passwords });
    },
    takeBack: () => {
      const back = tasks.splice(1);
      bytes = tasks[0]?.bytes.length ?? 0;
      if (current !== null) send(current, { t: 'forget', ids: back.map((task) => task.id) });
      return back;
    },
    tasks: () => [...tasks],
    hasStuck: () => tasks.length > 1 && isSlow(),
    check: async () => {
      const running = current;
      if (running === null || tasks.length === 0) return;
      // A child that never gets ready is timed from its start by its first task.
      if (!running.ready && running.watch.runningMs() === 0) running.watch.begin();
      const excess = await running.watch.check();
      if (excess !== null) running.excess = excess;
    },
    close: async () => {
      const running = current;
      current = null;
      tasks = [];
      bytes = 0;
      running?.child.kill();
      await running?.child.exited;
    },
  };
}
