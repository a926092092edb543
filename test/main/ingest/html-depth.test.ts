import { expect, test } from 'vitest';
import { htmlText } from '../../../main/ingest/html-text.ts';
import { ShallowParser } from '../../../main/ingest/shallow-parser.ts';

test.each(['<table><tr><td>', '<svg><p>', '<div>', '<svg><desc>', '<math><mi>'])('of forty thousand times %s no more than a thousand are ever open, and each that was opened is closed', (tags) => {
  let [open, most, opened] = [0, 0, 0];
  const parser = new ShallowParser({
    onopentag: () => {
      open += 1;
      opened += 1;
      most = Math.max(most, open);
    },
    onclosetag: () => { open -= 1; },
  });
  parser.end(tags.repeat(40_000));
  expect([most, open]).toEqual([1000, 0]);
  expect(opened).toBeGreaterThanOrEqual(40_000);
});

test('what lies deeper than a thousand levels is read in its order all the same', () => {
  const words = Array.from({ length: 5000 }, (_, at) => `word${at}`);
  expect(htmlText(words.map((word) => `<div>${word}`).join('')).text.match(/word\d+/g)).toEqual(words);
  expect(htmlText(`${words.map((word) => `<table><tr><td>${word}`).join('')}${'</td></tr></table>'.repeat(5000)}<p>after`).text.match(/word\d+|after/g)).toEqual([...words, 'after']);
});

test('cells of a row stay in a line and cells of several lines break it, however deep they lie', () => {
  const inner = '<table><tr><td>a</td><td>b</td></tr><tr><td>c<br>d</td><td>e</td></tr></table>';
  expect(htmlText(`${'<table><tr><td>'.repeat(300)}${inner}`).text).toBe(htmlText(`<table><tr><td>${inner}`).text);
  expect(htmlText(inner).text).toBe('a\tb\nc\nd\te');
});
