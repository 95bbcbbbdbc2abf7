/**
 * The environment, read once and checked whole: everything behind this file may trust its `Config`.
 * A variable that is set to the empty string counts as not set, as `${NAME:-}` in a compose file gives it.
 */
import { resolve } from 'node:path';
import { OperatorError } from './errors.js';

export interface Config {
  /** Address to listen on. Default 127.0.0.1: nothing is offered to the network unless asked for. */
  readonly host: string;
  /** 0 takes any free port; the one taken is printed and announced in the data folder. Default 3000. */
  readonly port: number;
  /** Absolute path of the folder of the stores, and of the local engine where there is one. Default `./data`. */
  readonly dataDir: string;
  /** A Meilisearch that the operator runs, without trailing slash. Set: nothing is launched here. */
  readonly meiliUrl?: string;
  /** Key for `meiliUrl`. */
  readonly meiliApiKey?: string;
  /** Executable of the local engine. */
  readonly meiliBin?: string;
  /** Master key of the local engine. Set: clients must send keys. */
  readonly meiliMasterKey?: string;
  /** A level of pino. Default info. */
  readonly logLevel: string;
  /** Whether the sample articles are loaded on the first start. */
  readonly loadSamples: boolean;
  /** Bytes of the largest body of a request, unpacked. Default 100 MB, as in Meilisearch. */
  readonly payloadLimit: number;
  /** What readers look for: kept so many days (0: nothing is counted), on the disk in so many megabytes. Default 30 and 200. */
  readonly insight: { readonly days: number; readonly megabytes: number };
  /** File with the settings of the search page. Default `justuju.page.json` in `dataDir`, where there is one. */
  readonly pageConfig?: string;
  /** A key that may only search, for the search page. */
  readonly pageKey?: string;
}

export const DEFAULTS = {
  host: '127.0.0.1',
  port: 3000,
  dataDir: './data',
  logLevel: 'info',
  payloadLimitMb: 100,
  insightDays: 30,
  insightMegabytes: 200,
} as const;

const LOG_LEVELS: readonly string[] = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

export function readConfig(env: NodeJS.ProcessEnv): Config {
  const meiliUrl = readUrl(env, 'MEILI_URL');
  const meiliApiKey = read(env, 'MEILI_API_KEY');
  const meiliBin = read(env, 'MEILI_BIN');
  const meiliMasterKey = read(env, 'MEILI_MASTER_KEY');
  const pageConfig = read(env, 'PAGE_CONFIG');
  const pageKey = read(env, 'PAGE_KEY');
  return {
    host: readHost(env),
    port: readPort(env),
    dataDir: resolve(read(env, 'DATA_DIR') ?? DEFAULTS.dataDir),
    ...(meiliUrl !== undefined && { meiliUrl }),
    ...(meiliApiKey !== undefined && { meiliApiKey: headerSafe('MEILI_API_KEY', meiliApiKey) }),
    ...(meiliBin !== undefined && { meiliBin }),
    ...(meiliMasterKey !== undefined && { meiliMasterKey: headerSafe('MEILI_MASTER_KEY', meiliMasterKey) }),
    logLevel: readLogLevel(env),
    loadSamples: readSwitch(env, 'JUSTUJU_SAMPLES'),
    payloadLimit: (readMegabytes(env, 'PAYLOAD_LIMIT_MB') ?? DEFAULTS.payloadLimitMb) * 1_000_000,
    insight: {
      days: readDays(env, 'INSIGHT_DAYS') ?? DEFAULTS.insightDays,
      megabytes: readMegabytes(env, 'INSIGHT_MB') ?? DEFAULTS.insightMegabytes,
    },
    ...(pageConfig !== undefined && { pageConfig: resolve(pageConfig) }),
    ...(pageKey !== undefined && { pageKey: headerSafe('PAGE_KEY', pageKey) }),
  };
}

function read(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = env[name]?.trim();
  return value === '' ? undefined : value;
}

