/**
 * Import this first in every script: it starts the script again on the Node that the package pins when another one runs it. The
 * SQLite driver crashes on older ones. npm puts the pinned Node first on PATH, so this matters to direct calls only.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { installed } from './paths.ts';

const pinnedMajor = 24;
const pinnedNode = installed('node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

if (Number.parseInt(process.versions.node, 10) < pinnedMajor) {
  if (!existsSync(pinnedNode)) {
    console.error(`Node ${pinnedMajor} is needed, this is ${process.versions.node}. Run npm ci, which brings it.`);
    process.exit(1);
  }
  const { status } = spawnSync(pinnedNode, process.argv.slice(1), { stdio: 'inherit' });
  process.exit(status ?? 1);
}
