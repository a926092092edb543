import { readSync } from 'node:fs';
import { UsageError, stringOption, type CliIo, type Options } from './options.ts';

/** Everything that a file descriptor gives, up to 64 KiB. */
function readAll(fd: number): Buffer {
  const parts: Buffer[] = [];
  for (let total = 0; total < 65_536;) {
    const buffer = Buffer.alloc(4096);
    const read = readSync(fd, buffer, 0, buffer.length, null);
    if (read === 0) break;
    parts.push(buffer.subarray(0, read));
    total += read;
  }
  return Buffer.concat(parts);
}

function withoutLineEnd(bytes: Buffer): Uint8Array {
  let end = bytes.length;
  if (end > 0 && bytes[end - 1] === 0x0a) end -= 1;
  if (end > 0 && bytes[end - 1] === 0x0d) end -= 1;
  return Uint8Array.from(bytes.subarray(0, end));
}

/** Asks on the terminal without echo. Throws UsageError where there is none. */
async function prompt(io: CliIo, question: string): Promise<Uint8Array> {
  if (!process.stdin.isTTY) throw new UsageError('the passphrase is missing: --passphrase-env NAME, --passphrase-fd N, or a terminal to ask on');
  io.err(`${question}: `);
  process.stdin.setRawMode(true);
  process.stdin.resume();
  const bytes: number[] = [];
  try {
    for await (const piece of process.stdin) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- no encoding is set, so stdin gives Buffers
      for (const byte of piece as Buffer) {
        if (byte === 0x03) throw new UsageError('cancelled');
        if (byte === 0x0d || byte === 0x0a) return Uint8Array.from(bytes);
        if (byte === 0x7f || byte === 0x08) bytes.pop();
        else bytes.push(byte);
      }
    }
    return Uint8Array.from(bytes);
  } finally {
    process.stdin.setRawMode(false);
    process.stdin.pause();
    io.err('\n');
  }
}

/** The passphrase from `--passphrase-env NAME`, `--passphrase-fd N` or the terminal; never from argv. Throws UsageError. */
export async function readPassphrase(options: Options, io: CliIo): Promise<Uint8Array> {
  const name = stringOption(options, 'passphrase-env');
  if (name !== null) {
    const value = io.env[name];
    if (value === undefined) throw new UsageError(`the environment has no ${name}`);
    return new TextEncoder().encode(value);
  }
  const fd = stringOption(options, 'passphrase-fd');
  if (fd === null) return prompt(io, 'Passphrase');
  if (!/^\d{1,4}$/.test(fd)) throw new UsageError('--passphrase-fd takes a number');
  return withoutLineEnd(readAll(Number(fd)));
}

/** A secret that an endpoint file names: an environment variable or a file descriptor. Throws UsageError. */
export function readNamedSecret(source: { readonly env?: string | undefined; readonly fd?: number | undefined }, io: CliIo): string {
  if (source.env !== undefined) {
    const value = io.env[source.env];
    if (value === undefined || value === '') throw new UsageError(`the environment has no ${source.env}`);
    return value;
  }
  if (source.fd !== undefined) return Buffer.from(withoutLineEnd(readAll(source.fd))).toString('utf8');
  throw new UsageError('auth names neither env nor fd');
}
