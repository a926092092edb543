/** Writing outside the vault: for the person who asked alone, never over anything, never into the vault. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { AppError } from '../base/errors.ts';
import { isInside } from '../base/is-inside.ts';

/** What is written outside is for the person who asked, and overwrites nothing. */
export const ownerOnly = { flag: 'wx', mode: 0o600 } as const;

/** Throws case.path-is-vault for a folder inside the vault, whatever links lead there. */
export function refuseVault(folder: string, vaultFolder: string): void {
  if (isInside(realPlace(folder), realPlace(vaultFolder))) throw new AppError('case.path-is-vault', 'This folder is inside the vault, where nothing is kept unencrypted. Choose another.');
}

/** Writes outside the vault. Says of a failure that it is the folder's. */
export async function outside<T>(write: () => T | Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw folderFailure(error);
  }
}

/** A failure of a folder outside, by its name; what is no such failure comes back as it is. */
export function folderFailure(error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new AppError('vault.disk-full', 'The disk of the folder is full.');
  if (typeof code === 'string' && unusable.has(code)) return new AppError('case.path-absent', 'The folder cannot be written.', { data: { system: code } });
  return error;
}

const unusable = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'EIO', 'ENODEV', 'ENXIO']);

/** The folder with every link of its path that exists resolved. */
function realPlace(folder: string): string {
  const whole = resolve(folder);
  return existsSync(whole) ? realpathSync(whole) : dirname(whole) === whole ? whole : join(realPlace(dirname(whole)), basename(whole));
}
