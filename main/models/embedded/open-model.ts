import { openChat } from './chat-model.ts';
import { openEmbedding } from './embedding-model.ts';
import { openLlama } from './llama.ts';
import type { LoadOrder } from './model-protocol.ts';
import { Refusal, type ServedModel } from './served-model.ts';

/** Has llama.cpp load a file. Throws a Refusal: there is no llama.cpp for this computer, or it does not take the file. */
export async function openModel(dlopen: NodeJS.Process['dlopen'], order: LoadOrder): Promise<ServedModel> {
  const runtime = await openLlama(dlopen).catch(() => null);
  if (runtime === null) throw new Refusal('runtime');
  try {
    return order.kind === 'chat' ? await openChat(runtime, order) : await openEmbedding(runtime, order);
  } catch {
    throw new Refusal('file'); // its words may repeat what is in the file
  }
}
