import { expect, test } from 'vitest';
import { thirdPartyNotices } from '../../resources/build/notices.ts';

test('what is packaged carries the notices of the packages that it uses, and of libarchive, which its package leaves out, and of libheif, which may be replaced', () => {
  const notices = thirdPartyNotices();
  expect(notices).toContain('Tim Kientzle');
  expect(notices).toMatch(/GNU Lesser General Public License[^]*put it in their place/);
  for (const name of ['mammoth', 'music-metadata', 'pdfjs-dist', 'react', 'undici']) expect(notices).toMatch(new RegExp(`\\n${name} \\d+\\.`));
  expect(notices).not.toMatch(/\n(?:vitest|playwright|electron-builder) \d/);
});
