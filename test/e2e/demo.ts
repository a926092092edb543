/**
 * The demo's own program, which resources/build/demo.ts starts on a fresh build: opens the window headless on the stand-in, works
 * through the sample case as a person would, prints what it did and the answer with its citations, and leaves pictures under out/demo/.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { runNode } from '../../resources/build/run.ts';
import { annotateCase, askCase, codeCase, demoCase, endWork, fillCase, searchCase, takePictures } from './demo-steps.ts';
import { passphrase } from './drive.ts';
import { newFolder, startProgram } from './program.ts';

const startedMs = performance.now();
const line = z.object({ path: z.string() });

function say(sentence: string): void {
  console.log(`${((performance.now() - startedMs) / 1000).toFixed(1).padStart(5)} s  ${sentence}`);
}

/** The paths of the case's documents by number, read through the headless door while the window is gone. */
async function pathByNumber(vault: string, name: string, passphrase: string): Promise<readonly string[]> {
  const { code, output } = await runNode(['main/cli/main.ts', 'documents', '--vault', vault, '--case', name, '--json', '--passphrase-env', 'REDOUBT_DEMO'], { silent: true, env: { REDOUBT_DEMO: passphrase } });
  if (code !== 0) throw new Error(`The headless door gave no documents: ${output.trim()}`);
  return output.split('\n').filter((text) => text.startsWith('{')).map((text) => line.parse(JSON.parse(text)).path);
}

async function demo(): Promise<void> {
  const folder = newFolder('redoubt-demo-');
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  process.once('exit', removeFolder); // also when a step fails or a person interrupts
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
  const program = await startProgram(folder);
  say('Started it without a display, on the stand-in for Electron: real processes, real encryption, a Chromium without a screen.');
  try {
    await fillCase(program, say);
    await searchCase(program, say);
    await codeCase(program, say);
    const answer = await askCase(program);
    say(`Asked the extractive reader, which uses no model: ${answer.question}`);
    await annotateCase(program, say);
    const pictures = await takePictures(program);
    await endWork(program, say);
    await program.end();
    const paths = await pathByNumber(join(folder, 'vault'), demoCase, passphrase);
    say('Unlocked the same vault through the headless door and looked the cited documents up.');
    console.log(`\nAnswer\n  ${answer.text}\n  ${answer.check}\n\nCitations`);
    for (const { citation, document, page, quote, isFound } of answer.citations) {
      console.log(`  ${citation}  ${paths[document - 1] ?? `document ${document}`}, ${page === null ? 'no pages' : `page ${page}`}, ${isFound ? 'found word for word' : 'not found in the text'}\n     “${quote}”`);
    }
    console.log('\nPictures');
    for (const picture of pictures) console.log(`  ${picture}`);
    console.log('\nThe picture in README.md is such a run’s triage-dark.png, copied to resources/readme-triage.png.');
  } finally {
    await program.remove();
  }
  say('Done. The vault and everything around it is removed.');
}

await demo();