function readPort(env: NodeJS.ProcessEnv): number {
  const value = read(env, 'PORT');
  if (value === undefined) return DEFAULTS.port;
  const port = Number(value);
  if (!/^\d+$/.test(value) || port > 65_535) {
    throw new OperatorError(
      `PORT=${value} is not a port. Give a whole number from 1 to 65535, or 0 for any free port, for example PORT=3000.`,
    );
  }
  return port;
}

function readHost(env: NodeJS.ProcessEnv): string {
  const value = read(env, 'HOST');
  if (value === undefined) return DEFAULTS.host;
  // People write IPv6 as in a URL; `listen` takes it bare.
  const host = value.replace(/^\[(.+)\]$/, '$1');
  const isAddress = /^[\da-f:.]+(%\w+)?$/i.test(host);
  if (!isAddress && !/^[\w-]+(\.[\w-]+)*\.?$/.test(host)) {
    throw new OperatorError(
      `HOST=${value} is not an address to listen on. Give an address or a host name alone, without scheme or port, for example HOST=127.0.0.1 or HOST=0.0.0.0; the port goes into PORT.`,
    );
  }
  return host;
}

function readUrl(env: NodeJS.ProcessEnv, name: string): string | undefined {
  const value = read(env, name);
  if (value === undefined) return undefined;
  const way = `Give the address of a running Meilisearch, for example ${name}=http://127.0.0.1:7700, or unset it to have one started here.`;
  if (!URL.canParse(value)) throw new OperatorError(`${name}=${value} is not a URL. ${way}`);
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new OperatorError(`${name}=${value} does not begin with http:// or https://. ${way}`);
  }
  if (url.username !== '' || url.password !== '') {
    // The value is not repeated: it holds a password.
    throw new OperatorError(
      `${name} holds a user name or password, which Meilisearch does not take. Give the key in MEILI_API_KEY. ${way}`,
    );
  }
  if (url.search !== '' || url.hash !== '') throw new OperatorError(`${name}=${value} goes on after the path. ${way}`);
  return url.href.replace(/\/+$/, '');
}

function readLogLevel(env: NodeJS.ProcessEnv): string {
  const value = read(env, 'LOG_LEVEL')?.toLowerCase() ?? DEFAULTS.logLevel;
  if (!LOG_LEVELS.includes(value)) throw new OperatorError(`LOG_LEVEL=${value} is not a level. Give one of ${LOG_LEVELS.join(', ')}.`);
  return value;
}

/** Ten years. */
const MOST_DAYS = 3_653;

function readDays(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const value = read(env, name);
  if (value === undefined) return undefined;
  if (!/^\d+$/.test(value) || Number(value) > MOST_DAYS)
    throw new OperatorError(
      `${name}=${value} is no number of days. Give a whole number from 0 (nothing is kept) to ${MOST_DAYS}, for example ${name}=30.`,
    );
  return Number(value);
}

function readMegabytes(env: NodeJS.ProcessEnv, name: string): number | undefined {
  const value = read(env, name);
  if (value === undefined) return undefined;
  if (!/^\d{1,6}$/.test(value) || Number(value) === 0)
    throw new OperatorError(`${name}=${value} is no amount. Give megabytes as a whole number, for example ${name}=128.`);
  return Number(value);
}

function readSwitch(env: NodeJS.ProcessEnv, name: string): boolean {
  const value = read(env, name)?.toLowerCase() ?? 'on';
  if (value !== 'on' && value !== 'off') throw new OperatorError(`${name}=${value} is neither "on" nor "off". Give one of them.`);
  return value === 'on';
}

/** Keys travel in an HTTP header; what cannot is refused here, not by an odd failure of the first request. */
function headerSafe(name: string, key: string): string {
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new OperatorError(
      `${name} holds a blank or a character outside ASCII. Give a key of visible ASCII characters, for example from: openssl rand -hex 32`,
    );
  }
  return key;
}
