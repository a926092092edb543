/**
 * Models behind one port, ModelClient: what goes in has been cleared by the guard, what comes out are events with exactly one end.
 * This folder owns the dialects (openai-chat so far), what servers do wrong and what it is called, and the retries. It never opens
 * a socket itself (main/policy/egress.ts does, on the first request), never repeats a server's words in an error, never
 * decides what may be sent. Sources: OpenAI API reference (chat completions, models), WHATWG HTML 9.2 (server-sent events),
 * RFC 9110, and what servers were measured to do.
 *
 * Decisions. A server's or a connection's fault is the end of an answer, not an exception, so that the text before it is kept. A
 * request is sent again at most twice, only before the first byte of a successful response, never for a quota, an overflow or a
 * pause longer than ten seconds. Only a finish reason makes an answer complete: [DONE] without one is truncated. A compressed body
 * is refused, for none is asked for. A field that a server refuses by name is left out or renamed, once.
 */
export { readAuthorities, readClientCertificate } from './certificate-files.ts';
export { checkDraft, hostOf, isOutside, type CheckedDraft } from './check-endpoint.ts';
export { createClient, type ClientOptions, type EndpointMemory } from './create-client.ts';
export { knownAddresses, knownAddressesAsOf } from './known-addresses.ts';
export { probeRequest, type EmbedRequest, type EndState, type JsonSchema, type ModelClient, type ModelEnd, type ModelEvent, type ModelFault, type ModelMessage, type ModelRequest, type ModelUsage, type ProbeRequest } from './model-client.ts';
export { createModelRuntime, modelFacts, readGgufFile, type ModelFacts, type ModelRuntime, type ModelUse } from './embedded/index.ts';
export { createNetwork, type Network, type NetworkLimits } from './network.ts';
