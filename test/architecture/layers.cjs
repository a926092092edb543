// Who may import whom (dependency-cruiser). A refusal's comment says what to do instead. test/architecture/layers.test.ts plants
// a violation for every rule and expects it to be found.

// The folders of main/, lowest first. A file imports its own folder and lower rows, never its own row or a higher one.
const ROWS = [
  ['base'], ['work'], ['store'], ['audit'], ['policy'], ['models'], ['search'],
  ['ingest', 'entities', 'annotate', 'sync', 'update'], ['triage', 'chat', 'report'], ['engine'], ['app', 'cli'],
];

// Where programs begin: nothing imports these, and everything else must be reached from one of them.
const ENTRIES = ['^main/(?:app|engine|cli)/main[.]ts$', '[.]worker[.]ts$', '^preload/bridge[.]ts$', '^renderer/shell/main[.]tsx$'];

const SOURCES = '^(?:main|preload|renderer)/';
const TYPES_ONLY = '[.]d[.]ts$';
const ELECTRON = '(?:^|/)node_modules/electron/|^electron$';
const anyOf = (names) => `(?:${names.join('|')})`;
const folders = ROWS.flat();

const rowRules = ROWS.flatMap((row, index) => row.map((name) => ({
  name: `row-${name}`,
  severity: 'error',
  comment: `main/${name} may import only itself and lower rows.`,
  from: { path: `^main/${name}/` },
  to: { path: `^main/${anyOf(ROWS.slice(index).flat().filter((other) => other !== name))}/` },
}))).filter((rule) => !rule.to.path.includes('(?:)'));

