import { closeSync, createReadStream, mkdirSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { UsageError } from './options.ts';

/** A file that the caller named, as text. Throws UsageError when it cannot be read; the message has the option, not the path. */
export function readNamedFile(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new UsageError(`${what} cannot be read`);
  }
}

/** The lines of a file that the caller named, one at a time, so that memory stays flat. Throws UsageError when it cannot be read, or when a line is longer than `longest` UTF-16 units. */
export async function* readLines(path: string, what: string, longest: number): AsyncGenerator<string> {
  const stream = createReadStream(path, { encoding: 'utf8' });
  let failed = false;
  const read = async (chunks: AsyncIterator<unknown>): Promise<string | null> => {
    try {
      const next = await chunks.next();
      return next.done === true ? null : String(next.value);
    } catch {
      failed = true;
      return null;
    }
  };
  try {
    const chunks = stream[Symbol.asyncIterator]();
    let rest = '';
    let number = 1;
    for (let chunk = await read(chunks); chunk !== null; chunk = await read(chunks)) {
      const lines = chunk.split('\n');
      lines[0] = rest + (lines[0] ?? '');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        yield line.replace(/\r$/u, '').replace(/^\uFEFF/u, '');
        number += 1;
      }
      if (rest.length > longest) throw new UsageError(`line ${number} of ${what} is longer than ${longest} characters`);
    }
    if (failed) throw new UsageError(`${what} cannot be read`);
    if (rest !== '') yield rest.replace(/^\uFEFF/u, '');
  } finally {
    stream.destroy();
  }
}

/** Makes a folder for output that only the caller may read. Throws UsageError. */
export function makeOutputFolder(path: string, what: string): void {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    if (!statSync(path).isDirectory()) throw new Error('a file');
  } catch {
    throw new UsageError(`${what} is not a folder that can be written`);
  }
}

/** Opens a file for output that only the caller may read, empty. Throws UsageError. The caller closes it. */
export function openOutput(path: string, what: string): { readonly write: (text: string) => void; readonly close: () => void } {
  let handle: number;
  try {
    handle = openSync(path, 'w', 0o600);
  } catch {
    throw new UsageError(`${what} cannot be written`);
  }
  return { write: (text) => { writeSync(handle, text); }, close: () => closeSync(handle) };
}
