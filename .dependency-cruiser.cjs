/**
 * Who may import whom. `tokenizer/` knows nobody: that is what makes it a package of its own. Within `server/` each floor uses only those below it, types included;
 * ARCHITECTURE.md says what each is for.
 */
const FLOORS = [
  'config',
  'json',
  'fields',
  'shadow',
  'meilisearch',
  'group',
  'engine',
  'store',
  'documents',
  'settings',
  'vocabulary',
  'query',
  'retrieval',
  'highlight',
  'facets',
  'indexing',
  'export',
  'upgrade',
  'search',
  'page',
  'doctor',
  'metrics',
  'insight',
  'reference',
  'routes',
];

const floorRules = FLOORS.slice(0, -1).map((floor, level) => ({
  name: `${floor}-uses-floors-below`,
  severity: 'error',
  from: { path: `^server/${floor}/` },
  to: { path: `^server/(${FLOORS.slice(level + 1).join('|')}|app|main|samples|service|supervisor|worker-process)[/.]` },
}));

module.exports = {
  forbidden: [
    ...floorRules,
    {
      name: 'every-folder-is-a-floor',
      severity: 'error',
      from: { path: '^server/' },
      to: { path: '^server/[^/]+/', pathNot: `^server/(${FLOORS.join('|')})/` },
    },
    { name: 'tokenizer-knows-nobody', severity: 'error', from: { path: '^tokenizer/src' }, to: { path: '^(server|seed|web|test)/' } },
    { name: 'web-stands-alone', severity: 'error', from: { path: '^web/' }, to: { path: '^(server|seed|tokenizer|test)/' } },
    {
      name: 'search-box-stands-alone',
      severity: 'error',
      from: { path: '^search-box/' },
      to: { path: '^(server|seed|web|tokenizer|test)/' },
    },
    {
      name: 'texts-and-models-know-no-views',
      severity: 'error',
      from: { path: '^search-box/src/(model|text|client|device)/' },
      to: { path: '^search-box/src/(views/|app|flow|element|frame)' },
    },
    {
      name: 'the-component-has-no-dependencies',
      severity: 'error',
      from: { path: '^search-box/src/', pathNot: 'instantsearch' },
      to: { path: '^node_modules/', pathNot: '^node_modules/vite/' },
    },
    {
      name: 'server-knows-no-seed',
      comment: 'only the loading of the samples does',
      severity: 'error',
      from: { path: '^server/', pathNot: '^server/samples\\.ts$' },
      to: { path: '^seed/' },
    },
    {
      name: 'seed-uses-engine-and-indexing',
      severity: 'error',
      from: { path: '^seed/' },
      to: {
        path: '^server/',
        pathNot: '^server/(engine/|fields/|indexing/|doctor/|upgrade/|config\\.ts|errors\\.ts|thread\\.ts|version\\.ts)',
      },
    },
    {
      name: 'one-folder-talks-to-meilisearch',
      severity: 'error',
      from: { path: '^(server|seed)/', pathNot: '^server/meilisearch/' },
      to: { path: '^node_modules/meilisearch' },
    },
    {
      name: 'three-folders-know-lmdb',
      severity: 'error',
      from: { path: '^(server|seed)/', pathNot: '^server/(store|insight|group)/' },
      to: { path: '^node_modules/lmdb' },
    },
    {
      name: 'code-imports-no-tests',
      severity: 'error',
      from: { path: '^(server|seed|web|search-box|tokenizer)/' },
      to: { path: '^test/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: { doNotFollow: { path: 'node_modules|dist' }, tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: true },
};
