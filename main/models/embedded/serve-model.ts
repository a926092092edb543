import type { ChildPort } from '../../work/index.ts';
import { piecesInFlight, type FromModel, type LoadOrder, type ToModel } from './model-protocol.ts';
import { Refusal, type ServedModel } from './served-model.ts';

interface Task {
  readonly id: number;
  readonly stop: AbortController;
  pieces: number;
  onMore: (() => void) | null;
}

/** Loads the one model with `open`, which throws a Refusal that says why it does not, and answers tasks on the port, one at a time, and counts between their steps, for as long as the process lives. */
export function serveModel(port: ChildPort, open: (order: LoadOrder) => Promise<ServedModel>): void {
  const post = (message: FromModel): void => port.post(message);
  let model: Promise<ServedModel | null> | null = null;
  let tasksDone: Promise<void> = Promise.resolve();

  const load = async (order: LoadOrder): Promise<ServedModel | null> => {
    try {
      const served = await open(order);
      post({ t: 'loaded', contextTokens: served.contextTokens, server: served.server });
      return served;
    } catch (error) {
      return refuse(null, error);
    }
  };
  const refuse = (id: number | null, error: unknown): null => {
    post({ t: 'failed', id, why: error instanceof Refusal ? error.why : 'internal', contextTokens: error instanceof Refusal ? error.contextTokens : null });
    return null;
  };
  const run = async (order: Extract<ToModel, { t: 'answer' | 'embed' }>, own: Task): Promise<void> => {
    const served = await model;
    if (served === null) return;
    const { id, stop } = own;
    const send = async (text: string): Promise<void> => {
      while (own.pieces <= 0 && !stop.signal.aborted) await new Promise<void>((resolve) => { own.onMore = resolve; });
      own.pieces -= 1;
      post({ t: 'text', id, text });
    };
    try {
      if (order.t === 'answer') post({ t: 'end', id, ...(await served.answer(order, send, stop.signal)) });
      else post({ t: 'vectors', id, vectors: await served.embed(order.texts, stop.signal) });
    } catch (error) {
      refuse(id, error);
    }
    if (process.platform !== 'linux') post({ t: 'resident', bytes: process.memoryUsage.rss() });
  };

  const count = async ({ id, texts }: Extract<ToModel, { t: 'count' }>): Promise<void> => {
    const served = await model;
    try {
      post({ t: 'counts', id, tokens: (served ?? noModel()).count(texts) });
    } catch (error) {
      refuse(id, error);
    }
  };

  const tasksById = new Map<number, Task>();
  port.onMessage((message) => {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the parent is our own program
    const order = message as ToModel;
    if (order.t === 'load') {
      model ??= load(order);
      return;
    }
    if (order.t === 'count') {
      void count(order);
      return;
    }
    if (order.t === 'answer' || order.t === 'embed') {
      const own: Task = { id: order.id, stop: new AbortController(), pieces: piecesInFlight, onMore: null };
      tasksById.set(order.id, own);
      tasksDone = tasksDone.then(() => run(order, own)).finally(() => void tasksById.delete(order.id));
      return;
    }
    const known = tasksById.get(order.id);
    if (known === undefined) return; // it has ended a moment ago
    if (order.t === 'more') known.pieces += order.pieces;
    else known.stop.abort();
    known.onMore?.();
  });
}

function noModel(): never {
  throw new Refusal('internal');
}
