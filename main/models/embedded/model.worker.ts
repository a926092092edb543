/**
 * The program of the model's process: takes the network away from itself, loads llama.cpp, which comes with the program, and only then
 * hears which model file to open. It runs as a forked Node process and as a utility process; a file or a question that brings it down
 * costs one answer, and nothing else.
 */
import { blockNetwork, connectToParent, giveWay } from '../../work/index.ts';

const dlopen = blockNetwork();
giveWay();
const port = await connectToParent();
const { openModel } = await import('./open-model.ts');
const { serveModel } = await import('./serve-model.ts');
serveModel(port, (order) => openModel(dlopen, order));
