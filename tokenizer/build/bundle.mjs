#!/usr/bin/env node
/** Makes dist/urdu.browser.js, one ES module with everything in it, and refuses it if it has grown over its budget. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';

/** Bytes after gzip -9. What a search page can carry beside its fonts. */
const BUDGET = 60 * 1024;

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const outfile = join(root, 'dist/urdu.browser.js');
await build({
  entryPoints: [join(root, 'dist/index.js')],
  outfile,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  charset: 'utf8',
  legalComments: 'none',
  logLevel: 'warning',
});

const size = gzipSync(readFileSync(outfile), { level: 9 }).length;
console.log(`dist/urdu.browser.js: ${size} bytes gzipped, budget ${BUDGET}`);
if (size > BUDGET) {
  console.error(
    `The browser bundle is ${size - BUDGET} bytes over its budget of ${BUDGET}. Shorten a table in data/ or raise BUDGET in build/bundle.mjs and say why.`,
  );
  process.exitCode = 1;
}
