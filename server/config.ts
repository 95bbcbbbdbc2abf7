/**
 * What the operator set, by the environment and `justuju.config.json`, read once and checked whole: everything behind this file may trust its `Config`.
 */
import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { readSettings, type Values } from './config/read.js';
import { OperatorError } from './errors.js';

export interface Config {
  /** In production nothing starts without keys. */
  readonly isProduction: boolean;
  /** Address to listen on. Default 127.0.0.1: nothing is offered to the network unless asked for. */
  readonly host: string;
  /** 0 takes any free port; the one taken is printed and announced in the data folder. Default 3000. */
  readonly port: number;
  /** Absolute path of the folder of the stores, and of the local engine where there is one. Default `./data`. */
  readonly dataDir: string;
  /** A Meilisearch that the operator runs, without trailing slash. Set: nothing is launched here. */
  readonly meiliUrl?: string;
  /** Several of them, two at least; `meiliUrl` is the first. */
  readonly meiliUrls?: readonly string[];
  /** Key for `meiliUrl`. */
  readonly meiliApiKey?: string;
  /** Executable of the local engine. */
  readonly meiliBin?: string;
  /** Master key of the local engine. Set: clients must send keys. */
  readonly meiliMasterKey?: string;
  /** Processes that answer behind the one port; 0: the one process does all. */
  readonly workers: number;
  /** A level of pino. Default info. */
  readonly logLevel: string;
  /** Whether the sample articles are loaded on the first start. */
  readonly loadSamples: boolean;
  /** Milliseconds between the word that it stops and the end of taking requests. */
  readonly stopDelayMs: number;
  readonly limits: Limits;
  readonly access: Access;
  /** What readers look for: kept so many days (0: nothing is counted), on the disk in so many megabytes. Default 30 and 200. */
  readonly insight: { readonly days: number; readonly megabytes: number };
  /** File with the settings of the search page, as an absolute path. Default `justuju.page.json` in `dataDir`, where there is one. */
  readonly pageConfig?: string;
  /** A key that may only search, for the search page. */
  readonly pageKey?: string;
  /** Seconds for which the last good answer stands in while Meilisearch is gone; 0: it does not. */
  readonly staleAnswersSeconds: number;
}

/** How much of everything is taken. What is undefined has no limit. */
export interface Limits {
  /** Bytes of the largest body of a request, unpacked. Default 100 MB, as in Meilisearch. */
  readonly payload: number;
  /** UTF-16 units of a query. */
  readonly queryLength: number | undefined;
  /** Queries of a multi-search. */
  readonly multiSearch: number | undefined;
  /** Searches under way at a time, those that wait for a place, and for how many milliseconds. */
  readonly searches: { readonly atOnce: number; readonly waiting: number; readonly waitMs: number };
  /** Uploads analyzed at a time. */
  readonly uploads: number;
  /** Requests a minute. */
  readonly perAddress: number | undefined;
  readonly perKey: number | undefined;
}

/** Who may come, and what is written down of it. */
export interface Access {
  /** As Express takes its `trust proxy`; undefined: nobody is believed. */
  readonly trustProxy: number | readonly string[] | undefined;
  /** Origins of browsers; undefined: all. */
  readonly origins: readonly string[] | undefined;
  /** `off`, `log`, or the absolute path of a file. */
  readonly auditLog: string;
}

export const DEFAULT_LIMITS: Limits = {
  payload: 100_000_000,
  queryLength: undefined,
  multiSearch: undefined,
  searches: { atOnce: 32, waiting: 256, waitMs: 10_000 },
  uploads: 4,
  perAddress: undefined,
  perKey: undefined,
};

export const DEFAULT_INSIGHT: Config['insight'] = { days: 30, megabytes: 200 };

export const OPEN_ACCESS: Access = { trustProxy: undefined, origins: undefined, auditLog: 'off' };

/** As many as make sense beside a Meilisearch, which takes the other half of the processors. Each takes some 150 MB and the words of the indexes once more. */
const defaultWorkers = (): number => Math.min(4, Math.max(1, Math.floor(availableParallelism() / 2)));

/** Meilisearch takes no shorter one in production. */
const LEAST_KEY_BYTES = 16;

export interface ReadOptions {
  /** Where the file lies, and what relative paths begin at. Default: where the process was started. */
  readonly folder?: string;
  /** Whether this is for the service itself: then production wants keys. Default false, for commands that work on it. */
  readonly isService?: boolean;
}

/** @throws OperatorError that names all that is wrong, each with its value and what may be given */
export function readConfig(env: NodeJS.ProcessEnv, { folder = process.cwd(), isService = false }: ReadOptions = {}): Config {
  const { values, problems } = readSettings(env, folder);
  const config = configOf(values, env, folder);
  const all = [...problems, ...contradictions(values), ...(isService ? notWrong(missingKeys(config), problems) : [])];
  if (all.length > 0)
    throw new OperatorError(all.length === 1 ? (all[0] as string) : `${all.length} settings are wrong:\n- ${all.join('\n- ')}`);
  return config;
}

/** What is wrong with the configuration, and the file it came from: for `justuju doctor`. */
export function checkConfig(
  env: NodeJS.ProcessEnv,
  folder = process.cwd(),
): { readonly problems: readonly string[]; readonly file: string | undefined } {
  const { values, problems, file } = readSettings(env, folder);
  return { problems: [...problems, ...contradictions(values), ...notWrong(missingKeys(configOf(values, env, folder)), problems)], file };
}

