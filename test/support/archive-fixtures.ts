/** Archives, whole and broken, made by the tests themselves. */
import { crc32, deflateRawSync } from 'node:zlib';

/** An entry of a made ZIP file; what is left out is as it should be. */
export interface MadeEntry {
  readonly name: string | Uint8Array;
  readonly bytes: Uint8Array;
  readonly flags?: number;
  readonly method?: number;
  /** What the headers say instead of the truth. */
  readonly saidBytes?: number;
  readonly crc?: number;
  /** A Unix mode, as in 0o120777 for a link. */
  readonly mode?: number;
  /** Bytes to store instead of packing them, as an encrypted entry has them, and its extra field. */
  readonly packedAs?: Uint8Array;
  readonly extra?: Uint8Array;
  /** Refers to the local header of the entry before it. */
  readonly sharesBytes?: boolean;
}

/** A ZIP archive (APPNOTE 4.3) of these entries, packed by deflate unless they say otherwise. */
export function madeZip(entries: readonly MadeEntry[]): Uint8Array {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  let lastAt = 0;
  for (const { name, bytes, flags = 0, method = 8, saidBytes = bytes.length, crc = crc32(bytes), mode = 0, sharesBytes = false, packedAs, extra = new Uint8Array() } of entries) {
    const packed = packedAs !== undefined ? Buffer.from(packedAs) : method === 8 ? deflateRawSync(bytes) : Buffer.from(bytes);
    const nameBytes = Buffer.from(name);
    const shared = Buffer.alloc(26);
    shared.writeUInt16LE(20, 0);
    shared.writeUInt16LE(flags, 2);
    shared.writeUInt16LE(method, 4);
    shared.writeUInt32LE(crc, 10);
    shared.writeUInt32LE(packed.length, 14);
    shared.writeUInt32LE(saidBytes, 18);
    shared.writeUInt16LE(nameBytes.length, 22);
    shared.writeUInt16LE(extra.length, 24);
    const at = sharesBytes ? lastAt : offset;
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(mode * 0x10000, 6);
    tail.writeUInt32LE(at, 10);
    central.push(Buffer.concat([Buffer.from('PK\x01\x02'), Buffer.from([20, mode === 0 ? 0 : 3]), shared, tail, nameBytes, extra]));
    if (sharesBytes) continue;
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), shared, nameBytes, extra, packed]);
    lastAt = offset;
    locals.push(local);
    offset += local.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(entries.length, 4);
  end.writeUInt16LE(entries.length, 6);
  end.writeUInt32LE(directory.length, 8);
  end.writeUInt32LE(offset, 12);
  return Uint8Array.from(Buffer.concat([...locals, directory, Buffer.from('PK\x05\x06'), end]));
}

/** A member of a made tar file. `type` as in the header: 0 file, 1 hard link, 2 link, 3 device, 5 folder, x pax records. */
export interface MadeTarMember {
  readonly name: string;
  readonly type?: string;
  readonly bytes?: Uint8Array;
  readonly saidBytes?: number;
}

/** A tar archive (ustar) with its two closing blocks. */
export function madeTar(members: readonly MadeTarMember[]): Uint8Array {
  const blocks = members.flatMap(({ name, type = '0', bytes = new Uint8Array(), saidBytes = bytes.length }) => {
    const header = Buffer.alloc(512);
    header.write(name, 0, 100, 'utf8');
    header.write('0000644\x000000000\x000000000\x00', 100, 'latin1');
    header.write(`${saidBytes.toString(8).padStart(11, '0')}\x00`, 124, 'latin1');
    header.write('00000000000\x00        ', 136, 'latin1');
    header.write(type, 156, 'latin1');
    header.write('ustar\x0000', 257, 'latin1');
    const sum = header.reduce((total, byte) => total + byte, 0);
    header.write(`${sum.toString(8).padStart(6, '0')}\x00 `, 148, 'latin1');
    return [header, Buffer.from(bytes), Buffer.alloc((512 - (bytes.length % 512)) % 512)];
  });
  return Uint8Array.from(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

/** A pax record for the member that follows it. */
export function paxRecord(key: string, value: string): Uint8Array {
  const rest = ` ${key}=${value}\n`;
  const bare = Buffer.byteLength(rest);
  const length = bare + String(bare + String(bare).length).length;
  return Uint8Array.from(Buffer.from(`${length}${rest}`));
}

/** A RAR 4 archive with one member, stored as it is. */
export function storedRar(name: string, bytes: Uint8Array): Uint8Array {
  const block = (type: number, flags: number, rest: Buffer): Buffer => {
    const head = Buffer.alloc(5);
    head.writeUInt8(type, 0);
    head.writeUInt16LE(flags, 1);
    head.writeUInt16LE(7 + rest.length, 3);
    const whole = Buffer.concat([head, rest]);
    const sum = Buffer.alloc(2);
    sum.writeUInt16LE(crc32(whole) & 0xffff, 0);
    return Buffer.concat([sum, whole]);
  };
  const file = Buffer.alloc(25);
  file.writeUInt32LE(bytes.length, 0);
  file.writeUInt32LE(bytes.length, 4);
  file.writeUInt8(3, 8);
  file.writeUInt32LE(crc32(bytes), 9);
  file.writeUInt8(20, 17);
  file.writeUInt8(0x30, 18);
  file.writeUInt16LE(Buffer.byteLength(name), 19);
  file.writeUInt32LE(0o100644, 21);
  return Uint8Array.from(Buffer.concat([Buffer.from('Rar!\x1a\x07\x00', 'latin1'), block(0x73, 0, Buffer.alloc(6)), block(0x74, 0x8000, Buffer.concat([file, Buffer.from(name)])), bytes, block(0x7b, 0x4000, Buffer.alloc(0))]));
}
