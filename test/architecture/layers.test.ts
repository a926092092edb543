import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';

const root = join(import.meta.dirname, '..', '..');
const config = join(root, 'test', 'architecture', 'layers.cjs');
const folders = ['main', 'preload', 'renderer', 'resources', 'test'];

const report = z.object({ summary: z.object({ violations: z.array(z.object({ rule: z.object({ name: z.string() }), from: z.string(), to: z.string() })) }) });
type Violation = z.infer<typeof report>['summary']['violations'][number];

/** A small tree that keeps every rule. Everything below is planted into it. */
const lawful: Readonly<Record<string, string>> = {
  'tsconfig.json': '{ "compilerOptions": { "module": "preserve", "allowImportingTsExtensions": true, "noEmit": true, "jsx": "react-jsx" } }',
  'main/app/main.ts': "import { app } from 'electron';\nimport '../base/clock.ts';\nimport '../engine/shell-link.ts';\nimport '../../preload/channels.ts';\nvoid app;",
  'main/engine/shell-link.ts': 'export const link = 1;',
  'main/engine/main.ts': "import '../chat/index.ts';\nimport '../store/index.ts';",
  'main/cli/main.ts': "import '../engine/index.ts';\nimport '../triage/index.ts';",
  'main/engine/index.ts': 'export const engine = 1;',
  'main/chat/index.ts': "import '../search/index.ts';",
  'main/triage/index.ts': "import '../policy/index.ts';\nimport '../ingest/index.ts';",
  'main/ingest/index.ts': "import '../models/index.ts';\nimport '../work/index.ts';",
  'main/ingest/extract.worker.ts': "import '../base/clock.ts';\nimport './extractor.ts';",
  'main/ingest/extractor.ts': 'export const extractor = 1;',
  'main/search/index.ts': "import '../audit/index.ts';",
  'main/models/index.ts': 'export const models = 1;',
  'main/policy/index.ts': 'export const policy = 1;',
  'main/audit/index.ts': 'export const audit = 1;',
  'main/work/index.ts': 'export const work = 1;',
  'main/store/index.ts': "import './connection.ts';\nimport './migrations/vault/0010-first.ts';",
  'main/store/connection.ts': "import Database from 'better-sqlite3';\nvoid Database;",
  'main/store/migrations/tools.ts': 'export const tools = 1;',
  'main/store/migrations/vault/0010-first.ts': "import '../../migrations/tools.ts';",
  'main/base/clock.ts': 'export const clock = 1;',
  'preload/channels.ts': 'export const channels = 1;',
  'preload/bridge.ts': "import { ipcRenderer } from 'electron';\nimport './channels.ts';\nvoid ipcRenderer;",
  'preload/contract/errors.ts': 'export const errors = 1;',
  'preload/contract/routes.ts': "import * as z from 'zod';\nexport const routes = z.string();\nexport type Route = string;",
  'renderer/shell/main.tsx': "import '../views/triage/index.tsx';\nimport '../views/chat/index.tsx';",
  'renderer/views/triage/index.tsx': "import '../../lib/client.ts';\nimport '../../ui/button.tsx';",
  'renderer/views/chat/index.tsx': 'export const chat = 1;',
  'renderer/lib/client.ts': "import '../../preload/contract/errors.ts';\nimport type { Route } from '../../preload/contract/routes.ts';\nexport type Client = Route;",
  'renderer/ui/button.tsx': 'export const button = 1;',
  'test/main/clock.test.ts': "import '../../main/base/clock.ts';",
  'resources/build/paths.ts': 'export const paths = 1;',
};

