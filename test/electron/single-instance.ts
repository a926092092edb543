import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';

/** What a later instance tells the first. */
export interface SecondInstance {
  readonly argv: string[];
  readonly cwd: string;
  readonly additionalData: unknown;
}

// The request is synchronous in Electron, so the losing process lets a child talk to the winner and waits for it. The
// winner may hold the lock but not listen yet, hence the second chances.
const messenger = `
const [address, text] = process.argv.slice(1);
const attempt = (left) => {
  const socket = require('node:net').connect(address);
  socket.on('connect', () => socket.end(text));
  socket.on('close', (failed) => { if (!failed) process.exit(0); });
  socket.on('error', () => { if (left === 0) process.exit(1); setTimeout(attempt, 100, left - 1); });
};
attempt(30);`;

/** One running copy per user data folder: a lock file holding the owner's process id, and a socket beside it. */
export class SingleInstanceLock {
  readonly #lockFile: string;
  readonly #socket: string;
  #server: Server | null = null;

  constructor(userData: string) {
    mkdirSync(userData, { recursive: true });
    this.#lockFile = path.join(userData, 'SingletonLock.stand-in');
    this.#socket = path.join(os.tmpdir(), `stand-in-${createHash('sha256').update(userData).digest('hex').slice(0, 16)}.sock`);
  }

  /** Takes the lock and listens for later instances; false when another process has it, which has then been told. */
  acquire(additionalData: unknown, onSecondInstance: (second: SecondInstance) => void): boolean {
    if (!this.#takeFile()) {
      const message = JSON.stringify({ argv: process.argv, cwd: process.cwd(), additionalData });
      const { status } = spawnSync(process.execPath, ['-e', messenger, this.#socket, message], { stdio: 'ignore' });
      if (status === 0) return false;
      rmSync(this.#lockFile, { force: true }); // nobody answers: the process id in the file belongs to somebody else now
      if (!this.#takeFile()) return false;
    }
    rmSync(this.#socket, { force: true });
    this.#server = createServer({ allowHalfOpen: true }, (connection) => {
      let text = '';
      connection.setEncoding('utf8').on('data', (part: string) => { text += part; });
      connection.on('end', () => {
        connection.end();
        onSecondInstance(JSON.parse(text) as SecondInstance);
      });
    });
    this.#server.listen(this.#socket).unref();
    return true;
  }

  /** Lets the next instance in. */
  release(): void {
    if (!this.#server) return;
    this.#server.close();
    this.#server = null;
    rmSync(this.#lockFile, { force: true });
    rmSync(this.#socket, { force: true });
  }

  #takeFile(): boolean {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        writeFileSync(this.#lockFile, String(process.pid), { flag: 'wx' });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      }
      if (isAlive(Number(readFileSync(this.#lockFile, 'utf8')))) return false;
      rmSync(this.#lockFile, { force: true });
    }
    return false;
  }
}

/** Whether a process with this id exists. */
export function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
