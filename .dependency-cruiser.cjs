/** Who may import whom. `tokenizer/` knows nobody: that is what makes it a package of its own. */
module.exports = {
  forbidden: [
    { name: 'tokenizer-knows-nobody', severity: 'error', from: { path: '^tokenizer/src' }, to: { path: '^(server|seed|web|test)/' } },
    { name: 'web-stands-alone', severity: 'error', from: { path: '^web/' }, to: { path: '^(server|seed|tokenizer|test)/' } },
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
      to: { path: '^server/', pathNot: '^server/(engine/|indexing/|config\\.ts|errors\\.ts)' },
    },
    {
      name: 'one-folder-talks-to-meilisearch',
      severity: 'error',
      from: { path: '^(server|seed)/', pathNot: '^server/engine/' },
      to: { path: '^node_modules/meilisearch' },
    },
    {
      name: 'routes-are-the-outside',
      comment: 'nothing below the routes knows HTTP',
      severity: 'error',
      from: { path: '^server/(search|highlight|documents|indexing|engine)/' },
      to: { path: '^server/routes/' },
    },
    { name: 'code-imports-no-tests', severity: 'error', from: { path: '^(server|seed|web|tokenizer)/' }, to: { path: '^test/' } },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
  ],
  options: { doNotFollow: { path: 'node_modules|dist' }, tsConfig: { fileName: 'tsconfig.json' }, tsPreCompilationDeps: true },
};
