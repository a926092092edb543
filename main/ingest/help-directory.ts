import { unpackLzx } from './lzx.ts';

/** An entry of the directory: where it lies in its section, 0 for what is stored as it is, 1 for what is packed. */
interface Entry {
  readonly name: string;
  readonly section: number;
  readonly at: number;
  readonly sizeBytes: number;
}

const content = '::DataSpace/Storage/MSCompressed/Content';
const control = '::DataSpace/Storage/MSCompressed/ControlData';
const resets = /^::DataSpace\/Storage\/MSCompressed\/Transform\/\{[^}]+\}\/InstanceData\/ResetTable$/;
const mostEntries = 100_000;
const mostUnpacked = 512 * 2 ** 20;

/** The files of compiled help whose names match, in the order of the directory; null in the place of one that is damaged. Null where the file has no directory. */
export function helpFiles(file: Buffer, wanted: RegExp): (Buffer | null)[] | null {
  if (file.length < 0x60 || file.toString('latin1', 0, 4) !== 'ITSF') return null;
  const version = file.readUInt32LE(4);
  const directoryAt = Number(file.readBigUInt64LE(0x48));
  const entries = listed(file, directoryAt);
  if (entries === null) return null;
  const dataAt = version >= 3 ? Number(file.readBigUInt64LE(0x58)) : directoryAt + Number(file.readBigUInt64LE(0x50));
  const stored = ({ at, sizeBytes }: Entry): Buffer => file.subarray(dataAt + at, dataAt + at + sizeBytes);
  const named = (name: string): Buffer | null => {
    const entry = entries.find((one) => one.name === name);
    return entry === undefined ? null : stored(entry);
  };
  const table = entries.find(({ name }) => resets.test(name));
  const read = packedReader(named(content), named(control), table === undefined ? null : stored(table));
  return entries.filter(({ name, sizeBytes }) => wanted.test(name) && sizeBytes > 0).map((entry) => (entry.section === 0 ? stored(entry) : read(entry.at, entry.sizeBytes)));
}

/** Chunks of names and places; numbers are of seven bits a byte, the highest first. */
function listed(file: Buffer, at: number): Entry[] | null {
  if (at + 0x54 > file.length || file.toString('latin1', at, at + 4) !== 'ITSP') return null;
  const headBytes = file.readUInt32LE(at + 8);
  const chunkBytes = file.readUInt32LE(at + 0x10);
  const chunks = file.readUInt32LE(at + 0x2c);
  const entries: Entry[] = [];
  if (chunkBytes < 32) return null;
  for (let chunk = 0; chunk < chunks && entries.length < mostEntries; chunk += 1) {
    const from = at + headBytes + chunk * chunkBytes;
    const body = file.subarray(from, from + chunkBytes);
    if (body.length < 20 || body.toString('latin1', 0, 4) !== 'PMGL') continue;
    let place = 20;
    const number = (): number => {
      let value = 0;
      for (let byte = 0x80; byte >= 0x80 && place < body.length; place += 1) {
        byte = body[place] ?? 0;
        value = value * 128 + (byte & 127);
      }
      return value;
    };
    const end = Math.max(place, chunkBytes - body.readUInt32LE(4));
    while (place < end) {
      const length = number();
      const name = body.toString('utf8', place, place + length);
      place += length;
      entries.push({ name, section: number(), at: number(), sizeBytes: number() });
    }
  }
  return entries;
}

/** Reads from the packed section, whose runs begin anew at every so many frames; each is unpacked once. */
function packedReader(packed: Buffer | null, data: Buffer | null, table: Buffer | null): (at: number, sizeBytes: number) => Buffer | null {
  if (packed === null || data === null || table === null || data.length < 24 || table.length < 40) return () => null;
  const unit = data.readUInt32LE(8) >= 2 ? 0x8000 : 1;
  const windowBits = Math.round(Math.log2(data.readUInt32LE(16) * unit));
  const frame = Number(table.readBigUInt64LE(0x20));
  const total = Math.min(mostUnpacked, Number(table.readBigUInt64LE(0x10)));
  const interval = (data.readUInt32LE(12) * unit) / Math.max(1, frame);
  const runBytes = Math.max(1, Math.round(interval)) * frame;
  const placesAt = table.readUInt32LE(0x0c);
  const placeOf = (number: number): number => (placesAt + number * 8 + 8 <= table.length ? Number(table.readBigUInt64LE(placesAt + number * 8)) : packed.length);
  const runs = new Map<number, Buffer | null>();
  const run = (number: number): Buffer | null => {
    const known = runs.get(number);
    if (known !== undefined) return known;
    let made: Buffer | null = null;
    try {
      const frames = runBytes / frame;
      made = unpackLzx(packed.subarray(placeOf(number * frames), placeOf((number + 1) * frames)), Math.min(runBytes, total - number * runBytes), windowBits);
    } catch {
      // A damaged run costs the files in it.
    }
    runs.set(number, made);
    return made;
  };
  return (at, sizeBytes) => {
    if (at + sizeBytes > total || frame === 0) return null;
    const parts: Buffer[] = [];
    for (let from = at; from < at + sizeBytes; ) {
      const number = Math.floor(from / runBytes);
      const part = run(number)?.subarray(from - number * runBytes, Math.min(runBytes, at + sizeBytes - number * runBytes));
      if (part === undefined || part.length === 0) return null;
      parts.push(part);
      from += part.length;
    }
    return Buffer.concat(parts);
  };
}
