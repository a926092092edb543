import { createServer, type AddressInfo, type Socket } from 'node:net';

/** A local TCP server, for what no HTTP library would send. */
export interface RawServer {
  readonly port: number;
  readonly connections: () => number;
  /** Everything that was sent to it. */
  readonly received: () => string;
  readonly close: () => Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1 that calls `onData` once per connection, with the first bytes that arrive. */
export async function startRawServer(onData: (socket: Socket, first: Buffer) => void): Promise<RawServer> {
  const sockets: Socket[] = [];
  const pieces: Buffer[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined); // the client leaving is what the tests are about
    socket.on('data', (piece) => pieces.push(piece));
    socket.once('data', (first) => onData(socket, first));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    connections: () => sockets.length,
    received: () => Buffer.concat(pieces).toString(),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

/** A port of 127.0.0.1 where nothing listens. */
export async function closedPort(): Promise<number> {
  const server = await startRawServer(() => undefined);
  await server.close();
  return server.port;
}

/** Writes a byte of `text` every `everyMs` until the connection closes: a server that never finishes. */
export function trickle(socket: Socket, text: string, everyMs: number): void {
  let at = 0;
  const timer = setInterval(() => socket.write(text[at++ % text.length] ?? ''), everyMs);
  socket.once('close', () => clearInterval(timer));
}

const head = (fields: readonly string[]): string => ['HTTP/1.1 200 OK', 'content-type: text/event-stream', ...fields, '', ''].join('\r\n');

/** Response heads by how the body's length is told. */
export const heads = {
  untilClose: head(['connection: close']),
  lengthOf: (bytes: number): string => head([`content-length: ${bytes}`]),
  chunked: head(['transfer-encoding: chunked']),
};

/** A chunk of a chunked body. */
export const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
