import type { EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import type { EndpointId } from '../../../preload/contract/domains/basics.ts';
import { audited } from '../../audit/index.ts';
import { AppError, isAppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { validateBaseUrl } from '../../models/index.ts';
import { findMarking, markingText, viewMarking } from '../../policy/index.ts';
import { deleteEndpoint, insertEndpoint, listEndpoints, readEndpoint, type EndpointRow } from '../../store/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** Handlers of endpoints and of the network's state. */
export function endpointHandlers(context: EngineContext): Pick<Handlers, 'endpoints.list' | 'endpoints.add' | 'endpoints.remove' | 'endpoints.test' | 'network.status'> {
  const { network, events, tools } = context;
  const info = (row: EndpointRow): EndpointInfo => ({
    endpoint: row.id, name: row.name, dialect: row.profile.dialect, baseUrl: row.profile.baseUrl, model: row.profile.model,
    ceiling: viewMarking(row.profile.ceiling), auth: row.secret === null ? 'none' : 'bearer', addedAt: row.addedAt, reachable: network.reachable(row.id),
  });
  const mustRead = (id: EndpointId): EndpointRow => {
    const row = readEndpoint(context.vault().read, id);
    if (row === null) throw new AppError('endpoint.unknown', 'There is no such endpoint.', { data: { endpoint: id } });
    return row;
  };
  return {
    'endpoints.list': () => ({ endpoints: listEndpoints(context.vault().read).map(info) }),
    'endpoints.add': ({ name, dialect, baseUrl, model, ceiling, auth }) => {
      const vault = context.vault();
      const profile = { dialect, baseUrl: validateBaseUrl(baseUrl), model, ceiling: findMarking(ceiling) };
      if (listEndpoints(vault.read).some((known) => known.name.toLowerCase() === name.toLowerCase())) throw new AppError('endpoint.name-taken', 'There is an endpoint of this name already.');
      const row: EndpointRow = { id: newId<EndpointId>(tools.ids), name, profile, secret: auth.kind === 'bearer' ? auth.key : null, addedAt: tools.clock.nowMs() };
      audited(vault, (db) => insertEndpoint(db, row), () => ({ action: 'endpoint.added', objects: [row.id], marking: markingText(profile.ceiling), detail: { dialect, host: new URL(profile.baseUrl).host, auth: auth.kind } }));
      events.emit('endpoints');
      return info(row);
    },
    'endpoints.remove': ({ endpoint }) => {
      const row = mustRead(endpoint);
      audited(context.vault(), (db) => deleteEndpoint(db, endpoint), () => ({ action: 'endpoint.removed', objects: [endpoint], marking: markingText(row.profile.ceiling) }));
      network.forget(endpoint);
      events.emit('endpoints');
      return {};
    },
    'endpoints.test': async ({ endpoint }, { signal }) => {
      const row = mustRead(endpoint);
      const began = tools.clock.nowMs();
      let models: string[] = [];
      let fault: AppError | null = null;
      try {
        ({ models } = await network.clientFor(row).probe(signal));
      } catch (error) {
        if (!isAppError(error)) throw error;
        fault = error;
      }
      network.noteReachable(row.id, fault === null);
      audited(context.vault(), () => undefined, () => ({ action: 'endpoint.tested', objects: [endpoint], marking: markingText(row.profile.ceiling), outcome: fault === null ? 'done' : 'failed', detail: { host: new URL(row.profile.baseUrl).host, code: fault?.code ?? null } }));
      events.emit('network');
      return { ok: fault === null, models, tookMs: tools.clock.nowMs() - began, fault: fault?.message ?? null };
    },
    'network.status': () => {
      const counters = network.counters();
      return { endpoints: context.isOpen() ? listEndpoints(context.vault().read).length : 0, sockets: counters.sockets, since: counters.since, countedAt: tools.clock.nowMs(), unreachable: network.unreachableName() };
    },
  };
}
