import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileSchema, settingsTable } from '../../server/config/described.js';
import { SETTINGS } from '../../server/config/settings.js';
import { checkConfig, DEFAULT_INSIGHT, DEFAULT_LIMITS, OPEN_ACCESS, readConfig } from '../../server/config.js';
import { OperatorError } from '../../server/errors.js';

const HTTP_WAY =
  'Give the address of a running Meilisearch, for example MEILI_URL=http://127.0.0.1:7700, or unset it to have one started here.';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      isProduction: false,
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('data'),
      workers: 0,
      logLevel: 'info',
      loadSamples: true,
      insight: DEFAULT_INSIGHT,
      stopDelayMs: 0,
      limits: DEFAULT_LIMITS,
      access: OPEN_ACCESS,
      staleAnswersSeconds: 0,
    });
  });

  it('takes every variable', () => {
    const env = {
      HOST: '0.0.0.0',
      PORT: '0',
      DATA_DIR: '/srv/justuju',
      MEILI_URL: 'http://meilisearch:7700',
      MEILI_API_KEY: 'secret',
      MEILI_BIN: './meilisearch',
      MEILI_MASTER_KEY: 'master',
      LOG_LEVEL: 'DEBUG',
      JUSTUJU_SAMPLES: 'off',
      PAYLOAD_LIMIT_MB: '250',
      INSIGHT_DAYS: '0',
      INSIGHT_MB: '50',
      PAGE_CONFIG: '/srv/page.json',
      PAGE_KEY: 'search-only',
      JUSTUJU_ENV: 'production',
      WORKERS: '3',
      QUERY_LENGTH_LIMIT: '500',
      MULTI_SEARCH_LIMIT: '20',
      SEARCH_CONCURRENCY: '8',
      SEARCH_QUEUE: '0',
      SEARCH_QUEUE_MS: '50',
      UPLOAD_CONCURRENCY: '1',
      RATE_LIMIT_PER_ADDRESS: '600',
      RATE_LIMIT_PER_KEY: '6000',
      TRUST_PROXY: '10.0.0.0/8, loopback',
      CORS_ORIGINS: 'https://example.pk, https://www.example.pk',
      AUDIT_LOG: '/var/log/audit.log',
      STALE_ANSWERS_S: '60',
      STOP_DELAY_MS: '2000',
    };
    expect(readConfig(env)).toEqual({
      isProduction: true,
      host: '0.0.0.0',
      port: 0,
      dataDir: '/srv/justuju',
      meiliUrl: 'http://meilisearch:7700',
      meiliApiKey: 'secret',
      meiliBin: './meilisearch',
      meiliMasterKey: 'master',
      logLevel: 'debug',
      loadSamples: false,
      insight: { days: 0, megabytes: 50 },
      pageConfig: '/srv/page.json',
      pageKey: 'search-only',
      workers: 3,
      stopDelayMs: 2_000,
      limits: {
        payload: 250_000_000,
        queryLength: 500,
        multiSearch: 20,
        searches: { atOnce: 8, waiting: 0, waitMs: 50 },
        uploads: 1,
        perAddress: 600,
        perKey: 6_000,
      },
      access: {
        trustProxy: ['10.0.0.0/8', 'loopback'],
        origins: ['https://example.pk', 'https://www.example.pk'],
        auditLog: '/var/log/audit.log',
      },
      staleAnswersSeconds: 60,
    });
    // `MEILI_URLS` stands in place of `MEILI_URL`, and has a test of its own.
    expect([...Object.keys(env), 'MEILI_URLS'].sort()).toEqual(
      Object.values(SETTINGS)
        .map(({ variable }) => variable)
        .sort(),
    );
  });

  it('takes an empty variable for an unset one, as compose files write them', () => {
    expect(readConfig({ PORT: '', HOST: ' ', MEILI_URL: '', DATA_DIR: '' })).toEqual(readConfig({}));
  });

  it.each([
    ['http://127.0.0.1:7700/', 'http://127.0.0.1:7700'],
    ['https://search.example.org/meili//', 'https://search.example.org/meili'],
  ])('strips trailing slashes from MEILI_URL=%s', (given, meiliUrl) => {
    expect(readConfig({ MEILI_URL: given })).toMatchObject({ meiliUrl });
  });

  it.each(['127.0.0.1', '::', '::1', 'localhost', 'search.example.org', 'fe80::1%eth0'])('takes HOST=%s', (host) => {
    expect(readConfig({ HOST: host })).toMatchObject({ host });
  });

  it('takes an IPv6 address as a URL writes it', () => {
    expect(readConfig({ HOST: '[::1]' })).toMatchObject({ host: '::1' });
  });

  const PORT_WAY = 'Give a whole number from 1 to 65535, or 0 for any free port, for example PORT=3000.';
  it.each([
    [{ PORT: 'abc' }, `PORT=abc is not a port. ${PORT_WAY}`],
    [{ PORT: '65536' }, `PORT=65536 is not a port. ${PORT_WAY}`],
    [{ PORT: '-1' }, `PORT=-1 is not a port. ${PORT_WAY}`],
    [{ PORT: '3e3' }, `PORT=3e3 is not a port. ${PORT_WAY}`],
    [
      { HOST: 'http://localhost' },
      'HOST=http://localhost is not an address to listen on. Give an address or a host name alone, without scheme or port, for example HOST=127.0.0.1 or HOST=0.0.0.0; the port goes into PORT.',
    ],
    [{ MEILI_URL: '127.0.0.1' }, `MEILI_URL=127.0.0.1 is not a URL. ${HTTP_WAY}`],
    [{ MEILI_URL: 'localhost:7700' }, `MEILI_URL=localhost:7700 does not begin with http:// or https://. ${HTTP_WAY}`],
    [{ MEILI_URL: 'http://a:7700/?x=1' }, `MEILI_URL=http://a:7700/?x=1 goes on after the path. ${HTTP_WAY}`],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL=loud is not a level. Give one of trace, debug, info, warn, error, fatal, silent.'],
    [
      { AUDIT_LOG: 'on' },
      "AUDIT_LOG=on does not say where to. Give off, log (the service's own log), or the path of a file, for example AUDIT_LOG=/var/log/justuju/audit.log.",
    ],
    [{ JUSTUJU_SAMPLES: 'no' }, 'JUSTUJU_SAMPLES=no is neither "on" nor "off". Give one of them.'],
  ])('refuses %j with the way out', (env, message) => {
    expect(() => readConfig(env)).toThrow(new OperatorError(message));
  });

  it.each(['MEILI_API_KEY', 'MEILI_MASTER_KEY'])('refuses a %s that no header can carry, without repeating it', (name) => {
    expect(() => readConfig({ [name]: 'top secret' })).toThrow(
      `${name} holds a blank or a character outside ASCII. Give a key of visible ASCII characters, for example from: openssl rand -hex 32`,
    );
  });

  it('takes several servers, of which the first is where there is one', () => {
    const urls = ['http://a:7700', 'http://b:7700'];
    expect(readConfig({ MEILI_URLS: 'http://a:7700/, http://b:7700' })).toMatchObject({ meiliUrl: urls[0], meiliUrls: urls });
    const one = readConfig({ MEILI_URLS: 'http://a:7700' });
    expect([one.meiliUrl, one.meiliUrls]).toEqual([urls[0], undefined]);
    expect(readConfig({ MEILI_URL: 'http://a:7700' }).meiliUrls).toBeUndefined();
  });

  it.each([
    [{ MEILI_URLS: 'http://a:7700', MEILI_URL: 'http://a:7700' }, 'MEILI_URL and MEILI_URLS are both set.'],
    [{ MEILI_URLS: 'http://a:7700,http://a:7700/' }, 'names a server twice'],
    [{ MEILI_URLS: 'http://a:7700,b:7700' }, 'does not begin with http:// or https://'],
  ])('refuses %j', (env, problem) => {
    expect(() => readConfig(env)).toThrow(problem);
  });

  it('does not repeat a password in MEILI_URL', () => {
    expect(() => readConfig({ MEILI_URL: 'http://admin:hunter2@meili:7700' })).toThrow(
      /^MEILI_URL holds a user name or password(?!.*hunter2)/,
    );
  });

  it.each([
    ['MEILI_URL', 'http://admin:hunter2@meili:99999'],
    ['MEILI_URL', 'ftp://admin:hunter2@meili'],
    ['MEILI_URL', 'admin:hunter2@meili:7700'],
    ['MEILI_URLS', 'http://a:7700,http://admin:hunter2@meili:77000'],
  ])('does not repeat a password, whatever else is wrong: %s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(/^MEILI_URLS? (?!.*hunter2).* Give /s);
  });

  it('tells all that is wrong at once, each with its value and what may be given', () => {
    const env = { PORT: 'abc', WORKERS: '65', LOG_LEVEL: 'loud', MEILI_API_KEY: 'top secret' };
    expect(() => readConfig(env)).toThrow(
      new OperatorError(
        [
          '4 settings are wrong:',
          `PORT=abc is not a port. ${PORT_WAY}`,
          'MEILI_API_KEY holds a blank or a character outside ASCII. Give a key of visible ASCII characters, for example from: openssl rand -hex 32',
          'WORKERS=65 is more than 64. Give a whole number from 0 (one process, that nobody replaces) to 64, for example WORKERS=2.',
          'LOG_LEVEL=loud is not a level. Give one of trace, debug, info, warn, error, fatal, silent.',
        ].join('\n- '),
      ),
    );
  });

  it.each([
    ['CORS_ORIGINS', 'https://example.pk/path'],
    ['CORS_ORIGINS', 'example.pk'],
    ['TRUST_PROXY', 'everybody'],
    ['TRUST_PROXY', '0'],
    ['TRUST_PROXY', '1,2'],
    ['TRUST_PROXY', '10.0.0.0/99'],
    ['TRUST_PROXY', '999.1.1.1'],
    ['TRUST_PROXY', 'fe80::/129'],
    ['TRUST_PROXY', 'loopback/8'],
    ['STOP_DELAY_MS', '6000'],
    ['SEARCH_CONCURRENCY', '0'],
    ['STALE_ANSWERS_S', '1.5'],
    ['JUSTUJU_ENV', 'prod'],
  ])('refuses %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(new RegExp(`^${name}=(?!.*Invalid input).*\\. Give `));
  });

  it.each(['loopback', '10.0.0.0/8', '10.0.0.1,192.168.0.0/16', '::1', 'fd00::/8'])('takes TRUST_PROXY=%s', (value) => {
    expect(readConfig({ TRUST_PROXY: value }).access.trustProxy).toEqual(value.split(','));
  });
});

