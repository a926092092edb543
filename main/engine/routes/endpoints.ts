import { connectionFault, type Capabilities, type ClientCertificate, type EndpointDraft, type EndpointInfo } from '../../../preload/contract/domains/endpoints.ts';
import type { EndpointId } from '../../../preload/contract/domains/basics.ts';
import { audited } from '../../audit/index.ts';
import { AppError, isAppError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { checkDraft, hostOf, isOutside, knownAddresses, knownAddressesAsOf, probeRequest, readAuthorities, readClientCertificate } from '../../models/index.ts';
import { clear, toMarking, viewMarking } from '../../policy/index.ts';
import { deleteEndpoint, insertEndpoint, listEndpoints, readEndpoint, readModelByName, updateEndpoint, type EndpointProfile, type EndpointRow, type WriteDb } from '../../store/index.ts';
import type { Handlers } from '../server.ts';
import type { EngineContext } from '../sessions.ts';

/** What a test sends is ours and holds nothing. */
const lowest = toMarking('UNCLASSIFIED');

/** True when both are the same model at the same place: what a test found of one holds for the other. */
/** Where a key would be shown: the host, and who may stand between. */
function placeOf(profile: EndpointProfile): string {
  return JSON.stringify([hostOf(profile), profile.proxy, profile.ca]);
}

function isSameModel(a: EndpointProfile, b: EndpointProfile): boolean {
  return a.dialect === b.dialect && a.baseUrl === b.baseUrl && a.model === b.model && a.face === b.face && a.apiVersion === b.apiVersion;
}

/** A client certificate with its key at hand. Throws endpoint.bad-profile. */
async function opened(given: EndpointDraft['clientCertificate']): Promise<ClientCertificate | null> {
  return given?.kind === 'files' ? await readClientCertificate(given.paths, given.passphrase) : given;
}

/** Handlers of endpoints and of the network's state. */
export function endpointHandlers(context: EngineContext): Pick<Handlers, 'endpoints.list' | 'endpoints.add' | 'endpoints.change' | 'endpoints.remove' | 'endpoints.test' | 'endpoints.read-certificates' | 'endpoints.known-addresses' | 'network.status'> {
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
    audited(context.vault(), work, () => ({ action, objects: [row.id], marking: profile.ceiling, detail: { dialect: profile.dialect, host: hostOf(profile), auth: secrets.auth.kind, clientCertificate: secrets.clientCertificate?.kind ?? 'none', trust: profile.ca === null ? 'usual' : 'own', proxy: profile.proxy, dataKinds: profile.dataKinds.join(' '), promptLogging: profile.promptLogging } }));
    events.emit('endpoints');
    return info(row);
  };
  /** An embedded endpoint names a model of the vault, by whatever case; kept as the register has it. */
  const withModel = (profile: EndpointProfile): EndpointProfile => {
    if (profile.dialect !== 'embedded') return profile;
    const model = readModelByName(context.vault().read, profile.model);
    if (model === null) throw new AppError('endpoint.bad-profile', 'The vault has no model of this name. Add its file first, then name it here.', { data: { field: 'model' } });
    return { ...profile, model: model.name };
  };
  const mustRead = (id: EndpointId): EndpointRow => {
    const row = readEndpoint(context.vault().read, id);
    if (row === null) throw new AppError('endpoint.unknown', 'There is no such endpoint.', { data: { endpoint: id } });
    return row;
  };
  return {
    'endpoints.list': () => ({ endpoints: listEndpoints(context.vault().read).map(info) }),
    'endpoints.add': async (draft) => {
      const { name, profile, auth, clientCertificate } = checkDraft({ ...draft, clientCertificate: await opened(draft.clientCertificate) });
      refuseTaken(name, null);
      const row: EndpointRow = { id: newId<EndpointId>(tools.ids), name, profile: withModel(profile), secrets: { auth, clientCertificate }, addedAt: tools.clock.nowMs() };
      return recorded('endpoint.added', row, (db) => insertEndpoint(db, row));
    },
    'endpoints.change': async ({ endpoint, profile: draft }) => {
      const given = draft.clientCertificate === undefined ? null : await opened(draft.clientCertificate);
      const before = mustRead(endpoint);
      const { secrets } = before;
      const { name, profile, auth, clientCertificate } = checkDraft({ ...draft, auth: draft.auth ?? secrets.auth, clientCertificate: draft.clientCertificate === undefined ? secrets.clientCertificate : given });
      // Whoever may change an address may not send a key that they do not know to a place of their own.
      if (draft.auth === null && auth.kind !== 'none' && placeOf(profile) !== placeOf(before.profile)) throw new AppError('endpoint.bad-profile', 'The key was given for another host, proxy or trust. Give it again for this one.', { data: { field: 'auth' } });
      refuseTaken(name, endpoint);
      const row: EndpointRow = { ...before, name, profile: { ...withModel(profile), capabilities: isSameModel(profile, before.profile) ? before.profile.capabilities : null }, secrets: { auth, clientCertificate } };
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
        const outcome = clear({ payload: probeRequest, portions: [], systemHigh: lowest }, { name: row.name, ceiling: row.profile.ceiling, dataKinds: row.profile.dataKinds });
        if (outcome.kind === 'refused') throw new AppError('policy.refused', outcome.rule, { data: { rule: outcome.rule } });
        found = { testedAt: tools.clock.nowMs(), ...(await network.clientFor(row).probe(outcome.cleared, signal, (step) => progress({ step }))) };
      } catch (error) {
        if (!isAppError(error)) throw error;
        fault = error;
      }
      const connection = connectionFault.safeParse(fault?.data['fault']).data ?? null;
      audited(context.vault(), (db) => {
        const now = readEndpoint(db, endpoint); // it may have been changed or removed meanwhile
        if (now === null || !isSameModel(now.profile, row.profile)) return;
        network.noteReachable(endpoint, fault === null);
        if (found !== null) updateEndpoint(db, { ...now, profile: { ...now.profile, capabilities: found } });
      }, () => ({ action: 'endpoint.tested', objects: [endpoint], marking: row.profile.ceiling, outcome: fault === null ? 'done' : 'failed', detail: { host: hostOf(row.profile), code: fault?.code ?? null, connection } }));
      events.emit('endpoints');
      return { ok: fault === null, capabilities: found, models: found?.models ?? [], tookMs: tools.clock.nowMs() - began, fault: fault === null ? null : { code: fault.code, message: fault.message, connection } };
    },
    'endpoints.read-certificates': readAuthorities,
    'endpoints.known-addresses': () => ({ asOf: knownAddressesAsOf, addresses: [...knownAddresses] }),
    'network.status': () => {
      const counters = network.counters();
      // A model of this computer is reached over no network.
      const reached = context.isOpen() ? listEndpoints(context.vault().read).filter(({ profile }) => profile.dialect !== 'embedded') : [];
      return { endpoints: reached.length, sockets: counters.sockets, since: counters.since, countedAt: tools.clock.nowMs(), unreachable: network.unreachableName() };
    },
  };
}
