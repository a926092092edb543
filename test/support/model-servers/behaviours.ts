import { gzipSync } from 'node:zlib';
import type { ErrorCode } from '../../../preload/contract/errors.ts';
import type { EndState } from '../../../main/models/index.ts';
import { answers, finishFrame, frames, streams, textFrame, type Respond } from './model-server.ts';

/** Something that a server does, and what our client has to make of it. */
export interface Behaviour {
  readonly does: string;
  readonly respond: Respond;
  readonly state: EndState;
  /** The answer's text; '' unless said. */
  readonly text?: string;
  readonly reasoning?: string;
  /** Null unless said. */
  readonly code?: ErrorCode;
  /** Requests it sees; 1 unless said. */
  readonly requests?: number;
}

const done = 'data: [DONE]\n\n';
const due = frames(textFrame('It is '), textFrame('due.'), finishFrame('stop'));
const whole = (content: string | null, reason: string | null): unknown => ({ object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: reason }], usage: { prompt_tokens: 3, completion_tokens: 2 } });
const overlong = (message: string): Respond => answers(400, { error: { message } });
const accent = Buffer.from('data: {"choices":[{"delta":{"content":"détail"}}]}\n\n');
const cutAt = accent.indexOf(0xa9);

/** Streams that are well formed, if clumsy. */
export const clumsy: readonly Behaviour[] = [
  { does: 'streams with [DONE]', respond: streams(due, done), state: 'complete', text: 'It is due.' },
  { does: 'ends after the finish reason, without [DONE]', respond: streams(due), state: 'complete', text: 'It is due.' },
  { does: 'uses CRLF', respond: streams(due.replaceAll('\n', '\r\n'), done.replaceAll('\n', '\r\n')), state: 'complete', text: 'It is due.' },
  { does: 'uses CR alone', respond: streams(due.replaceAll('\n', '\r'), done.replaceAll('\n', '\r')), state: 'complete', text: 'It is due.' },
  { does: 'splits CRLF between packets', respond: streams(...(due + done).replaceAll('\n', '\r\n').split(/(?<=\r)/)), state: 'complete', text: 'It is due.' },
  { does: 'sends comments and ids', respond: streams(': ping\n\n', 'id: 7\nretry: 10\n', due, ':\n\n', done), state: 'complete', text: 'It is due.' },
  { does: 'leaves out the blank after data:', respond: streams((due + done).replaceAll('data: ', 'data:')), state: 'complete', text: 'It is due.' },
  { does: 'ends without the last blank line', respond: streams(due.trimEnd()), state: 'complete', text: 'It is due.' },
  { does: 'begins with a byte order mark', respond: streams(`\uFEFF${due}`, done), state: 'complete', text: 'It is due.' },
  { does: 'spreads a value over two data lines', respond: streams(due.replace('{"choices"', '{\ndata: "choices"'), done), state: 'complete', text: 'It is due.' },
  { does: 'sends a ping event whose data is no JSON', respond: streams('event: ping\ndata: ping\n\n', due, done), state: 'complete', text: 'It is due.' },
  { does: 'sends one byte at a time', respond: streams(...Array.from(Buffer.from(due + done), (byte) => Uint8Array.of(byte))), state: 'complete', text: 'It is due.' },
  { does: 'splits a character between packets', respond: streams(accent.subarray(0, cutAt), accent.subarray(cutAt), frames(finishFrame('stop'))), state: 'complete', text: 'détail' },
  { does: 'reports usage in a frame with no choices', respond: streams(due, frames({ usage: { prompt_tokens: 3, completion_tokens: 2 } }), done), state: 'complete', text: 'It is due.' },
  { does: 'reports usage beside empty choices', respond: streams(due, frames({ choices: [], usage: { prompt_tokens: 3, completion_tokens: 2 } }), done), state: 'complete', text: 'It is due.' },
  { does: 'sends null content, null error and empty tool calls', respond: streams(frames({ error: null, choices: [{ delta: { role: 'assistant', content: null, tool_calls: [] } }] }), due, done), state: 'complete', text: 'It is due.' },
  { does: 'sends content in parts', respond: streams(frames({ choices: [{ delta: { content: [{ type: 'text', text: 'It is ' }, { type: 'text', text: 'due.' }] } }] }, finishFrame('stop'))), state: 'complete', text: 'It is due.' },
  { does: 'sends a second choice between', respond: streams(frames({ choices: [{ index: 1, delta: { content: 'No.' }, finish_reason: 'length' }] }), due, done), state: 'complete', text: 'It is due.' },
  { does: 'sends reasoning', respond: streams(frames({ choices: [{ delta: { reasoning: 'hm ' } }] }, { choices: [{ delta: { reasoning_content: 'so' } }] }), due, done), state: 'complete', text: 'It is due.', reasoning: 'hm so' },
  { does: 'sends the same reasoning under both names', respond: streams(frames({ choices: [{ delta: { reasoning: 'hm', reasoning_content: 'hm' } }] }), due, done), state: 'complete', text: 'It is due.', reasoning: 'hm' },
  { does: 'thinks aloud in the text', respond: streams(frames(textFrame('<thi'), textFrame('nk>hm</th'), textFrame('ink>\n\nIt is due.'), finishFrame('stop'))), state: 'complete', text: 'It is due.', reasoning: 'hm' },
  { does: 'answers whole', respond: answers(200, whole('It is due.', 'stop')), state: 'complete', text: 'It is due.' },
  { does: 'answers whole and thinks aloud', respond: answers(200, whole('<think>hm</think>It is due.', 'stop'), { 'content-type': 'application/json; charset=utf-8' }), state: 'complete', text: 'It is due.', reasoning: 'hm' },
];

