import { resolve } from 'node:path';
import { readConfig } from '../../server/config.js';
import { OperatorError } from '../../server/errors.js';

const HTTP_WAY =
  'Give the address of a running Meilisearch, for example MEILI_URL=http://127.0.0.1:7700, or unset it to have one started here.';

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataDir: resolve('data'),
      logLevel: 'info',
      loadSamples: true,
      payloadLimit: 100_000_000,
      insight: { days: 30, megabytes: 200 },
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
    };
    expect(readConfig(env)).toEqual({
      host: '0.0.0.0',
      port: 0,
      dataDir: '/srv/justuju',
      meiliUrl: 'http://meilisearch:7700',
      meiliApiKey: 'secret',
      meiliBin: './meilisearch',
      meiliMasterKey: 'master',
      logLevel: 'debug',
      loadSamples: false,
      payloadLimit: 250_000_000,
      insight: { days: 0, megabytes: 50 },
      pageConfig: '/srv/page.json',
      pageKey: 'search-only',
    });
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
    [{ JUSTUJU_SAMPLES: 'no' }, 'JUSTUJU_SAMPLES=no is neither "on" nor "off". Give one of them.'],
  ])('refuses %j with the way out', (env, message) => {
    expect(() => readConfig(env)).toThrow(new OperatorError(message));
  });

  it.each(['MEILI_API_KEY', 'MEILI_MASTER_KEY'])('refuses a %s that no header can carry, without repeating it', (name) => {
    expect(() => readConfig({ [name]: 'top secret' })).toThrow(
      `${name} holds a blank or a character outside ASCII. Give a key of visible ASCII characters, for example from: openssl rand -hex 32`,
    );
  });

  it('does not repeat a password in MEILI_URL', () => {
    expect(() => readConfig({ MEILI_URL: 'http://admin:hunter2@meili:7700' })).toThrow(
      /^MEILI_URL holds a user name or password(?!.*hunter2)/,
    );
  });
});
