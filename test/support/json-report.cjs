const { writeFileSync } = require('node:fs');

/** Writes jest's own counts to a file, for `.ci/run`. */
module.exports = class JsonReport {
  constructor(_config, { file }) {
    this.file = file;
  }

  onRunComplete(_contexts, { numPassedTests, numFailedTests, numRuntimeErrorTestSuites }) {
    writeFileSync(this.file, JSON.stringify({ numPassedTests, numFailedTests, numRuntimeErrorTestSuites }));
  }
};
