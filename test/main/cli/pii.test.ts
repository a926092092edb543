import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { runCli } from '../../../main/cli/run-cli.ts';
import { findPersonalData } from '../../../main/entities/index.ts';
import { tempFolder } from '../../support/vaults.ts';

interface Found {
  readonly id: string;
  readonly spans: readonly { readonly start: number; readonly end: number; readonly type: string; readonly text: string; readonly value: string }[];
}

async function pii(content: string | Buffer | null, ...args: string[]): Promise<{ code: number; found: Found[]; out: string; err: string }> {
  const file = join(tempFolder(), 'texts.jsonl');
  if (content !== null) writeFileSync(file, content);
  let out = '';
  let err = '';
  const code = await runCli(['pii', file, ...args], { out: (text) => { out += text; }, err: (text) => { err += text; }, env: {} });
  const found = out.split('\n').filter((line) => line.startsWith('{"id"')).map((line) => JSON.parse(line) as Found);
  return { code, found, out, err };
}

test('a line of a text gives a line of its spans, in the order of the file and without a vault', async () => {
  const texts = Array.from({ length: 250 }, (_, at) => ({ id: `t${at}`, text: at % 2 === 0 ? `Mail ${at}@example.org, please.` : 'Nothing to see.' }));
  const { code, found, err } = await pii(`\uFEFF${texts.map((line) => JSON.stringify({ ...line, more: 1 })).join('\r\n')}\n\n`);
  expect([code, err]).toEqual([0, '']);
  expect(found.map(({ id }) => id)).toEqual(texts.map(({ id }) => id));
  expect(found[2]?.spans).toEqual([{ start: 5, end: 18, type: 'EMAIL_ADDRESS', text: '2@example.org', value: '2@example.org' }]);
  expect(found[3]?.spans).toEqual([]);
});

test('offsets are UTF-16 units of the text, as the program itself counts', async () => {
  const text = `${'👩‍🚒 Ḱ '.repeat(3000)}write to anna@example.org`;
  const { found } = await pii(`${JSON.stringify({ id: 'x', text })}\n`);
  expect(found[0]?.spans).toEqual(findPersonalData(text));
  expect(found[0]?.spans.every((span) => text.slice(span.start, span.end) === span.text)).toBe(true);
});

test('a bad line is named by its number, nothing of it is told, and the lines before it have their answers', async () => {
  const good = JSON.stringify({ id: 'a', text: 'x@example.org' });
  for (const [bad, told] of [['{"id": "secret', 'line 2 of FILE is no JSON'], ['{"id": 7, "text": "secret"}', 'line 2 of FILE is not of the form'], ['{"id": "b"}', 'line 2 of FILE is not of the form'], ['[1]', 'line 2 of FILE is not of the form']] as const) {
    const { code, found, out, err } = await pii(`${good}\n${bad}\n${good}`, '--json');
    expect(code).toBe(2);
    expect(found).toHaveLength(1);
    expect(out).toContain(`"code":"cli.usage","message":"${told}`);
    expect(out + err).not.toContain('secret');
  }
});

test('a file that is not there, a text that is too long and a missing word are wrong usage', async () => {
  expect(await pii(null)).toMatchObject({ code: 2, err: 'redoubt: FILE cannot be read\n' });
  expect(await pii(JSON.stringify({ id: 'a', text: 'x'.repeat(2_000_001) }))).toMatchObject({ code: 2, found: [] });
  expect(await pii('y'.repeat(12_200_000))).toMatchObject({ code: 2, err: expect.stringContaining('line 1 of FILE is longer than') as unknown });
  expect(await runCli(['pii'], { out: () => undefined, err: () => undefined, env: {} })).toBe(2);
});

test('an empty file has no lines and is no failure', async () => {
  expect(await pii('')).toMatchObject({ code: 0, out: '' });
});
