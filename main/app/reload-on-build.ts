import { existsSync, watch } from 'node:fs';
import { dirname } from 'node:path';

/** The file that `npm run dev` touches after each build of the renderer; absent everywhere else. */
export const buildStampVariable = 'REDOUBT_DEV_STAMP';

/** Calls back after each renderer build of `npm run dev`. Does nothing in a package or outside that command. */
export function reloadOnBuild(isPackaged: boolean, reload: () => void): void {
  const stamp = process.env[buildStampVariable];
  if (isPackaged || stamp === undefined || !existsSync(dirname(stamp))) return;
  watch(dirname(stamp), (_event, name) => {
    if (name !== null && stamp.endsWith(name)) reload();
  });
}
