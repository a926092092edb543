import type { Capabilities, EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import type { EndpointId } from '../../../preload/contract/domains/basics.ts';
import { audited } from '../../audit/index.ts';
import { AppError, isAppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { checkDraft, hostOf, isOutside, probeRequest } from '../../models/index.ts';
import { clear, toMarking, viewMarking } from '../../policy/index.ts';
import { deleteEndpoint, insertEndpoint, listEndpoints, readEndpoint, updateEndpoint, type EndpointRow, type WriteDb } from '../../store/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** What a test sends is ours and holds nothing. */
const lowest = toMarking('UNCLASSIFIED');

/** Handlers of endpoints and of the network's state. */
export function endpointHandlers(context: EngineContext): Pick<Handlers, 'endpoints.list' | 'endpoints.add' | 'endpoints.change' | 'endpoints.remove' | 'endpoints.test' | 'network.status'> {
  const { network, events, tools } = context;
  const info = (row: EndpointRow): EndpointInfo => ({
    endpoint: row.id, name: row.name, ...row.profile, ceiling: viewMarking(row.profile.ceiling), isOutside: isOutside(row.profile),
    auth: row.secrets.auth.kind, clientCertificate: row.secrets.clientCertificate?.kind ?? 'none', addedAt: row.addedAt, reachable: network.reachable(row.id),
  });
  const refuseTaken = (name: string, except: EndpointId | null): void => {
    if (listEndpoints(context.vault().read).some((known) => known.id !== except && known.name.toLowerCase() === name.toLowerCase())) throw new AppError('endpoint.name-taken', 'There is an endpoint of this name already.');
  };
  const recorded = (action: string, row: EndpointRow, work: (db: WriteDb) => void): EndpointInfo => {
    const { profile, secrets } = row;
    audited(context.vault(), work, () => ({ action, objects: [row.id], marking: profile.ceiling, detail: { dialect: profile.dialect, host: hostOf(profile), auth: secrets.auth.kind, dataKinds: profile.dataKinds.join(' '), promptLogging: profile.promptLogging } }));
    events.emit('endpoints');
    return info(row);
  };
  const mustRead = (id: EndpointId): EndpointRow => {
    const row = readEndpoint(context.vault().read, id);
    if (row === null) throw new AppError('endpoint.unknown', 'There is no such endpoint.', { data: { endpoint: id } });
    return row;
  };
  return {
    'endpoints.list': () => ({ endpoints: listEndpoints(context.vault().read).map(info) }),
    'endpoints.add': (draft) => {
      refuseTaken(draft.name, null);
      const { name, profile, auth, clientCertificate } = checkDraft(draft);
      const row: EndpointRow = { id: newId<EndpointId>(tools.ids), name, profile, secrets: { auth, clientCertificate }, addedAt: tools.clock.nowMs() };
      return recorded('endpoint.added', row, (db) => insertEndpoint(db, row));
    },
    'endpoints.change': ({ endpoint, profile: draft }) => {
      const before = mustRead(endpoint);
      refuseTaken(draft.name, endpoint);
      const { name, profile, auth, clientCertificate } = checkDraft({ ...draft, auth: draft.auth ?? before.secrets.auth, clientCertificate: draft.clientCertificate === undefined ? before.secrets.clientCertificate : draft.clientCertificate });
      const row: EndpointRow = { ...before, name, profile, secrets: { auth, clientCertificate } };
      network.forget(endpoint);
      return recorded('endpoint.changed', row, (db) => updateEndpoint(db, row));
    },
    'endpoints.remove': ({ endpoint }) => {
      const row = mustRead(endpoint);
      audited(context.vault(), (db) => deleteEndpoint(db, endpoint), () => ({ action: 'endpoint.removed', objects: [endpoint], marking: row.profile.ceiling }));
      network.forget(endpoint);
      events.emit('endpoints');
      return {};
    },
    'endpoints.test': async ({ endpoint }, { signal, progress }) => {
      const row = mustRead(endpoint);
      const began = tools.clock.nowMs();
      let found: Capabilities | null = null;
      let fault: AppError | null = null;
      try {
        const outcome = clear({ payload: probeRequest, portions: [{ document: null, label: 'test text', marking: lowest }], systemHigh: lowest }, { name: row.name, ceiling: row.profile.ceiling });
        if (outcome.kind === 'refused') throw new AppError('policy.refused', outcome.rule, { data: { rule: outcome.rule } });
        found = { testedAt: tools.clock.nowMs(), ...(await network.clientFor(row).probe(outcome.cleared, signal, (step) => progress({ step }))) };
      } catch (error) {
        if (!isAppError(error)) throw error;
        fault = error;
      }
      network.noteReachable(row.id, fault === null);
      audited(context.vault(), () => undefined, () => ({ action: 'endpoint.tested', objects: [endpoint], marking: row.profile.ceiling, outcome: fault === null ? 'done' : 'failed', detail: { host: hostOf(row.profile), code: fault?.code ?? null } }));
      events.emit('network');
      return { ok: fault === null, capabilities: found, models: found?.models ?? [], tookMs: tools.clock.nowMs() - began, fault: fault === null ? null : { code: fault.code, message: fault.message } };
    },
    'network.status': () => {
      const counters = network.counters();
      return { endpoints: context.isOpen() ? listEndpoints(context.vault().read).length : 0, sockets: counters.sockets, since: counters.since, countedAt: tools.clock.nowMs(), unreachable: network.unreachableName() };
    },
  };
}
