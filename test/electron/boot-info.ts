import { readFileSync } from 'node:fs';
import path from 'node:path';

/** The part of the app's package.json that Electron reads. */
export interface AppManifest {
  readonly name?: string;
  readonly productName?: string;
  readonly version?: string;
  readonly main?: string;
  readonly type?: string;
}

/** What the command line said. */
export interface BootInfo {
  readonly appPath: string;
  readonly manifest: AppManifest;
  /** Chromium and Electron switches given before the app's path, each with its dashes. */
  readonly switches: readonly string[];
  readonly executable: string;
}

let current: BootInfo | null = null;

/** Records what the command line said; called once, before any app code. */
export function setBootInfo(info: BootInfo): void {
  current = info;
}

/** What the command line said. */
export function bootInfo(): BootInfo {
  if (!current) throw new Error('stand-in: started without a command line');
  return current;
}

/** The folder that holds the stand-in's node_modules. */
export const repositoryRoot = path.resolve(import.meta.dirname, '../..');

/** The version of the electron package whose interface is stood in for. */
export const electronVersion = (JSON.parse(readFileSync(path.join(repositoryRoot, 'node_modules/electron/package.json'), 'utf8')) as { version: string }).version;
