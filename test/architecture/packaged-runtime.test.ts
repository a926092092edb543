import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
/** Names every package that a module is loaded from while the model's runtime starts. */
const tracer = `
import { registerHooks } from 'node:module';
const seen = new Set();
registerHooks({ load(url, context, next) {
  const found = /\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)\\//.exec(url);
  if (found !== null) seen.add(found[1]);
  return next(url, context);
} });
const entry = import.meta.resolve('node-llama-cpp');
await import(entry);
await import(new URL('./bindings/Llama.js', entry).href);
console.log(JSON.stringify([...seen]));
`;

test('every package that the model’s runtime loads is packed', () => {
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', tracer], { cwd: root, encoding: 'utf8' });
  const loaded = JSON.parse(out) as string[];
  expect(loaded).toContain('lifecycle-utils');
  const packed = readFileSync(`${root}/electron-builder.yml`, 'utf8').split('\n').filter((line) => line.includes('node_modules/')).flatMap((line) => line.match(/(?<=node_modules\/\{?|,)(?:@[^/,{}]+\/)?[^/,{}]+(?=[/,}])/g) ?? []);
  expect(loaded.filter((name) => !packed.includes(name))).toEqual([]);
});
