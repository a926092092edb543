import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const main = join(import.meta.dirname, '..', '..', 'main');
const dotted = /'([a-z]+\.[a-z-]+)'/g;
/** What the holes of template actions are filled with: read from the code around them where it says so, and here where it does not. */
const fillings: Readonly<Record<string, readonly string[]>> = {
  'ingest.${state}': ['done', 'paused', 'cancelled', 'failed'],
  'op.${action}': ['undone', 'redone'],
  'audit.export-${outcome}': ['started', 'done'],
};

/**
 * Every action that the sources under main/ write into an audit trail: `action: '…'`; templates, with their holes filled; and what is
 * given to a function that takes an `action: string` of its own. Throws for a template that it cannot fill: say in `fillings` how.
 */
export function recordedActions(): Set<string> {
  const sources = readdirSync(main, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts')).map((name) => readFileSync(join(main, name), 'utf8'));
  return new Set(sources.flatMap(actionsOf).concat(exportActions(sources)));
}

function actionsOf(source: string): string[] {
  const found = [...source.matchAll(/\baction: ([^,}]+)/g)].flatMap(([, value = '']) => [...value.matchAll(dotted)].map(([, action = '']) => action));
  for (const [, template = ''] of source.matchAll(/\baction: `([^`]+)`/g)) found.push(...filled(template));
  for (const [, declared, assigned] of source.matchAll(/(?:function (\w+)|const (\w+) =) ?\([^)]*\baction: string/g)) {
    const calls = new RegExp(`(?<!function )\\b${declared ?? assigned}\\(([^;\\n]*)`, 'g');
    for (const [, given = ''] of source.matchAll(calls)) found.push(...[...given.matchAll(dotted)].map(([, action = '']) => action));
  }
  return found;
}

function filled(template: string): string[] {
  const words = fillings[template];
  if (words === undefined) throw new Error(`the action \`${template}\` cannot be filled in`);
  return words.map((word) => template.replace(/\$\{\w+\}/, word));
}

/** An export of a case is recorded twice, under the name that it gives itself (main/engine/recorded-export.ts). */
function exportActions(sources: readonly string[]): string[] {
  const names = sources.flatMap((source) => [...source.matchAll(/recordedExport\(\w+, '([a-z]+)'/g)].map(([, name = '']) => name));
  return names.flatMap((name) => [`${name}.export-started`, `${name}.exported`]);
}
