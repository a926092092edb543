import { AppError, bug } from '../../base/errors.ts';
import { monotonicClock, watchChild, type ProcessHost } from '../../work/index.ts';
import { createInbox, type Inbox } from './inbox.ts';
import { piecesInFlight, type AnswerOrder, type FromModel, type LoadedModel, type LoadOrder, type ToModel } from './model-protocol.ts';

/** A piece of a child's answer, or its end. */
export type ChildEvent =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'end'; readonly state: 'complete' | 'cut'; readonly promptTokens: number; readonly completionTokens: number };

/** How long to wait, in ms: for the first piece of an answer, and for each further one. */
export interface ChildPatience {
  readonly firstMs: number;
  readonly nextMs: number;
}

/** One process with one model in it. One task at a time. Every failure is an AppError that names the model. */
export interface ModelChild {
  /** What was loaded. Throws model.unsupported, endpoint.server-failed or the signal's reason; then the child is ended. */
  readonly loaded: (signal: AbortSignal) => Promise<LoadedModel>;
  /** Throws endpoint.context-too-long, endpoint.rejected, endpoint.server-failed, endpoint.timed-out or the signal's reason. */
  readonly answer: (order: AnswerOrder, patience: ChildPatience, signal: AbortSignal) => AsyncGenerator<ChildEvent, void, undefined>;
  readonly embed: (texts: readonly string[], patience: ChildPatience, signal: AbortSignal) => Promise<readonly Float32Array[]>;
  /** Tokens of each text. No task: it may be asked for during one. Null when the child does not say within some seconds. Throws the signal's reason. */
  readonly count: (texts: readonly string[], signal: AbortSignal) => Promise<readonly number[] | null>;
  readonly isAlive: () => boolean;
  /** Null before it has started. */
  readonly pid: () => Promise<number | null>;
  /** Ends the process; settles when it is gone. */
  readonly end: () => Promise<void>;
}

/** Options of startModelChild. `name` is the model's, for sentences. */
export interface ModelChildOptions {
  readonly host: ProcessHost;
  readonly name: string;
  readonly order: LoadOrder;
  readonly memoryMb: number;
}

type Heard = FromModel | { readonly t: 'gone' };

interface Task {
  readonly id: number;
  readonly inbox: Inbox<Heard>;
  readonly unwatch: () => void;
}

const heapMb = 1024;
const watchEveryMs = 250;
const loadMs = 600_000;
/** How long a task that was stopped may take to say so; a longer one ends with its process. */
const stopMs = 3_000;
/** How long a count is waited for: it takes some milliseconds, but the model may be between two steps of a task. */
const countMs = 5_000;

