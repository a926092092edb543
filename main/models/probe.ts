import type { Capabilities } from '../../preload/contract/domains/endpoints.ts';
import { AppError, bug, isAppError } from '../base/errors.ts';
import { isRecord } from '../base/is-record.ts';
import type { Cleared } from '../policy/index.ts';
import { createAnswerReader } from './answer-reader.ts';
import type { AskedRequest, ModelList, ServerFacts, ToolOffer } from './codec.ts';
import { checkVectors, embeddingsOf } from './embeddings.ts';
import { createExchange, isSuccess, type ExchangeOptions } from './exchange.ts';
import type { ModelEnd, ProbeRequest } from './model-client.ts';
import { answerKind } from './read-answer.ts';
import { adaptWire, type LearnedWire, type StructureRung } from './wire.ts';

/** A test of one endpoint. */
export interface ProbeOptions extends ExchangeOptions {
  readonly request: Cleared<ProbeRequest>;
  readonly signal: AbortSignal;
  readonly onStep: (step: string) => void;
  /** How long each step may take as a whole. */
  readonly probeTimeoutMs: number;
  readonly wire: LearnedWire;
}

/** What one question of the test came to. */
interface Told {
  readonly text: string;
  readonly end: ModelEnd;
  readonly isStream: boolean;
  readonly tools: readonly string[];
  readonly server: string | null;
}

/** The one word that the schema allows is not in the question: only who keeps to the schema says it. */
export const colourSchema = { type: 'object', properties: { colour: { type: 'string', enum: ['ultramarine'] } }, required: ['colour'], additionalProperties: false };
const weatherTool: ToolOffer = { name: 'read_weather', description: 'Reads the weather of a place.', parameters: { type: 'object', properties: { place: { type: 'string' } }, required: ['place'], additionalProperties: false } };
/** Enough for a word after some thinking. */
const answerTokens = 256;

/** What a server knows without its model comes at once. */
const longestLookMs = 15_000;
/** What has to stop a test at once: who cannot be reached, or sends us elsewhere, or refuses the key, will do so again. */
function isHopeless({ code, data }: AppError): boolean {
  if (code === 'endpoint.unauthorised') return data.status !== 403; // a key may be kept from the list alone
  return code === 'endpoint.unreachable' || code === 'endpoint.redirected' || code === 'endpoint.bad-url' || code === 'endpoint.bad-profile';
}

