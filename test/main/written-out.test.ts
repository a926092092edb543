import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainJson, writtenOut } from '../../main/base/written-out.ts';
import { visibleText } from '../../renderer/lib/visible-text.ts';

const anyText = fc.array(fc.oneof(fc.string({ unit: 'binary', maxLength: 8 }), fc.constantFrom('\u001B[31m', '\u202E', '\u200B', '\u{E0041}', '❤️', 'a\uFE0F', '\r\n', 'e\u0301\u0301\u0301\u0301\u0301', '\u009B2J', '\uDC00'))).map((pieces) => pieces.join(''));

test('what is printed and handed on shows hidden characters as the window does', () => {
  fc.assert(fc.property(anyText, (text) => { expect(writtenOut(text)).toBe(visibleText(text)); }), { numRuns: 500 });
});

test('JSON that is printed holds no hidden character, and the same strings', () => {
  fc.assert(fc.property(anyText, (text) => {
    const json = plainJson(JSON.stringify({ text }));
    expect(writtenOut(json)).toBe(json);
    expect(JSON.parse(json)).toEqual({ text });
  }), { numRuns: 500 });
});
