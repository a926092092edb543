import { AppError } from '../base/errors.ts';
import type { Codec } from './codec.ts';
import type { FaultTarget } from './server-fault.ts';

/** More dimensions than any model has. */
const mostDimensions = 65_536;

/** How the dialect makes vectors. Throws endpoint.rejected where it makes none. */
export function embeddingsOf({ embeddings }: Codec, { name }: FaultTarget): NonNullable<Codec['embeddings']> {
  if (embeddings === null) throw new AppError('endpoint.rejected', `What ${name} speaks makes no vectors.`, { data: { endpoint: name } });
  return embeddings;
}

/** One vector for each text, all of one length and made of finite numbers. Throws endpoint.not-a-model for anything else. */
export function checkVectors(vectors: readonly (readonly number[])[] | null, count: number, { name }: FaultTarget): Float32Array[] {
  const dimensions = vectors?.[0]?.length ?? 0;
  const isWhole = vectors !== null && vectors.length === count && dimensions > 0 && dimensions <= mostDimensions && vectors.every((vector) => vector.length === dimensions && vector.every((value) => Number.isFinite(Math.fround(value))));
  if (!isWhole) throw new AppError('endpoint.not-a-model', `${name} sent something that is not one vector for each text.`, { data: { endpoint: name } });
  return vectors.map((vector) => Float32Array.from(vector));
}
