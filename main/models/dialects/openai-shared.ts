import * as z from 'zod';
import type { Codec, CodecPlace, ToolOffer } from '../codec.ts';
import { size } from './lenient.ts';

/** `max_model_len` is vLLM's and SGLang's, `meta.n_ctx` llama.cpp's, the others are told by gateways and LM Studio. What a model was trained with is not what fits. */
const listed = z.object({
  id: z.string().optional().catch(undefined), name: z.string().optional().catch(undefined),
  max_model_len: size, context_length: size, context_window: size, loaded_context_length: size, meta: z.object({ n_ctx: size }).nullish().catch(null),
});
const modelList = z.union([z.object({ data: z.array(listed) }).transform(({ data }) => data), z.object({ models: z.array(listed) }).transform(({ models }) => models)]);

/** Names once each, at most 1,000, without what no name is. */
export function plainNames(names: readonly (string | undefined)[]): string[] {
  return [...new Set(names.filter((name): name is string => name !== undefined && name !== '' && name.length <= 300))].slice(0, 1000);
}

/** The list of models, and how much fits the one that is used. */
export function openAiModels(path: string, model: string, query?: CodecPlace['query']): NonNullable<Codec['models']> {
  return {
    place: { path, ...(query === undefined ? {} : { query }) },
    read: (value) => {
      const { data } = modelList.safeParse(value);
      if (data === undefined) return null;
      const own = data.find(({ id, name }) => (id ?? name) === model) ?? (data.length === 1 ? data[0] : undefined);
      const contextTokens = own?.max_model_len ?? own?.meta?.n_ctx ?? own?.loaded_context_length ?? own?.context_length ?? own?.context_window ?? null;
      return { ids: plainNames(data.map(({ id, name }) => id ?? name)), contextTokens };
    },
  };
}

const vectors = z.object({ data: z.array(z.object({ index: z.number().int().nonnegative().optional(), embedding: z.array(z.number()) })) });

/** Vectors, put in the order of their texts. */
export function openAiEmbeddings(path: string, model: string | null, query?: CodecPlace['query']): NonNullable<Codec['embeddings']> {
  return {
    place: { path, ...(query === undefined ? {} : { query }) },
    encode: (texts) => ({ ...(model === null ? {} : { model }), input: texts, encoding_format: 'float' }),
    read: (value) => vectors.safeParse(value).data?.data.map(({ index, embedding }, at) => ({ index: index ?? at, embedding })).toSorted((a, b) => a.index - b.index).map(({ embedding }) => embedding) ?? null,
  };
}

/** A tool as chat completions name it. */
export function openAiTool({ name, description, parameters }: ToolOffer): unknown {
  return { type: 'function', function: { name, description, parameters } };
}
