import { runCli } from '../../main/cli/run-cli.ts';

/** What a run of the headless door gave. */
export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

/** Runs the headless door in this process, with an environment of its own. */
export async function ranCli(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  let out = '';
  let err = '';
  const code = await runCli([...args], { out: (text) => { out += text; }, err: (text) => { err += text; }, env });
  return { code, out, err };
}