describe('production', () => {
  const key = 'a-key-of-sixteen-bytes';
  it.each([
    [{ NODE_ENV: 'production' }, /^MEILI_MASTER_KEY is not set, and this is production/],
    [{ JUSTUJU_ENV: 'production' }, /^MEILI_MASTER_KEY is not set/],
    [{ JUSTUJU_ENV: 'production', MEILI_MASTER_KEY: 'short' }, /^MEILI_MASTER_KEY is shorter than 16 bytes(?!.*=short)/],
    [{ JUSTUJU_ENV: 'production', MEILI_URL: 'http://a:7700' }, /^MEILI_API_KEY is not set/],
  ])('does not start with %j', (env, message) => {
    expect(() => readConfig(env, { isService: true })).toThrow(message);
    // What is there and wrong is not missed beside it.
    expect(() => readConfig({ NODE_ENV: 'production', MEILI_MASTER_KEY: 'two words' }, { isService: true })).toThrow(
      /^MEILI_MASTER_KEY holds a blank/,
    );
    // What works on a running service needs no key of its own.
    expect(readConfig(env).isProduction).toBe(true);
  });

  it('starts with keys, and with as many workers as make sense', () => {
    const config = readConfig({ NODE_ENV: 'production', MEILI_MASTER_KEY: key }, { isService: true });
    expect(config.workers).toBeGreaterThanOrEqual(1);
    expect(config.workers).toBeLessThanOrEqual(4);
    expect(readConfig({ NODE_ENV: 'production', JUSTUJU_ENV: 'development' }, { isService: true })).toMatchObject({
      isProduction: false,
      workers: 0,
    });
  });
});

