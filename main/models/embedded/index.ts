/**
 * A model on this computer: a GGUF file of the vault, run by llama.cpp (through node-llama-cpp) in a process that has no network, no key
 * and no case, behind the same port as every other endpoint. This folder owns the check of a file's header, the process and its
 * protocol, the queue before it and the client. It never decides what may be asked: the guard has.
 *
 * Decisions. One model is loaded at a time, since two may not fit into a laptop's memory; another model ends the process and starts the
 * next, so that each process can read one file only. A process that ends costs the answer it was writing. Tokens are counted before
 * the model begins, so that a question that does not fit is refused and never cut. A token is made when the last was taken. At
 * temperature 0 unless another is asked for: the same question over the same passages gives the same answer. Only the processor
 * is used (a packaged build brings no other binaries), and one core is left to everything else.
 */
export { createEmbedded, type EmbeddedOptions } from './embedded-client.ts';
export type { Urgency } from './turns.ts';
export { readGgufFile, type GgufHeader } from './gguf-header.ts';
export { modelFacts, type ModelFacts } from './model-facts.ts';
export { createModelRuntime, type ModelRuntime, type ModelRuntimeOptions, type ModelUse } from './model-runtime.ts';
