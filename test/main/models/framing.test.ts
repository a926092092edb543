import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Frame } from '../../../main/models/framing/frame.ts';
import { createFraming, type FramingKind } from '../../../main/models/framing/framing.ts';
import { crc, event, exception, message, type HeaderValue } from '../../support/model-servers/event-stream.ts';

const target = { name: 'Harbour model', model: 'small-1' };
/** Everything that a stream in these pieces comes to. */
const read = (kind: FramingKind, pieces: readonly Uint8Array[]): { readonly frames: Frame[]; readonly fault: string | null } => {
  const framing = createFraming(kind, target);
  const frames = [...pieces.flatMap((piece) => framing.feed(piece)), ...framing.end()];
  return { frames, fault: framing.fault()?.code ?? null };
};
/** The bytes, cut wherever the numbers say. */
const cut = (bytes: Uint8Array, places: readonly number[]): Uint8Array[] => [0, ...places.map((place) => place % (bytes.length + 1)).toSorted((a, b) => a - b)].map((from, index, all) => bytes.subarray(from, all[index + 1]));
const places = fc.array(fc.nat(), { maxLength: 12 });

describe('AWS’s event stream', () => {
  const every: Readonly<Record<string, HeaderValue>> = {
    yes: true, no: false, byte: { int: 1, value: 7n }, short: { int: 2, value: 700n }, int: { int: 4, value: 70_000n }, long: { int: 8, value: 7n }, bytes: Uint8Array.of(1, 2, 3), at: new Date(5), id: { uuid: new Uint8Array(16) },
  };

  test('the checksum of the tests is the known one', () => {
    expect(crc(Buffer.from('123456789'))).toBe(0xcbf43926);
  });

  test('is read with headers of every type, however it is cut', () => {
    const bytes = Buffer.concat([event('contentBlockDelta', { delta: { text: 'détail' } }), message({ ...every, ':message-type': 'event', ':event-type': 'metadata' }, '{}'), exception('throttlingException', 'slow')]);
    fc.assert(fc.property(places, (where) => {
      expect(read('aws-event-stream', cut(bytes, where))).toEqual({ fault: null, frames: [
        { event: 'contentBlockDelta', data: '{"delta":{"text":"détail"}}', code: null },
        { event: 'metadata', data: '{}', code: null },
        { event: 'error', data: '{"message":"slow"}', code: 'throttlingException' },
      ] });
    }));
  });

  test('of a kind of message that is not known says nothing, and an error without a body has its code', () => {
    expect(read('aws-event-stream', [message({ ':message-type': 'weather' }, '{}'), message({ ':message-type': 'error', ':error-code': 'internal', ':error-message': 'no' }, '')]).frames).toEqual([{ event: 'error', data: '{"message":"no"}', code: 'internal' }]);
  });

  test('with any one bit wrong gives no frame', () => {
    const bytes = event('messageStop', { stopReason: 'end_turn' });
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const wrong = Uint8Array.from(bytes, (byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
      expect(read('aws-event-stream', [wrong])).toMatchObject({ frames: [], fault: 'endpoint.server-failed' });
    }
  });

  test('that lies about its lengths is not waited for', () => {
    const claim = (total: number, headers: number): Buffer => {
      const prelude = Buffer.alloc(8);
      prelude.writeUInt32BE(total, 0);
      prelude.writeUInt32BE(headers, 4);
      const sum = Buffer.alloc(4);
      sum.writeUInt32BE(crc(prelude));
      return Buffer.concat([prelude, sum]);
    };
    expect(read('aws-event-stream', [claim(0xffff_ffff, 0)]).fault).toBe('endpoint.not-a-model');
    expect(read('aws-event-stream', [claim(64, 0xffff_ffff)]).fault).toBe('endpoint.not-a-model');
    expect(read('aws-event-stream', [claim(15, 0)]).fault).toBe('endpoint.server-failed');
    expect(read('aws-event-stream', [claim(64, 60)]).fault).toBe('endpoint.server-failed');
  });

  test('with headers that run over their end gives no frame', () => {
    const bytes = message({ a: 'xyz' }, '');
    bytes.writeUInt16BE(900, 12 + 1 + 1 + 1);
    bytes.writeUInt32BE(crc(bytes.subarray(0, -4)), bytes.length - 4);
    expect(read('aws-event-stream', [bytes])).toEqual({ frames: [], fault: 'endpoint.server-failed' });
  });

  test('is not read on after the first fault', () => {
    expect(read('aws-event-stream', [Buffer.alloc(16), event('messageStop', {})])).toEqual({ frames: [], fault: 'endpoint.server-failed' });
  });
});

describe('lines of JSON', () => {
  test('are read however they are cut, the last without its end', () => {
    const bytes = Buffer.from('{"a":"détail"}\r\n\n{"b":2}\n{"c":3}');
    fc.assert(fc.property(places, (where) => {
      expect(read('ndjson', cut(bytes, where)).frames.map(({ data }) => JSON.parse(data) as unknown)).toEqual([{ a: 'détail' }, { b: 2 }, { c: 3 }]);
    }));
  });

  test('that never end are given up', () => {
    expect(read('ndjson', Array.from({ length: 5 }, () => Buffer.alloc(1024 * 1024, 'x'))).fault).toBe('endpoint.not-a-model');
  });
});
