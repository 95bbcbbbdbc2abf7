/** The component on pages of other people, and the examples as they are written, each on another origin than Justuju. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';
import {
  type Browsing,
  closeUnhacked,
  describePage,
  expectEventually,
  fill,
  openTab,
  startBrowsing,
  styleOf,
} from '../../support/browsing.js';

/** Where the examples say that Justuju is. */
const WRITTEN = 'http://127.0.0.1:3000';
const TYPES: Readonly<Record<string, string>> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css' };

/** A site of somebody else: the pages it has by path, and a content security policy for some. */
interface Site {
  readonly url: string;
  page(path: string, html: string, policy?: string): void;
  folder(path: string, folder: string): void;
  stop(): Promise<void>;
}

async function startSite(justuju: string): Promise<Site> {
  const pages = new Map<string, { html: string; policy: string | undefined }>();
  const folders = new Map<string, string>();
  const server: Server = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://site').pathname;
    const page = pages.get(path);
    if (page !== undefined) {
      response.setHeader('content-type', 'text/html; charset=utf-8');
      if (page.policy !== undefined) response.setHeader('content-security-policy', page.policy);
      response.end(page.html);
      return;
    }
    const folder = [...folders].find(([prefix]) => path.startsWith(prefix));
    try {
      if (folder === undefined) throw new Error('none');
      const name = path.slice(folder[0].length) || 'index.html';
      const content = readFileSync(join(folder[1], name));
      response.setHeader('content-type', TYPES[extname(name)] ?? 'application/octet-stream');
      response.end(extname(name) === '.woff2' ? content : content.toString().replaceAll(WRITTEN, justuju));
    } catch {
      response.writeHead(404).end();
    }
  }).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    page: (path, html, policy) => void pages.set(path, { html, policy }),
    folder: (path, folder) => void folders.set(path, folder),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describePage('the component elsewhere', () => {
  const built = mkdtempSync(join(tmpdir(), 'justuju-examples-'));
  let browsing: Browsing;
  let site: Site;
  let page: Page;
  let mishaps: string[];

  beforeAll(async () => {
    browsing = await startBrowsing();
    site = await startSite(browsing.justuju.url);
    const hostile = {
      id: 'h',
      title: '<img src=x onerror="window.wasHacked=1"> ققنس',
      body: '<script>window.wasHacked=2</script> ققنس',
      source: 'javascript:window.wasHacked=3',
    };
    await fill(browsing.justuju.url, 'articles', [hostile]);
    for (const name of ['instantsearch', 'react'])
      execFileSync(process.execPath, [
        'node_modules/vite/bin/vite.js',
        'build',
        `examples/${name}`,
        '--base',
        './',
        '--outDir',
        join(built, name),
        '--logLevel',
        'error',
      ]);
  }, 180_000);
  afterAll(async () => {
    await site?.stop();
    await browsing?.stop();
    rmSync(built, { recursive: true, force: true });
  });
  beforeEach(async () => {
    ({ page, mishaps } = await openTab(browsing, [site.url]));
  });
  afterEach(() => closeUnhacked({ page, mishaps }));

  const search = async (q: string) => {
    await page.locator('#q').fill(q);
    await page.locator('.hits mark').first().waitFor();
  };

  it('works with the three lines of the README', async () => {
    const [, lines = ''] = /```html\n(<script type="module"[^`]*)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
    expect(lines.trim().split('\n').length).toBeLessThanOrEqual(3);
    site.page(
      '/readme',
      `<!doctype html><html lang="en"><title>x</title><body><main><h1>x</h1>${lines.replaceAll('https://search.example.pk', browsing.justuju.url)}</main>`,
    );
    await page.goto(`${site.url}/readme`);
    await search('پانی');
  });

  it('leaves the page alone: its address, its title, its styles, its keys', async () => {
    site.page(
      '/alone',
      `<!doctype html><html lang="en"><title>Mine</title><style>p { color: rgb(1, 2, 3) } * { letter-spacing: 1px; text-transform: uppercase; font-style: italic }</style><body><main><h1>x</h1><p id="mine">p</p><input id="theirs"><script type="module" src="${browsing.justuju.url}/search-box.js"></script><justuju-search index="articles"></justuju-search></main>`,
    );
    await page.goto(`${site.url}/alone?q=theirs`);
    await search('پانی');
    expect([page.url(), await page.title()]).toEqual([`${site.url}/alone?q=theirs`, 'Mine']);
    expect(await page.evaluate('getComputedStyle(document.querySelector("#mine")).color')).toBe('rgb(1, 2, 3)');
    // Spaced letters would tear Nastaliq apart.
    expect(await Promise.all(['letter-spacing', 'text-transform', 'font-style'].map((one) => styleOf(page, '.hits .title', one)))).toEqual([
      'normal',
      'none',
      'normal',
    ]);
    await page.locator('#theirs').pressSequentially('a/b');
    expect(await page.locator('#theirs').inputValue()).toBe('a/b');
    await page.locator('.hits .title a').first().click();
    await page.locator('.reader h1').waitFor();
    await page.getByRole('button', { name: 'واپس نتائج پر' }).first().click();
    await page.locator('.hits').waitFor();
    expect(page.url()).toBe(`${site.url}/alone?q=theirs`);
  });

  it.each(['page-config', 'search'])('keeps what is typed while the first answer to %s is under way', async (path) => {
    let release = (): void => undefined;
    const isReleased = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(`**/${path}`, async (route) => {
      await isReleased;
      if (path === 'search') return route.continue();
      // Another title: the box is built anew.
      const response = await route.fetch();
      return route.fulfill({ response, json: { ...(await response.json()), title: { ur: 'کتب خانہ', en: 'Library' } } });
    });
    site.page(
      '/early',
      `<!doctype html><html lang="en"><title>x</title><body><main><h1>x</h1><script type="module" src="${browsing.justuju.url}/search-box.js"></script><justuju-search lang="en"></justuju-search></main>`,
    );
    // The clock stands still: the answer comes before the pause after the last key is over.
    await page.clock.install();
    await page.goto(`${site.url}/early`);
    await page.locator('#q').waitFor();
    // Ahead of the page's clock by less than it waits for an answer.
    await page.clock.pauseAt((await page.evaluate<number>('Date.now()')) + 5000);
    // The first key is searched for at once, the others behind a pause.
    await page.locator('#q').fill('پ');
    await page.locator('#q').fill('پانی');
    release();
    await page.locator('.hit').first().waitFor();
    expect(await page.locator('#q').inputValue()).toBe('پانی');
    await page.clock.resume();
    await page.locator('.hits mark').first().waitFor();
  });

  it('runs under a strict policy, in English and dark by attributes, and shows hostile documents as text', async () => {
    const host = browsing.justuju.url;
    site.page(
      '/strict',
      `<!doctype html><html lang="en"><title>x</title><body><main><h1>x</h1><script type="module" src="${host}/search-box.js"></script><justuju-search host="${host}" index="articles" lang="en" theme="dark"></justuju-search></main>`,
      `default-src 'none'; script-src ${host}; connect-src ${host}; font-src ${host}; style-src 'self'; require-trusted-types-for 'script'`,
    );
    await page.goto(`${site.url}/strict`);
    expect(await page.locator('#q').getAttribute('placeholder')).toBe('A word, a name or a sentence');
    await search('ققنس');
    expect(await page.locator('.hit img, .hit script').count()).toBe(0);
    expect(await page.locator('.hits .title').first().textContent()).toContain('<img src=x');
    expect(await styleOf(page, '.root', 'color-scheme')).toBe('dark');
    expect(await page.evaluate(`document.fonts.check('1em "Justuju Nastaliq"', 'اردو')`)).toBe(true);
  });

  it('takes hostile attributes as what they are', async () => {
    const attributes = `host="${browsing.justuju.url}" index="&quot;><img src=x onerror=window.wasHacked=1>" lang="<b>" theme="x"`;
    site.page(
      '/attributes',
      `<!doctype html><html lang="en"><title>x</title><body><script type="module" src="${browsing.justuju.url}/search-box.js"></script><justuju-search ${attributes}></justuju-search>`,
    );
    await page.goto(`${site.url}/attributes`);
    await page.locator('.notice').waitFor();
    expect(await page.locator('img').count()).toBe(0);
  });

  it('example: plain HTML', async () => {
    site.folder('/plain/', 'examples/plain');
    await page.goto(`${site.url}/plain/`);
    await search('پانی');
  });

  it('example: InstantSearch keeps did-you-mean, reasons and completions', async () => {
    site.folder('/instantsearch/', join(built, 'instantsearch'));
    await page.goto(`${site.url}/instantsearch/`);
    await page.locator('.ais-SearchBox-input').fill('zindagi');
    await expectEventually(() => page.locator('#meant').textContent(), 'تلاش کیا گیا: زندگی');
    await expectEventually(async () => (await page.locator('.why').first().textContent())?.includes('transliterated'), true);
    await page.locator('#completions li').first().waitFor();
    // Out of the adapter's cache.
    await page.locator('.ais-SearchBox-input').fill('پانی');
    await expectEventually(() => page.locator('#meant').textContent(), '');
    await page.locator('.ais-SearchBox-input').fill('zindagi');
    await expectEventually(() => page.locator('#meant').textContent(), 'تلاش کیا گیا: زندگی');
  });

  it('example: React', async () => {
    site.folder('/react/', join(built, 'react'));
    await page.goto(`${site.url}/react/`);
    await page.getByRole('button', { name: 'پانی' }).click();
    await page.locator('.hits mark').first().waitFor();
    await page.getByRole('button', { name: 'light' }).click();
    await expectEventually(() => page.locator('.root').getAttribute('data-theme'), 'dark');
  });

  it('example: WordPress, with what its shortcode writes', async () => {
    const php = readFileSync('examples/wordpress/functions.php', 'utf8');
    const [, element = ''] = /'(<justuju-search [^']*)'/.exec(php) ?? [];
    const [, module = ''] = /JUSTUJU_HOST \. '([^']*)'/.exec(php) ?? [];
    const values = [browsing.justuju.url, 'articles', 'ur'];
    const written = element.replaceAll('%s', () => values.shift() ?? '');
    site.page(
      '/wordpress',
      `<!doctype html><html lang="ur"><title>x</title><body><script type="module" src="${browsing.justuju.url}${module}"></script>${written}`,
    );
    await page.goto(`${site.url}/wordpress`);
    await search('پانی');
    expect(values).toEqual([]);
  });
});
