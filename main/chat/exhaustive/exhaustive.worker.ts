/** The counting thread: reads a case's database for questions about everything, never writes it. */
import { serveQueries } from '../../search/index.ts';
import { exhaustiveHandlers } from './requests.ts';

serveQueries(exhaustiveHandlers);
