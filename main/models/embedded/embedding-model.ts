import type { LlamaRuntime } from './llama.ts';
import type { LoadOrder } from './model-protocol.ts';
import { Refusal, type ServedModel } from './served-model.ts';

/** Tokens that the model puts around a text. */
const frameTokens = 2;

/** Loads a model that turns texts into vectors, pooled as its file says and of length 1. */
export async function openEmbedding({ llama, server }: LlamaRuntime, order: LoadOrder): Promise<ServedModel> {
  const { contextTokens, threads } = order;
  const model = await llama.loadModel({ modelPath: order.file, gpuLayers: 0, useMmap: true, checkTensors: order.checksTensors, ignoreMemorySafetyChecks: true });
  const context = await model.createEmbeddingContext({ contextSize: contextTokens, batchSize: contextTokens, threads, ignoreMemorySafetyChecks: true });
  return {
    contextTokens, server,
    count: (texts) => texts.map((text) => model.tokenize(text).length),
    answer: () => Promise.reject(new Refusal('internal')),
    embed: async (texts, signal) => {
      const tokens = texts.map((text) => model.tokenize(text));
      if (tokens.some(({ length }) => length + frameTokens > contextTokens)) throw new Refusal('overflow', contextTokens);
      const vectors: Float32Array[] = [];
      for (const own of tokens) {
        signal.throwIfAborted();
        vectors.push(unit((await context.getEmbeddingFor(own)).vector));
      }
      return vectors;
    },
  };
}

/** The vector scaled to length 1, so that a dot product is a cosine; a zero vector stays. */
function unit(vector: readonly number[]): Float32Array {
  const length = Math.hypot(...vector);
  return Float32Array.from(vector, (value) => (length === 0 ? value : value / length));
}
