/** What servers of every dialect do right, clumsily or in bad faith, and the named end that each comes to. */
import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { ErrorCode } from '../../../preload/contract/errors.ts';
import type { EndState, NetworkLimits } from '../../../main/models/index.ts';
import { answers, type Respond, type SeenRequest } from './model-server.ts';
import { streamed, streamOf, type Script } from './scripts.ts';

/** What a server does, made for one dialect, and what our client has to make of it. */
export interface WireBehaviour {
  readonly does: string;
  /** Over HTTP as a library speaks it, or by hand once a connection's first bytes are there. */
  readonly respond?: (script: Script) => Respond;
  readonly raw?: (script: Script) => (socket: Socket, first: Buffer) => void;
  readonly state: EndState;
  /** '' unless said. */
  readonly text?: string;
  /** '' unless said; null where it does not matter how much came. */
  readonly reasoning?: string | null;
  /** Null unless said. */
  readonly code?: ErrorCode;
  /** Requests it sees; 1 unless said. Not counted for what is done by hand. */
  readonly requests?: number;
  readonly isUsageTold?: boolean;
  /** Which dialects it makes sense for; all unless said. */
  readonly only?: (script: Script) => boolean;
  readonly limits?: Partial<NetworkLimits>;
}

/** Twenty megabytes of blanks. */
const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024, 32));
/** Requests of a client that gives up after its retries. */
const retried = 3;
const isSse = ({ contentType }: Script): boolean => contentType.startsWith('text/event-stream');
const isAws = ({ contentType }: Script): boolean => contentType === 'application/vnd.amazon.eventstream';
const whole = (script: Script): Buffer => Buffer.concat(streamOf(script));
const started = (script: Script): Uint8Array[] => [script.begin, script.text('It is ')];
const swapped = (script: Script, change: (text: string) => string): Uint8Array => Buffer.from(change(whole(script).toString()));
/** What a server was sent, as one that repeats it would say it; without the names of fields, which a client may take for what was refused. */
const echo = ({ headers, body }: SeenRequest): string => `${JSON.stringify(headers)} ${body}`.replace(/"[\w-]+":/g, '');
const refuses = (status: number, type: string, words: string | null = null, headers: Readonly<Record<string, string>> = {}) => (script: Script): Respond => (response, seen, nth) => answers(status, script.refusal(words ?? echo(seen), type), headers)(response, seen, nth);
const thenDue = (first: Respond) => (script: Script): Respond => (response, seen, nth) => (nth === 0 ? first : streamed(script, ...streamOf(script)))(response, seen, nth);
const head = (script: Script, ...fields: readonly string[]): string => ['HTTP/1.1 200 OK', `content-type: ${script.contentType}`, ...fields, '', ''].join('\r\n');
const chunk = (bytes: Uint8Array, extension = ''): Buffer => Buffer.concat([Buffer.from(`${bytes.length.toString(16)}${extension}\r\n`), bytes, Buffer.from('\r\n')]);
const writes = (...parts: readonly (string | Uint8Array)[]) => (socket: Socket): void => void socket.end(Buffer.concat(parts.map((part) => Buffer.from(part))));
/** Writes a byte at a time without end. */
const drips = (text: Uint8Array, begin: string) => (socket: Socket): void => {
  let at = 0;
  socket.write(begin);
  const timer = setInterval(() => socket.write(text.subarray(at % text.length, (at++ % text.length) + 1)), 15);
  socket.once('close', () => clearInterval(timer));
};
const damage = (bytes: Uint8Array, at: number): Uint8Array => Uint8Array.from(bytes, (byte, index) => (index === at ? byte ^ 1 : byte));

const due = { state: 'complete', text: 'It is due.', isUsageTold: true } as const;
const broken = { state: 'truncated', text: 'It is ', code: 'endpoint.unreachable' } as const;
const fault = (code: ErrorCode, requests = 1) => ({ state: 'error', code, requests }) as const;

