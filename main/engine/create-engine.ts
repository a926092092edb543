import type { Envelope } from '../../preload/contract/define.ts';
import type { Output, RouteName } from '../../preload/contract/routes.ts';
import { systemClock, type Clock } from '../base/clock.ts';
import { randomIds, type Ids } from '../base/ids.ts';
import type { EndpointId } from '../../preload/contract/domains/basics.ts';
import { audited } from '../audit/index.ts';
import { createPersonalData, type PersonalData } from '../entities/index.ts';
import { createModelRuntime, createNetwork } from '../models/index.ts';
import type { SentRequest } from '../policy/index.ts';
import { modelFiles, nodeCrypto, readModelByName } from '../store/index.ts';
import { monotonicClock, type ProcessHost } from '../work/index.ts';
import { createAttendance } from './attendance.ts';
import { createEvents, type Events } from './events.ts';
import { annotationHandlers } from './routes/annotations.ts';
import { auditHandlers } from './routes/audit.ts';
import { bulkHandlers } from './routes/bulk.ts';
import { caseHandlers } from './routes/cases.ts';
import { chatHandlers } from './routes/chat.ts';
import { codingHandlers } from './routes/coding.ts';
import { documentHandlers } from './routes/documents.ts';
import { endpointHandlers } from './routes/endpoints.ts';
import { entityHandlers } from './routes/entities.ts';
import { groupHandlers } from './routes/groups.ts';
import { failureHandlers } from './routes/failures.ts';
import { ingestHandlers } from './routes/ingest.ts';
import { markingHandlers } from './routes/markings.ts';
import { modelHandlers } from './routes/models.ts';
import { ocrHandlers } from './routes/ocr.ts';
import { setHandlers } from './routes/sets.ts';
import { vaultHandlers } from './routes/vault.ts';
import { runCall, servePort, type Engine, type Handlers } from './server.ts';
import { createContext, type EngineContext } from './sessions.ts';

export interface EngineOptions {
  readonly vaultFolder: string;
  /** Starts the children: extractors, and the model's process. */
  readonly host: ProcessHost;
  readonly clock?: Clock;
  readonly ids?: Ids;
  /** PBKDF2 iterations of new slots; tests take fewer. */
  readonly iterations?: number;
  readonly plaintextForBenchmark?: boolean;
  /** Looks for personal data; absent, on a thread of its own. The engine closes it. */
  readonly personalData?: PersonalData;
  /** Told of every change. */
  readonly onEvent?: Parameters<Events['listen']>[0];
}

/** Every request that went out is in the trail: where to, what it rolled up to, its size and hash, what came back. Never a word of it. */
function recordRequest(context: EngineContext, endpoint: EndpointId | null, { method, host, path, body, rollUp, status, tookMs }: SentRequest): void {
  if (!context.isOpen()) return; // locked in the middle of a request: the process is about to end
  const vault = context.vault();
  const isAnswered = status !== null && status >= 200 && status < 300;
  audited(vault, () => undefined, () => ({
    action: 'endpoint.requested', objects: endpoint === null ? [] : [endpoint], marking: rollUp ?? 'UNCLASSIFIED', outcome: isAnswered ? 'done' : 'failed',
    detail: { method, host, path, bytes: body.byteLength, sha256: vault.crypto.sha256(body).toString('hex'), status, tookMs },
  }));
}

/** An engine over a vault folder, locked. The caller closes it. */
export function createEngine(options: EngineOptions): Engine & { readonly isOpen: () => boolean } {
  const { vaultFolder, host, clock = systemClock, ids = randomIds, iterations, plaintextForBenchmark = false, personalData = createPersonalData(), onEvent } = options;
  const events = createEvents(clock);
  if (onEvent !== undefined) events.listen(onEvent);
  const tools = { crypto: nodeCrypto, clock, ids, plaintextForBenchmark, ...(iterations === undefined ? {} : { iterations }) };
  const files = modelFiles(vaultFolder);
  const models = createModelRuntime({ host, files });
  const network = createNetwork({ clock, onSent: (endpoint, sent) => recordRequest(context, endpoint, sent), embedded: { runtime: models, find: (name) => readModelByName(context.vault().read, name) } });
  const attendance = createAttendance(monotonicClock);
  const context: EngineContext = createContext({ vaultFolder, tools, events, network, modelFiles: files, models, personalData, host, isAttended: attendance.isAttended });
  const handlers: Handlers = {
    ...vaultHandlers(context),
    ...caseHandlers(context),
    ...ingestHandlers(context, host),
    ...ocrHandlers(context),
    ...failureHandlers(context),
    ...groupHandlers(context),
    ...documentHandlers(context),
    ...setHandlers(context),
    ...codingHandlers(context),
    ...chatHandlers(context),
    ...bulkHandlers(context),
    ...annotationHandlers(context),
    ...endpointHandlers(context),
    ...modelHandlers(context),
    ...auditHandlers(context),
    ...markingHandlers(context),
    ...entityHandlers(context),
  };
  const run = (name: string, input: unknown, signal: AbortSignal, onProgress: (value: unknown) => void): Promise<Envelope<unknown>> => {
    attendance.noteCall(name);
    return runCall(handlers, context.isOpen, name, input, signal, onProgress);
  };
  return {
    isOpen: context.isOpen,
    call: async <N extends RouteName>(name: N, input: unknown, callOptions: { readonly signal?: AbortSignal; readonly onProgress?: (value: never) => void } = {}) => {
      const { signal = new AbortController().signal, onProgress } = callOptions;
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the route's own schemas
      const envelope = await run(name, input, signal, (value) => onProgress?.(value as never));
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- parsed by the route's own schemas
      return envelope as Envelope<Output<N>>;
    },
    serve: (port) => servePort(port, run),
    close: context.close,
  };
}
