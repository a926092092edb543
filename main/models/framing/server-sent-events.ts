import { createParser } from 'eventsource-parser';
import type { AppError } from '../../base/errors.ts';
import type { FaultTarget } from '../server-fault.ts';
import type { Frame, Framing } from './frame.ts';
import { longestFrame, tooLong } from './too-long.ts';

/** Server-sent events (WHATWG HTML, 9.2.6). */
export function createServerSentEvents(target: FaultTarget): Framing {
  const decoder = new TextDecoder();
  let ready: Frame[] = [];
  let fault: AppError | null = null;
  const parser = createParser({
    maxBufferSize: longestFrame,
    onEvent: ({ event, data }) => ready.push({ event: event ?? null, data, code: null }),
    onError: ({ type, field, value }) => {
      if (type === 'max-buffer-size-exceeded') fault = tooLong(target);
      // llama.cpp has sent its faults as a field named error.
      else if (field === 'error') ready.push({ event: 'error', data: value ?? '', code: null });
    },
  });
  const take = (text: string): Frame[] => {
    parser.feed(text);
    const taken = ready;
    ready = [];
    return taken;
  };
  return {
    feed: (bytes) => take(decoder.decode(bytes, { stream: true })),
    // Some servers end without the blank line that completes the last event. What a decoder still holds is half a character.
    end: () => take('\n\n'),
    fault: () => fault,
  };
}
