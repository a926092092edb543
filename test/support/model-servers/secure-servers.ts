import type { IncomingMessage } from 'node:http';
import { createServer, type Server, type ServerOptions } from 'node:https';
import { connect, createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net';

/** A local TLS server that answers every request with an empty model list. */
export interface SecureServer {
  readonly port: number;
  /** Requests whose headers arrived, with whether a client certificate came with them. */
  readonly requests: readonly { readonly path: string; readonly isClientKnown: boolean }[];
  readonly close: () => Promise<void>;
}

const listening = async (server: { readonly listen: (port: number, host: string, done: () => void) => unknown; readonly address: () => unknown }): Promise<number> => {
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return (server.address() as AddressInfo).port;
};

const closing = (server: { readonly close: (done: () => void) => unknown }, sockets: Iterable<Socket>): Promise<void> => new Promise((resolve) => {
  server.close(() => resolve());
  for (const socket of sockets) socket.destroy();
});

/** Starts one on a free port of 127.0.0.1. */
export async function startSecureServer(options: ServerOptions): Promise<SecureServer> {
  const requests: { path: string; isClientKnown: boolean }[] = [];
  const sockets = new Set<Socket>();
  const server: Server = createServer(options, (request, response) => {
    const { socket } = request as IncomingMessage & { readonly socket: Socket & { readonly authorized?: boolean } };
    requests.push({ path: request.url ?? '', isClientKnown: socket.authorized === true });
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end('{"data":[]}');
  });
  server.on('connection', (socket: Socket) => sockets.add(socket));
  server.on('tlsClientError', () => undefined); // what the tests are about
  return { port: await listening(server), requests, close: () => closing(server, sockets) };
}

/** A local proxy that tunnels, or answers as it is told. */
export interface ProxyServer {
  readonly url: string;
  /** What it was sent before the tunnel stood. */
  readonly heads: readonly string[];
  readonly connections: () => number;
  readonly close: () => Promise<void>;
}

/** Starts one. `to` is the port of 127.0.0.1 where every tunnel leads; `answer` is sent instead of opening one. */
export async function startProxy(to: number, answer: string | null = null): Promise<ProxyServer> {
  const heads: string[] = [];
  const sockets = new Set<Socket>();
  const server = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('data', (head: Buffer) => {
      heads.push(head.toString());
      if (answer !== null) return void socket.end(answer);
      const inner = connect(to, '127.0.0.1', () => {
        socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
        socket.pipe(inner).pipe(socket);
      });
      sockets.add(inner);
      inner.on('error', () => socket.destroy());
    });
  });
  return { url: `http://127.0.0.1:${await listening(server)}`, heads, connections: () => heads.length, close: () => closing(server, sockets) };
}
