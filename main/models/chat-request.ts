import type { ModelRequest } from './model-client.ts';
import type { ServerFault } from './server-fault.ts';

/** What a server takes, where servers differ: learned from its refusals. */
export interface ChatWire {
  /** OpenAI's reasoning models refuse the older name, local servers know no other. */
  readonly limitField: 'max_tokens' | 'max_completion_tokens';
  /** Whether it may be asked to count tokens in a stream. */
  readonly usage: boolean;
}

/** What is tried first. */
export const usualWire: ChatWire = { limitField: 'max_tokens', usage: true };

/** The JSON body of POST /chat/completions. */
export function encodeChatRequest(request: ModelRequest, model: string, wire: ChatWire): string {
  return JSON.stringify({
    model,
    messages: [...(request.system === '' ? [] : [{ role: 'system', content: request.system }]), ...request.messages.map(({ role, text }) => ({ role, content: text }))],
    stream: true,
    ...(wire.usage ? { stream_options: { include_usage: true } } : {}),
    ...(request.maxTokens === undefined ? {} : { [wire.limitField]: request.maxTokens }),
  });
}

/** What to try instead when a server refused a field of the request by its name; null when that was not it. Never proposes what was tried. */
export function adaptWire(wire: ChatWire, status: number, fault: ServerFault): ChatWire | null {
  if (status !== 400 && status !== 422) return null;
  if (wire.limitField === 'max_tokens' && fault.message.includes('max_completion_tokens')) return { ...wire, limitField: 'max_completion_tokens' };
  if (wire.usage && /stream_options|include_usage/.test(fault.message)) return { ...wire, usage: false };
  return null;
}
