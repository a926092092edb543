import fc from 'fast-check';
import { expect, test } from 'vitest';
import { childNames } from '../../../main/ingest/child-names.ts';

const named = (...names: readonly (string | null)[]): string[] => childNames(names.map((name) => ({ name, mediaType: 'application/pdf' })));

test.each<[string, string]>([
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\clerk\\plan.doc', 'plan.doc'],
  ['a\0b\nc.txt', 'a b c.txt'],
  ['invoice\u202Efdp.exe', 'invoice fdp.exe'],
  ['cafe\u0301.txt', 'caf\u00E9.txt'],
  ['..', 'attachment-1.pdf'],
  ['   ', 'attachment-1.pdf'],
])('%j becomes %j', (name, safe) => {
  expect(named(name)).toEqual([safe]);
});

test('the same name twice is numbered, whatever its case and whatever was there before', () => {
  expect(named('scan.pdf', 'SCAN.pdf', 'scan (2).pdf', null, 'attachment-4.pdf')).toEqual(['scan.pdf', 'SCAN (2).pdf', 'scan (2) (2).pdf', 'attachment-4.pdf', 'attachment-4 (2).pdf']);
});

test('any names become different, short, single segments', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.string({ unit: 'binary', maxLength: 300 })), { maxLength: 20 }), (names) => {
      const safe = named(...names);
      expect(new Set(safe.map((name) => name.toLowerCase())).size).toBe(names.length);
      for (const name of safe) {
        expect(name).not.toMatch(/[/\\\p{Cc}\p{Cs}]|^\.*$/u);
        expect(Array.from(name).length).toBeLessThanOrEqual(206);
        expect(name).toBe(name.normalize('NFC'));
      }
    }),
  );
});
