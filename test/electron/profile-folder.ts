import { existsSync, mkdirSync, mkdtempSync, readdirSync, cpSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { isAlive } from './single-instance.ts';

const prefix = 'stand-in-profile-';

/**
 * Chromium's profile: a temporary folder, removed at exit. Once a `persist:` partition has been asked for, the profile is
 * kept in the session data instead, where the next start finds it; all such partitions share it.
 */
export class ProfileFolder {
  readonly path: string;
  readonly #keptPath: string;
  #isKept = false;

  constructor(sessionData: string) {
    removeStaleProfiles();
    this.path = mkdtempSync(path.join(os.tmpdir(), `${prefix}${process.pid}-`));
    this.#keptPath = path.join(sessionData, 'Partitions', 'stand-in');
    if (existsSync(this.#keptPath)) cpSync(this.#keptPath, this.path, { recursive: true });
  }

  /** Where a kept profile lives; asking for it makes the profile a kept one. */
  keep(): string {
    this.#isKept = true;
    return this.#keptPath;
  }

  /** After Chromium has ended: keeps or forgets the profile. */
  dispose(): void {
    if (this.#isKept) {
      rmSync(this.#keptPath, { recursive: true, force: true });
      mkdirSync(path.dirname(this.#keptPath), { recursive: true });
      cpSync(this.path, this.#keptPath, { recursive: true, filter: (file) => !path.basename(file).startsWith('Singleton') });
    }
    rmSync(this.path, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

/** A stand-in that was killed could not remove its profile; the next one does. */
function removeStaleProfiles(): void {
  for (const name of readdirSync(os.tmpdir())) {
    const owner = new RegExp(`^${prefix}(\\d+)-`).exec(name)?.[1];
    if (owner !== undefined && !isAlive(Number(owner))) rmSync(path.join(os.tmpdir(), name), { recursive: true, force: true });
  }
}
