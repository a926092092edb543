import type { IAudioMetadata, ICommonTagsResult } from 'music-metadata';
import { canonicalText } from '../canonical-text.ts';
import { ExtractFailure, reasons, toExtracted } from '../extracted.ts';
import type { Extracted } from '../extracted.ts';

const extractor = 'recording 1 (music-metadata)';

/** Tags that are shown, in this order, under the names of their fields. */
const shown: readonly (readonly [string, keyof ICommonTagsResult])[] = [
  ['Title', 'title'], ['Subtitle', 'subtitle'], ['Artist', 'artist'], ['Album artist', 'albumartist'], ['Composer', 'composer'], ['Writer', 'writer'], ['Album', 'album'], ['Date', 'date'], ['Genre', 'genre'],
  ['Show', 'tvShow'], ['Episode', 'tvEpisode'], ['Description', 'description'], ['Copyright', 'copyright'], ['Publisher', 'label'], ['Comment', 'comment'],
];

/**
 * What a recording of sound or pictures carries about itself (ID3, Vorbis comments, MP4 and Matroska tags, RIFF), read with music-metadata: title, names,
 * date, comments, lyrics, chapters and its length, a line each. What is said in it is not transcribed; a recording without words is `no-text`.
 */
export async function extractRecording(bytes: Uint8Array, _name: string, mediaType: string): Promise<Extracted> {
  const { parseBuffer } = await import('music-metadata');
  let read: IAudioMetadata;
  try {
    const parse = (content: Uint8Array): Promise<IAudioMetadata> => parseBuffer(content, { mimeType: mediaType, size: content.length }, { skipCovers: true, includeChapters: true });
    read = await parse(bytes).catch((error: unknown) => {
      const tags = withoutMedia(bytes);
      if (tags === null) throw error;
      return parse(tags);
    });
  } catch (cause) {
    if (cause instanceof Error && /unsupported|no supported|guess|determine/i.test(`${cause.name} ${cause.message}`)) return toExtracted({ type: 'other', mediaType, extractor, reason: reasons.noWords });
    throw new ExtractFailure(reasons.damaged('recording'), cause);
  }
  const { common, format } = read;
  const lines = shown.flatMap(([name, key]) => valuesOf(common[key]).map((value) => `${name}: ${value}`));
  lines.push(...valuesOf(common.lyrics).map((value) => `Lyrics: ${value}`), ...(format.chapters ?? []).map(({ title }) => `Chapter: ${title}`));
  const year = common.date === undefined && common.year !== undefined ? [`Date: ${common.year}`] : [];
  const track = common.track.no === null ? [] : [`Track: ${common.track.no}`];
  const length = format.duration === undefined ? [] : [`Length: ${lengthOf(format.duration)}`];
  const text = canonicalText([...lines, ...year, ...(lines.length > 0 ? [...track, ...length] : [])].join('\n'));
  const made = common.date === undefined ? Number.NaN : Date.parse(common.date);
  return toExtracted({ type: 'other', mediaType, extractor, text, title: common.title ?? null, author: common.artist ?? null, createdAt: Number.isFinite(made) && made >= 0 ? made : null, reason: text === '' ? reasons.noWords : null });
}

/** ISO 14496-12, 4.2: the whole boxes of a file of the MP4 family but those of sound and pictures, which a broken one ends in; null where there is no box of tags. */
function withoutMedia(bytes: Uint8Array): Uint8Array | null {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const kept: Buffer[] = [];
  let hasTags = false;
  for (let at = 0; at + 8 <= file.length; ) {
    const size = file.readUInt32BE(at);
    const kind = file.toString('latin1', at + 4, at + 8);
    if (size < 8 || at + size > file.length) break;
    if (kind === 'ftyp' || kind === 'moov') kept.push(file.subarray(at, at + size));
    hasTags ||= kind === 'moov';
    at += size;
  }
  return hasTags ? Buffer.concat(kept) : null;
}

/** Texts of a tag, whatever form the library gives it: a text, a number, lists of them, objects with a `text`. */
function valuesOf(value: unknown): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap(valuesOf))];
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
  if (typeof value === 'number') return [String(value)];
  if (typeof value !== 'object' || value === null || !('text' in value)) return [];
  const synchronised = 'syncText' in value && Array.isArray(value.syncText) ? valuesOf(value.syncText) : [];
  const own = valuesOf(value.text);
  return own.length > 0 ? own : synchronised.length > 0 ? [synchronised.join('\n')] : [];
}

/** Hours, minutes and seconds, as players show them. */
function lengthOf(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${two(Math.floor(whole / 3600))}:${two(Math.floor(whole / 60) % 60)}:${two(whole % 60)}`;
}
