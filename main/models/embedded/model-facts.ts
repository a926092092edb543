import type { ModelKind } from '../../../preload/contract/domains/models.ts';
import { AppError } from '../../base/errors.ts';
import type { GgufHeader } from './gguf-header.ts';

/** What is kept of a model's header. */
export interface ModelFacts {
  readonly architecture: string;
  readonly kind: ModelKind;
  /** What it was trained for. */
  readonly contextTokens: number;
  readonly licence: string | null;
  /** Bytes that one token of context takes while it answers; an upper bound. */
  readonly contextTokenBytes: number;
}

/** Architectures that read a text at once and never write one. */
const encoders: ReadonlySet<string> = new Set(['bert', 'nomic-bert', 'nomic-bert-moe', 'jina-bert-v2', 'jina-bert-v3', 'modern-bert', 'neo-bert', 'eurobert', 'gemma-embedding', 't5encoder']);
const rankPooling = 4; // llama.h, LLAMA_POOLING_TYPE_RANK

/** Reads out of a header what the program has to know. Throws model.unsupported for a file that neither answers nor makes vectors. */
export function modelFacts({ valuesByKey }: GgufHeader): ModelFacts {
  const text = (key: string): string | null => {
    const value = valuesByKey.get(key);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
  };
  const whole = (key: string): number | null => {
    const value = valuesByKey.get(key);
    const number = typeof value === 'object' ? Math.max(0, ...value) : value;
    return typeof number === 'number' && Number.isInteger(number) && number > 0 ? number : null;
  };
  const architecture = text('general.architecture');
  if (architecture === null || !/^[a-z0-9][a-z0-9._-]{0,63}$/i.test(architecture)) throw unsupported('architecture', 'It does not say of what family it is.');
  // Its words of thought and of answer are told apart by control tokens, which the text that is passed on does not have.
  if (architecture === 'gpt-oss') throw unsupported('channels', 'Models of this family answer in channels, which Redoubt does not read yet. A server that runs it can be used as an endpoint.');
  if (valuesByKey.has('split.count') && (whole('split.count') ?? 1) > 1) throw unsupported('split', 'It is one part of several. Join the parts first, with llama-gguf-split --merge.');
  const type = text('general.type');
  if (type !== null && type !== 'model') throw unsupported('type', 'It is an addition to a model, not a model.');
  const of = (name: string): string => `${architecture}.${name}`;
  const contextTokens = whole(of('context_length'));
  const layers = whole(of('block_count'));
  const width = whole(of('embedding_length'));
  if (contextTokens === null || layers === null || width === null) throw unsupported('sizes', 'It does not say how much text it takes.');
  const pooling = whole(of('pooling_type'));
  if (pooling === rankPooling) throw unsupported('ranking', 'It ranks texts; Redoubt runs models that answer or make vectors.');
  const heads = whole(of('attention.head_count')) ?? 1;
  const headWidth = Math.ceil(width / heads);
  const keysAndValues = (whole(of('attention.key_length')) ?? headWidth) + (whole(of('attention.value_length')) ?? headWidth);
  const kind = encoders.has(architecture) || pooling !== null ? 'embedding' : 'chat';
  const licence = text('general.license.name') ?? text('general.license');
  return {
    architecture, kind,
    contextTokens: Math.min(contextTokens, 100_000_000),
    licence: licence === null ? null : licence.replace(/\p{Cc}+/gu, ' ').slice(0, 2000),
    contextTokenBytes: layers * (whole(of('attention.head_count_kv')) ?? heads) * keysAndValues * 2, // keys and values are kept in 16 bits
  };
}

function unsupported(why: string, sentence: string): AppError {
  return new AppError('model.unsupported', `Redoubt cannot run this model file. ${sentence}`, { data: { why } });
}
