/** The thread that looks for personal data: it reads nothing but what it is sent. */
import { serveRequests } from '../work/index.ts';
import { personalDataHandlers } from './requests.ts';

serveRequests(personalDataHandlers);
