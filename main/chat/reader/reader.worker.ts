/** The reading thread: reads a case's database for questions, never writes it. */
import { serveQueries } from '../../search/index.ts';
import { readerHandlers } from './requests.ts';

serveQueries(readerHandlers);
