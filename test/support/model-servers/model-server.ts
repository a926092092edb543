import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/** A request as it came off the wire. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  /** Lower-case names, in the order sent. */
  readonly headerNames: readonly string[];
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** Answers one request. `nth` counts from 0. */
export type Respond = (response: ServerResponse, request: SeenRequest, nth: number) => void;

/** A local HTTP server that keeps what it was sent. */
export interface ModelServer {
  readonly baseUrl: string;
  readonly requests: readonly SeenRequest[];
  /** Connections that reached it. */
  readonly connections: () => number;
  /** Resolves when the newest connection has closed. */
  readonly disconnected: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Starts a server on a free port of 127.0.0.1. */
export async function startModelServer(respond: Respond): Promise<ModelServer> {
  const requests: SeenRequest[] = [];
  const sockets: Socket[] = [];
  const server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const seen: SeenRequest = {
        method: request.method ?? '',
        path: request.url ?? '',
        headerNames: request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase()),
        headers: request.headers,
        body: Buffer.concat(pieces).toString(),
      };
      requests.push(seen);
      respond(response, seen, requests.length - 1);
    });
  });
  server.on('connection', (socket) => sockets.push(socket));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    connections: () => sockets.length,
    disconnected: async () => {
      const newest = sockets.at(-1);
      if (newest === undefined) throw new Error('nothing has connected');
      if (!newest.closed) await new Promise((resolve) => newest.once('close', resolve));
    },
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** One frame of a stream for each value. */
export function frames(...values: readonly unknown[]): string {
  return values.map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`).join('');
}

/** A frame's value that carries text. */
export const textFrame = (content: string): unknown => ({ choices: [{ index: 0, delta: { content }, finish_reason: null }] });

/** A frame's value that ends the answer. */
export const finishFrame = (reason: string): unknown => ({ choices: [{ index: 0, delta: {}, finish_reason: reason }] });

/** Answers with a stream made of the pieces, each written apart. */
export const streams = (...pieces: readonly (string | Uint8Array)[]): Respond => (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
  const [first, ...rest] = pieces;
  if (first === undefined) return void response.end();
  // The next piece goes out when the one before has left, so that they arrive apart.
  const next = (piece: string | Uint8Array, after: readonly (string | Uint8Array)[]): void => {
    response.write(piece, () => {
      const [following, ...remaining] = after;
      if (following === undefined) response.end();
      else setImmediate(() => next(following, remaining));
    });
  };
  next(first, rest);
};

/** Answers with a status and a body. */
export const answers = (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Respond => (response) => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
};
