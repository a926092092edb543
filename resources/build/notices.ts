/** The notices of others' work that is in what is packaged: their licences ask that they come along. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './paths.ts';

interface Lock {
  readonly packages: Readonly<Record<string, { readonly version?: string; readonly license?: string; readonly dev?: boolean; readonly optional?: boolean }>>;
}

/** Names, versions, licences and notices of all packages that the program uses, by name, then the notices that no package carries (resources/notices). */
export function thirdPartyNotices(): string {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- npm wrote it
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
  const parts = Object.entries(packages)
    .filter(([path, { dev }]) => path !== '' && dev !== true && existsSync(join(root, path)))
    .map(([path, { version = '', license = 'licence not named' }]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version, license, notice: noticeIn(join(root, path)) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .map(({ name, version, license, notice }) => `${name} ${version} (${license})\n\n${notice}`);
  const own = join(root, 'resources', 'notices');
  return [...readdirSync(own).sort().map((file) => readFileSync(join(own, file), 'utf8')), ...parts].map((part) => part.trim()).join(`\n\n${'-'.repeat(72)}\n\n`);
}

function noticeIn(folder: string): string {
  const files = readdirSync(folder).filter((name) => /^(?:licen[cs]e|copying|notice)/i.test(name) && /(?:^[^.]*|\.(?:md|txt|mit|bsd))$/i.test(name)).sort();
  return files.map((name) => readFileSync(join(folder, name), 'utf8').trim()).join('\n\n') || 'The package carries no notice of its own.';
}
