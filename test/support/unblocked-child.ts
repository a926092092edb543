/** A child that keeps its modules, as one would whose own wall was broken: only the system's walls are left. */
import { serveExtract } from '../../main/ingest/serve-extract.ts';
import { connectToParent } from '../../main/work/index.ts';
import { misbehave } from './misbehaving-tasks.ts';

serveExtract(await connectToParent(), misbehave);
