import type { ByteSource } from '../byte-source.ts';
import { ExtractFailure, reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { readMembers } from '../members.ts';
import type { MemberSink } from '../members.ts';
import { zipContent, zipEntries } from '../zip-directory.ts';
import { salvagedMembers } from '../zip-salvage.ts';

/**
 * A ZIP archive (APPNOTE 6.3.10), read by its central directory with Node's zlib; every member becomes a child. Only one member is held
 * at a time, so its size does not matter. Where the directory is missing, as in a download that broke off, members are taken in their
 * order as far as they go, the last one as far as it is there. Stored, deflate and Zstandard are
 * unpacked; members that are encrypted, by AES or the traditional way, are opened with the passwords that were given.
 */
export async function extractZip(source: ByteSource, _name: string, mediaType: string, sink: MemberSink, passwords: readonly string[] = []): Promise<Extracted> {
  return readMembers(async () => {
    const entries = await zipEntries(source);
    if (entries === null) {
      for await (const { path, content } of salvagedMembers(source, sink.largest)) {
        if (content instanceof Uint8Array) await sink.add({ path, bytes: content });
        else await sink.lose(path, content);
      }
      throw new ExtractFailure(reasons.cutShort);
    }
    for (const entry of entries) {
      if (entry.kind === 'folder') continue;
      const content = await zipContent(source, entry, sink.largest(), passwords);
      if (content instanceof Uint8Array) await sink.add({ path: entry.path, bytes: content });
      else await sink.lose(entry.path, content, entry.sizeBytes);
    }
  }, sink, { mediaType, extractor: 'zip 1' }, reasons.damaged('ZIP archive'));
}
