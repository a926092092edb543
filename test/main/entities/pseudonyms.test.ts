import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createPseudonyms, createRestorer, findPersonalData, originalRange, type PersonalDataType, type Span } from '../../../main/entities/index.ts';

function span(text: string, part: string, type: PersonalDataType, value = part): Span {
  const start = text.indexOf(part);
  return { start, end: start + part.length, type, text: part, value };
}

const types: PersonalDataType[] = ['PERSON', 'EMAIL_ADDRESS', 'ORGANIZATION', 'AGE', 'GPE', 'TITLE'];
/** Texts that are full of names, of stand-ins whole and broken, and of what could run into them. */
const piece = fc.oneof(
  fc.constantFrom('Bob', 'bob', 'Karin Beike', 'Beike', 'a@b.org', '[PERSON-1]', 'PERSON-1', '[person 2]', '[EMAIL-1.2]', '[', ']', 'PERSON', '-', '1', '.', '.2', ' ', '\n', '_', 'TEXT-1', '[TEXT-1]', 'ORG-1', '\\', 'é', '\uD835\uDD38', '\uD835', 'AGE-2x', '[ PERSON – 3 ]'),
  fc.string({ maxLength: 6 }),
);
const textAndSpans = fc.array(fc.record({ text: piece, type: fc.option(fc.constantFrom(...types), { nil: null, freq: 2 }) }), { maxLength: 14 }).map((parts) => {
  let text = '';
  const spans: Span[] = [];
  for (const part of parts) {
    const start = text.length;
    text += part.text;
    if (part.type !== null && part.text !== '') spans.push({ start, end: text.length, type: part.type, text: part.text, value: part.text });
  }
  return { text, spans };
});

test('restoring what was replaced gives the text back, for any texts and spans of a conversation', () => {
  fc.assert(fc.property(fc.array(textAndSpans, { minLength: 1, maxLength: 4 }), (conversation) => {
    const pseudonyms = createPseudonyms();
    const replaced = conversation.map(({ text, spans }) => pseudonyms.replace(text, spans).text);
    for (const [index, { text }] of conversation.entries()) expect(pseudonyms.restore(replaced[index] ?? '')).toBe(text);
  }), { numRuns: 2000 });
});

test('restoring in pieces gives what restoring the whole gives, wherever the pieces are cut', () => {
  fc.assert(fc.property(textAndSpans, fc.array(piece, { maxLength: 12 }), fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 40 }), ({ text, spans }, more, sizes) => {
    const pseudonyms = createPseudonyms();
    const answer = `${more.join('')}${pseudonyms.replace(text, spans).text}${more.join('')}`;
    const restorer = createRestorer(pseudonyms);
    let out = '';
    for (let at = 0, turn = 0; at < answer.length; turn += 1) {
      const size = sizes[turn % sizes.length] ?? 1;
      out += restorer.push(answer.slice(at, at + size));
      at += size === 0 && turn % 2 === 1 ? 1 : size;
      if (size === 0 && turn % 2 === 1) out += restorer.push(answer.slice(at - 1, at));
    }
    expect(out + restorer.end()).toBe(pseudonyms.restore(answer));
  }), { numRuns: 2000 });
});

test('no value of a replaced span is left standing as words of its own', () => {
  fc.assert(fc.property(fc.array(textAndSpans, { minLength: 1, maxLength: 3 }), (conversation) => {
    const pseudonyms = createPseudonyms();
    for (const { text, spans } of conversation) {
      const { segments } = pseudonyms.replace(text, spans);
      const kept = segments.map(({ original, isStandIn }) => (isStandIn ? '\u0000' : original)).join('');
      for (const { type, text: value } of spans) {
        if (type === 'AGE' || type === 'TITLE' || !/^[\p{L}\p{N}].*[\p{L}\p{N}]$/su.test(value)) continue;
        for (let at = kept.indexOf(value); at !== -1; at = kept.indexOf(value, at + 1)) {
          const isPartOfWord = /[\p{L}\p{M}\p{N}]$/u.test(kept.slice(0, at)) || /^[\p{L}\p{M}\p{N}]/u.test(kept.slice(at + value.length));
          expect(isPartOfWord).toBe(true);
        }
      }
    }
  }), { numRuns: 2000 });
});

test('the same value has the same stand-in in every text, and other spellings are its variants', () => {
  const pseudonyms = createPseudonyms();
  const first = 'Karin Beike wrote to K.Beike@example.org.';
  expect(pseudonyms.replace(first, [span(first, 'Karin Beike', 'PERSON'), span(first, 'K.Beike@example.org', 'EMAIL_ADDRESS', 'k.beike@example.org')]).text).toBe('[PERSON-1] wrote to [EMAIL-1].');
  const second = 'KARIN BEIKE left. Beike (k.beike@example.org) is 40, and Annual Beikeson is not.';
  expect(pseudonyms.replace(second, [span(second, 'Beike', 'PERSON')]).text).toBe('[PERSON-1.3] left. [PERSON-1.2] ([EMAIL-1.2]) is 40, and Annual Beikeson is not.');
  expect(pseudonyms.restore('[PERSON-1], [PERSON-1.2] and [PERSON-1.3] have [EMAIL-1.2]')).toBe('Karin Beike, Beike and KARIN BEIKE have k.beike@example.org');
});

