/** The search thread: reads a case's database, never writes it. */
import { searchHandlers } from './requests.ts';
import { serveQueries } from './serve-queries.ts';

serveQueries(searchHandlers);
