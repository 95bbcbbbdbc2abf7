#!/usr/bin/env node
// @ts-check
/** The command line: `npx @justuju/urdu analyze article.txt`. Reads a file or standard input, writes tab-separated lines. */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ANALYZER_VERSION, createAnalyzer, learnLexicon, lexiconFromJson, normalize } from '../dist/index.js';

const HELP = `Urdu text analysis (analyzer version ${ANALYZER_VERSION})

  urdu analyze   [file] [--json] [--lexicon FILE]     a line for each token: start, end, sentence, type, text, term, root
  urdu encode    [file] [--root] [--lexicon FILE]     terms (or roots) one space apart
  urdu normalize [file] [--level exact|canonical|search]
  urdu explain   word... [--lexicon FILE]             which rules change a word, by name
  urdu learn     file... > lexicon.json               compounds that these texts write both joined and apart

Without a file, standard input is read.`;

/** @typedef {{ [name: string]: string | boolean | undefined }} Flags */

/** What was asked cannot be done; the message says what can. */
class UsageError extends Error {}

/** @type {Record<string, (names: string[], flags: Flags) => void>} */
const COMMANDS = {
  analyze(names, flags) {
    const tokens = analyzerFor(flags).analyze(read(names[0]));
    if (flags.json) return print(JSON.stringify(tokens, undefined, 2));
    for (const { start, end, sentence, type, text, term, root } of tokens) print([start, end, sentence, type, text, term, root].join('\t'));
  },
  encode: (names, flags) => print(analyzerFor(flags).encode(read(names[0]), flags.root ? 'root' : 'term')),
  normalize(names, flags) {
    const level = String(flags.level ?? 'search');
    if (level !== 'exact' && level !== 'canonical' && level !== 'search')
      throw new UsageError(`--level must be exact, canonical or search, got "${level}"`);
    process.stdout.write(normalize(read(names[0]), level));
  },
  explain(names, flags) {
    if (names.length === 0) throw new UsageError('explain needs a word: urdu explain کیساتھ');
    const analyzer = analyzerFor(flags);
    for (const word of names) {
      const { steps, parts } = analyzer.explain(word);
      print(`${word} → ${parts.map(({ term, root }) => (term === root ? term : `${term} (${root})`)).join(' + ')}`);
      for (const { rule, from, to, why } of steps) print(`  ${rule}: ${from} → ${to}. ${why}`);
    }
  },
  learn(names) {
    if (names.length === 0) throw new UsageError('learn needs files: urdu learn article1.txt article2.txt > lexicon.json');
    print(JSON.stringify(learnLexicon(texts(names)), undefined, 1));
  },
};

/** @param {string[]} names */
function* texts(names) {
  for (const name of names) yield read(name);
}

/** @param {Flags} flags */
function analyzerFor(flags) {
  return createAnalyzer(typeof flags.lexicon === 'string' ? { lexicon: lexiconFromJson(read(flags.lexicon)) } : {});
}

/** @param {string | undefined} name */
function read(name) {
  try {
    return readFileSync(name ?? 0, 'utf8');
  } catch (error) {
    throw new UsageError(`cannot read ${name ?? 'standard input'}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      json: { type: 'boolean' },
      root: { type: 'boolean' },
      level: { type: 'string' },
      lexicon: { type: 'string' },
      help: { type: 'boolean', short: 'h' },
    },
  });
  const [name, ...rest] = positionals;
  if (values.help || name === undefined || name === 'help') print(HELP);
  else {
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (!command) throw new UsageError(`unknown command "${name}". There are: ${Object.keys(COMMANDS).join(', ')}. Try: urdu help`);
    command(rest, values);
  }
} catch (error) {
  if (!(error instanceof UsageError || error instanceof TypeError || (error instanceof Error && error.name === 'LexiconError')))
    throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
// `urdu analyze … | head` closes the pipe early: no error.
process.stdout.on('error', (error) => {
  if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EPIPE') throw error;
});
