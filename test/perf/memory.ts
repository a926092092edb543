import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { measured, type Figure, type PerfScript } from './figures.ts';
import { withGeneratedCase, type GeneratedCase } from './generated-case.ts';

/** Resident megabytes of a process with an engine after opening a case, searching it and coding in it. */
function engineMb(made: GeneratedCase): Promise<{ readonly openMb: number; readonly workedMb: number }> {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL('memory-child.ts', import.meta.url)), [JSON.stringify(made)], { execArgv: [] });
    let told: { openMb: number; workedMb: number } | null = null;
    child.on('message', (message) => { told = message as { openMb: number; workedMb: number }; }); // our own program
    child.once('exit', (code) => (told === null ? reject(new Error(`the engine ended with ${String(code)}`)) : resolve(told)));
  });
}

/** What the engine holds of the computer's memory. */
export const memory: PerfScript = async ({ small, log }) => {
  const figures: Figure[] = [];
  for (const documents of small ? [10_000] : [10_000, 100_000]) {
    const { openMb, workedMb } = await withGeneratedCase(documents, log, engineMb);
    const name = documents.toLocaleString('en');
    figures.push(measured(`engine, ${name} documents, case open`, openMb, 'MB'), measured(`engine, ${name} documents, searched and coded`, workedMb, 'MB', documents === 100_000 ? { text: 'shell + engine <= 600 MB', holds: (mb) => mb <= 500 } : undefined));
  }
  return { title: 'resident memory', figures, notes: ['the shell is not in these figures: on the stand-in it is another program than on Electron. The bar is judged with 100 MB kept for it'] };
};
