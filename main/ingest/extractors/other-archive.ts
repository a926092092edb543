import { readFile } from 'node:fs/promises';
import { libarchiveWasm } from 'libarchive-wasm';
import library from 'libarchive-wasm/package.json' with { type: 'json' };
import { ExtractFailure, reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import type { ByteSource } from '../byte-source.ts';
import { largestMemberBytes, readMembers } from '../members.ts';
import type { MemberSink } from '../members.ts';
import { packagedFile } from '../packaged-file.ts';

/** The library's functions that are used, by libarchive(3); its own typings of its module name what is not in the package. */
interface Libarchive {
  readonly module: { readonly HEAP8: Int8Array; readonly _malloc: (bytes: number) => number; readonly _free: (at: number) => void };
  readonly version_string: () => string;
  readonly read_new_memory: (at: number, bytes: number) => number;
  /** 0 at the end, and where it cannot go on. */
  readonly read_next_entry: (archive: number) => number;
  /** Throws where the library reports a failure. */
  readonly read_data: (archive: number, at: number, bytes: number) => number;
  readonly read_free: (archive: number) => number;
  readonly error_string: (archive: number) => string | null;
  readonly entry_filetype: (entry: number) => number;
  readonly entry_pathname: (entry: number) => string | null;
  readonly entry_size: (entry: number) => number;
  readonly entry_is_encrypted: (entry: number) => number;
}

/** File types of archive_entry(3), as in stat(2). */
const regular = 0o100000;
const folder = 0o040000;
const link = 0o120000;
const stepBytes = 2 ** 20;

/**
 * A 7-Zip or RAR archive (RAR 4 and 5, read by libarchive's own reader, which owes nothing to unrar), a cabinet, ISO image, cpio, ar or
 * LHA archive, read with libarchive as WebAssembly. The library wants the whole archive in memory. Encrypted members and encrypted
 * directories are listed or refused as such.
 */
export async function extractOtherArchive(source: ByteSource, _name: string, mediaType: string, sink: MemberSink): Promise<Extracted> {
  if (source.sizeBytes > largestMemberBytes) throw new ExtractFailure(reasons.tooLarge);
  const archive = await open(await source.read(0, source.sizeBytes));
  try {
    return await readMembers(() => archive.each(sink), sink, { mediaType, extractor: `archive 1 (${archive.version}, libarchive-wasm ${library.version})` }, reasons.damaged('archive'));
  } finally {
    archive.close();
  }
}

/** A new instance for each archive: what one archive did to the library's memory ends with it. */
async function open(bytes: Uint8Array): Promise<{ readonly version: string; readonly each: (sink: MemberSink) => Promise<void>; readonly close: () => void }> {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- see Libarchive
  const api = (await libarchiveWasm({ wasmBinary: await readFile(packagedFile('libarchive.wasm', 'libarchive-wasm', 'dist', 'libarchive.wasm')) })) as unknown as Libarchive;
  const at = api.module._malloc(bytes.length);
  api.module.HEAP8.set(bytes, at);
  let archive = 0;
  try {
    archive = api.read_new_memory(at, bytes.length);
  } catch (cause) {
    throw new ExtractFailure(reasons.damaged('archive'), cause);
  }
  const complaint = (): string => api.error_string(archive) ?? '';
  return {
    version: api.version_string(),
    each: async (sink) => {
      for (let entry = api.read_next_entry(archive); entry !== 0; entry = api.read_next_entry(archive)) {
        const type = api.entry_filetype(entry);
        if (type === folder) continue;
        const path = api.entry_pathname(entry) ?? '';
        const sizeBytes = api.entry_size(entry);
        if (api.entry_is_encrypted(entry) !== 0) await sink.lose(path, reasons.encryptedOtherwise, sizeBytes);
        else if (type === link) await sink.lose(path, reasons.memberLink, 0);
        else if (type !== regular && type !== 0) await sink.lose(path, reasons.memberSpecial, 0);
        else {
          const content = contentOf(api, archive, sink.largest());
          if (content === 'too-large') await sink.lose(path, reasons.memberTooLarge, sizeBytes);
          else if (content === 'damaged') await sink.lose(path, /encrypt|passphrase|password/i.test(complaint()) ? reasons.encryptedOtherwise : reasons.memberDamaged, sizeBytes);
          else await sink.add({ path, bytes: content });
        }
      }
      // The library says nothing at a proper end.
      const said = complaint();
      if (said !== '') throw new ExtractFailure(/encrypt/i.test(said) ? reasons.encryptedOtherwise : reasons.cutShort);
    },
    close: () => {
      api.read_free(archive);
      api.module._free(at);
    },
  };
}

/** All of the current member by steps, whatever length it claims. */
function contentOf(api: Libarchive, archive: number, largest: number): Uint8Array | 'too-large' | 'damaged' {
  const parts: Uint8Array[] = [];
  let sizeBytes = 0;
  const at = api.module._malloc(stepBytes);
  try {
    for (let read = api.read_data(archive, at, stepBytes); read > 0; read = api.read_data(archive, at, stepBytes)) {
      sizeBytes += read;
      if (sizeBytes > largest) return 'too-large';
      parts.push(Uint8Array.from(api.module.HEAP8.subarray(at, at + read)));
    }
    return Buffer.concat(parts);
  } catch {
    return 'damaged';
  } finally {
    api.module._free(at);
  }
}