export const wireBehaviours: readonly WireBehaviour[] = [
  // Right, if clumsy.
  { does: 'streams', respond: (script) => streamed(script, ...streamOf(script)), ...due },
  { does: 'sends everything in one piece', respond: (script) => streamed(script, whole(script)), ...due },
  { does: 'sends one byte at a time', respond: (script) => streamed(script, ...Array.from(whole(script), (byte) => Uint8Array.of(byte))), ...due },
  { does: 'splits a character between packets', respond: (script) => {
    const bytes = Buffer.from(script.text('détail'));
    const at = bytes.indexOf(0xa9);
    return streamed(script, script.begin, bytes.subarray(0, at), bytes.subarray(at), script.end('complete'));
  }, state: 'complete', text: 'détail' },
  { does: 'uses CRLF', respond: (script) => streamed(script, swapped(script, (text) => text.replaceAll('\n', '\r\n'))), ...due, only: (script) => !isAws(script) },
  { does: 'ends without a blank line', respond: (script) => streamed(script, swapped(script, (text) => text.trimEnd())), ...due, only: (script) => !isAws(script) },
  { does: 'leaves out what follows the end', respond: (script) => streamed(script, ...streamOf(script).slice(0, -1)), state: 'complete', text: 'It is due.' },
  { does: 'sends pings and comments', respond: (script) => streamed(script, Buffer.from(': ping\n\n'), ...started(script), Buffer.from(':\n\nevent: ping\ndata: {}\n\n'), script.text('due.'), script.end('complete'), script.after), ...due, only: isSse },
  { does: 'sends blank lines', respond: (script) => streamed(script, Buffer.from('\n\r\n'), ...streamOf(script), Buffer.from('\n\n')), ...due, only: (script) => !isAws(script) },
  { does: 'reasons before it answers', respond: (script) => streamed(script, script.begin, script.reasoning('hm'), script.text('It is due.'), script.end('complete'), script.after), ...due, reasoning: 'hm' },
  { does: 'thinks aloud in the text', respond: (script) => streamed(script, script.begin, script.text('<think>hm</thi'), script.text('nk>It is due.'), script.end('complete'), script.after), ...due, reasoning: 'hm' },
  { does: 'answers whole', respond: (script) => answers(200, script.whole('It is due.', 'complete')), ...due },
  { does: 'says that it had finished twice', respond: (script) => streamed(script, ...started(script), script.text('due.'), script.end('complete'), script.end('complete'), script.after), ...due },
  { does: 'writes characters that no text should have', respond: (script) => streamed(script, script.begin, script.text('It\u0000 is\u202e\u{1f6a2}'), script.end('complete'), script.after), state: 'complete', text: 'It\u0000 is\u202e\u{1f6a2}', isUsageTold: true },
  { does: 'sends early hints first', raw: (script) => writes('HTTP/1.1 103 Early Hints\r\nlink: </x>; rel=preload\r\n\r\n', head(script, 'connection: close'), whole(script)), ...due },
  { does: 'puts junk into chunk extensions', raw: (script) => writes(head(script, 'transfer-encoding: chunked'), chunk(whole(script), ';x="a;b";canary'), '0;last=1\r\nx-trailer: y\r\n\r\n'), ...due },
  { does: 'drops the connection once, then answers', respond: thenDue((response) => void response.socket?.destroy()), requests: 2, ...due },
  { does: 'fails once, then answers', respond: thenDue(answers(503, {})), requests: 2, ...due },

  // Less than a whole answer.
  { does: 'ends before the end', respond: (script) => streamed(script, ...started(script)), state: 'truncated', text: 'It is ' },
  { does: 'ends inside a frame', respond: (script) => streamed(script, ...started(script), script.text('due.').subarray(0, -9)), state: 'truncated', text: 'It is ' },
  { does: 'sends nothing', respond: (script) => streamed(script), state: 'truncated' },
  { does: 'resets the connection', respond: (script) => (response) => {
    response.writeHead(200, { 'content-type': script.contentType });
    response.write(Buffer.concat(started(script)), () => setImmediate(() => response.socket?.resetAndDestroy()));
  }, ...broken },
  { does: 'resets after the end', respond: (script) => (response) => {
    response.writeHead(200, { 'content-type': script.contentType });
    response.write(whole(script), () => setImmediate(() => response.socket?.resetAndDestroy()));
  }, ...due },
  { does: 'promises more than it sends', raw: (script) => writes(head(script, 'content-length: 5000'), ...started(script)), ...broken },
  { does: 'sends more than it promised', raw: (script) => writes(head(script, `content-length: ${Buffer.concat(started(script)).length}`), whole(script)), state: 'truncated', text: 'It is ' },
  { does: 'closes inside a chunk', raw: (script) => writes(head(script, 'transfer-encoding: chunked'), chunk(Buffer.concat(started(script))), 'ff\r\nda'), ...broken },
  { does: 'reaches the token limit', respond: (script) => streamed(script, ...started(script), script.end('cut'), script.after), state: 'cut', text: 'It is ', isUsageTold: true },
  { does: 'reaches the token limit, then says that it had finished', respond: (script) => streamed(script, ...started(script), script.end('cut'), script.end('complete'), script.after), state: 'cut', text: 'It is ', isUsageTold: true },
  { does: 'filters', respond: (script) => streamed(script, ...started(script), script.end('filtered'), script.after), state: 'filtered', text: 'It is ', isUsageTold: true },
  { does: 'answers whole, at the token limit', respond: (script) => answers(200, script.whole('It is ', 'cut')), state: 'cut', text: 'It is ', isUsageTold: true },
  { does: 'answers whole, filtered', respond: (script) => answers(200, script.whole('It is ', 'filtered')), state: 'filtered', text: 'It is ', isUsageTold: true },
  { does: 'answers whole, cut off', respond: (script) => answers(200, JSON.stringify(script.whole('It is due.', 'complete')).slice(0, -4)), state: 'truncated' },
  { does: 'goes on after it had finished, and breaks off', respond: (script) => streamed(script, ...started(script), script.end('complete'), script.text('not due.')), state: 'truncated', text: 'It is not due.', only: ({ name }) => /chat|azure, (?:v1|older)|Converse|anthropic/.test(name) },
  { does: 'is silent in the middle', respond: (script) => (response) => {
    response.writeHead(200, { 'content-type': script.contentType });
    response.write(Buffer.concat(started(script)));
  }, state: 'truncated', text: 'It is ', code: 'endpoint.timed-out', limits: { idleTimeoutMs: 150 } },
  { does: 'drips bytes that never become a word', raw: (script) => drips(Buffer.from('0'.repeat(64)), `${head(script, 'connection: close')}`), state: 'truncated', code: 'endpoint.timed-out', limits: { headersTimeoutMs: 150 }, only: (script) => !isAws(script) },
  { does: 'pings without end', raw: (script) => drips(Buffer.from(': ping\n'), `${head(script, 'connection: close')}`), state: 'truncated', code: 'endpoint.timed-out', limits: { headersTimeoutMs: 150 }, only: isSse },
  { does: 'drips a whole answer', raw: () => drips(Buffer.from(' '), 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n'), state: 'truncated', code: 'endpoint.timed-out', limits: { headersTimeoutMs: 150 } },

  // Faults inside an answer.
  { does: 'fails in the middle, repeating what it was sent', respond: (script) => (response, seen, nth) => streamed(script, ...started(script), script.fault(echo(seen)))(response, seen, nth), ...fault('endpoint.server-failed'), text: 'It is ' },
  { does: 'runs over in the middle', respond: (script) => streamed(script, ...started(script), script.fault('prompt is too long: 9000 tokens > 8192 maximum')), ...fault('endpoint.context-too-long'), text: 'It is ' },
  { does: 'calls a tool that nobody offered', respond: (script) => streamed(script, ...started(script), script.call('shell')), ...fault('endpoint.server-failed'), text: 'It is ' },
  { does: 'calls a tool that nobody offered, whole', respond: (script) => answers(200, script.wholeCall('shell')), ...fault('endpoint.server-failed') },
  { does: 'answers 200 with a flat error', respond: () => (response, seen, nth) => answers(200, { object: 'error', message: echo(seen), code: 503 })(response, seen, nth), ...fault('endpoint.server-failed') },
  { does: 'answers 200 with an error in its own way', respond: (script) => (response, seen, nth) => answers(200, script.refusal(echo(seen), 'overloaded_error'))(response, seen, nth), ...fault('endpoint.server-failed') },
  { does: 'answers 200 with other JSON', respond: () => answers(200, { status: 'ok' }), ...fault('endpoint.not-a-model') },
  { does: 'answers 200 with a consent page', respond: () => (response, seen, nth) => answers(200, `<html>You agree to monitoring. ${echo(seen)}</html>`, { 'content-type': 'text/html' })(response, seen, nth), ...fault('endpoint.not-a-model') },
  { does: 'calls its stream something else', respond: (script) => answers(200, whole(script).toString('latin1'), { 'content-type': 'application/octet-stream' }), ...fault('endpoint.not-a-model') },
  { does: 'names no content type', respond: (script) => (response) => void response.end(whole(script)), ...fault('endpoint.not-a-model') },
  { does: 'compresses a stream unasked', respond: (script) => (response) => {
    response.writeHead(200, { 'content-type': script.contentType, 'content-encoding': 'gzip' });
    response.end(gzipSync(whole(script)));
  }, ...fault('endpoint.not-a-model') },
  { does: 'sends a page as its stream', respond: (script) => (response, seen, nth) => streamed(script, Buffer.from(`<html>${echo(seen)}\n</html>\n`.repeat(9)))(response, seen, nth), state: 'truncated', only: isSse },
  { does: 'sends lines that are no JSON', respond: (script) => (response, seen, nth) => streamed(script, Buffer.from(`<html>${echo(seen)}\n</html>\n`.repeat(9)))(response, seen, nth), ...fault('endpoint.not-a-model'), only: ({ name }) => name === 'ollama' },
  { does: 'cuts a frame in the middle and goes on', respond: (script) => streamed(script, ...started(script), Buffer.concat([Buffer.from(script.text('due.').subarray(0, -12)), Buffer.from('\n\n')]), script.text('due.'), script.end('complete'), script.after), ...fault('endpoint.not-a-model'), text: 'It is ', only: (script) => !isAws(script) },
  { does: 'sends bytes that are no UTF-8', respond: (script) => streamed(script, script.begin, Buffer.from(script.text('It is \u00e9\u00e9').map((byte) => (byte === 0xc3 ? 0xff : byte))), script.end('complete'), script.after), state: 'complete', text: 'It is \ufffd\ufffd\ufffd\ufffd', isUsageTold: true, only: (script) => !isAws(script) },
  { does: 'sends a frame whose checksum is wrong', respond: (script) => streamed(script, ...started(script), damage(script.text('due.'), script.text('due.').length - 20), script.end('complete')), ...fault('endpoint.server-failed'), text: 'It is ', only: isAws },
  { does: 'sends a frame whose checksum is wrong in the same packet as words', respond: (script) => streamed(script, Buffer.concat([...started(script), damage(script.text('due.'), 30), script.end('complete')])), ...fault('endpoint.server-failed'), text: 'It is ', only: isAws },
  { does: 'sends a frame whose length is wrong', respond: (script) => streamed(script, ...started(script), damage(script.text('due.'), 3)), ...fault('endpoint.server-failed'), text: 'It is ', only: isAws },
  { does: 'sends a page as its event stream', respond: (script) => (response, seen, nth) => streamed(script, Buffer.from(`<html>${echo(seen)}</html>`))(response, seen, nth), ...fault('endpoint.server-failed'), only: isAws },
  { does: 'sends a gigantic frame', respond: (script) => (response) => {
    response.writeHead(200, { 'content-type': script.contentType });
    const more = (): void => {
      while (!response.destroyed && response.write(isSse(script) ? 'data: '.padEnd(60_000, 'x') : 'x'.repeat(60_000)));
    };
    response.on('drain', more);
    more();
  }, ...fault('endpoint.not-a-model'), only: (script) => !isAws(script) },
  { does: 'sends words without end', respond: (script) => (response) => {
    response.writeHead(200, { 'content-type': script.contentType });
    const words = Buffer.concat(Array.from({ length: 100 }, () => script.reasoning('so ')));
    const more = (): void => {
      while (!response.destroyed && response.write(words));
    };
    response.on('drain', more);
    more();
  }, ...fault('endpoint.server-failed'), reasoning: null, limits: { maxResponseBytes: 100_000 } },

  // Refusals.
  { does: 'redirects with a body', respond: () => (response, seen, nth) => answers(307, echo(seen), { location: 'http://127.0.0.1:1/v1' })(response, seen, nth), ...fault('endpoint.redirected') },
  { does: 'redirects to itself', respond: () => (response, seen, nth) => answers(308, '', { location: seen.path })(response, seen, nth), ...fault('endpoint.redirected') },
  { does: 'refuses the key', respond: refuses(401, 'authentication_error'), ...fault('endpoint.unauthorised') },
  { does: 'refuses the model to the key', respond: refuses(403, 'AccessDeniedException'), ...fault('endpoint.unauthorised') },
  { does: 'refuses the request', respond: refuses(400, 'invalid_request_error'), ...fault('endpoint.rejected') },
  { does: 'refuses with FastAPI’s detail', respond: () => (response, seen, nth) => answers(422, { detail: [{ loc: ['body'], msg: echo(seen) }] })(response, seen, nth), ...fault('endpoint.rejected') },
  { does: 'refuses with a detail in one string', respond: () => (response, seen, nth) => answers(400, { detail: echo(seen) })(response, seen, nth), ...fault('endpoint.rejected') },
  { does: 'refuses with a page', respond: () => (response, seen, nth) => answers(403, `<html>${echo(seen)}</html>`, { 'content-type': 'text/html' })(response, seen, nth), ...fault('endpoint.unauthorised') },
  { does: 'does not know the path', respond: () => answers(404, { detail: 'Not Found' }), ...fault('endpoint.not-a-model') },
  { does: 'is asked for more text than fits', respond: refuses(400, 'invalid_request_error', 'prompt is too long: 9000 tokens > 8192 maximum'), ...fault('endpoint.context-too-long') },
  { does: 'says too much text with 429', respond: refuses(429, 'rate_limit_error', 'Request too large. Please reduce the length of the messages.'), ...fault('endpoint.context-too-long') },
  { does: 'says too much text with 500', respond: refuses(500, 'api_error', 'the input length exceeds the context length'), ...fault('endpoint.context-too-long') },
  { does: 'has too many requests', respond: refuses(429, 'rate_limit_error', 'slow down'), ...fault('endpoint.rate-limited', retried) },
  { does: 'asks to come back in an hour', respond: refuses(429, 'rate_limit_error', 'slow down', { 'retry-after': '3600' }), ...fault('endpoint.rate-limited') },
  { does: 'has a spent quota', respond: refuses(429, 'insufficient_quota', 'You exceeded your current quota, please check your plan and billing details.'), ...fault('endpoint.rate-limited') },
  { does: 'is overloaded', respond: refuses(529, 'overloaded_error'), ...fault('endpoint.server-failed', retried) },
  { does: 'has a full queue', respond: refuses(503, 'ServiceUnavailableException', 'server busy, please try again. maximum pending requests exceeded'), ...fault('endpoint.server-failed', retried) },
  { does: 'gives up waiting', respond: refuses(504, 'timeout'), ...fault('endpoint.timed-out', retried) },
  { does: 'fails', respond: refuses(500, 'InternalServerException'), ...fault('endpoint.server-failed', retried) },
  { does: 'compresses its refusal', respond: () => (response) => {
    response.writeHead(401, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(bomb);
  }, ...fault('endpoint.unauthorised') },
  { does: 'drips its headers', raw: () => drips(Buffer.from('x: y\r\n'), 'HTTP/1.1 200 OK\r\n'), ...fault('endpoint.timed-out'), limits: { headersTimeoutMs: 150 } },
  { does: 'drips its refusal', raw: () => drips(Buffer.from(' '), 'HTTP/1.1 401 No\r\ncontent-type: application/json\r\n\r\n'), ...fault('endpoint.unauthorised'), limits: { headersTimeoutMs: 150 } },
  { does: 'does not speak HTTP', raw: () => writes('220 mail ready\r\n'), ...fault('endpoint.not-a-model') },
];
