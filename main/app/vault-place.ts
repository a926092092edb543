import { join, resolve } from 'node:path';
import * as z from 'zod';
import { keepAside, readJsonFile, writeJsonFile } from './json-file.ts';

/** `place.json`: the vault folder that was chosen last, absolute. */
const place = z.object({ vaultFolder: z.string().min(1) });

/** What decides where things are: the arguments and the environment that the program was started with. */
export interface Start {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Relative paths count from here. */
  readonly cwd: string;
}

/**
 * Where to keep settings and the default vault, when the start says so: `--user-data=DIR`, else REDOUBT_USER_DATA. Null leaves
 * Electron's own choice.
 */
export function chosenUserData(start: Start): string | null {
  return named(start, '--user-data', 'REDOUBT_USER_DATA');
}

/** The vault folder to open, absolute, and the name under which a damaged `place.json` was kept; null when it was not damaged. */
export interface VaultPlace {
  readonly folder: string;
  readonly keptAside: string | null;
}

/** The vault folder: `--vault=DIR`, else REDOUBT_VAULT, else the one chosen last, else `vault` in the user-data folder. */
export function findVault(start: Start, userData: string): VaultPlace {
  const given = named(start, '--vault', 'REDOUBT_VAULT');
  if (given !== null) return { folder: given, keptAside: null };
  const file = placeFile(userData);
  const found = readJsonFile(file, place);
  return {
    folder: found.kind === 'read' ? found.value.vaultFolder : join(userData, 'vault'),
    keptAside: found.kind === 'damaged' ? keepAside(file) : null,
  };
}

/** Remembers a vault folder that a person chose. */
export function rememberVault(userData: string, folder: string): void {
  writeJsonFile(placeFile(userData), { vaultFolder: folder });
}

function placeFile(userData: string): string {
  return join(userData, 'place.json');
}

function named(start: Start, option: string, variable: string): string | null {
  const argument = start.argv.findLast((word) => word.startsWith(`${option}=`))?.slice(option.length + 1);
  const given = argument ?? start.env[variable];
  return given === undefined || given === '' ? null : resolve(start.cwd, given);
}
