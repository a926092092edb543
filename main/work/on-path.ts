import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where a program of the system is, or null. The absolute path, because what is started has an empty environment and so no PATH of its own. */
export function onPath(program: string): string | null {
  const places = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/usr/bin'].filter((folder) => folder.startsWith('/'));
  return places.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}