/** Starts a process and has it load a model. */
export function startModelChild({ host, name, order, memoryMb }: ModelChildOptions): ModelChild {
  const child = host.fork('model', { heapMb, reads: order.file });
  const watch = watchChild(child, { timeMs: Number.MAX_SAFE_INTEGER, memoryMb }, monotonicClock);
  const loading = createInbox<Heard>();
  let task: Task | null = null;
  const counting = new Map<number, Inbox<Heard>>();
  let isAlive = true;
  let hadTooMuch = false;
  let known: LoadedModel | null = null;
  let lastId = 0;
  const post = (message: ToModel): void => child.post(message);

  child.onMessage((message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the child is our own program
    const heard = message as FromModel;
    if (heard.t === 'resident') watch.reportResident(heard.bytes);
    else if (heard.t === 'loaded' || (heard.t === 'failed' && heard.id === null)) loading.put(heard);
    else if (heard.id === task?.id) task?.inbox.put(heard);
    else if (heard.id !== null) counting.get(heard.id)?.put(heard); // late words of a task that was given up are nobody's
  });
  void child.exited.then(() => {
    isAlive = false;
    loading.put({ t: 'gone' });
    task?.inbox.put({ t: 'gone' });
    for (const inbox of counting.values()) inbox.put({ t: 'gone' });
  });
  post({ t: 'load', ...order });

  const end = async (): Promise<void> => {
    isAlive = false;
    child.kill();
    await child.exited;
  };
  const failed = (why: string, sentence: string): AppError => new AppError('endpoint.server-failed', sentence, { data: { model: name, why } });
  const gone = (): AppError => (hadTooMuch
    ? failed('memory', `${name} took more memory than it may have here, so its process was ended. The next question starts it again; a smaller context takes less.`)
    : failed('ended', `The process that runs ${name} ended without a word. The next question starts it again.`));
  const refusal = ({ why, contextTokens }: Extract<FromModel, { t: 'failed' }>): AppError => {
    if (why === 'runtime') return failed('runtime', 'The program that runs models is missing from this installation, or is not made for this computer.');
    if (why === 'file') return new AppError('model.unsupported', `${name} could not be loaded: llama.cpp does not take the file, or there is too little memory for it.`, { data: { why } });
    if (why === 'overflow') return new AppError('endpoint.context-too-long', `${name} takes ${contextTokens ?? 'fewer'} tokens at once; the question and its passages are longer.`, { data: { model: name, contextTokens } });
    if (why === 'schema') return new AppError('endpoint.rejected', `${name} cannot be held to the asked form: the schema uses what no grammar can be made of.`, { data: { model: name } });
    return failed('internal', `${name} could not finish this. The next question is tried afresh.`);
  };
  /** Looks at the child's memory until what it answers is called: while there is work. */
  const watchMemory = (): (() => void) => {
    const timer = setInterval(() => void watch.check().then((excess) => { hadTooMuch ||= excess === 'memory'; }), watchEveryMs);
    return () => clearInterval(timer);
  };
  const begin = (): Task => {
    if (task !== null) bug('a model was given a second task');
    const own = { id: ++lastId, inbox: createInbox<Heard>(), unwatch: watchMemory() };
    task = own;
    if (!isAlive) own.inbox.put({ t: 'gone' });
    return own;
  };
  /** Has the child stop what it does, or ends it when it does not. */
  const stop = async ({ id, inbox }: Task): Promise<void> => {
    post({ t: 'cancel', id });
    const until = performance.now() + stopMs;
    for (let left = stopMs; left > 0; left = until - performance.now()) {
      const heard = await inbox.next(left);
      if (heard !== null && heard.t !== 'text') return;
    }
    await end();
  };
  const hear = async (inbox: Inbox<Heard>, waitMs: number, signal: AbortSignal): Promise<Exclude<Heard, { t: 'gone' | 'failed' }>> => {
    const heard = await inbox.next(waitMs, signal);
    signal.throwIfAborted();
    if (heard === null) {
      await end();
      throw new AppError('endpoint.timed-out', `${name} said nothing for ${Math.ceil(waitMs / 1000)} s, so its process was ended.`, { data: { model: name } });
    }
    if (heard.t === 'gone') throw gone();
    if (heard.t === 'failed') throw refusal(heard);
    return heard;
  };
  /** Leaves a task: one that the child has not ended is stopped first. */
  const leave = async (own: Task, isDone: boolean): Promise<void> => {
    if (!isDone && isAlive) await stop(own);
    own.unwatch();
    task = null;
  };

  return {
    loaded: async (signal) => {
      if (known !== null) return known;
      const unwatch = watchMemory();
      try {
        const heard = await hear(loading, loadMs, signal);
        if (heard.t !== 'loaded') return bug('a model answered before it was loaded');
        known = { contextTokens: heard.contextTokens, server: heard.server };
        return known;
      } catch (error) {
        await end();
        throw error;
      } finally {
        unwatch();
      }
    },
    answer: async function* (asked, patience, signal) {
      const own = begin();
      let isDone = false;
      let taken = 0;
      try {
        post({ t: 'answer', id: own.id, ...asked });
        for (let waitMs = patience.firstMs; ; waitMs = patience.nextMs) {
          const heard = await hear(own.inbox, waitMs, signal);
          if (heard.t === 'text') {
            yield { kind: 'text', text: heard.text };
            taken += 1;
            if (taken % (piecesInFlight / 2) === 0) post({ t: 'more', id: own.id, pieces: piecesInFlight / 2 });
          } else if (heard.t === 'end') {
            isDone = true;
            if (heard.state === 'cancelled') return;
            yield { kind: 'end', state: heard.state, promptTokens: heard.promptTokens, completionTokens: heard.completionTokens };
            return;
          }
        }
      } catch (error) {
        isDone ||= !signal.aborted && error instanceof AppError;
        throw error;
      } finally {
        await leave(own, isDone);
      }
    },
    embed: async (texts, patience, signal) => {
      const own = begin();
      let isDone = false;
      try {
        post({ t: 'embed', id: own.id, texts });
        const heard = await hear(own.inbox, patience.firstMs, signal);
        isDone = true;
        return heard.t === 'vectors' ? heard.vectors : bug('a model sent no vectors');
      } catch (error) {
        isDone ||= !signal.aborted && error instanceof AppError;
        throw error;
      } finally {
        await leave(own, isDone);
      }
    },
    count: async (texts, signal) => {
      if (!isAlive) return null;
      lastId += 1;
      const id = lastId;
      const inbox = createInbox<Heard>();
      counting.set(id, inbox);
      try {
        post({ t: 'count', id, texts });
        const heard = await inbox.next(countMs, signal);
        signal.throwIfAborted();
        return heard?.t === 'counts' ? heard.tokens : null;
      } finally {
        counting.delete(id);
      }
    },
    isAlive: () => isAlive,
    pid: () => child.pid,
    end,
  };
}
