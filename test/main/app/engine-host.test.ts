import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { MessagePortMain } from 'electron';
import { createEngineHost, stopGraceMs, type EngineHost, type Page } from '../../../main/app/engine-host.ts';
import type { ChildKind, ChildProcess } from '../../../main/app/engine-process.ts';
import type { EngineNews } from '../../../preload/contract/shell.ts';

/** A child process that does only what the test says. */
class ScriptedChild implements ChildProcess {
  readonly kind: ChildKind;
  pid: number | undefined = 4711;
  readonly sent: { readonly message: { readonly t: string }; readonly ports: number }[] = [];
  wasEnded = false;
  hear: (data: unknown) => void = () => undefined;
  begin: () => void = () => undefined;
  exit: (code: number | null) => void = () => undefined;

  constructor(kind: ChildKind) {
    this.kind = kind;
  }

  postMessage(message: { readonly t: string }, ports: readonly MessagePortMain[] = []): void {
    this.sent.push({ message, ports: ports.length });
  }

  end(): void {
    this.wasEnded = true;
    this.exit(null);
  }

  onMessage(listener: (data: unknown) => void): void {
    this.hear = listener;
  }

  onStarted(listener: () => void): void {
    this.begin = listener;
  }

  onExit(listener: (code: number | null) => void): void {
    this.exit = listener;
  }

  got(t: string): number {
    return this.sent.filter(({ message }) => message.t === t).length;
  }
}

const children: ScriptedChild[] = [];
const told: { readonly news: EngineNews; readonly except: ReadonlySet<Page> }[] = [];
let renewals = 0;
let nowMs = 0;
let host: EngineHost;

const engines = (): ScriptedChild[] => children.filter((child) => child.kind.entry === 'engine');
const engine = (): ScriptedChild => engines().at(-1) ?? expect.fail('no engine was started');
const kinds = (): string[] => told.map(({ news }) => news.kind);
const port = {} as MessagePortMain; // only counted, never used

function page(): Page & { ports: number } {
  const made = { ports: 0, give: () => { made.ports += 1; } };
  return made;
}

function openVault(): void {
  engine().hear({ t: 'ready' });
  engine().hear({ t: 'vault', state: 'open' });
}

