import { refusal, replace } from './block-network.ts';

/** What Node offers beside the one way out. */
const globals = ['fetch', 'WebSocket', 'EventSource', 'XMLHttpRequest'];
/** What libraries take addresses, keys, proxies and trust from, in upper case: services' own prefixes, and names that end so. */
const ambient = /^(?:OPENAI|AZURE|AWS|BEDROCK|ANTHROPIC|CLAUDE|OLLAMA|GOOGLE|GEMINI|VERTEX|MISTRAL|COHERE|GROQ|HF|HUGGINGFACE|AI_GATEWAY|AI_SDK|VERCEL|LANGCHAIN|LANGSMITH|OTEL)_|_PROXY$|^(?:NODE_TLS_REJECT_UNAUTHORIZED|NODE_EXTRA_CA_CERTS|NODE_USE_ENV_PROXY|NODE_USE_SYSTEM_CA|NODE_OPTIONS|SSL_CERT_FILE|SSL_CERT_DIR|SSLKEYLOGFILE)$/;

/**
 * Leaves a process that may reach the network one way to do it: what the platform offers beside it throws from now on, for good, and the
 * variables that would steer a library past it are gone. Call first. What Node itself read of them when it started stays as it was.
 */
export function closeSideDoors(env: NodeJS.ProcessEnv = process.env): void {
  for (const name of globals) replace(globalThis, name, refusal(name, 'outside the one way out of the program'));
  for (const name of Object.keys(env)) if (ambient.test(name.toUpperCase())) delete env[name];
}
