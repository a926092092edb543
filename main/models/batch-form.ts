/**
 * Requests as lines of a batch file, and the lines that come back. OpenAI: {custom_id, method, url, body} and {custom_id, response, error};
 * Amazon Bedrock: {recordId, modelInput} and {recordId, modelOutput} or {recordId, error}. Pure: it reads and writes no file.
 */
import type { BatchFormat } from '../../preload/contract/domains/bulk.ts';
import { AppError, bug } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import type { Cleared } from '../policy/index.ts';
import type { EndpointRow } from '../store/index.ts';
import { createAnswerReader } from './answer-reader.ts';
import { codecOf } from './create-client.ts';
import type { ModelEnd, ModelRequest } from './model-client.ts';
import { classifyFault, faultOf } from './server-fault.ts';

/** One form of file for one endpoint. */
export interface BatchForm {
  /** The most that one file may hold. */
  readonly mostRequests: number;
  readonly mostBytes: number;
  /** Letters and figures of an id. */
  readonly idChars: number;
  /** A line without its end. */
  readonly line: (id: string, request: Cleared<ModelRequest>) => string;
  /** What a line says; null when it has no id of the form. */
  readonly read: (value: unknown) => BatchReply | null;
}

/** A line that came back. */
export interface BatchReply {
  readonly id: string;
  /** The model that answered, where the line says it. */
  readonly model: string | null;
  /** The request as the line repeats it; null where it does not. */
  readonly echo: unknown;
  readonly text: string;
  readonly end: ModelEnd;
}

const mostRequests = 50_000;
const mostBytes = 200 * 1000 * 1000;
const urls = { 'openai-chat': '/v1/chat/completions', 'openai-responses': '/v1/responses' } as const;

function without(value: unknown, name: string): Readonly<Record<string, unknown>> {
  return isRecord(value) ? Object.fromEntries(Object.entries(value).filter(([key]) => key !== name)) : bug('a dialect writes a body that is no object');
}

/** The form of a format at an endpoint. Throws bulk.no-batch-form where what the endpoint speaks has none. */
export function batchForm({ name, profile }: Pick<EndpointRow, 'name' | 'profile'>, format: BatchFormat): BatchForm {
  const { dialect, model } = profile;
  const face = profile.face ?? (dialect === 'bedrock' ? 'converse' : 'openai-chat');
  const body = dialect === 'bedrock' || dialect === 'azure' ? face : dialect;
  const hasForm = format === 'bedrock' ? dialect === 'bedrock' : dialect !== 'bedrock' && (body === 'openai-chat' || body === 'openai-responses');
  if (!hasForm) throw new AppError('bulk.no-batch-form', format === 'bedrock' ? `${name} is not on Bedrock, so it takes no batch files of that form.` : `What ${name} speaks has no OpenAI batch files.`, { data: { endpoint: name, format } });
  const { answer, wire: usual } = codecOf(name, profile);
  const wire = { ...usual, stream: false, structure: profile.capabilities?.jsonSchema ?? usual.structure };
  const target = { name, model };
  const encode = (request: ModelRequest): Readonly<Record<string, unknown>> => without(answer.encode(request, wire), 'stream');
  const read = (reply: unknown): { readonly text: string; readonly end: ModelEnd } => {
    const reader = createAnswerReader(target, answer.meaning);
    const events = [...(isRecord(reply) ? reader.frame(JSON.stringify(reply)) : []), ...reader.end(null)];
    const end = events.find((event) => event.kind === 'end') ?? { kind: 'end' as const, state: 'truncated' as const, fault: null, usage: null };
    return { text: events.map((event) => (event.kind === 'text' ? event.text : '')).join(''), end };
  };
  const failed = (status: number | null, error: unknown): { readonly text: string; readonly end: ModelEnd } => {
    const fault = classifyFault(target, status, faultOf(error));
    return { text: '', end: { kind: 'end', state: 'error', fault: { code: fault.code, message: fault.message, data: fault.data }, usage: null } };
  };
  if (format === 'openai') {
    const url = body === 'openai-responses' ? urls['openai-responses'] : urls['openai-chat'];
    return {
      mostRequests, mostBytes, idChars: 32,
      line: (id, { payload }) => JSON.stringify({ custom_id: id, method: 'POST', url, body: { model, ...encode(payload) } }),
      read: (value) => {
        if (!isRecord(value) || typeof value.custom_id !== 'string') return null;
        const response = isRecord(value.response) ? value.response : null;
        const status = typeof response?.status_code === 'number' ? response.status_code : null;
        const said = response?.body;
        const isGood = response !== null && (status === null || (status >= 200 && status < 300)) && !isRecord(value.error);
        return { id: value.custom_id, model: isRecord(said) && typeof said.model === 'string' ? said.model : null, echo: null, ...(isGood ? read(said) : failed(status, isRecord(value.error) ? { error: value.error } : said)) };
      },
    };
  }
  return {
    mostRequests, mostBytes, idChars: 11,
    line: (id, { payload }) => JSON.stringify({ recordId: id, modelInput: without(encode(payload), 'model') }),
    read: (value) => {
      if (!isRecord(value) || typeof value.recordId !== 'string') return null;
      const said = value.modelOutput;
      return { id: value.recordId, model: isRecord(said) && typeof said.model === 'string' ? said.model : null, echo: value.modelInput ?? null, ...(isRecord(said) ? read(said) : failed(null, value.error ?? null)) };
    },
  };
}

/** Whether the model that answered is the one that was asked: the same name, or the same with a date or version behind it. */
export function isSameModel(asked: string, answered: string): boolean {
  const plain = (name: string): string => name.toLowerCase();
  const behind = plain(answered).slice(plain(asked).length);
  return plain(answered).startsWith(plain(asked)) && /^(?:$|[-@:.]v?\d)/.test(behind);
}
