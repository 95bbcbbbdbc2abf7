const { writeFileSync } = require('node:fs');

/** Characters of a failure that are told again. */
const LONGEST = 3_000;

/** Writes jest's own counts to a file, and what failed, for `.ci/run`. */
module.exports = class JsonReport {
  constructor(_config, { file }) {
    this.file = file;
  }

  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, testResults }) {
    const failures = testResults.flatMap(({ testFilePath, failureMessage }) =>
      failureMessage == null ? [] : [`${testFilePath}\n${failureMessage.slice(0, LONGEST)}`],
    );
    writeFileSync(this.file, JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites, failures }));
  }
};
