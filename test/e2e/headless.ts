/** The headless door in a process of its own: what a test needs in a vault before the window opens it. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { passphrase } from './drive.ts';
import { root } from './program.ts';

/** Runs one verb on the vault of a program's folder; answers what it printed. Throws when it fails. */
export async function redoubt(folder: string, ...args: readonly string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'main', 'cli', 'main.ts'), ...args, '--vault', join(folder, 'vault'), '--passphrase-env', 'REDOUBT_TEST_PASSPHRASE', '--json'], {
    env: { ...process.env, REDOUBT_TEST_PASSPHRASE: passphrase },
  });
  return stdout;
}