/** Answers that lack something. */
export const unfinished: readonly Behaviour[] = [
  { does: 'ends before a finish reason', respond: streams(frames(textFrame('It is '))), state: 'truncated', text: 'It is ' },
  { does: 'says [DONE] without a finish reason', respond: streams(frames(textFrame('It is ')), done), state: 'truncated', text: 'It is ' },
  { does: 'ends inside a frame', respond: streams(frames(textFrame('It is ')), 'data: {"choices":[{"del'), state: 'truncated', text: 'It is ' },
  { does: 'ends inside a character', respond: streams(accent, accent.subarray(0, cutAt)), state: 'truncated', text: 'détail' },
  { does: 'sends nothing', respond: streams(), state: 'truncated' },
  { does: 'resets the connection', respond: (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(frames(textFrame('It is ')), () => setImmediate(() => response.socket?.resetAndDestroy()));
  }, state: 'truncated', text: 'It is ', code: 'endpoint.unreachable' },
  { does: 'resets after the finish reason', respond: (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.write(due, () => setImmediate(() => response.socket?.resetAndDestroy()));
  }, state: 'complete', text: 'It is due.' },
  { does: 'names a reason that nobody knows', respond: streams(frames(textFrame('It is '), finishFrame('weather'))), state: 'truncated', text: 'It is ' },
  { does: 'names a reason that is a word of the language', respond: streams(frames(textFrame('It is '), finishFrame('constructor'))), state: 'truncated', text: 'It is ' },
  { does: 'is stopped by its host', respond: streams(frames(textFrame('It is '), finishFrame('abort'))), state: 'truncated', text: 'It is ' },
  { does: 'reaches the token limit', respond: streams(frames(textFrame('It is '), finishFrame('length')), done), state: 'cut', text: 'It is ' },
  { does: 'reaches the token limit while it thinks', respond: streams(frames(textFrame('<think>hm'), finishFrame('length'))), state: 'cut', reasoning: 'hm' },
  { does: 'filters', respond: streams(frames(textFrame('It is '), finishFrame('content_filter')), done), state: 'filtered', text: 'It is ' },
  { does: 'answers whole, cut off', respond: answers(200, JSON.stringify(whole('It is due.', 'stop')).slice(0, 60)), state: 'truncated' },
  { does: 'answers whole, at the token limit', respond: answers(200, whole('It is ', 'length')), state: 'cut', text: 'It is ' },
  { does: 'answers whole, without a reason', respond: answers(200, whole('It is ', null)), state: 'truncated', text: 'It is ' },
];

