const report = process.env['JUSTUJU_JEST_REPORT'];

/** Tests live in test/, which mirrors the folders of the code. Types are checked by `npm run types`, not here. */
export default {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  moduleNameMapper: {
    '^@justuju/urdu$': '<rootDir>/tokenizer/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: { '^.+\\.ts$': ['ts-jest', { useESM: true, tsconfig: 'tsconfig.json', diagnostics: false }] },
  // Each end-to-end suite starts a Meilisearch of its own; two at a time is what two cores carry.
  maxWorkers: 2,
  // Property tests take seconds here and a minute on a busy machine; a hang is still found.
  testTimeout: 120_000,
  // .ci/run counts from this file.
  reporters: ['default', ...(report === undefined ? [] : [['<rootDir>/test/support/json-report.cjs', { file: report }]])],
};
