/**
 * What happens between a model's words and the window is read-only but for its own ops: nothing on the way can write anything else, reach a
 * file, a process or a network, or make a tool, an address, a path or a query of what a model wrote. What the window draws cannot act.
 */
import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const source = (file: string): string => readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|(?<=\s)\/\/[^\n]*/g, '');

interface Import {
  readonly from: string;
  /** Values, without those that are types. */
  readonly names: readonly string[];
}

function importsOf(text: string): Import[] {
  return [...text.matchAll(/(?:import|export) (type )?\{([^}]*)\} from '([^']+)'/g)].map(([, isType, names = '', from = '']) => ({
    from, names: isType === undefined ? names.split(',').map((name) => name.trim()).filter((name) => name !== '' && !name.startsWith('type ')).map((name) => name.replace(/ as .*$/, '')) : [],
  }));
}

/** Files of main/chat that run when a question is asked or an answer is looked through. */
function answerPath(): string[] {
  const waiting = ['main/chat/ask.ts', 'main/chat/review.ts', 'main/chat/conversations.ts'];
  const found = new Set<string>();
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const { from, names } of importsOf(source(file))) {
      const target = from.startsWith('.') ? relative(root, resolve(root, dirname(file), from)) : '';
      if (names.length > 0 && target.startsWith('main/chat/')) waiting.push(target);
    }
  }
  return [...found].sort();
}

const path = answerPath();

describe('the way of an answer', () => {
  test('is followed from the question to the checked sentences', () => {
    expect(path).toEqual(expect.arrayContaining(['main/chat/answer-draft.ts', 'main/chat/model-answer.ts', 'main/chat/check/judge.ts', 'main/chat/prompt.ts', 'main/chat/scope.ts']));
  });

  test.each(path)('%s takes nothing that could write, act or reach out, but appends ops', (file) => {
    const text = source(file);
    for (const { from, names } of importsOf(text)) {
      if (from.startsWith('node:')) expect(['node:timers/promises', 'node:crypto']).toContain(from);
      else if (!from.startsWith('.')) expect(['zod', 'stemmer']).toContain(from);
      expect(from).not.toMatch(/\/(?:ingest|annotate|triage|engine|app|cli|sync|update)\//);
      if (/\/store\/(?:index|reader)\.ts$/.test(from)) expect(names.filter((name) => !/^(?:appendOp$|read|list|find|count|page|cellAt|top|rank|iterate|firstsOf|is)/.test(name))).toEqual([]);
    }
    expect(text).not.toMatch(/\beval\(|new Function|\bimport\(|\bfetch\(|\bprocess\.|\brequire\(|new Worker\(|\.bookkeep\(|\.keepComputed\(/);
    // Ops are those of conversations and of their questions, and of nothing else.
    for (const [, kind] of text.matchAll(/kind: '([a-z]+\.[a-z-]+)'/g)) expect(kind).toMatch(/^(?:turn|conversation)\./);
    for (const [, entity] of text.matchAll(/entity: `([a-z]+):/g)) expect(entity).toMatch(/^(?:turn|conversation)$/);
  });

  test('asks a model in one place, whose words go to the checker and the window, and offers it no tool', () => {
    const asking = path.filter((file) => /clientFor\([^)]*\)\s*\.answer\(/.test(source(file)));
    // A plan over a table is proposed in a second place: its words are read as a strict form and held against the sheet, and nothing else.
    expect(asking).toEqual(['main/chat/answer-draft.ts', 'main/chat/exhaustive/propose-table-plan.ts']);
    const proposing = source('main/chat/exhaustive/propose-table-plan.ts');
    expect([...proposing.matchAll(/(?<![.\w])restore\(text\)/g)]).toHaveLength(1);
    expect(proposing).toContain('readProposal(restore(text), tables');
    expect(proposing).toContain('proposal.safeParse(');
    const draft = source('main/chat/answer-draft.ts');
    // What the model wrote is put together again and checked: it is handed to nobody else.
    const taking = new Set([...draft.matchAll(/(\w+)\(text\b/g)].map(([, callee]) => callee));
    expect(['citeAnswer', 'joinTokens']).toEqual(expect.arrayContaining([...taking]));
    expect(taking).toContain('citeAnswer');
    expect(source('main/chat/prompt.ts')).not.toMatch(/\btools?\b/);
  });
});

describe('what draws a model’s words', () => {
  test.each(globSync('renderer/{views/chat,lib/markup}/**/*.{ts,tsx}', { cwd: root }).sort())('%s makes no element that acts, loads or leads anywhere', (file) => {
    expect(source(file)).not.toMatch(/dangerouslySetInnerHTML|innerHTML|insertAdjacentHTML|DOMParser|createElement\(|<a[ >]|\bhref\b|\bsrc(?:Set|Doc)?=|<(?:img|iframe|object|embed|svg|math|form|video|audio|link|style|script)[ >]|window\.open|document\.write|\blocation\b|\beval\(|new Function/);
  });
});
