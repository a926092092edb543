/**
 * The headless door: `redoubt <verb> …` on plain Node (notes/cli.md is a promise to scripts). Verbs call the engine's routes in process
 * and hold no logic of their own. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 refused by policy, 4 done in part.
 */
import { writtenOut } from '../base/written-out.ts';
import { closeSideDoors } from '../work/index.ts';
import { runCli } from './run-cli.ts';

const env = { ...process.env }; // a verb may be told by name where a secret stands
closeSideDoors();
process.umask(0o077); // whatever is written is for this person alone

// A reader that has seen enough (`redoubt documents | head`) closes the pipe: that is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

process.exitCode = await runCli(process.argv.slice(2), {
  // What documents and models wrote is printed too: nothing of it may command the terminal.
  out: (text) => process.stdout.write(writtenOut(text)),
  err: (text) => process.stderr.write(text.endsWith('\r') ? `${writtenOut(text.slice(0, -1))}\r` : writtenOut(text)), // progress writes over itself
  env,
});