function configOf(values: Values, env: NodeJS.ProcessEnv, folder: string): Config {
  const given = <T>(name: keyof Values, otherwise: T): T => (values[name] as T | undefined) ?? otherwise;
  const isProduction = given('environment', env['NODE_ENV'] === 'production' ? 'production' : 'development') === 'production';
  const urls = given<readonly string[]>('meiliUrls', []).map(bareUrl);
  const url = given<string | undefined>('meiliUrl', undefined);
  const meiliUrl = urls[0] ?? (url === undefined ? undefined : bareUrl(url));
  const pageConfig = given<string | undefined>('pageConfig', undefined);
  const { meiliApiKey, meiliBin, meiliMasterKey, pageKey } = values;
  const asGiven = { meiliApiKey, meiliBin, meiliMasterKey, pageKey };
  return {
    isProduction,
    // People write IPv6 as in a URL; `listen` takes it bare.
    host: given('host', '127.0.0.1').replace(/^\[(.+)\]$/, '$1'),
    port: given('port', 3_000),
    dataDir: resolve(folder, given('dataDir', './data')),
    ...(meiliUrl !== undefined && { meiliUrl }),
    ...(urls.length > 1 && { meiliUrls: urls }),
    ...(Object.fromEntries(Object.entries(asGiven).filter(([, value]) => value !== undefined)) as Partial<Config>),
    workers: given('workers', isProduction ? defaultWorkers() : 0),
    logLevel: given('logLevel', 'info'),
    loadSamples: given('loadSamples', true),
    stopDelayMs: given('stopDelayMs', 0),
    limits: limitsOf(given),
    access: accessOf(given, folder),
    insight: {
      days: given('insightDays', DEFAULT_INSIGHT.days),
      megabytes: given('insightMb', DEFAULT_INSIGHT.megabytes),
    },
    ...(pageConfig !== undefined && { pageConfig: resolve(folder, pageConfig) }),
    staleAnswersSeconds: given('staleAnswersSeconds', 0),
  };
}

/** Without slashes at its end. */
const bareUrl = (url: string): string => new URL(url).href.replace(/\/+$/, '');

/** Settings of which only one can hold. */
const contradictions = ({ meiliUrl, meiliUrls }: Values): string[] =>
  meiliUrl === undefined || meiliUrls === undefined
    ? []
    : ['MEILI_URL and MEILI_URLS are both set. Set MEILI_URLS for several servers, MEILI_URL for one.'];

type Given = <T>(name: keyof Values, otherwise: T) => T;

const limitsOf = (given: Given): Limits => ({
  payload: given('payloadLimitMb', DEFAULT_LIMITS.payload / 1_000_000) * 1_000_000,
  queryLength: given('queryLengthLimit', DEFAULT_LIMITS.queryLength),
  multiSearch: given('multiSearchLimit', DEFAULT_LIMITS.multiSearch),
  searches: {
    atOnce: given('searchConcurrency', DEFAULT_LIMITS.searches.atOnce),
    waiting: given('searchQueue', DEFAULT_LIMITS.searches.waiting),
    waitMs: given('searchQueueMs', DEFAULT_LIMITS.searches.waitMs),
  },
  uploads: given('uploadConcurrency', DEFAULT_LIMITS.uploads),
  perAddress: given('rateLimitPerAddress', DEFAULT_LIMITS.perAddress),
  perKey: given('rateLimitPerKey', DEFAULT_LIMITS.perKey),
});

function accessOf(given: Given, folder: string): Access {
  const proxies = given<readonly (string | number)[]>('trustProxy', []);
  const [first] = proxies;
  const origins = given<readonly string[]>('corsOrigins', ['*']);
  const auditLog = given('auditLog', OPEN_ACCESS.auditLog);
  return {
    trustProxy: first === undefined ? undefined : typeof first === 'number' ? first : proxies.map(String),
    origins: origins.includes('*') ? undefined : origins,
    auditLog: auditLog === 'off' || auditLog === 'log' ? auditLog : resolve(folder, auditLog),
  };
}

/** What is there and wrong is not missing as well. */
const notWrong = (missing: readonly string[], problems: readonly string[]): string[] =>
  missing.filter((one) => !problems.some((problem) => /\w+/.exec(problem)?.[0] === /\w+/.exec(one)?.[0]));

/** In production everybody must show a key: without a master key Meilisearch asks nobody for one. */
function missingKeys({ isProduction, meiliUrl, meiliApiKey, meiliMasterKey }: Config): string[] {
  if (!isProduction) return [];
  const why = 'and this is production (JUSTUJU_ENV or NODE_ENV): without it everybody would have full rights';
  const way = 'make one with: openssl rand -hex 32';
  if (meiliUrl !== undefined)
    return meiliApiKey === undefined
      ? [`MEILI_API_KEY is not set, ${why}. Set it to the key that Justuju uses at MEILI_URL, whose Meilisearch must have a master key.`]
      : [];
  if (meiliMasterKey === undefined) return [`MEILI_MASTER_KEY is not set, ${why}. Set it; ${way}.`];
  return Buffer.byteLength(meiliMasterKey) < LEAST_KEY_BYTES
    ? [
        `MEILI_MASTER_KEY is shorter than ${LEAST_KEY_BYTES} bytes, and this is production (JUSTUJU_ENV or NODE_ENV). Set a longer one; ${way}.`,
      ]
    : [];
}
