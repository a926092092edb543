/**
 * Keeps one engine running and the windows joined to it. Ending the engine is the lock: keys live nowhere else. The shell only
 * forks, ends and hands ports over; it reads nothing that passes between a window and the engine.
 */
import type { MessagePortMain } from 'electron';
import type { EngineNews } from '../../preload/contract/shell.ts';
import type { Clock } from '../base/clock.ts';
import { createChildren, type Children } from './children.ts';
import { judgeCrash } from './crash-circuit.ts';
import { readEngineMessage, type ChildProcess, type ChildStarter } from './engine-process.ts';

/** Why a vault is locked. */
export type LockReason = Extract<EngineNews, { kind: 'locked' }>['reason'];

/** A window's page. One object stands for it as long as its window is open, whatever document it shows. */
export interface Page {
  /** Hands a port to the document that the page shows now. */
  readonly give: (port: MessagePortMain) => void;
}

/** All pages. */
export interface Pages {
  /** Tells every page but the excepted ones. */
  readonly tell: (news: EngineNews, except?: ReadonlySet<Page>) => void;
  /** Gives every page a fresh document, so that no text of the old one stays. */
  readonly renew: () => void;
}

/** What the host needs from around it; Electron stays outside, so that tests can stand in its place. */
export interface EngineHostParts {
  readonly starter: ChildStarter;
  readonly pages: Pages;
  readonly clock: Clock;
  readonly vaultFolder: string;
}

/** The engine's keeper. */
export interface EngineHost {
  readonly start: () => void;
  /** Gives a page a port to the engine that runs, or to the next one. */
  readonly connect: (page: Page) => void;
  /** Forgets a page that is gone. */
  readonly disconnect: (page: Page) => void;
  /** Tells the pages, replaces their documents, ends the engine and starts a locked one; settles when that one is forked. */
  readonly lock: (reason: LockReason) => Promise<void>;
  /** Locks and starts the next engine on another vault folder. */
  readonly moveTo: (vaultFolder: string) => Promise<void>;
  /** Starts again after the host gave up; nothing happens while an engine runs. */
  readonly restart: () => void;
  /** Ends the engine for good. */
  readonly end: () => Promise<void>;
  readonly isVaultOpen: () => boolean;
  /** The last lock, crash or giving up that no unlocking has followed; else `started`, or null before the first start. */
  readonly news: () => EngineNews | null;
}

/** How long a stopping engine may take to finish or roll back. The rest of the two seconds is for its end. */
export const stopGraceMs = 1_800;

interface Running {
  readonly process: ChildProcess;
  readonly children: Children;
  readonly exited: Promise<void>;
  /** The pages that have had a port to this engine. */
  readonly joined: Set<Page>;
  isStopping: boolean;
}

/** Makes a host; nothing runs before `start`. */
export function createEngineHost(parts: EngineHostParts): EngineHost {
  const { starter, pages, clock } = parts;
  const waiting = new Set<Page>();
  let vaultFolder = parts.vaultFolder;
  let running: Running | null = null;
  let changing: Promise<void> | null = null;
  let isEnded = false;
  let isVaultOpen = false;
  let crashesMs: readonly number[] = [];
  let news: EngineNews | null = null;

  function announce(bad: EngineNews): void {
    news = bad;
    pages.tell(bad);
  }

  function fork(): void {
    const process = starter.start({ entry: 'engine' });
    const exited = Promise.withResolvers<void>();
    const engine: Running = { process, children: createChildren(starter, process), exited: exited.promise, joined: new Set(), isStopping: false };
    running = engine;
    process.onMessage((data) => receive(engine, data));
    process.onExit(() => {
      engine.children.endAll();
      if (running === engine) running = null;
      exited.resolve();
      if (!engine.isStopping) crashed();
    });
    process.postMessage({ t: 'start', vaultFolder });
    for (const page of waiting) join(page, engine);
    waiting.clear();
  }

  function join(page: Page, engine: Running): void {
    const [forEngine, forPage] = starter.channel();
    engine.joined.add(page);
    engine.process.postMessage({ t: 'frame' }, [forEngine]);
    page.give(forPage);
  }

  function receive(engine: Running, data: unknown): void {
    const message = readEngineMessage(data);
    if (message === null || running !== engine) return;
    if (engine.isStopping && message.t !== 'kill') return; // late words of an engine that is being ended open nothing
    switch (message.t) {
      case 'ready':
        news ??= { kind: 'started' };
        pages.tell({ kind: 'started' }, engine.joined); // who has a port already needs no second one
        break;
      case 'vault':
        isVaultOpen = message.state === 'open';
        if (isVaultOpen) news = { kind: 'started' };
        break;
      case 'fork':
        engine.children.start(message.id, message.entry, message.heapMb);
        break;
      case 'kill':
        engine.children.end(message.id);
        break;
    }
  }

  function crashed(): void {
    isVaultOpen = false;
    const atMs = clock.nowMs();
    const verdict = judgeCrash(crashesMs, atMs);
    crashesMs = verdict.crashesMs;
    announce({ kind: verdict.decision === 'restart' ? 'crashed' : 'given-up', at: atMs });
    if (verdict.decision === 'restart' && !isEnded) fork();
  }

  async function stop(): Promise<void> {
    const engine = running;
    if (engine === null) return;
    engine.isStopping = true;
    engine.process.postMessage({ t: 'stop' });
    const timer = setTimeout(() => engine.process.end(), stopGraceMs);
    await engine.exited;
    clearTimeout(timer);
  }

  function lock(reason: LockReason): Promise<void> {
    if (isEnded) return Promise.resolve();
    changing ??= relock(reason).finally(() => {
      changing = null;
    });
    return changing;
  }

  async function relock(reason: LockReason): Promise<void> {
    isVaultOpen = false;
    waiting.clear(); // their documents are about to be replaced; the new ones ask again
    announce({ kind: 'locked', reason, at: clock.nowMs() });
    pages.renew();
    await stop();
    if (!isEnded) fork();
  }

  return {
    start: fork,
    connect: (page) => {
      if (running !== null && !running.isStopping) join(page, running);
      else waiting.add(page);
    },
    disconnect: (page) => {
      waiting.delete(page);
      running?.joined.delete(page);
    },
    lock,
    moveTo: async (folder) => {
      await changing;
      vaultFolder = folder;
      await lock('vault-changed');
    },
    restart: () => {
      if (running !== null || changing !== null || isEnded) return;
      crashesMs = [];
      fork();
    },
    end: async () => {
      isEnded = true;
      await changing;
      await stop();
    },
    isVaultOpen: () => isVaultOpen,
    news: () => news,
  };
}
