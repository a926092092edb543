/** What a picture file says of itself: EXIF, IPTC, XMP and text chunks, read with ExifReader (MPL-2.0) without decoding a pixel. */
import reader from 'exifreader';
import type { Property } from '../../preload/contract/domains/documents.ts';
import { isRecord } from '../base/is-record.ts';
import { canonicalText } from './canonical-text.ts';

export interface PictureFacts {
  /** EXIF's, 1 to 8; 1 when it says none. */
  readonly orientation: number;
  /** Null when it says none. */
  readonly dpi: number | null;
  readonly title: string | null;
  readonly author: string | null;
  /** Of the exposure, as the camera's clock had it; without a zone it is taken as UTC. */
  readonly createdAt: number | null;
  readonly modifiedAt: number | null;
  /** Titles, captions, comments and keywords that people wrote, each once, canonical. */
  readonly texts: readonly string[];
  readonly properties: readonly Property[];
}

const longestText = 20_000;

/** Reads the facts; a file without any, or with damaged ones, has none. */
export function pictureFacts(bytes: Uint8Array): PictureFacts {
  const groups = load(bytes);
  const first = (...names: readonly string[]): string | null => {
    for (const name of names) {
      const [group, tag] = [name.slice(0, name.indexOf('.')), name.slice(name.indexOf('.') + 1)];
      const found = lineOf(valueOf(groups, group, tag));
      if (found !== null) return found;
    }
    return null;
  };
  const texts = new Set<string>();
  for (const [group, tags] of written) {
    for (const tag of tags) {
      const text = textOf(valueOf(groups, group, tag));
      if (text !== null) texts.add(text);
    }
  }
  const chunks: unknown = groups['pngText'];
  if (isRecord(chunks)) {
    for (const [key, tag] of Object.entries(chunks)) {
      const text = /^(?:icc|date|exif|Raw profile|XML:|software|creation time|creation-time)/i.test(key) ? null : textOf(isRecord(tag) ? tag['description'] : null);
      if (text !== null) texts.add(text);
    }
  }
  const latitude = coordinate(groups, 'Latitude');
  const longitude = coordinate(groups, 'Longitude');
  const properties: Property[] = [];
  const put = (name: string, value: string | null): void => {
    if (value !== null) properties.push({ name, value });
  };
  const camera = [first('exif.Make', 'xmp.Make'), first('exif.Model', 'xmp.Model')].filter((part) => part !== null);
  put('Camera', camera.length === 0 ? null : [...new Set(camera)].join(' '));
  put('Lens', first('exif.LensModel'));
  put('Position', latitude === null || longitude === null ? null : `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`);
  put('Made with', first('exif.Software', 'xmp.CreatorTool'));
  put('Copyright', first('exif.Copyright', 'iptc.Copyright Notice', 'xmp.rights'));
  return {
    orientation: orientationOf(groups),
    dpi: dpiOf(groups),
    title: first('xmp.title', 'iptc.Headline', 'iptc.Object Name', 'exif.XPTitle', 'pngText.Title'),
    author: first('exif.Artist', 'iptc.By-line', 'xmp.creator', 'pngText.Author'),
    createdAt: timeOf(first('exif.DateTimeOriginal', 'exif.DateTimeDigitized', 'xmp.CreateDate'), first('exif.OffsetTimeOriginal', 'exif.OffsetTime')),
    modifiedAt: timeOf(first('exif.DateTime', 'xmp.ModifyDate'), first('exif.OffsetTime')),
    texts: [...texts],
    properties,
  };
}

type Groups = Readonly<Record<string, unknown>>;

/** Where people's own words stand, by group. */
const written: readonly (readonly [string, readonly string[]])[] = [
  ['xmp', ['title', 'Headline', 'description', 'UserComment', 'Instructions', 'subject']],
  ['iptc', ['Object Name', 'Headline', 'Caption/Abstract', 'Special Instructions', 'Keywords']],
  ['exif', ['XPTitle', 'XPSubject', 'ImageDescription', 'XPComment', 'UserComment', 'XPKeywords']],
  ['file', ['Comment']],
];

function load(bytes: Uint8Array): Groups {
  try {
    const found: unknown = reader.load(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length), { expanded: true });
    return isRecord(found) ? found : {};
  } catch {
    // Metadata that cannot be read costs the metadata, never the picture.
    return {};
  }
}

function tagOf(groups: Groups, group: string, tag: string): unknown {
  const tags = groups[group];
  return isRecord(tags) ? tags[tag] : undefined;
}

/** The library's description; of a list, of all its parts. */
function valueOf(groups: Groups, group: string, tag: string): unknown {
  const found = tagOf(groups, group, tag);
  if (Array.isArray(found)) return found.map((one: unknown) => (isRecord(one) ? one['description'] : null)).filter((one) => typeof one === 'string').join(', ');
  return isRecord(found) ? found['description'] : undefined;
}

function textOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const text = canonicalText(value.slice(0, longestText)).trim();
  return text === '' || text === '[Unicode encoded text]' || !/[\p{L}\p{N}]/u.test(text) ? null : text;
}

const lineOf = (value: unknown): string | null => textOf(value)?.replace(/\s+/g, ' ').slice(0, 500) ?? null;

function coordinate(groups: Groups, name: string): number | null {
  const value = tagOf(groups, 'gps', name);
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function numberOf(groups: Groups, group: string, tag: string): number | null {
  const found = tagOf(groups, group, tag);
  const value: unknown = isRecord(found) ? found['value'] : null;
  if (typeof value === 'number') return value;
  // A fraction: numerator and denominator.
  if (Array.isArray(value) && typeof value[0] === 'number') return typeof value[1] === 'number' && value[1] !== 0 ? value[0] / value[1] : value[0];
  return null;
}

function orientationOf(groups: Groups): number {
  const value = numberOf(groups, 'exif', 'Orientation');
  return value !== null && value >= 1 && value <= 8 ? value : 1;
}

function dpiOf(groups: Groups): number | null {
  const perMetre = numberOf(groups, 'png', 'Pixels Per Unit X');
  if (perMetre !== null) return perMetre / 39.37;
  for (const [group, unit, inches, centimetres] of [['exif', 'ResolutionUnit', 2, 3], ['jfif', 'Resolution Unit', 1, 2]] as const) {
    const [value, measure] = [numberOf(groups, group, 'XResolution'), numberOf(groups, group, unit)];
    if (value !== null && value > 0 && (measure === inches || measure === centimetres)) return measure === centimetres ? value * 2.54 : value;
  }
  return null;
}

/** EXIF writes `2010:07:28 11:02:12`, XMP as ISO 8601. */
function timeOf(text: string | null, offset: string | null): number | null {
  const parts = text === null ? null : /^(\d{4})[:-](\d\d)[:-](\d\d)[ T](\d\d):(\d\d)(?::(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?$/.exec(text);
  if (parts === null) return null;
  const [, year, month, day, hour, minute, second = '00', own] = parts;
  const zone = own ?? (offset !== null && /^[+-]\d\d:\d\d$/.test(offset) ? offset : 'Z');
  const at = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
  return Number.isFinite(at) && at >= 0 ? at : null;
}
