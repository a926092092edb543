/** A model server for bulk work: it answers each request by what stands in it, and counts how often it was asked about each word that it is told to look for. */
import type { ServerResponse } from 'node:http';
import { startModelServer, type ModelServer } from './model-servers/model-server.ts';

export interface BulkServer extends ModelServer {
  /** How often each word was asked about. */
  readonly asked: () => Readonly<Record<string, number>>;
  /** Requests that wait for an answer now, and the most that ever did. */
  readonly waiting: () => number;
  readonly mostWaiting: () => number;
}

/** What is answered: a text, or a status with headers. */
export type BulkReply = string | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: unknown };

interface Options {
  /** Words that name documents. */
  readonly words: RegExp;
  /** `user` is the user's message; `nth` counts requests from 0. */
  readonly reply: (user: string, nth: number) => BulkReply | Promise<BulkReply>;
  readonly usage?: { readonly prompt_tokens: number; readonly completion_tokens: number };
}

function send(response: ServerResponse, reply: BulkReply, usage: Options['usage']): void {
  if (response.destroyed) return;
  if (typeof reply === 'string') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: reply }, finish_reason: 'stop' }], usage: usage ?? { prompt_tokens: 100, completion_tokens: 20 } }));
    return;
  }
  response.writeHead(reply.status, { 'content-type': 'application/json', ...reply.headers });
  response.end(JSON.stringify(reply.body ?? { error: { message: 'no', type: 'server_error' } }));
}

/** The user's message of a chat completion. */
export function userOf(body: string): string {
  const { messages } = JSON.parse(body) as { messages: { role: string; content: string }[] };
  return messages.find(({ role }) => role === 'user')?.content ?? '';
}

/** Starts one. The test closes it. */
export async function startBulkServer({ words, reply, usage }: Options): Promise<BulkServer> {
  const asked: Record<string, number> = {};
  let waiting = 0;
  let most = 0;
  const server = await startModelServer((response, { body }, nth) => {
    const user = userOf(body);
    for (const word of new Set(user.match(new RegExp(words, 'g')) ?? [])) asked[word] = (asked[word] ?? 0) + 1;
    waiting += 1;
    most = Math.max(most, waiting);
    response.on('close', () => { waiting -= 1; });
    void Promise.resolve(reply(user, nth)).then((text) => send(response, text, usage));
  });
  return { ...server, asked: () => asked, waiting: () => waiting, mostWaiting: () => most };
}

/** An output of the first pass. */
export const firstPassSays = (answer: 'relevant' | 'not-relevant' | 'unsure', quote = '', reason = 'It says so.'): string => JSON.stringify({ answer, reason, quote });
