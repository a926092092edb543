/**
 * The engine: the process that owns keys, SQLite and all domain work. It puts the domains behind the route table (routes/<domain>.ts,
 * thin handlers), answers windows on their ports and the headless door in process, and holds what lives as long as an unlock. It
 * never shows anything and never decides policy itself. Killing its process is the lock.
 */
export { createEngine, type EngineOptions } from './create-engine.ts';
export type { Engine, EnginePort } from './server.ts';
export type { ChildEntry, EngineToShell, ShellToEngine } from './shell-link.ts';