/** Faults told inside a successful response. Each repeats what it was sent, as servers do. */
export const faultsInside: readonly Behaviour[] = [
  { does: 'sends an error object', respond: (response, seen, nth) => streams(frames(textFrame('It is '), { error: { message: seen.body, code: 500 } }))(response, seen, nth), state: 'error', text: 'It is ', code: 'endpoint.server-failed' },
  { does: 'sends an error string', respond: (response, seen, nth) => streams(frames(textFrame('It is '), { error: `failed on ${seen.body}` }))(response, seen, nth), state: 'error', text: 'It is ', code: 'endpoint.server-failed' },
  { does: 'sends an error event with bare text', respond: (response, seen, nth) => streams(`event: error\ndata: failed on ${seen.body}\n\n`)(response, seen, nth), state: 'error', code: 'endpoint.server-failed' },
  { does: 'sends an error event with flat JSON', respond: (response, seen, nth) => streams(`event: error\n${frames({ message: seen.body, code: 'rate_limit_exceeded' })}`)(response, seen, nth), state: 'error', code: 'endpoint.rate-limited' },
  { does: 'sends a flat error', respond: (response, seen, nth) => streams(frames({ object: 'error', message: seen.body, type: 'BadRequestError', code: 400 }))(response, seen, nth), state: 'error', code: 'endpoint.rejected' },
  { does: 'sends a detail', respond: (response, seen, nth) => streams(frames({ detail: seen.body }))(response, seen, nth), state: 'error', code: 'endpoint.server-failed' },
  { does: 'sends a field named error', respond: (response, seen, nth) => streams(`error: ${JSON.stringify({ code: 500, message: seen.body })}\n\n`)(response, seen, nth), state: 'error', code: 'endpoint.server-failed' },
  { does: 'overflows in the middle', respond: streams(frames(textFrame('It is '), { error: { code: 'context_length_exceeded', message: 'too long' } })), state: 'error', text: 'It is ', code: 'endpoint.context-too-long' },
  { does: 'finishes with an error', respond: streams(frames(textFrame('It is '), finishFrame('error'))), state: 'error', text: 'It is ', code: 'endpoint.server-failed' },
  { does: 'sends what is no JSON, and goes on', respond: (response, seen, nth) => streams(`data: oops ${JSON.stringify(seen.headers)}\n\n`, due, done)(response, seen, nth), state: 'error', code: 'endpoint.not-a-model' },
  { does: 'answers 200 with an error', respond: (response, seen, nth) => answers(200, { error: { message: seen.body, code: 503 } })(response, seen, nth), state: 'error', code: 'endpoint.server-failed' },
  { does: 'answers 200 with other JSON', respond: answers(200, { status: 'ok' }), state: 'error', code: 'endpoint.not-a-model' },
  { does: 'answers 200 with a page', respond: (response, seen, nth) => answers(200, `<html>You agree to monitoring. ${seen.body}</html>`, { 'content-type': 'text/html' })(response, seen, nth), state: 'error', code: 'endpoint.not-a-model' },
  { does: 'calls a stream plain text', respond: answers(200, due, { 'content-type': 'text/plain' }), state: 'error', code: 'endpoint.not-a-model' },
  { does: 'names no content type', respond: (response) => void response.end(due), state: 'error', code: 'endpoint.not-a-model' },
  { does: 'compresses a stream that was not asked for so', respond: (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' });
    response.end(gzipSync(due));
  }, state: 'error', code: 'endpoint.not-a-model' },
  { does: 'answers with a compressed bomb', respond: (response) => {
    response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(20 * 1024 * 1024, 32)));
  }, state: 'error', code: 'endpoint.not-a-model' },
];

const retried = 3;