/** One violation a rule: the file that commits it, and its text. The last entry of each is what must be reported. */
const planted: readonly (readonly [rule: string, file: string, text: string])[] = [
  ['row-base', 'main/base/planted.ts', "import '../work/index.ts';"],
  ['row-work', 'main/work/planted.ts', "import '../store/index.ts';"],
  ['row-store', 'main/store/planted.ts', "import '../audit/index.ts';"],
  ['row-audit', 'main/audit/planted.ts', "import '../policy/index.ts';"],
  ['row-policy', 'main/policy/planted.ts', "import '../models/index.ts';"],
  ['row-models', 'main/models/planted.ts', "import '../search/index.ts';"],
  ['row-search', 'main/search/planted.ts', "import '../ingest/index.ts';"],
  ['row-ingest', 'main/ingest/planted.ts', "import '../entities/index.ts';"],
  ['row-entities', 'main/entities/index.ts', "import '../annotate/index.ts';"],
  ['row-annotate', 'main/annotate/index.ts', "import '../sync/index.ts';"],
  ['row-sync', 'main/sync/index.ts', "import '../update/index.ts';"],
  ['row-update', 'main/update/index.ts', "import '../triage/index.ts';"],
  ['row-triage', 'main/triage/planted.ts', "import '../chat/index.ts';"],
  ['row-chat', 'main/chat/planted.ts', "import '../report/index.ts';"],
  ['row-report', 'main/report/index.ts', "import '../engine/index.ts';"],
  ['row-engine', 'main/engine/planted.ts', "import '../cli/index.ts';"],
  ['row-app', 'main/app/planted.ts', "import '../cli/index.ts';"],
  ['row-cli', 'main/cli/index.ts', "import '../app/planted.ts';"],
  ['closed-folders', 'main/helpers/index.ts', "import '../base/clock.ts';"],
  ['front-door', 'main/chat/side-door.ts', "import '../ingest/extractor.ts';"],
  ['electron-at-the-edges', 'main/chat/window.ts', "import type { BrowserWindow } from 'electron';\nexport type Window = BrowserWindow;"],
  ['driver-in-store', 'main/chat/query.ts', "import Database from 'better-sqlite3';\nvoid Database;"],
  ['migrations-are-frozen', 'main/store/migrations/case/0010-first.ts', "import '../../../base/clock.ts';"],
  ['contract-imports-zod', 'preload/contract/react.ts', "import { useState } from 'react';\nvoid useState;"],
  ['zod-free', 'preload/contract/errors.ts', "import './routes.ts';"],
  ['main-leaves-the-page', 'main/chat/page.ts', "import '../../renderer/lib/client.ts';"],
  ['main-takes-the-contract', 'main/chat/preload.ts', "import '../../preload/bridge.ts';"],
  ['preload-leaves-main', 'preload/store.ts', "import '../main/store/index.ts';"],
  ['renderer-leaves-main', 'renderer/lib/store.ts', "import type { clock } from '../../main/base/clock.ts';\nexport type C = typeof clock;"],
  ['renderer-takes-types', 'renderer/lib/routes.ts', "import { routes } from '../../preload/contract/routes.ts';\nvoid routes;"],
  ['renderer-takes-the-contract', 'renderer/lib/channels.ts', "import type { channels } from '../../preload/channels.ts';\nexport type C = typeof channels;"],
  ['renderer-without-node', 'renderer/lib/files.ts', "import { readFileSync } from 'node:fs';\nvoid readFileSync;"],
  ['views-are-siblings', 'renderer/views/chat/borrowed.tsx', "import '../triage/index.tsx';"],
  ['views-through-their-door', 'renderer/shell/side-door.tsx', "import '../views/chat/borrowed.tsx';"],
  ['lib-below-views', 'renderer/lib/upwards.ts', "import '../shell/side-door.tsx';"],
  ['ui-is-a-leaf', 'renderer/ui/clever-button.tsx', "import '../lib/client.ts';"],
  ['workers-reach-no-writer', 'main/search/search.worker.ts', "import './through.ts';"],
  ['no-cycles', 'main/base/egg.ts', "import './hen.ts';"],
  ['no-dead-code', 'main/base/forgotten.ts', 'export const forgotten = 1;'],
  ['sources-leave-the-rest', 'main/base/from-tests.ts', "import '../../resources/build/paths.ts';"],
  ['nothing-unresolved', 'main/base/nowhere.ts', "import './no-such-file.ts';"],
];

/** What the planted files lean on. */
const props: Readonly<Record<string, string>> = {
  'main/search/through.ts': "import '../store/index.ts';",
  'main/base/hen.ts': "import './egg.ts';",
};

const places: string[] = [];

function plant(...trees: readonly Readonly<Record<string, string>>[]): string {
  const place = mkdtempSync(join(tmpdir(), 'redoubt-layers-'));
  places.push(place);
  symlinkSync(join(root, 'node_modules'), join(place, 'node_modules'), 'junction');
  for (const [file, text] of trees.flatMap((tree) => Object.entries(tree))) {
    mkdirSync(dirname(join(place, file)), { recursive: true });
    writeFileSync(join(place, file), text);
  }
  return place;
}

async function violations(place: string): Promise<readonly Violation[]> {
  const program = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruise.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program, '--config', config, '--output-type', 'json', ...folders], { cwd: place, maxBuffer: 2 ** 28 });
  return report.parse(JSON.parse(stdout)).summary.violations;
}

afterAll(() => {
  for (const place of places) rmSync(place, { recursive: true, force: true });
});

describe('the layers', () => {
  let found: readonly Violation[] = [];

  beforeAll(async () => {
    found = await violations(plant(lawful, props, Object.fromEntries(planted.map(([, file, text]) => [file, text]))));
  });

  it('find nothing in a tree that keeps them', async () => {
    expect(await violations(plant(lawful))).toEqual([]);
  });

  it.each(planted)('%s is found when %s breaks it', (rule, file) => {
    const reported = found.filter((violation) => violation.rule.name === rule);
    // A file that nothing reaches is reported as the target of the entry that misses it.
    expect(reported.map((violation) => (rule === 'no-dead-code' ? violation.to : violation.from))).toContain(file);
  });

  it('have a planted violation for every rule', () => {
    const { forbidden } = z.object({ forbidden: z.array(z.object({ name: z.string() })) }).parse(createRequire(import.meta.url)(config));
    expect(planted.map(([rule]) => rule).toSorted()).toEqual(forbidden.map((rule) => rule.name).toSorted());
  });

  it('are kept by this repository', async () => {
    expect((await violations(root)).map((violation) => `${violation.rule.name}: ${violation.from} -> ${violation.to}`)).toEqual([]);
  });
});
