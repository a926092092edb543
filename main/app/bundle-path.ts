import { extname, join, relative, sep, isAbsolute } from 'node:path';

/** The scheme and host that the window's page has; nothing else is served. */
export const bundleOrigin = 'app://bundle';

/** The page of every window. */
export const pageUrl = `${bundleOrigin}/index.html`;

const contentTypesByExtension: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.wasm': 'application/wasm',
  '.woff2': 'font/woff2',
  '.ttf': 'font/ttf',
  '.pfb': 'application/x-font-type1',
  '.bcmap': 'application/octet-stream',
  '.icc': 'application/vnd.iccprofile',
};

/** True for a URL of the bundle, and for no other, whatever its spelling. */
export function isBundleUrl(url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, host, username, password } = new URL(url);
  return protocol === 'app:' && host === 'bundle' && username === '' && password === '';
}

/** True for what a window may load: the bundle, data that a page made itself, and the developer tools' own pages. */
export function mayLoad(url: string): boolean {
  if (isBundleUrl(url)) return true;
  if (url.startsWith('blob:')) return isBundleUrl(url.slice('blob:'.length));
  return /^(?:data|devtools):/.test(url);
}

/**
 * The file of the bundle folder that a URL names, or null when it names none: another origin, a path that is not decodable,
 * leaves the folder, or hides a separator or a NUL in an escape. Says nothing about whether the file exists.
 */
export function bundlePath(folder: string, url: string): string | null {
  if (!isBundleUrl(url)) return null;
  const path = decode(new URL(url).pathname);
  if (path === null || /[\0\\:]/.test(path) || path.split('/').includes('..')) return null;
  const file = join(folder, ...path.split('/'));
  const inside = relative(folder, file);
  return inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside) ? null : file;
}

/** The media type to serve a file with; one that the page cannot run for an extension that nobody listed. */
export function contentType(file: string): string {
  return contentTypesByExtension[extname(file).toLowerCase()] ?? 'application/octet-stream';
}

// An escaped slash would name another file than the URL shows, so it is refused with what cannot be decoded.
function decode(path: string): string | null {
  if (/%2f|%5c/i.test(path)) return null;
  try {
    return decodeURIComponent(path);
  } catch {
    return null; // malformed escapes name nothing
  }
}
