/** Dates that stand in texts, as days since 1970, both ends inclusive. */
import * as z from 'zod';
import type { ReadDb, WriteDb } from '../connection.ts';

/** A day or a month that a text names; not sure where day and month may be meant the other way round. */
export interface FoundDateRow {
  readonly first: number;
  readonly last: number;
  readonly isSure: boolean;
}

/** Adds the dates of a content's text; those that are there stay. */
export function insertFoundDates(db: WriteDb, content: number, dates: readonly FoundDateRow[]): void {
  for (const { first, last, isSure } of dates) db.run('INSERT OR IGNORE INTO found_dates(content, first_day, last_day, is_sure) VALUES (?,?,?,?)', content, first, last, isSure ? 1 : 0);
}

const row = z.object({ first_day: z.number().int(), last_day: z.number().int(), is_sure: z.number().transform((value) => value === 1) });

/** The dates of a content's text, by time. */
export function listFoundDates(db: ReadDb, content: number): FoundDateRow[] {
  return db.all('SELECT first_day, last_day, is_sure FROM found_dates WHERE content = ? ORDER BY first_day, last_day', content)
    .map((found) => row.parse(found)).map(({ first_day: first, last_day: last, is_sure: isSure }) => ({ first, last, isSure }));
}
