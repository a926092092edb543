/**
 * Calls on the route table: known route, parse input, vault open, handler, parse output, envelope. A call never rejects and never
 * answers undefined; progress is parsed as outputs are; a cancelled call answers `bridge.cancelled`. Who calls is told by the
 * port, never by the payload.
 */
import type { Envelope, FromEngine, RouteSpec, ToEngine } from '../../preload/contract/define.ts';
import { isRouteName, routes, type Input, type Output, type ParsedInput, type Progress, type RouteName } from '../../preload/contract/routes.ts';
import { AppError, toWireError } from '../base/errors.ts';

/** What a handler gets besides its input. */
export interface CallContext<N extends RouteName> {
  readonly signal: AbortSignal;
  readonly progress: (value: Progress<N>) => void;
}

export type Handler<N extends RouteName> = (input: ParsedInput<N>, context: CallContext<N>) => Output<N> | Promise<Output<N>>;

/** One handler for every route: it does not compile while one is missing. */
export type Handlers = { readonly [N in RouteName]: Handler<N> };

export interface CallOptions<N extends RouteName> {
  readonly signal?: AbortSignal;
  readonly onProgress?: (value: Progress<N>) => void;
}

/** The engine as its callers see it. */
export interface Engine {
  /** Calls a route in process. */
  readonly call: <N extends RouteName>(name: N, input: Input<N>, options?: CallOptions<N>) => Promise<Envelope<Output<N>>>;
  /** Answers a frame on its port until the port closes. */
  readonly serve: (port: EnginePort) => void;
  /** Stops jobs at a safe point, closes the databases, forgets the keys. */
  readonly close: () => Promise<void>;
}

/** A message port of any runtime, reduced to what the transport needs. */
export interface EnginePort {
  readonly post: (message: FromEngine) => void;
  readonly onMessage: (listener: (message: ToEngine) => void) => void;
  readonly onClose: (listener: () => void) => void;
}

const failed = (error: unknown): Envelope<never> => ({ ok: false, error: toWireError(error) });

/** Runs a call through all its steps. `isOpen` says whether the vault is open. */
export async function runCall(handlers: Handlers, isOpen: () => boolean, name: string, input: unknown, signal: AbortSignal, onProgress: (value: unknown) => void): Promise<Envelope<unknown>> {
  if (!isRouteName(name)) return failed(new AppError('bridge.unknown-route', 'There is no such route.', { data: { route: name.slice(0, 80) } }));
  const spec: RouteSpec = routes[name];
  const parsed = spec.input.safeParse(input);
  if (!parsed.success) return failed(new AppError('bridge.invalid-input', 'The call is not of the form that the route takes.', { data: { route: name, fields: parsed.error.issues.map((issue) => issue.path.join('.')) } }));
  if (spec.whileLocked !== true && !isOpen()) return failed(new AppError('vault.locked', 'The vault is locked.'));
  const context = {
    signal,
    progress: (value: unknown): void => {
      if (signal.aborted || spec.progress === undefined) return;
      const checked = spec.progress.safeParse(value);
      if (!checked.success) throw invalidOutput(name, checked.error.issues.map((issue) => issue.path.join('.')));
      onProgress(checked.data);
    },
  };
  try {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- input was parsed by this route's own schema
    const handler = handlers[name] as (input: unknown, context: CallContext<RouteName>) => unknown;
    const output = spec.output.safeParse(await handler(parsed.data, context));
    if (!output.success) return failed(invalidOutput(name, output.error.issues.map((issue) => issue.path.join('.'))));
    return { ok: true, data: output.data };
  } catch (error) {
    if (signal.aborted) return failed(new AppError('bridge.cancelled', 'The call was cancelled.'));
    return failed(error);
  }
}

function invalidOutput(route: string, fields: readonly string[]): AppError {
  return new AppError('bridge.invalid-output', 'The engine made an answer that is not of the promised form.', { data: { route, fields } });
}

/** Answers calls on a port. Open calls are cancelled when it closes. */
export function servePort(port: EnginePort, run: (name: string, input: unknown, signal: AbortSignal, onProgress: (value: unknown) => void) => Promise<Envelope<unknown>>): void {
  const open = new Map<number, AbortController>();
  port.onMessage((message) => {
    if (message.t === 'cancel') {
      open.get(message.id)?.abort(new AppError('bridge.cancelled', 'The call was cancelled.'));
      return;
    }
    const { id, route, input } = message;
    const controller = new AbortController();
    open.set(id, controller);
    void run(route, input, controller.signal, (value) => port.post({ t: 'progress', id, value })).then((envelope) => {
      open.delete(id);
      port.post({ t: 'done', id, envelope });
    });
  });
  port.onClose(() => {
    for (const controller of open.values()) controller.abort(new AppError('bridge.cancelled', 'The window went away.'));
    open.clear();
  });
}
