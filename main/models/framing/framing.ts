import type { FaultTarget } from '../server-fault.ts';
import { createAwsEventStream } from './aws-event-stream.ts';
import type { Framing } from './frame.ts';
import { createLines } from './ndjson.ts';
import { createServerSentEvents } from './server-sent-events.ts';

export type FramingKind = 'server-sent-events' | 'ndjson' | 'aws-event-stream';

/** The content type by which a stream of each kind is known, lower case, without parameters. */
export const contentTypeByFraming: Readonly<Record<FramingKind, string>> = {
  'server-sent-events': 'text/event-stream', ndjson: 'application/x-ndjson', 'aws-event-stream': 'application/vnd.amazon.eventstream',
};

const makers: Readonly<Record<FramingKind, (target: FaultTarget) => Framing>> = { 'server-sent-events': createServerSentEvents, ndjson: createLines, 'aws-event-stream': createAwsEventStream };

/** A framing with nothing read. */
export function createFraming(kind: FramingKind, target: FaultTarget): Framing {
  return makers[kind](target);
}
