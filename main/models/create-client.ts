import { AppError } from '../base/errors.ts';
import type { Clock } from '../base/clock.ts';
import type { Egress, EgressTarget } from '../policy/index.ts';
import type { EndpointProfile, EndpointRow, EndpointSecrets } from '../store/index.ts';
import type { Codec } from './codec.ts';
import { anthropicMessages } from './dialects/anthropic-messages.ts';
import { azure } from './dialects/azure.ts';
import { bedrock } from './dialects/bedrock.ts';
import { ollama } from './dialects/ollama.ts';
import { openAiChat } from './dialects/openai-chat.ts';
import { openAiResponses } from './dialects/openai-responses.ts';
import { createHttpClient } from './http-client.ts';
import type { ModelClient } from './model-client.ts';
import type { Sleep } from './retry.ts';
import type { Wire } from './wire.ts';

/** What was learned of a server; empty at first. Kept between the clients of one endpoint. */
export interface EndpointMemory {
  wire?: Wire;
}

/** An endpoint, how long it may take, and what its client may use. */
export interface ClientOptions {
  readonly endpoint: Pick<EndpointRow, 'name' | 'profile' | 'secrets'>;
  readonly limits: { readonly headersTimeoutMs: number; readonly idleTimeoutMs: number; readonly probeTimeoutMs: number; readonly maxResponseBytes: number };
  readonly memory: EndpointMemory;
  readonly egress: Egress;
  readonly clock: Clock;
  readonly sleep: Sleep;
  readonly random: () => number;
  /** How often a request is sent again, at most. */
  readonly retries: number;
}

/** The codec that speaks a profile's dialect and face. Throws endpoint.bad-profile for what is not reached over HTTP. */
export function codecOf(name: string, profile: EndpointProfile): Codec {
  switch (profile.dialect) {
    case 'openai-chat': return openAiChat(profile);
    case 'openai-responses': return openAiResponses(profile);
    case 'bedrock': return bedrock(profile, profile.face ?? 'converse');
    case 'azure': return azure(profile, profile.face === 'openai-responses' ? 'openai-responses' : 'openai-chat');
    case 'anthropic-messages': return anthropicMessages(profile);
    case 'ollama': return ollama(name, profile);
    case 'embedded': throw new AppError('endpoint.bad-profile', `${name} is a model file of this computer, and has no address.`, { data: { endpoint: name } });
  }
}

/** How an endpoint's connections are made. */
function connectionOf({ ca, proxy, timeouts }: EndpointProfile, { clientCertificate }: EndpointSecrets): Pick<EgressTarget, 'ca' | 'clientCertificate' | 'proxy' | 'connectTimeoutMs'> {
  return { ca, clientCertificate, proxy, connectTimeoutMs: timeouts.connectMs };
}

/** The client of an endpoint that is reached over HTTP. Opens nothing. Throws endpoint.bad-profile for a profile that cannot be spoken to. */
export function createClient({ endpoint: { name, profile, secrets }, limits, memory, ...tools }: ClientOptions): ModelClient {
  const { probeTimeoutMs, ...rest } = limits;
  const codec = codecOf(name, profile);
  const first: Wire = { ...codec.wire, structure: profile.capabilities?.jsonSchema ?? codec.wire.structure };
  return createHttpClient({ ...tools, target: { name, baseUrl: profile.baseUrl, ...connectionOf(profile, secrets), ...rest }, model: profile.model, codec, auth: secrets.auth, signingRegion: profile.signingRegion, probeTimeoutMs, wire: { get: () => memory.wire ?? first, set: (wire) => void (memory.wire = wire) } });
}
