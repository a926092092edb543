import { readSync } from 'node:fs';
import { stringOption, UsageError, type CliIo, type Options } from './options.ts';

/** Everything that a file descriptor gives, up to 64 KiB. Throws UsageError when it cannot be read. */
function readAll(fd: number): Buffer {
  const parts: Buffer[] = [];
  try {
    for (let total = 0; total < 65_536;) {
      const buffer = Buffer.alloc(4096);
      const read = readSync(fd, buffer, 0, buffer.length, null);
      if (read === 0) break;
      parts.push(buffer.subarray(0, read));
      total += read;
    }
  } catch {
    throw new UsageError(`file descriptor ${fd} cannot be read`);
  }
  return Buffer.concat(parts);
}

function withoutLineEnd(bytes: Buffer): Uint8Array<ArrayBuffer> {
  let end = bytes.length;
  if (end > 0 && bytes[end - 1] === 0x0a) end -= 1;
  if (end > 0 && bytes[end - 1] === 0x0d) end -= 1;
  return Uint8Array.from(bytes.subarray(0, end));
}

const keys = { interrupt: 0x03, end: 0x04, backspace: 0x08, lineFeed: 0x0a, carriageReturn: 0x0d, escape: 0x1b, delete: 0x7f } as const;

/** Takes the last character off UTF-8 bytes: its continuation bytes and the byte that leads them. */
function dropCharacter(bytes: number[]): void {
  while (bytes.length > 0 && ((bytes.at(-1) ?? 0) & 0xc0) === 0x80) bytes.pop();
  bytes.pop();
}

/** Asks on the terminal without echo. Throws UsageError where there is none, and when the person gives up or the program is told to end. */
async function prompt(io: CliIo, question: string): Promise<Uint8Array<ArrayBuffer>> {
  const { stdin } = process;
  if (!stdin.isTTY) throw new UsageError('the passphrase is missing: --passphrase-env NAME, --passphrase-fd N, or a terminal to ask on');
  io.err(`${question}: `);
  const { promise, resolve, reject } = Promise.withResolvers<Uint8Array<ArrayBuffer>>();
  const bytes: number[] = [];
  const hear = (piece: Buffer): void => {
    if (piece[0] === keys.escape) return; // an arrow or function key, not a character
    for (const byte of piece) {
      if (byte === keys.interrupt || byte === keys.end) return reject(new UsageError('cancelled'));
      if (byte === keys.lineFeed || byte === keys.carriageReturn) return resolve(Uint8Array.from(bytes));
      if (byte === keys.delete || byte === keys.backspace) dropCharacter(bytes);
      else bytes.push(byte);
    }
  };
  const stop = (): void => reject(new UsageError('cancelled'));
  stdin.setRawMode(true);
  stdin.on('data', hear);
  stdin.resume();
  process.once('SIGTERM', stop);
  process.once('SIGHUP', stop);
  try {
    return await promise;
  } finally {
    process.off('SIGTERM', stop);
    process.off('SIGHUP', stop);
    stdin.off('data', hear);
    stdin.setRawMode(false);
    stdin.pause();
    io.err('\n');
  }
}

/** The passphrase from `--passphrase-env NAME` or `--passphrase-fd N`; null when neither was given. Throws UsageError. */
function givenPassphrase(options: Options, io: CliIo): Uint8Array<ArrayBuffer> | null {
  const name = stringOption(options, 'passphrase-env');
  if (name !== null) {
    const value = io.env[name];
    if (value === undefined) throw new UsageError(`the environment has no ${name}`);
    return new TextEncoder().encode(value);
  }
  const fd = stringOption(options, 'passphrase-fd');
  if (fd === null) return null;
  if (!/^\d{1,4}$/.test(fd)) throw new UsageError('--passphrase-fd takes a number');
  return withoutLineEnd(readAll(Number(fd)));
}

/** The passphrase by option or from the terminal; never from argv. Throws UsageError. */
export async function readPassphrase(options: Options, io: CliIo): Promise<Uint8Array<ArrayBuffer>> {
  return givenPassphrase(options, io) ?? prompt(io, 'Passphrase');
}

/** As readPassphrase for a new vault: on the terminal it is asked for twice, since a slip would lock its owner out. Throws UsageError when the two differ. */
export async function readNewPassphrase(options: Options, io: CliIo): Promise<Uint8Array<ArrayBuffer>> {
  const given = givenPassphrase(options, io);
  if (given !== null) return given;
  const first = await prompt(io, 'Passphrase for the new vault');
  const second = await prompt(io, 'Passphrase again');
  if (!Buffer.from(first).equals(second)) throw new UsageError('the two passphrases are not the same');
  return first;
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

/** Passwords of files: one in an environment variable, many as the lines of a file descriptor. Throws UsageError for one that is named and absent. */
export function filePasswords(io: CliIo, options: Options): string[] {
  const passwords: string[] = [];
  const name = stringOption(options, 'password-env');
  if (name !== null) {
    const value = io.env[name];
    if (value === undefined || value === '') throw new UsageError(`environment variable ${name} is not set`);
    passwords.push(value);
  }
  const fd = stringOption(options, 'passwords-fd');
  if (fd === null) return passwords;
  if (!/^\d{1,4}$/.test(fd)) throw new UsageError('--passwords-fd takes the number of a file descriptor');
  passwords.push(...readAll(Number(fd)).toString('utf8').split(/\r?\n/).filter((line) => line !== ''));
  return passwords;
}