module.exports = {
  forbidden: [
    ...rowRules,
    {
      name: 'closed-folders', severity: 'error',
      comment: 'The folders of main/ are a closed set: a new one needs its row above and a line in README.md.',
      from: { path: `^main/(?!${anyOf(folders)}/)` }, to: {},
    },
    {
      name: 'front-door', severity: 'error',
      comment: 'Enter another folder of main/ through its index.ts. base has no door; store/reader.ts is the readers’ door, engine/shell-link.ts the shell’s.',
      from: { path: '^main/([^/]+)/' },
      to: { path: '^main/(?!base/)([^/]+)/.+', pathNot: ['^main/$1/', '^main/[^/]+/index[.]ts$', '^main/store/reader[.]ts$', '^main/engine/shell-link[.]ts$'] },
    },
    {
      name: 'electron-at-the-edges', severity: 'error',
      comment: 'Electron is imported in main/app and preload/bridge.ts only, types included.',
      from: { path: SOURCES, pathNot: ['^main/app/', '^preload/bridge[.]ts$'] }, to: { path: ELECTRON },
    },
    {
      name: 'driver-in-store', severity: 'error',
      comment: 'SQL and its driver stay in main/store.',
      from: { path: SOURCES, pathNot: '^main/store/' }, to: { path: 'better-sqlite3' },
    },
    {
      name: 'migrations-are-frozen', severity: 'error',
      comment: 'A migration imports ../tools.ts and nothing else: whatever it used would have to stay as it was.',
      from: { path: '^main/store/migrations/[^/]+/[0-9]{4}-' }, to: { pathNot: '^main/store/migrations/tools[.]ts$' },
    },
    {
      name: 'contract-imports-zod', severity: 'error',
      comment: 'The contract is read by every process, so it imports zod and itself only.',
      from: { path: '^preload/contract/' }, to: { pathNot: ['^preload/contract/', '(?:^|/)node_modules/zod/'] },
    },
    {
      name: 'zod-free', severity: 'error',
      comment: 'The renderer and the preload bundle these files as values: they import nothing.',
      from: { path: '^preload/(?:contract/errors|channels)[.]ts$' }, to: {},
    },
    {
      name: 'main-leaves-the-page', severity: 'error',
      comment: 'No process but the page runs the page’s code.',
      from: { path: '^(?:main|preload)/' }, to: { path: '^renderer/' },
    },
    {
      name: 'main-takes-the-contract', severity: 'error',
      comment: 'Of preload/, the other processes import the contract and the channel names.',
      from: { path: '^main/' }, to: { path: '^preload/', pathNot: ['^preload/contract/', '^preload/channels[.]ts$'] },
    },
    {
      name: 'preload-leaves-main', severity: 'error',
      comment: 'The preload runs beside the page: nothing of main/ may be bundled into it.',
      from: { path: '^preload/' }, to: { path: '^main/' },
    },
    {
      name: 'renderer-leaves-main', severity: 'error',
      comment: 'The page reaches main/ over the bridge only.',
      from: { path: '^renderer/' }, to: { path: '^main/' },
    },
    {
      name: 'renderer-takes-types', severity: 'error',
      comment: 'The page takes types from the contract, and values from its errors.ts only: the rest brings zod.',
      from: { path: '^renderer/' }, to: { path: '^preload/', pathNot: '^preload/contract/errors[.]ts$', dependencyTypesNot: ['type-only', 'type-import'] },
    },
    {
      name: 'renderer-takes-the-contract', severity: 'error',
      comment: 'Of preload/, the page knows the contract only.',
      from: { path: '^renderer/' }, to: { path: '^preload/(?!contract/)' },
    },
    {
      name: 'renderer-without-node', severity: 'error',
      comment: 'The page has no Node.',
      from: { path: '^renderer/' }, to: { dependencyTypes: ['core'] },
    },
    {
      name: 'views-are-siblings', severity: 'error',
      comment: 'Views never meet: shell/ composes them, lib/ and ui/ hold what they share.',
      from: { path: '^renderer/views/([^/]+)/' }, to: { path: '^renderer/(?:views|shell)/', pathNot: '^renderer/views/$1/' },
    },
    {
      name: 'views-through-their-door', severity: 'error',
      comment: 'The shell enters a view through its index.tsx.',
      from: { path: '^renderer/shell/' }, to: { path: '^renderer/views/', pathNot: '^renderer/views/[^/]+/index[.]tsx$' },
    },
    {
      name: 'lib-below-views', severity: 'error',
      comment: 'lib/ is used by views and shell and knows neither.',
      from: { path: '^renderer/lib/' }, to: { path: '^renderer/(?:views|shell)/' },
    },
    {
      name: 'ui-is-a-leaf', severity: 'error',
      comment: 'ui/ imports no app code.',
      from: { path: '^renderer/ui/' }, to: { path: '^renderer/(?:views|shell|lib)/|^preload/' },
    },
    {
      name: 'workers-reach-no-writer', severity: 'error',
      comment: 'A worker reaches neither Electron, nor the shell, nor the engine, nor the writing connection, however indirectly.',
      from: { path: '[.]worker[.]ts$', pathNot: '^test/' }, to: { path: `${ELECTRON}|^main/(?:app|engine)/|^main/store/connection[.]ts$`, reachable: true },
    },
    {
      name: 'no-cycles', severity: 'error',
      comment: 'Two files that need each other are one file, or need a third.',
      from: { path: SOURCES }, to: { circular: true },
    },
    {
      name: 'no-dead-code', severity: 'error',
      comment: 'No program reaches this file.',
      from: { path: ENTRIES, pathNot: '^test/' },
      to: { path: SOURCES, pathNot: [TYPES_ONLY, ...ENTRIES], reachable: false },
    },
    {
      name: 'sources-leave-the-rest', severity: 'error',
      comment: 'What ships imports neither tests nor build scripts.',
      from: { path: SOURCES }, to: { path: '^(?:test|resources)/' },
    },
    {
      name: 'nothing-unresolved', severity: 'error',
      comment: 'This import leads nowhere.',
      from: { path: '^(?:main|preload|renderer|resources|test)/' }, to: { couldNotResolve: true, pathNot: '[?](?:url|raw|worker)$|^virtual:' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(?:out|dist|resources/sample)/|[.]css$' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'require', 'node', 'default', 'types'] },
  },
};
