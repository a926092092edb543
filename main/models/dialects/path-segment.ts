/** A name as one segment of a path, percent-encoded in full; a name of dots alone, which would climb, is encoded beyond recognition. */
export function pathSegment(name: string): string {
  const encoded = encodeURIComponent(name).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
  return /^\.{1,2}$/.test(encoded) ? encoded.replaceAll('.', '%252E') : encoded;
}
