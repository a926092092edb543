/**
 * The program of an extractor process: takes the network away from itself, then loads the parsers and answers the pool. It runs as a
 * forked Node process and as a utility process; one hostile file may crash it, and nothing else.
 */
import { blockNetwork, connectToParent, giveWay } from '../work/index.ts';

blockNetwork();
giveWay();
// A parser may leave a promise behind that fails after its file is done, pdf.js does when it is stopped. Its file has its result; the next one is not to blame.
process.on('unhandledRejection', () => undefined);
const port = await connectToParent();
// Loaded only now: no parser's code runs before the network is gone.
const { extract, outputLimits } = await import('./extract.ts');
const { serveExtract } = await import('./serve-extract.ts');
serveExtract(port, (file, name, onLabel, outlet, passwords) =>
  extract(file, name, (kind) => {
    if (kind.reader !== 'plain-text') onLabel(kind.label);
  }, outputLimits, outlet, passwords),
);