describe('justuju.config.json', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'justuju-config-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (content: unknown, name = 'justuju.config.json'): string => {
    const path = join(folder, name);
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  };

  it('is read where the command starts; the environment wins; paths begin at the folder', () => {
    const file = write({ $schema: './x.json', port: 4_000, host: '::1', samples: false, corsOrigins: ['https://a.pk'], dataDir: 'd' });
    expect(readConfig({ PORT: '5000' }, { folder })).toMatchObject({
      port: 5_000,
      host: '::1',
      loadSamples: false,
      dataDir: join(folder, 'd'),
      access: { origins: ['https://a.pk'] },
    });
    expect(checkConfig({}, folder)).toEqual({ problems: [], file });
  });

  it('may be another file', () => {
    write({ port: 4_001 }, 'other.json');
    expect(readConfig({ JUSTUJU_CONFIG: 'other.json' }, { folder })).toMatchObject({ port: 4_001 });
  });

  it('is told of with all that is wrong in it, and without secrets', () => {
    const file = write({ port: '4000', prot: 1, meiliMasterKey: 'top secret', workers: 1.5, trustProxy: [1] });
    const { problems } = checkConfig({}, folder);
    expect(problems).toEqual([
      expect.stringMatching(/^"prot" \(.*\) is no setting\. Settings are environment, host, port, /),
      `"port": "4000" (${file}) is not a port. Give a whole number from 1 to 65535, or 0 for any free port, for example "port": 3000.`,
      `"meiliMasterKey" (${file}) holds a blank or a character outside ASCII. Give a key of visible ASCII characters, for example from: openssl rand -hex 32`,
      `"workers": 1.5 (${file}) is no whole number. Give a whole number from 0 (one process, that nobody replaces) to 64, for example "workers": 2.`,
    ]);
  });

  it('is told how a list is written there', () => {
    const file = write({ meiliUrls: 'http://a:7700', corsOrigins: [3], trustProxy: [null] });
    expect(checkConfig({}, folder).problems).toEqual([
      `"meiliUrls": "http://a:7700" (${file}) is no list of addresses. Give the addresses of Meilisearch servers with the same master key, the one that was there first first, for example "meiliUrls": ["http://10.0.0.1:7700","http://10.0.0.2:7700"], in place of MEILI_URL.`,
      `"trustProxy": [null] (${file}) names no proxy. Give how many proxies stand before Justuju, or their addresses or networks, for example "trustProxy": [1] or "trustProxy": ["10.0.0.0/8","loopback"].`,
      `"corsOrigins": [3] (${file}) holds what is no origin. Give origins as browsers write them, for example "corsOrigins": ["https://example.pk","https://www.example.pk"], or * for all.`,
    ]);
  });

  it.each([
    ['{"meiliMasterKey": "top secret" "port"}', /^\/.*justuju\.config\.json is no JSON(?!.*secret)/],
    ['[]', /holds no object/],
    ['null', /holds no object/],
  ])('is refused as %s', (content, message) => {
    write(content);
    expect(() => readConfig({}, { folder })).toThrow(message);
  });

  it('is missed where it is named and is not there', () => {
    expect(() => readConfig({ JUSTUJU_CONFIG: 'none.json' }, { folder })).toThrow(/^JUSTUJU_CONFIG=none\.json cannot be read \(ENOENT/);
  });

  it('has a schema, and a table in the documentation, made from the settings', async () => {
    expect(JSON.parse(await readFile('docs/justuju.config.schema.json', 'utf8'))).toEqual(fileSchema());
    expect(await readFile('docs/operating.md', 'utf8')).toContain(settingsTable());
  });
});
