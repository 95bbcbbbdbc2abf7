import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { HOLDS_PASSWORD, SETTINGS, type Setting, type SettingName, type Written } from './settings.js';

/** Read where the operator starts a command, unless `JUSTUJU_CONFIG` names another one. */
export const CONFIG_FILE = 'justuju.config.json';

/** Checked values as the file writes them, by name; what is not set is not there. */
export type Values = Readonly<Partial<Record<SettingName, unknown>>>;

export interface Read {
  readonly values: Values;
  /** Everything that is wrong, a sentence or two each. */
  readonly problems: readonly string[];
  /** The file that was read, as an absolute path. */
  readonly file: string | undefined;
}

/** The environment and the file, the environment first; all that is wrong is told together. */
export function readSettings(env: NodeJS.ProcessEnv, folder: string): Read {
  const problems: string[] = [];
  const { path, content } = readFile(env, folder, problems);
  const values: Partial<Record<SettingName, unknown>> = {};
  for (const [name, setting] of Object.entries(SETTINGS) as [SettingName, Setting][]) {
    const given = inEnvironment(env, setting) ?? inFile(content, setting, path);
    if (given === undefined) continue;
    const result = setting.schema.safeParse(given.value);
    if (result.success) values[name] = result.data;
    else problems.push(problemWith(given, setting, result.error.issues[0]?.message ?? 'is wrong'));
  }
  return { values, problems, file: path };
}

interface Given {
  readonly value: unknown;
  /** As the operator wrote it. */
  readonly shown: string;
  /** The name alone. */
  readonly name: string;
  /** Behind the value, where it is not plain where it stands. */
  readonly where: string;
  readonly written: Written;
}

/** A variable that is set to the empty string counts as not set, as `${NAME:-}` in a compose file gives it. */
function inEnvironment(env: NodeJS.ProcessEnv, { variable, form }: Setting): Given | undefined {
  const text = env[variable]?.trim();
  if (text === undefined || text === '') return undefined;
  return {
    value: READERS[form](variable === 'LOG_LEVEL' ? text.toLowerCase() : text),
    shown: `${variable}=${text}`,
    name: variable,
    where: '',
    written: (value) => `${variable}=${String(value)}`,
  };
}

function inFile(content: Readonly<Record<string, unknown>>, { key, form }: Setting, path = ''): Given | undefined {
  const value = content[key];
  if (value === undefined) return undefined;
  const read = form === 'switch' && (value === 'on' || value === 'off') ? value === 'on' : value;
  return {
    value: read,
    shown: `"${key}": ${JSON.stringify(value)}`.slice(0, 200),
    name: `"${key}"`,
    where: ` (${path})`,
    written: (one) => `"${key}": ${JSON.stringify(one)}`,
  };
}

const READERS: Readonly<Record<Setting['form'], (text: string) => unknown>> = {
  text: (text) => text,
  number: numberIn,
  switch: (text) => ({ on: true, off: false })[text.toLowerCase()] ?? text,
  list: (text) => text.split(',').map((one) => numberIn(one.trim())),
};

/** Decimal digits only: `3e3` and `0x10` are mistakes. What is no number stays as it is, and is refused as such. */
function numberIn(text: string): unknown {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : text;
}

function problemWith({ shown, name, where, written }: Given, { isSecret, allowed }: Setting, problem: string): string {
  // Before an @ a password may stand, whatever else is wrong.
  const isHidden = isSecret === true || problem === HOLDS_PASSWORD || shown.includes('@');
  return `${isHidden ? name : shown}${where} ${problem}. ${allowed(written)}`;
}

function readFile(
  env: NodeJS.ProcessEnv,
  folder: string,
  problems: string[],
): { path: string | undefined; content: Readonly<Record<string, unknown>> } {
  const named = env['JUSTUJU_CONFIG']?.trim();
  const isNamed = named !== undefined && named !== '';
  const path = isNamed ? resolve(folder, named) : join(folder, CONFIG_FILE);
  const nothing = { path: undefined, content: {} };
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (isNamed || (error as NodeJS.ErrnoException).code !== 'ENOENT')
      problems.push(
        `${isNamed ? `JUSTUJU_CONFIG=${named}` : path} cannot be read (${(error as Error).message}). Give the path of a JSON file, for example JUSTUJU_CONFIG=./${CONFIG_FILE}.`,
      );
    return nothing;
  }
  let content: unknown;
  try {
    // With a byte order mark some editors begin.
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    // The parser quotes the text around the place, and keys may stand there.
    const place = /at position \d+|line \d+ column \d+/.exec((error as Error).message)?.[0];
    problems.push(`${path} is no JSON${place === undefined ? '' : ` (wrong ${place})`}. Give {"port": 3000} or the like.`);
    return nothing;
  }
  if (content === null || typeof content !== 'object' || Array.isArray(content)) {
    problems.push(`${path} holds no object. Give {"port": 3000} or the like.`);
    return nothing;
  }
  const known = new Set<string>(['$schema', ...Object.values(SETTINGS).map(({ key }) => key)]);
  for (const key of Object.keys(content))
    if (!known.has(key))
      problems.push(
        `"${key.slice(0, 100)}" (${path}) is no setting. Settings are ${[...known].filter((one) => one !== '$schema').join(', ')}.`,
      );
  return { path, content: content as Record<string, unknown> };
}