beforeEach(() => {
  vi.useFakeTimers();
  children.length = 0;
  told.length = 0;
  renewals = 0;
  nowMs = 1_000;
  host = createEngineHost({
    starter: {
      start: (kind) => {
        const child = new ScriptedChild(kind);
        children.push(child);
        return child;
      },
      channel: () => [port, port],
    },
    pages: { tell: (news, except = new Set()) => void told.push({ news, except: new Set(except) }), renew: () => { renewals += 1; } },
    clock: { nowMs: () => nowMs },
    vaultFolder: '/vault',
  });
  host.start();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('starting', () => {
  it('tells the engine first where the vault is', () => {
    expect(engine().sent[0]?.message).toEqual({ t: 'start', vaultFolder: '/vault' });
  });

  it('gives a page one port and does not make it ask for another when the engine is ready', () => {
    const first = page();
    host.connect(first);
    engine().hear({ t: 'ready' });
    expect(first.ports).toBe(1);
    expect(engine().got('frame')).toBe(1);
    expect(told.at(-1)?.except.has(first)).toBe(true);
  });

  it('ignores what is no message of the link', () => {
    for (const odd of [null, 'ready', { t: 'fork', id: 1, entry: '../../bin/sh', heapMb: 64 }, { t: 'fork', id: 1, entry: 'extract', heapMb: 1e9 }, { t: 'vault', state: 'wide open' }]) engine().hear(odd);
    expect(children).toHaveLength(1);
    expect(host.isVaultOpen()).toBe(false);
  });
});

describe('locking', () => {
  it('tells the pages, replaces their documents and asks the engine to stop, at once', () => {
    openVault();
    void host.lock('key');
    expect(told.at(-1)?.news).toEqual({ kind: 'locked', reason: 'key', at: 1_000 });
    expect(renewals).toBe(1);
    expect(engine().got('stop')).toBe(1);
    expect(host.isVaultOpen()).toBe(false);
  });

  it('starts a fresh engine only when the old one is gone', async () => {
    openVault();
    const locked = host.lock('idle');
    expect(engines()).toHaveLength(1);
    engine().exit(0);
    await locked;
    expect(engines()).toHaveLength(2);
    expect(kinds()).not.toContain('crashed');
  });

  it('ends an engine that does not stop, within two seconds', async () => {
    openVault();
    const stubborn = engine();
    const locked = host.lock('suspend');
    await vi.advanceTimersByTimeAsync(stopGraceMs - 1);
    expect(stubborn.wasEnded).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    expect(stubborn.wasEnded).toBe(true);
    await locked;
    expect(stopGraceMs).toBeLessThan(2_000);
    expect(engines()).toHaveLength(2);
  });

  it('gives the next engine’s port to a page that asks in between', async () => {
    openVault();
    const locked = host.lock('key');
    const fresh = page();
    host.connect(fresh);
    expect(fresh.ports).toBe(0);
    engine().exit(0);
    await locked;
    expect(fresh.ports).toBe(1);
    expect(engine().got('frame')).toBe(1);
  });

  it('is one lock when it is asked for twice', async () => {
    openVault();
    const both = Promise.all([host.lock('key'), host.lock('screen-lock')]);
    engine().exit(0);
    await both;
    expect(engines()).toHaveLength(2);
    expect(kinds().filter((kind) => kind === 'locked')).toHaveLength(1);
  });

  it('does not believe a last word of the engine that is being ended', () => {
    openVault();
    void host.lock('key');
    engine().hear({ t: 'vault', state: 'open' });
    expect(host.isVaultOpen()).toBe(false);
  });

  it('is remembered for windows that open later, until the vault is open again', async () => {
    openVault();
    const locked = host.lock('idle');
    engine().exit(0);
    await locked;
    engine().hear({ t: 'ready' });
    expect(host.news()).toMatchObject({ kind: 'locked', reason: 'idle' });
    engine().hear({ t: 'vault', state: 'open' });
    expect(host.news()).toEqual({ kind: 'started' });
  });

  it('takes the next engine to another folder when the vault changes', async () => {
    const moved = host.moveTo('/other');
    await vi.advanceTimersByTimeAsync(0);
    engine().exit(0);
    await moved;
    expect(engine().sent[0]?.message).toEqual({ t: 'start', vaultFolder: '/other' });
  });
});

describe('a crash', () => {
  it('is told, the engine started again, and the pages asked to fetch its port', () => {
    const open = page();
    host.connect(open);
    openVault();
    engine().exit(139);
    expect(told.at(-1)?.news).toEqual({ kind: 'crashed', at: 1_000 });
    expect(engines()).toHaveLength(2);
    engine().hear({ t: 'ready' });
    expect(told.at(-1)).toEqual({ news: { kind: 'started' }, except: new Set() });
    host.connect(open);
    expect(open.ports).toBe(2);
    expect(host.isVaultOpen()).toBe(false);
  });

  it('counts even when the engine leaves with 0: nobody asked it to', () => {
    engine().exit(0);
    expect(kinds()).toContain('crashed');
  });

  it('is forgiven three times within a minute; then the engine is left alone until someone restarts it', () => {
    for (let crash = 0; crash < 4; crash++) engine().exit(1);
    expect(kinds()).toEqual(['crashed', 'crashed', 'crashed', 'given-up']);
    expect(engines()).toHaveLength(4);
    host.restart();
    expect(engines()).toHaveLength(5);
    host.restart();
    expect(engines()).toHaveLength(5);
  });

  it('while the program ends starts nothing again', async () => {
    const ended = host.end();
    engine().exit(1);
    await ended;
    expect(engines()).toHaveLength(1);
  });
});

describe('extractors', () => {
  const extractor = (): ScriptedChild => children.at(-1) ?? expect.fail('nothing was started');

  it('are started for the engine with their heap limit and joined with it', () => {
    engine().hear({ t: 'fork', id: 7, entry: 'extract', heapMb: 256 });
    expect(extractor().kind).toEqual({ entry: 'extract', heapMb: 256 });
    expect(extractor().sent).toEqual([{ message: { t: 'port' }, ports: 1 }]);
    extractor().begin();
    expect(engine().sent.at(-1)).toEqual({ message: { t: 'child', id: 7, pid: 4711 }, ports: 1 });
  });

  it('and the model’s process are told apart, and nothing else can be started', () => {
    engine().hear({ t: 'fork', id: 7, entry: 'model', heapMb: 1024 });
    expect(extractor().kind).toEqual({ entry: 'model', heapMb: 1024 });
    const before = children.length;
    engine().hear({ t: 'fork', id: 8, entry: 'engine', heapMb: 1024 });
    expect(children).toHaveLength(before);
  });

  it('report their exit once, with the code, and null when they were ended', () => {
    engine().hear({ t: 'fork', id: 7, entry: 'extract', heapMb: 256 });
    extractor().exit(134);
    expect(engine().sent.at(-1)?.message).toEqual({ t: 'child-exit', id: 7, code: 134 });
    engine().hear({ t: 'fork', id: 8, entry: 'extract', heapMb: 256 });
    engine().hear({ t: 'kill', id: 8 });
    expect(engine().sent.at(-1)?.message).toEqual({ t: 'child-exit', id: 8, code: null });
    engine().hear({ t: 'kill', id: 8 });
    expect(engine().got('child-exit')).toBe(2);
  });

  it('end with their engine', () => {
    const old = engine();
    old.hear({ t: 'fork', id: 7, entry: 'extract', heapMb: 256 });
    const running = extractor();
    old.exit(1);
    expect(running.wasEnded).toBe(true);
    expect(old.got('child-exit')).toBe(0);
  });
});
