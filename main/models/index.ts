/**
 * Models behind one port, ModelClient: what goes in has been cleared by the guard, what comes out are events with exactly one end.
 * This folder owns the dialects (dialects/, each a codec: data and pure functions), the formats that streams come in (framing/), the one
 * HTTP client that codecs steer, signatures, what servers do wrong and what it is called, the retries, the test of what an endpoint can
 * do, and the check of profiles: which field goes with which dialect, and that every key and certificate opens where it is given. It never opens a socket itself (main/policy/egress.ts does, on the first request), never repeats a server's words in an error,
 * never decides what may be sent. Sources: OpenAI API reference (chat completions, responses, models, embeddings), Amazon Bedrock user
 * guide and API reference, Azure OpenAI reference, Anthropic Messages API, Ollama API, AWS Signature Version 4, Smithy event stream
 * encoding, WHATWG HTML 9.2 (server-sent events), RFC 9110, and what servers were measured to do.
 *
 * How an answer ends. `complete`: the model's own end was seen, and no word came after it. `truncated`: the connection ended, in order or
 * not, before that; also what a host stopped or paused. `cut`: a token limit, of the request or of the context. `filtered`: a content
 * filter, of the question or of the answer, or a model that was stopped for refusing. `error`: a fault with a code of endpoint.*, told by
 * a status, inside the stream, by a checksum, by bytes that are no answer, or by a call of a tool that nobody offered. A later end never
 * mends an earlier bad one. Text before any of them is kept.
 *
 * Decisions. A server's or a connection's fault is the end of an answer, not an exception, so that the text before it is kept. A
 * request is sent again at most twice, only before the first byte of a successful response, never for a quota, an overflow or a
 * pause longer than ten seconds. Only a finish reason makes an answer complete: [DONE] without one is truncated. A compressed body
 * is refused, for none is asked for. Bytes without a word for as long as the first may take are a time-out: pings and drips are no answer.
 * A field that a server refuses by name is renamed, asked for otherwise or left out, and remembered for the endpoint until it is changed;
 * the shape of an answer goes from a schema over any JSON to the prompt alone. Nothing is taken from a model's name, but for Ollama's
 * names of cloud models, which are refused; a server that says itself that it hands a model on is refused too. Event streams and
 * signatures are ours, 150 lines with their proofs, rather than six packages. Responses are never stored by the server, and reasoning
 * is not asked for in its encrypted form, because nothing here would hand it back.
 */
export { batchForm, isSameModel, type BatchForm, type BatchReply } from './batch-form.ts';
export { readAuthorities, readClientCertificate } from './certificate-files.ts';
export { checkDraft, hostOf, isOutside, type CheckedDraft } from './check-endpoint.ts';
export { createClient, type ClientOptions, type EndpointMemory } from './create-client.ts';
export { knownAddresses, knownAddressesAsOf } from './known-addresses.ts';
export { probeRequest, type CountRequest, type EmbedRequest, type EndState, type JsonSchema, type ModelClient, type ModelEnd, type ModelEvent, type ModelFault, type ModelMessage, type ModelRequest, type ModelUsage, type ProbeRequest } from './model-client.ts';
export { createModelRuntime, modelFacts, readGgufFile, type ModelFacts, type ModelRuntime, type ModelUse } from './embedded/index.ts';
export { createNetwork, placeOf, type Network, type NetworkLimits } from './network.ts';
export { createPresence, type Presence } from './presence.ts';
