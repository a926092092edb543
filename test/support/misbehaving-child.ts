/** A child with the extractor's walls that does what its tasks say. */
import { serveExtract } from '../../main/ingest/serve-extract.ts';
import { blockNetwork, connectToParent } from '../../main/work/index.ts';
import { misbehave } from './misbehaving-tasks.ts';

blockNetwork();
serveExtract(await connectToParent(), misbehave);
