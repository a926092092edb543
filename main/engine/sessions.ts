/** What the engine holds while a vault is open: the vault, and for each open case its searcher, its jobs and its undo stack. */
import type { CaseId, DocumentId, SetId } from '../../preload/contract/domains/basics.ts';
import { anchorChains, audited } from '../audit/index.ts';
import { AppError } from '../base/errors.ts';
import { bulkKinds, createBulk, createCaseReader, createCounter, createLanes, type Bulk, type CaseReader, type Counter } from '../chat/index.ts';
import type { PersonalData } from '../entities/index.ts';
import { createGrouper, createIngest, createOcrQueue, createPictureViewer, type Grouper, type Ingest, type OcrQueue, type PictureViewer } from '../ingest/index.ts';
import type { ModelRuntime, Network } from '../models/index.ts';
import { createSearcher, type Searcher } from '../search/index.ts';
import { findDocument, listEndpoints, readCase, type CaseStore, type DocumentRow, type ModelFiles, type Vault, type VaultTools } from '../store/index.ts';
import { createUndoStack, type UndoStack } from '../triage/index.ts';
import type { ProcessHost } from '../work/index.ts';
import type { Events } from './events.ts';
import type { HeldSet } from './held-set.ts';

export interface CaseSession {
  readonly store: CaseStore;
  readonly undo: UndoStack;
  readonly searcher: Searcher;
  readonly reader: CaseReader;
  readonly counter: Counter;
  /** Sets that windows hold handles on, the one last used last. */
  readonly sets: Map<SetId, HeldSet>;
  readonly ingest: Ingest;
  readonly ocr: OcrQueue;
  readonly pictures: PictureViewer;
  readonly bulk: Bulk;
  readonly grouper: Grouper;
}

/** Everything a route handler may reach. */
export interface EngineContext {
  readonly vaultFolder: string;
  readonly tools: VaultTools;
  readonly events: Events;
  readonly network: Network;
  readonly modelFiles: ModelFiles;
  readonly models: ModelRuntime;
  readonly personalData: PersonalData;
  /** The open vault. Throws vault.locked. */
  readonly vault: () => Vault;
  readonly isOpen: () => boolean;
  /** Takes over a vault that was just opened or created. */
  readonly setVault: (vault: Vault) => void;
  /** The case's session, begun on first use. Throws case.unknown or what opening throws. */
  readonly session: (id: CaseId) => CaseSession;
  /** As session, for a change: throws case.archived too. */
  readonly writable: (id: CaseId) => CaseSession;
  readonly close: () => Promise<void>;
}

/** A context with no vault open. */
export function createContext(options: { readonly vaultFolder: string; readonly tools: VaultTools; readonly events: Events; readonly network: Network; readonly modelFiles: ModelFiles; readonly models: ModelRuntime; readonly personalData: PersonalData; readonly host: ProcessHost; readonly isAttended: () => boolean }): EngineContext {
  const { vaultFolder, tools, events, network, modelFiles, models, personalData, host, isAttended } = options;
  let open: Vault | null = null;
  const sessions = new Map<CaseId, CaseSession>();
  const lanes = createLanes({ clock: tools.clock, presence: network.presence });

  const vault = (): Vault => {
    if (open === null) throw new AppError('vault.locked', 'The vault is locked.');
    return open;
  };
  const session = (id: CaseId): CaseSession => {
    const known = sessions.get(id);
    if (known !== undefined) return known;
    const store = vault().case(id);
    const grouper = createGrouper(store, () => events.emit('groups', id), () => ingest.isAtWork());
    const ocr = createOcrQueue(store, { host, vaultFolder, passwords: () => ingest.passwords(), onState: () => events.emit('ocr', id), onText: (jobs) => {
      ingest.gotText(jobs);
      grouper.poke();
      events.emit('texts', id);
    } });
    const ingest = createIngest(store, { host, vaultFolder, isAttended, onJobs: () => events.emit('jobs', id), onDocuments: () => {
      events.emit('documents', id);
      grouper.poke();
    }, onCommitted: ocr.wake });
    grouper.poke(); // what came in before and was not compared
    const searcher = createSearcher({ readerOptions: store.readerOptions });
    const fresh: CaseSession = {
      store, searcher, grouper,
      undo: createUndoStack(),
      reader: createCaseReader({ readerOptions: store.readerOptions }),
      counter: createCounter({ readerOptions: store.readerOptions }),
      sets: new Map(),
      ingest, ocr,
      pictures: createPictureViewer(store, { host }),
      bulk: createBulk({ store, searcher, network, personalData, lanes, kinds: bulkKinds, endpoints: () => listEndpoints(vault().read), onChange: () => events.emit('bulk', id) }),
    };
    sessions.set(id, fresh);
    return fresh;
  };
  return {
    vaultFolder, tools, events, network, modelFiles, models, personalData, vault, session,
    isOpen: () => open !== null,
    setVault: (fresh) => {
      open = fresh;
      events.emit('vault');
    },
    writable: (id) => {
      const row = readCase(vault().read, id);
      if (row?.archived === true) throw new AppError('case.archived', 'This case is archived. Take it out of the archive to change it.', { data: { case: id } });
      return session(id);
    },
    close: async () => {
      const closing = open;
      if (closing === null) return personalData.close();
      await Promise.all([...sessions.values()].map(async ({ ingest, ocr, pictures, bulk, searcher, reader, counter, grouper }) => {
        await Promise.all([ingest.close(), ocr.close(), pictures.close(), bulk.close(), grouper.close()]);
        await Promise.all([searcher.close(), reader.close(), counter.close()]);
      }));
      await personalData.close();
      audited(closing, (db) => anchorChains(db, closing.openCases()), () => ({ action: 'vault.locked', objects: [closing.chain], marking: closing.systemHigh }));
      await network.close();
      sessions.clear();
      open = null;
      closing.close();
    },
  };
}

/** The document with the id. Throws case.unknown-document. */
export function mustFindDocument(store: CaseStore, id: DocumentId): DocumentRow {
  const document = findDocument(store.read, id);
  if (document === null) throw new AppError('case.unknown-document', 'There is no such document in this case.', { data: { document: id } });
  return document;
}