/** Refusals by status. Each repeats the request where a server might. */
export const refusals: readonly Behaviour[] = [
  { does: 'answers 401', respond: (response, seen, nth) => answers(401, { error: { message: `Incorrect API key provided: ${seen.headers.authorization}` } })(response, seen, nth), state: 'error', code: 'endpoint.unauthorised' },
  { does: 'answers 403 in AWS’s way', respond: (response, seen, nth) => answers(403, { message: seen.body, __type: 'AccessDeniedException' })(response, seen, nth), state: 'error', code: 'endpoint.unauthorised' },
  { does: 'answers 404 for the model', respond: answers(404, { error: { message: 'The model `small-1` does not exist', code: 'model_not_found' } }), state: 'error', code: 'endpoint.rejected' },
  { does: 'answers 404 for the model as a string', respond: answers(404, { error: "model 'small-1' not found" }), state: 'error', code: 'endpoint.rejected' },
  { does: 'answers 404 for the path', respond: answers(404, { detail: 'Not Found' }), state: 'error', code: 'endpoint.not-a-model' },
  { does: 'answers 405', respond: answers(405, '', { 'content-type': 'text/plain' }), state: 'error', code: 'endpoint.not-a-model' },
  { does: 'answers 422 with FastAPI’s details', respond: (response, seen, nth) => answers(422, { detail: [{ loc: ['body', 'messages'], msg: 'Field required', input: seen.body }] })(response, seen, nth), state: 'error', code: 'endpoint.rejected' },
  { does: 'answers 413', respond: answers(413, '<html></html>', { 'content-type': 'text/html' }), state: 'error', code: 'endpoint.context-too-long' },
  { does: 'answers 400 for an overlong prompt', respond: overlong("This model's maximum context length is 8192 tokens."), state: 'error', code: 'endpoint.context-too-long' },
  { does: 'answers 429 for an overlong prompt', respond: answers(429, { error: { message: 'Request too large: please reduce the length of the messages.' } }), state: 'error', code: 'endpoint.context-too-long' },
  { does: 'answers 500 for an overlong prompt', respond: answers(500, { error: { message: 'input (900 tokens) is too large to process. increase the physical batch size' } }), state: 'error', code: 'endpoint.context-too-long' },
  { does: 'answers 429 for a spent quota', respond: answers(429, { error: { message: 'You exceeded your current quota', code: 'insufficient_quota' } }), state: 'error', code: 'endpoint.rate-limited' },
  { does: 'answers 429 without end', respond: answers(429, { error: { message: 'slow down' } }), state: 'error', code: 'endpoint.rate-limited', requests: retried },
  { does: 'answers 500 without end', respond: (response, seen, nth) => answers(500, { error: { message: seen.body } })(response, seen, nth), state: 'error', code: 'endpoint.server-failed', requests: retried },
  { does: 'answers 529 without end', respond: answers(529, 'overloaded', { 'content-type': 'text/plain' }), state: 'error', code: 'endpoint.server-failed', requests: retried },
  { does: 'answers 504 without end', respond: answers(504, '<html>Gateway</html>', { 'content-type': 'text/html' }), state: 'error', code: 'endpoint.timed-out', requests: retried },
  { does: 'answers 501', respond: answers(501, {}), state: 'error', code: 'endpoint.server-failed' },
  { does: 'compresses its refusal', respond: (response) => {
    response.writeHead(401, { 'content-type': 'application/json', 'content-encoding': 'gzip' });
    response.end(gzipSync(Buffer.alloc(20 * 1024 * 1024, 32)));
  }, state: 'error', code: 'endpoint.unauthorised' },
  { does: 'fails once, then answers', respond: (response, seen, nth) => (nth === 0 ? answers(503, {}) : streams(due, done))(response, seen, nth), state: 'complete', text: 'It is due.', requests: 2 },
  { does: 'drops the connection once, then answers', respond: (response, seen, nth) => (nth === 0 ? void response.socket?.resetAndDestroy() : streams(due, done)(response, seen, nth)), state: 'complete', text: 'It is due.', requests: 2 },
];
