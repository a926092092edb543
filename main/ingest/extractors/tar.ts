import { pieceReader, piecesOf } from '../byte-source.ts';
import type { ByteSource } from '../byte-source.ts';
import { reasons } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';
import { readMembers } from '../members.ts';
import type { MemberSink } from '../members.ts';
import { tarMembers } from '../tar-blocks.ts';

/** A tar archive (ustar, pax, GNU, and what came before them), read as a stream: only one member is held at a time. Sparse members are listed and not put together. */
export async function extractTar(source: ByteSource, _name: string, mediaType: string, sink: MemberSink): Promise<Extracted> {
  return readMembers(() => takeTar(piecesOf(source), sink), sink, { mediaType, extractor: 'tar 1' }, reasons.damaged('tar archive'));
}

/** Gives the members of a tar stream to the sink. Throws as tarMembers. */
export async function takeTar(pieces: AsyncIterator<Uint8Array>, sink: MemberSink): Promise<void> {
  for await (const { path, sizeBytes, content } of tarMembers(pieceReader(pieces), sink.largest)) {
    if (content instanceof Uint8Array) await sink.add({ path, bytes: content });
    else await sink.lose(path, content, sizeBytes);
  }
}
