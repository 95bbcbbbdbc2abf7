import { readPageSettings } from '../../../server/page/settings.js';
import { call } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { startProxy, type TestProxy } from '../../support/proxy.js';

const STRICT =
  "default-src 'none';script-src 'self';style-src 'self';font-src 'self';img-src 'self' data:;connect-src 'self';base-uri 'none';form-action 'self';frame-ancestors 'none'";

describe('headers of pages', () => {
  it.each<[string, object, string, string | null]>([
    ['by default', {}, STRICT, 'DENY'],
    [
      'with sites that frame it, and images of others',
      { frameAncestors: ['https://example.pk', 'https://*.example.org'], imageOrigins: ['https://images.example.pk'] },
      STRICT.replace("frame-ancestors 'none'", "frame-ancestors 'self' https://example.pk https://*.example.org").replace(
        'data:;',
        'data: https://images.example.pk;',
      ),
      null,
    ],
  ])('%s', async (_name, given, policy, frames) => {
    const page = readPageSettings(JSON.stringify(given), 'page.json');
    const justuju = await startJustuju({ webFolder: 'web', page });
    try {
      for (const path of ['/', '/docs', '/playground']) {
        const { status, headers } = await call(justuju.url, 'GET', path);
        expect([path, status]).toEqual([path, 200]);
        expect(headers.get('content-security-policy')).toBe(policy);
        expect(headers.get('x-frame-options')).toBe(frames);
        expect(headers.get('x-content-type-options')).toBe('nosniff');
      }
      expect((await call(justuju.url, 'GET', '/page-config')).headers.get('content-security-policy')).toBeNull();
    } finally {
      await justuju.stop();
    }
  });
});

describe('behind a path prefix', () => {
  let justuju: TestJustuju;
  let proxies: Record<'cutting' | 'passing', TestProxy>;
  beforeAll(async () => {
    justuju = await startJustuju({ webFolder: 'web', page: { pathPrefix: '/search' } });
    proxies = { cutting: await startProxy(justuju.url, '/search', true), passing: await startProxy(justuju.url, '/search', false) };
  });
  afterAll(async () => {
    await Promise.all(Object.values(proxies ?? {}).map((proxy) => proxy.stop()));
    await justuju?.stop();
  });

  it.each([
    ['cutting', '/search/'],
    ['passing', '/search/'],
    ['passing', '/search'],
    ['passing', '/search?q=%D8%AF%D9%84'],
  ] as const)('the proxy %s it: %s finds its files and its routes', async (kind, path) => {
    const page = await fetch(proxies[kind].url + path);
    expect(page.status).toBe(200);
    expect(page.url).toBe(proxies[kind].url + path.replace(/^\/search\/?/, '/search/'));
    const [, style = ''] = /<link rel="stylesheet" href="([^"]+)"/.exec(await page.text()) ?? [];
    const file = await fetch(new URL(style, page.url));
    expect([file.status, file.headers.get('content-type')]).toEqual([200, 'text/css; charset=utf-8']);
    for (const route of ['page-config', 'docs', 'docs/', 'openapi.json', 'indexes', 'playground'])
      expect([route, (await fetch(new URL(route, page.url))).status]).toEqual([route, 200]);
    const found = await fetch(new URL('multi-search', page.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"queries": []}',
    });
    expect(await found.json()).toEqual({ results: [] });
  });

  it('without it everything is as before, and what only begins so is no prefix', async () => {
    expect((await call(justuju.url, 'GET', '/health')).status).toBe(200);
    expect((await call(justuju.url, 'GET', '/searching/health')).status).toBe(404);
    const own = await fetch(`${justuju.url}/search/indexes/_justuju_x`);
    expect(own.status).toBe(404);
  });
});
