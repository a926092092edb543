import { spawn, type ChildProcess } from 'node:child_process';
import { root } from './paths.ts';

/** How a program ended and what it wrote, both streams together. */
export interface Ran {
  /** Null when a signal ended it. */
  readonly code: number | null;
  readonly output: string;
}

/** Where a program runs and what it is told. `silent` collects the output instead of showing it. */
export interface RunOptions {
  readonly silent?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Ends the program when it takes longer. */
  readonly timeoutMs?: number;
}

/** Runs a script on this Node, in the repository's root. Throws the system's error when it cannot be started. */
export function runNode(args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return runProgram(process.execPath, args, options);
}

/** Runs a program in the repository's root. Throws the system's error when it cannot be started. */
export function runProgram(file: string, args: readonly string[], options: RunOptions = {}): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      cwd: root,
      stdio: options.silent === true ? ['ignore', 'pipe', 'pipe'] : 'inherit',
      env: { ...process.env, ...options.env },
      ...(options.timeoutMs === undefined ? {} : { timeout: options.timeoutMs }),
    });
    const chunks: Buffer[] = [];
    child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output: Buffer.concat(chunks).toString('utf8') }));
    endWithUs(child);
  });
}

// Without this an interrupted script leaves its child behind where the terminal does not tell both.
function endWithUs(child: ChildProcess): void {
  const end = (): void => void child.kill();
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
}