test('a value is replaced wherever it stands, also where it was not found', () => {
  const pseudonyms = createPseudonyms();
  const text = 'Ask Anna. Annals are for Anna; ANNA signs, and us and anna do not; the US did. Age 26, 26 items.';
  expect(pseudonyms.replace(text, [span(text, 'Anna', 'PERSON'), span(text, 'US', 'GPE'), span(text, '26', 'AGE')]).text)
    .toBe('Ask [PERSON-1]. Annals are for [PERSON-1]; [PERSON-1.2] signs, and us and anna do not; the [PLACE-1] did. Age [AGE-1], 26 items.');
});

test('text that looks like a stand-in is itself replaced, so that it cannot be taken for one', () => {
  const pseudonyms = createPseudonyms();
  const text = 'The form says [PERSON-1] where Bob stands.';
  const replaced = pseudonyms.replace(text, [span(text, 'Bob', 'PERSON')]);
  expect(replaced.text).toBe('The form says [TEXT-1] where [PERSON-1] stands.');
  expect(pseudonyms.restore(replaced.text)).toBe(text);
});

test('what models make of a stand-in is restored, and what they invent is left', () => {
  const pseudonyms = createPseudonyms();
  const text = 'Bob works for Acme.';
  pseudonyms.replace(text, [span(text, 'Bob', 'PERSON'), span(text, 'Acme', 'ORGANIZATION')]);
  for (const form of ['[PERSON-1]', '[person-1]', '[Person 1]', '[PERSON_1]', '[PERSON–1]', '[PERSON‑1]', '[ PERSON - 1 ]', '[PERSON1]', 'PERSON-1', '[PERSON-1.9]']) expect(pseudonyms.restore(`So ${form} said`)).toBe('So Bob said');
  for (const other of ['[PERSON-2]', 'person-1', 'PERSON 1', 'XPERSON-1', 'PERSON-12', '[PERSON-]', 'page-1']) expect(pseudonyms.restore(`So ${other} said`)).toBe(`So ${other} said`);
  expect(pseudonyms.restore("**[PERSON-1]**'s (ORG-1.5 million)")).toBe("**Bob**'s (Acme.5 million)");
});

test('a stream shows at once what can be no stand-in, and never a half of one', () => {
  const pseudonyms = createPseudonyms();
  const text = 'Bob';
  pseudonyms.replace(text, [span(text, 'Bob', 'PERSON')]);
  const restorer = createRestorer(pseudonyms);
  expect(restorer.push('it was late. [PER')).toBe('it was late. ');
  expect(restorer.push('SON-1')).toBe('');
  expect(restorer.push('] left')).toBe('Bob left');
  expect(restorer.push(' with PERSON-1')).toBe(' with ');
  expect(restorer.end()).toBe('Bob');
});

test('a quote in the replaced text is found in the original, whole where it touches a stand-in', () => {
  const text = 'Yesterday Karin Beike met Bob in Lyon.';
  const replaced = createPseudonyms().replace(text, [span(text, 'Karin Beike', 'PERSON'), span(text, 'Bob', 'PERSON')]);
  const mapped = (quote: string): string => {
    const start = replaced.text.indexOf(quote);
    const range = originalRange(replaced, start, start + quote.length);
    return text.slice(range.start, range.end);
  };
  expect(mapped('[PERSON-1] met')).toBe('Karin Beike met');
  expect(mapped('met [PERSON-2]')).toBe('met Bob');
  expect(mapped('SON-1] m')).toBe('Karin Beike m');
  expect(mapped('in Lyon.')).toBe('in Lyon.');
  expect(mapped('Yesterday')).toBe('Yesterday');
  expect(originalRange(replaced, 0, replaced.text.length)).toEqual({ start: 0, end: text.length });
  expect(originalRange(replaced, 3, 3)).toEqual({ start: 3, end: 3 });
});

test('what is found, replaced and restored comes back as it was', () => {
  const text = 'Dear Mrs. Okafor,\nyour card 4111 1111 1111 1111 was sent to Lindenstraße 14, 10969 Berlin. Call +49 30 1234567 or write to help@example.org.\nRegards, Petra Vogel';
  const pseudonyms = createPseudonyms();
  const { text: replaced } = pseudonyms.replace(text, findPersonalData(text));
  for (const secret of ['Okafor', '4111', 'Linden', '1234567', 'help@', 'Vogel']) expect(replaced).not.toContain(secret);
  expect(pseudonyms.restore(replaced)).toBe(text);
});