/** Finds out what an endpoint can do; ModelClient.probe says the rest. Nothing is taken from a name. */
export async function probeEndpoint(options: ProbeOptions): Promise<Omit<Capabilities, 'testedAt'>> {
  const { request, signal, onStep, probeTimeoutMs, wire: learned, codec } = options;
  const { target } = options;
  const exchange = createExchange({ ...options, target: { ...target, headersTimeoutMs: Math.min(target.headersTimeoutMs, probeTimeoutMs), idleTimeoutMs: Math.min(target.idleTimeoutMs, probeTimeoutMs) } });
  const { named } = exchange;
  const shortMs = Math.min(probeTimeoutMs, longestLookMs);

  /** One step, within its time. Throws endpoint.* or the signal's reason. */
  const within = async <T>(step: string, work: (inner: AbortSignal) => Promise<T>, limitMs = probeTimeoutMs): Promise<T> => {
    onStep(step);
    const late = new AppError('endpoint.timed-out', `${target.name} took longer than ${Math.ceil(limitMs / 1000)} s for one step of the test.`, { data: { endpoint: target.name } });
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(late), limitMs);
    try {
      return await work(AbortSignal.any([signal, deadline.signal]));
    } finally {
      clearTimeout(timer);
    }
  };
  /** A step that may fail: null then, unless `isFatal` says that nothing else can succeed either. */
  const optional = async <T>(step: string, work: (inner: AbortSignal) => Promise<T>, limitMs = probeTimeoutMs, isFatal: (error: AppError) => boolean = () => false): Promise<T | null> => {
    try {
      return await within(step, work, limitMs);
    } catch (error) {
      signal.throwIfAborted();
      if (!isAppError(error) || isFatal(error)) throw error;
      return null;
    }
  };
  /** Whether something works: false when it is refused, null when it cannot be told. */
  const works = (step: string, work: (inner: AbortSignal) => Promise<boolean>): Promise<boolean | null> => optional(step, (inner) => work(inner).catch((error: unknown) => {
    if (isAppError(error, 'endpoint.rejected')) return false;
    throw error;
  }));
  const asked = (payload: ProbeRequest, text: keyof ProbeRequest, more: Partial<AskedRequest>): AskedRequest => ({ system: '', messages: [{ role: 'user', text: payload[text] }], maxTokens: answerTokens, ...more });
  /** Asks once, adapting to refused fields as an answer would. Throws what the server or the connection does wrong. */
  const tell = async (text: keyof ProbeRequest, more: Partial<AskedRequest>, structure: StructureRung | null, inner: AbortSignal): Promise<Told> => {
    for (let wire = { ...learned.get(), structure: structure ?? learned.get().structure }; ;) {
      const tried = wire;
      const response = await exchange.post(codec.answer.place(tried), request, (payload) => codec.answer.encode(asked(payload, text, more), tried), inner);
      if (!isSuccess(response)) {
        const { fault, said, status } = await exchange.refusal(response, inner);
        const adapted = adaptWire(tried, {}, status, said);
        if (adapted === null) throw fault;
        wire = adapted;
        continue;
      }
      const reader = createAnswerReader(named, codec.answer.meaning);
      const isStream = answerKind(response, codec) === 'stream';
      let words = '';
      let end: ModelEnd | null = null;
      for await (const event of exchange.listen(response, reader, inner)) {
        if (event.kind === 'text') words += event.text;
        if (event.kind === 'end') end = event;
      }
      if (text === 'greeting') learned.set({ ...wire, structure: learned.get().structure }); // what is refused beside a tool may be taken without
      return { text: words, end: end ?? bug('an answer without an end'), isStream, tools: reader.tools(), server: response.header('server') };
    }
  };
  const whole = (told: Told): Told => {
    if (told.end.fault !== null) throw new AppError(told.end.fault.code, told.end.fault.message, { data: told.end.fault.data });
    if (told.end.state === 'truncated') throw new AppError('endpoint.server-failed', `The answer of ${target.name} broke off before its end.`, { data: { endpoint: target.name } });
    return told;
  };
  const ask = async (inner: AbortSignal): Promise<Told> => whole(await tell('greeting', {}, null, inner));
  const dimensions = async (inner: AbortSignal): Promise<number | null> => {
    const { place, encode, read } = embeddingsOf(codec, named);
    const value = await exchange.json(await exchange.post(place, request, ({ sentence }) => encode([sentence]), inner), inner);
    return checkVectors(read(value), 1, named)[0]?.length ?? null;
  };

  const keepsShape = (rung: StructureRung): Promise<boolean | null> => works('an answer of a given shape', async (inner) => isColour(whole(await tell('colour', { schema: colourSchema }, rung, inner)).text));
  /** The strongest rung on which the answer is what was asked for; null when that cannot be told. */
  const structure = async (): Promise<StructureRung | null> => {
    const bySchema = await keepsShape('schema');
    if (bySchema === true) return 'schema';
    const asObject = codec.hasJsonMode ? await keepsShape('object') : false;
    return asObject === true ? 'object' : bySchema === false && asObject === false ? 'none' : null;
  };

  const list: ModelList | null = codec.models === null ? null : await optional('the models', async (inner) => codec.models?.read(await exchange.json(await exchange.get(codec.models.place, false, inner), inner)) ?? null, shortMs, isHopeless);
  let facts: ServerFacts = {};
  const learnFacts = async (isFirst: boolean): Promise<void> => {
    for (const { place, body, atRoot = false, read } of codec.facts.filter((source) => (source.isFirst ?? false) === isFirst)) {
      const found = await optional('the server', async (inner) => read(await exchange.json(await (body === undefined ? exchange.get(place, atRoot, inner) : exchange.post(place, request, () => body, inner)), inner)), shortMs);
      facts = { ...facts, ...found };
    }
    if (facts.refusal !== undefined) throw new AppError('endpoint.bad-profile', facts.refusal, { data: { endpoint: target.name } });
  };
  await learnFacts(true);

  let fault: unknown = null;
  let told: Told | null = null;
  try {
    told = await within('an answer', ask);
  } catch (error) {
    signal.throwIfAborted();
    // A model that makes vectors only refuses to talk.
    if (!isAppError(error, 'endpoint.rejected', 'endpoint.not-a-model', 'endpoint.server-failed')) throw error;
    fault = error;
  }
  const embeddingDimensions = codec.embeddings === null ? null : await optional('vectors', dimensions);
  if (told === null && embeddingDimensions === null) throw fault;
  await learnFacts(false);
  const jsonSchema = told === null ? null : await structure();
  learned.set({ ...learned.get(), structure: jsonSchema ?? learned.get().structure });
  return {
    models: [...(list?.ids ?? [])],
    stream: told?.isStream ?? null,
    jsonSchema,
    tools: told === null ? null : await works('a tool', async (inner) => (await tell('weather', { tool: weatherTool }, null, inner)).tools.includes(weatherTool.name)),
    contextTokens: facts.contextTokens ?? list?.contextTokens ?? null,
    embeddingDimensions,
    server: serverName(told?.server ?? null, facts.version ?? null),
  };
}

/** True for an answer that has kept to `colourSchema`. */
export function isColour(text: string | undefined): boolean {
  if (text === undefined) return false;
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) && value.colour === 'ultramarine';
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}

/** At most 120 characters that a screen can show; null when nothing was said. */
function serverName(...parts: readonly (string | null)[]): string | null {
  const said = parts.map((part) => part?.replace(/[^\x20-\x7e]/g, '').trim() ?? '').filter((part) => part !== '').join(' ').slice(0, 120);
  return said === '' ? null : said;
}
