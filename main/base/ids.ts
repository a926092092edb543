import { randomBytes } from 'node:crypto';

/** Makes ids: 128 random bits in lower-case hex. Injected, so that tests can repeat a run. */
export type Ids = () => string;

/** Random bytes for the next ids: asking the system for each costs more than keeping a document's row. */
let pool = Buffer.alloc(0);
const poolBytes = 4096;

/** Ids from the system's random source. */
export const randomIds: Ids = () => {
  if (pool.length < 16) pool = randomBytes(poolBytes);
  const id = pool.toString('hex', 0, 16);
  pool = pool.subarray(16);
  return id;
};

/** A fresh id under the brand that the caller names. */
export function newId<T extends string>(ids: Ids): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- brands exist for the compiler only; this is where they begin
  return ids() as T;
}

/** The 16 bytes of an id, as tables keep it. */
export function idBytes(id: string): Buffer {
  return Buffer.from(id, 'hex');
}

/** The id of 16 stored bytes. */
export function idOf<T extends string>(bytes: Uint8Array): T {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as above
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('hex') as T;
}
