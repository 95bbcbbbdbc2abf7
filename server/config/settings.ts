/**
 * Everything that an operator can set, in one table: the environment, `justuju.config.json`, its schema, the messages and the table in docs/operating.md all come from here.
 * A value of the environment is text, and is first read as the file would write it.
 */
import { isIP } from 'node:net';
import { z } from 'zod';

/** Writes a value as the operator would where the wrong one came from: `PORT=3000`, or `"port": 3000`; a list as `A=1,2`, or `"a": [1, 2]`. */
export type Written = (value: string | number | boolean | readonly (string | number)[]) => string;

export interface Setting {
  /** In the environment. */
  readonly variable: string;
  /** In the file; undefined: there it makes no sense. */
  readonly key: string;
  /** Its messages go on after the value: "is not a port". */
  readonly schema: z.ZodType;
  /** What the value of the environment is in the file. */
  readonly form: 'text' | 'number' | 'switch' | 'list';
  /** What may be given, as sentences. */
  readonly allowed: (written: Written) => string;
  /** Keys and the like: their values are in no message and no log. */
  readonly isSecret?: true;
  /** For people; undefined: nothing is set. */
  readonly fallback?: string;
  readonly what: string;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** Keys travel in an HTTP header; what cannot is refused at the start, not by an odd failure of the first request. */
const headerSafe = z
  .string({ error: 'is no text' })
  .regex(/^[\x21-\x7e]+$/, 'holds a blank or a character outside ASCII')
  .max(4_096, 'is longer than a header may be');
const KEY_WAY = 'Give a key of visible ASCII characters, for example from: openssl rand -hex 32';

/** A whole number that says how much of something is allowed. */
const amount = (least: number, most: number): z.ZodType =>
  z.int({ error: 'is no whole number' }).min(least, `is less than ${least}`).max(most, `is more than ${most}`);
const amountWay = (least: number, most: number, example: number) => (written: Written) =>
  `Give a whole number from ${least} to ${most}, for example ${written(example)}.`;

const megabytes = z.int({ error: 'is no amount' }).min(1, 'is no amount').max(999_999, 'is no amount');
/** Ten years. */
const MOST_DAYS = 3_653;
const path = z.string({ error: 'is no text' }).refine((value) => value !== '' && !value.includes('\0'), 'is no path');

/** Other settings are switched on; this one is told where to write, and a file `on` in the folder of the start would be found by nobody. */
const auditLog = path.refine((value) => !/^(?:on|true|yes|1)$/i.test(value), 'does not say where to');

const isAddress = (host: string): boolean => /^[\da-f:.]+(%\w+)?$/i.test(host.replace(/^\[(.+)\]$/, '$1'));
const isHostName = (host: string): boolean => /^[\w-]+(\.[\w-]+)*\.?$/.test(host);

const remote = z.string({ error: 'is no text' }).superRefine((value, context) => {
  const problem = problemOfUrl(value);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

function problemOfUrl(value: string): string | undefined {
  if (!URL.canParse(value)) return 'is not a URL';
  const url = new URL(value);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return 'does not begin with http:// or https://';
  if (url.username !== '' || url.password !== '') return HOLDS_PASSWORD;
  return url.search !== '' || url.hash !== '' ? 'goes on after the path' : undefined;
}

/** The value is then not repeated. */
export const HOLDS_PASSWORD = 'holds a user name or password, which Meilisearch does not take. Give the key in MEILI_API_KEY';

/** Of a browser: scheme, host and port, nothing behind. */
const isOrigin = (value: string): boolean => value === '*' || (URL.canParse(value) && new URL(value).origin === value);
const NO_ORIGIN = 'holds what is no origin';
const isHops = (value: string | number): boolean => typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= 16;
const isNetwork = (value: string): boolean => {
  if (/^(loopback|linklocal|uniquelocal)$/.test(value)) return true;
  const [address = '', bits = '0'] = value.split('/', 2);
  const version = isIP(address);
  return version !== 0 && /^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128);
};

export const SETTINGS = {
  environment: {
    variable: 'JUSTUJU_ENV',
    key: 'environment',
    schema: z.enum(['production', 'development'], { error: 'is no environment' }),
    form: 'text',
    allowed: () => 'Give one of production, development.',
    fallback: '`production` where `NODE_ENV` is, else `development`',
    what: 'in production nothing starts without keys',
  },
  host: {
    variable: 'HOST',
    key: 'host',
    schema: z.string({ error: 'is no text' }).refine((host) => isAddress(host) || isHostName(host), 'is not an address to listen on'),
    form: 'text',
    allowed: (written) =>
      `Give an address or a host name alone, without scheme or port, for example ${written('127.0.0.1')} or ${written('0.0.0.0')}; the port goes into PORT.`,
    fallback: '127.0.0.1',
    what: 'the address to listen on',
  },
  port: {
    variable: 'PORT',
    key: 'port',
    schema: z.int({ error: 'is not a port' }).min(0, 'is not a port').max(65_535, 'is not a port'),
    form: 'number',
    allowed: (written) => `Give a whole number from 1 to 65535, or 0 for any free port, for example ${written(3_000)}.`,
    fallback: '3000',
    what: 'the port; `0` takes any free one',
  },
  dataDir: {
    variable: 'DATA_DIR',
    key: 'dataDir',
    schema: path,
    form: 'text',
    allowed: (written) => `Give the path of a folder, for example ${written('/var/lib/justuju')}.`,
    fallback: './data',
    what: "data of the local engine (one Justuju at a time), and Justuju's store of words (`DATA_DIR/store`, with `MEILI_URL` too). The store can be deleted: it is built again from Meilisearch",
  },
  meiliUrl: {
    variable: 'MEILI_URL',
    key: 'meiliUrl',
    schema: remote,
    form: 'text',
    allowed: (written) =>
      `Give the address of a running Meilisearch, for example ${written('http://127.0.0.1:7700')}, or unset it to have one started here.`,
    what: 'a Meilisearch that you run',
  },
  meiliUrls: {
    variable: 'MEILI_URLS',
    key: 'meiliUrls',
    schema: z
      .array(remote, { error: 'is no list of addresses' })
      .min(1, 'holds no address')
      .refine((urls) => new Set(urls.map((url) => url.replace(/\/+$/, ''))).size === urls.length, 'names a server twice'),
    form: 'list',
    allowed: (written) =>
      `Give the addresses of Meilisearch servers with the same master key, the one that was there first first, for example ${written(['http://10.0.0.1:7700', 'http://10.0.0.2:7700'])}, in place of MEILI_URL.`,
    what: 'several Meilisearch servers that you run, comma between, in place of `MEILI_URL`: documents are spread over them ([More than one server](#more-than-one-server)). New ones come last; the order never changes',
  },
  meiliApiKey: {
    variable: 'MEILI_API_KEY',
    key: 'meiliApiKey',
    schema: headerSafe,
    form: 'text',
    allowed: () => KEY_WAY,
    isSecret: true,
    what: 'the key that Justuju uses at `MEILI_URL` (it needs all actions on the indexes it serves)',
  },
  meiliBin: {
    variable: 'MEILI_BIN',
    key: 'meiliBin',
    schema: path,
    form: 'text',
    allowed: (written) => `Give a path, or a name on the PATH, for example ${written('/usr/local/bin/meilisearch')}.`,
    what: 'a Meilisearch executable',
  },
  meiliMasterKey: {
    variable: 'MEILI_MASTER_KEY',
    key: 'meiliMasterKey',
    schema: headerSafe,
    form: 'text',
    allowed: () => KEY_WAY,
    isSecret: true,
    what: 'given to the local engine; clients must then send keys',
  },
  workers: {
    variable: 'WORKERS',
    key: 'workers',
    schema: amount(0, 64),
    form: 'number',
    allowed: (written) => `Give a whole number from 0 (one process, that nobody replaces) to 64, for example ${written(2)}.`,
    fallback: 'in production half of the processors, 1 to 4; else `0`',
    what: 'worker processes behind the one port; one that falls is replaced. Also `--workers N`',
  },
  logLevel: {
    variable: 'LOG_LEVEL',
    key: 'logLevel',
    schema: z.enum(LOG_LEVELS, { error: 'is not a level' }),
    form: 'text',
    allowed: () => `Give one of ${LOG_LEVELS.join(', ')}.`,
    fallback: 'info',
    what: '`debug` shows every request',
  },
  loadSamples: {
    variable: 'JUSTUJU_SAMPLES',
    key: 'samples',
    schema: z.boolean({ error: 'is neither "on" nor "off"' }),
    form: 'switch',
    allowed: () => 'Give one of them.',
    fallback: 'on',
    what: '`off`: load no sample articles into an engine without any index',
  },
  payloadLimitMb: {
    variable: 'PAYLOAD_LIMIT_MB',
    key: 'payloadLimitMb',
    schema: megabytes,
    form: 'number',
    allowed: (written) => `Give megabytes as a whole number, for example ${written(128)}.`,
    fallback: '100',
    what: 'the largest body of a request, unpacked, in megabytes',
  },
  pageConfig: {
    variable: 'PAGE_CONFIG',
    key: 'pageConfig',
    schema: path,
    form: 'text',
    allowed: (written) => `Give the path of a file, for example ${written('/etc/justuju/justuju.page.json')}.`,
    fallback: '`justuju.page.json` in `DATA_DIR`, if it is there',
    what: 'settings of the search page: [docs/page.md](page.md)',
  },
  pageKey: {
    variable: 'PAGE_KEY',
    key: 'pageKey',
    schema: headerSafe,
    form: 'text',
    allowed: () => KEY_WAY,
    isSecret: true,
    what: 'a key that may only search, for the search page, where Justuju cannot make one',
  },
  insightDays: {
    variable: 'INSIGHT_DAYS',
    key: 'insightDays',
    schema: z.int({ error: 'is no number of days' }).min(0, 'is no number of days').max(MOST_DAYS, 'is no number of days'),
    form: 'number',
    allowed: (written) => `Give a whole number from 0 (nothing is kept) to ${MOST_DAYS}, for example ${written(30)}.`,
    fallback: '30',
    what: 'what readers look for is kept so many days; `0`: not at all',
  },
  insightMb: {
    variable: 'INSIGHT_MB',
    key: 'insightMb',
    schema: megabytes,
    form: 'number',
    allowed: (written) => `Give megabytes as a whole number, for example ${written(128)}.`,
    fallback: '200',
    what: 'and in so many megabytes (`DATA_DIR/insight`; unlike the store it cannot be built again)',
  },
  queryLengthLimit: {
    variable: 'QUERY_LENGTH_LIMIT',
    key: 'queryLengthLimit',
    schema: amount(1, 1_000_000),
    form: 'number',
    allowed: amountWay(1, 1_000_000, 1_000),
    fallback: 'no limit, as in Meilisearch',
    what: 'the longest query, in characters (UTF-16); a longer one is 400 `query_too_long`',
  },
  multiSearchLimit: {
    variable: 'MULTI_SEARCH_LIMIT',
    key: 'multiSearchLimit',
    schema: amount(1, 100_000),
    form: 'number',
    allowed: amountWay(1, 100_000, 20),
    fallback: 'no limit, as in Meilisearch',
    what: 'the most queries in one `/multi-search`; more are 400 `too_many_queries`',
  },
  searchConcurrency: {
    variable: 'SEARCH_CONCURRENCY',
    key: 'searchConcurrency',
    schema: amount(1, 10_000),
    form: 'number',
    allowed: amountWay(1, 10_000, 32),
    fallback: '32',
    what: 'searches under way at a time, for each process',
  },
  searchQueue: {
    variable: 'SEARCH_QUEUE',
    key: 'searchQueue',
    schema: amount(0, 100_000),
    form: 'number',
    allowed: amountWay(0, 100_000, 256),
    fallback: '256',
    what: 'searches that wait for a place, for each process, not longer than `SEARCH_QUEUE_MS`; beyond it 503 with `Retry-After`, at once',
  },
  searchQueueMs: {
    variable: 'SEARCH_QUEUE_MS',
    key: 'searchQueueMs',
    schema: amount(1, 60_000),
    form: 'number',
    allowed: amountWay(1, 60_000, 1_000),
    fallback: '10000',
    what: 'how long a search of a crowd waits for a place, in milliseconds. Where more have waited than there are places for two seconds, 25 at most, until nearly nobody is refused any more',
  },
  uploadConcurrency: {
    variable: 'UPLOAD_CONCURRENCY',
    key: 'uploadConcurrency',
    schema: amount(1, 1_000),
    form: 'number',
    allowed: amountWay(1, 1_000, 2),
    fallback: '4',
    what: 'uploads of documents that are analyzed at a time, for each process; others wait for their turn',
  },
  rateLimitPerAddress: {
    variable: 'RATE_LIMIT_PER_ADDRESS',
    key: 'rateLimitPerAddress',
    schema: amount(1, 10_000_000),
    form: 'number',
    allowed: amountWay(1, 10_000_000, 600),
    fallback: 'no limit',
    what: 'requests a minute from one address (of IPv6: a /56), all processes together; more are 429 with `Retry-After`',
  },
  rateLimitPerKey: {
    variable: 'RATE_LIMIT_PER_KEY',
    key: 'rateLimitPerKey',
    schema: amount(1, 10_000_000),
    form: 'number',
    allowed: amountWay(1, 10_000_000, 6_000),
    fallback: 'no limit',
    what: 'requests a minute with one key or tenant token, all processes together',
  },
  trustProxy: {
    variable: 'TRUST_PROXY',
    key: 'trustProxy',
    schema: z
      .array(z.union([z.string(), z.number()], { error: 'names no proxy' }), { error: 'names no proxy' })
      .refine((list) => (list.length === 1 && list.every(isHops)) || list.every((one) => typeof one === 'string' && isNetwork(one)), {
        error: 'names no proxy',
      }),
    form: 'list',
    allowed: (written) =>
      `Give how many proxies stand before Justuju, or their addresses or networks, for example ${written([1])} or ${written(['10.0.0.0/8', 'loopback'])}.`,
    fallback: 'nobody',
    what: 'whose `X-Forwarded-For` is believed: a number of proxies, or their addresses. Rate limits and the audit log go by the address that follows',
  },
  corsOrigins: {
    variable: 'CORS_ORIGINS',
    key: 'corsOrigins',
    schema: z.array(z.string({ error: NO_ORIGIN }).refine(isOrigin, { error: NO_ORIGIN }), { error: 'is no list of origins' }),
    form: 'list',
    allowed: (written) =>
      `Give origins as browsers write them, for example ${written(['https://example.pk', 'https://www.example.pk'])}, or * for all.`,
    fallback: '*',
    what: 'from which sites browsers may ask, comma between; `*` all, as in Meilisearch',
  },
  auditLog: {
    variable: 'AUDIT_LOG',
    key: 'auditLog',
    schema: auditLog,
    form: 'text',
    allowed: (written) =>
      `Give off, log (the service's own log), or the path of a file, for example ${written('/var/log/justuju/audit.log')}.`,
    fallback: 'off',
    what: 'who wrote what: `off`, `log`, or a file that gets a line of JSON for each write and each use of a key that was refused',
  },
  staleAnswersSeconds: {
    variable: 'STALE_ANSWERS_S',
    key: 'staleAnswersSeconds',
    schema: amount(0, 86_400),
    form: 'number',
    allowed: amountWay(0, 86_400, 300),
    fallback: '0 (off)',
    what: 'while Meilisearch is gone, searches are answered with the last answer to the same request by the same key, if it is not older than so many seconds, and marked',
  },
  stopDelayMs: {
    variable: 'STOP_DELAY_MS',
    key: 'stopDelayMs',
    schema: amount(0, 5_000),
    form: 'number',
    allowed: amountWay(0, 5_000, 2_000),
    fallback: '0',
    what: 'on a stop, how long requests are still taken after `/ready` says 503, so that a load balancer can turn away',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof SETTINGS;

/** The schema of `justuju.config.json`. */
export const FILE_SCHEMA = z.strictObject({
  $schema: z.string().optional(),
  ...Object.fromEntries(Object.values(SETTINGS).map(({ key, schema }) => [key, schema.optional()])),
});
