import { AppError } from '../../base/errors.ts';

/** Throws `search.bad-query` with the UTF-16 offset of the fault, which is the query's length when it ends too early. */
export function badQuery(at: number, sentence: string): never {
  throw new AppError('search.bad-query', sentence, { data: { at } });
}
