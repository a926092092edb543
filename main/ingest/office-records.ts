/** A record of a PowerPoint or drawing stream ([MS-PPT] 2.3.1, [MS-ODRAW] 2.2.1). */
export interface OfficeRecord {
  readonly type: number;
  readonly instance: number;
  readonly isContainer: boolean;
  /** Without its head; shorter than it says where the stream ends. */
  readonly body: Buffer;
}

const headBytes = 8;
/** Records of one document: a made file could nest for ever. */
const deepest = 64;

/** The record at a place; null where none fits. */
export function recordAt(stream: Buffer, at: number): OfficeRecord | null {
  if (at < 0 || at + headBytes > stream.length) return null;
  const version = stream.readUInt16LE(at);
  return { type: stream.readUInt16LE(at + 2), instance: version >> 4, isContainer: (version & 15) === 15, body: stream.subarray(at + headBytes, at + headBytes + stream.readUInt32LE(at + 4)) };
}

/** The records that stand in a stream or in a container's body, one after the other. */
export function* recordsIn(body: Buffer): Generator<OfficeRecord, void, undefined> {
  for (let at = 0; at + headBytes <= body.length; ) {
    const record = recordAt(body, at);
    if (record === null) return;
    yield record;
    at += headBytes + body.readUInt32LE(at + 4);
  }
}

/** All records below, containers before what is in them. */
export function* recordsBelow(body: Buffer, depth = 0): Generator<OfficeRecord, void, undefined> {
  if (depth > deepest) return;
  for (const record of recordsIn(body)) {
    yield record;
    if (record.isContainer) yield* recordsBelow(record.body, depth + 1);
  }
}
