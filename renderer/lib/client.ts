/**
 * Calls on the engine over this frame's MessagePort. A call answers or throws EngineError; a streaming call also reports
 * progress; both can be cancelled. When the port closes (lock, crash), every open call fails with `bridge.closed`.
 */
import type { Envelope, FromEngine, ToEngine } from '../../preload/contract/define.ts';
import { bridgeErrors, type ErrorCode, type WireError } from '../../preload/contract/errors.ts';
import type { Input, Output, Progress, RouteName } from '../../preload/contract/routes.ts';

/** A call that the engine answered with an error, or could not answer. Branch on `code`. */
export class EngineError extends Error {
  readonly code: ErrorCode;
  readonly data: Readonly<Record<string, unknown>>;

  constructor(error: WireError) {
    super(error.message);
    this.name = 'EngineError';
    this.code = error.code;
    this.data = error.data ?? {};
  }
}

/** True for an EngineError with one of the codes. */
export function isEngineError(error: unknown, ...codes: readonly ErrorCode[]): error is EngineError {
  return error instanceof EngineError && (codes.length === 0 || codes.includes(error.code));
}

interface OpenCall {
  readonly settle: (envelope: Envelope<unknown>) => void;
  readonly progress: ((value: unknown) => void) | undefined;
}

export interface CallOptions<N extends RouteName> {
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((value: Progress<N>) => void) | undefined;
}

let port: MessagePort | null = null;
let nextId = 1;
const openCalls = new Map<number, OpenCall>();
const waiting: (() => void)[] = [];

/** Takes over a fresh engine port; calls made while there was none are sent now. */
export function usePort(fresh: MessagePort): void {
  if (port !== null) dropPort();
  port = fresh;
  fresh.onmessage = (event: MessageEvent<FromEngine>) => receive(event.data);
  fresh.start();
  for (const send of waiting.splice(0)) send();
}

/** Forgets the port and fails every open call with `bridge.closed`: the engine behind it is gone. */
export function dropPort(): void {
  port?.close();
  port = null;
  const calls = [...openCalls.values()];
  openCalls.clear();
  for (const call of calls) call.settle({ ok: false, error: { code: bridgeErrors.closed, message: 'The engine stopped before it answered.' } });
}

function receive(message: FromEngine): void {
  const call = openCalls.get(message.id);
  if (call === undefined) return;
  if (message.t === 'progress') {
    call.progress?.(message.value);
    return;
  }
  openCalls.delete(message.id);
  call.settle(message.envelope);
}

function post(message: ToEngine): void {
  if (port === null) waiting.push(() => port?.postMessage(message));
  else port.postMessage(message);
}

/** Calls a route. Throws EngineError; rethrows the signal's reason when it is aborted. */
export function call<N extends RouteName>(name: N, input: Input<N>, options: CallOptions<N> = {}): Promise<Output<N>> {
  const { signal, onProgress } = options;
  return new Promise<Output<N>>((resolve, reject) => {
    if (signal?.aborted === true) {
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's own reason is passed on
      reject(signal.reason);
      return;
    }
    const id = nextId++;
    const abort = (): void => {
      openCalls.delete(id);
      post({ t: 'cancel', id });
      // oxlint-disable-next-line typescript/prefer-promise-reject-errors -- the signal's own reason is passed on
      reject(signal?.reason);
    };
    signal?.addEventListener('abort', abort, { once: true });
    openCalls.set(id, {
      settle: (envelope) => {
        signal?.removeEventListener('abort', abort);
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the engine against the route's output schema
        if (envelope.ok) resolve(envelope.data as Output<N>);
        else reject(new EngineError(envelope.error));
      },
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the engine against the route's progress schema
      progress: onProgress === undefined ? undefined : (value) => onProgress(value as Progress<N>),
    });
    post({ t: 'call', id, route: name, input });
  });
}
