import { join, relative, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bundlePath, contentType, isBundleUrl, mayLoad } from '../../../main/app/bundle-path.ts';
import { bundleHeaders, contentSecurityPolicy } from '../../../main/app/content-policy.ts';

const folder = join(sep, 'program', 'out', 'renderer');

describe('the bundle', () => {
  it('serves a file under its folder, escapes and query included', () => {
    expect(bundlePath(folder, 'app://bundle/index.html')).toBe(join(folder, 'index.html'));
    expect(bundlePath(folder, 'app://bundle/assets/a%20b.js?v=1#top')).toBe(join(folder, 'assets', 'a b.js'));
  });

  it.each([
    'https://bundle/index.html', 'file:///etc/passwd', 'app://other/index.html', 'app://bundle:81/index.html',
    'app://user@bundle/index.html', 'app://bundle', 'app://bundle/', 'app://bundle//', 'not a url',
    'app://bundle/%2e%2e%2fsecret', 'app://bundle/a%2fb', 'app://bundle/a%5c..%5cb', 'app://bundle/a\\..\\..\\b',
    'app://bundle/%00', 'app://bundle/a%00.html', 'app://bundle/%', 'app://bundle/C:/Windows/win.ini',
  ])('refuses %s', (url) => {
    expect(bundlePath(folder, url)).toBeNull();
  });

  it('keeps dot segments inside, however they are written', () => {
    for (const dots of ['..', '%2e%2e', '.%2E', '%2e.']) {
      const file = bundlePath(folder, `app://bundle/${dots}/${dots}/main/app.js`);
      expect(file === null || file === join(folder, 'main', 'app.js')).toBe(true);
    }
  });

  it('never names a file outside its folder', () => {
    const piece = fc.constantFrom('..', '.', '%2e%2e', '%2f', '%5c', '\\', '/', '//', 'a', '%00', ':', '?', '#', '%c0%ae', 'é');
    fc.assert(fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const file = bundlePath(folder, `app://bundle/${pieces.join('')}`);
      if (file === null) return;
      expect(relative(folder, file)).not.toBe('');
      expect(relative(folder, file).split(sep)[0]).not.toBe('..');
    }));
  });

  it('is not confused by an origin that looks like its own', () => {
    for (const url of ['app://bundle.evil/x', 'APP://BUNDLE/x', 'https://app//bundle/', 'blob:app://bundle/x', 'app:bundle/x']) expect(isBundleUrl(url)).toBe(false);
    expect(isBundleUrl('app://bundle/index.html#a')).toBe(true);
  });

  it('and what a page made itself are all that a window may load', () => {
    for (const url of ['app://bundle/page.js', 'blob:app://bundle/4f', 'data:image/png;base64,AA', 'devtools://devtools/bundled/x.js']) expect(mayLoad(url)).toBe(true);
    for (const url of ['https://example.org/', 'http://127.0.0.1/', 'ws://127.0.0.1/', 'file:///etc/passwd', 'blob:https://example.org/4f', 'app://other/x', 'chrome://version', 'ftp://a/']) expect(mayLoad(url)).toBe(false);
  });

  it('gives modules and WebAssembly the types without which they do not run, and unknown files one that cannot', () => {
    expect(contentType('pdf.worker.min.mjs')).toBe('text/javascript; charset=utf-8');
    expect(contentType('OPENJPEG.WASM')).toBe('application/wasm');
    expect(contentType('Inter.woff2')).toBe('font/woff2');
    expect(contentType('notes.exe')).toBe('application/octet-stream');
  });

  it('allows nothing by default, no inline code, and no origin but its own', () => {
    const directives = new Map(contentSecurityPolicy.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1)]));
    expect(directives.get('default-src')).toEqual(["'none'"]);
    expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
    expect(directives.get('connect-src')).toEqual(["'self'"]);
    const allowed = [...directives.values()].flat();
    expect(allowed.filter((source) => !["'self'", "'none'", "'wasm-unsafe-eval'", 'blob:', 'data:'].includes(source))).toEqual([]);
    expect(bundleHeaders['x-content-type-options']).toBe('nosniff');
  });
});
