/** What can be measured of the looks: accessibility in every state, shifts, sizes, fonts, widths, and what the reader chooses. */
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import {
  type Browsing,
  closeCleared,
  describePage,
  expectEventually,
  focused,
  openTab,
  startBrowsing,
  styleOf,
  WEB,
} from '../../support/browsing.js';
import { call, finished } from '../../support/call.js';

/** Bytes, compressed. What the whole first load may have besides fonts, and what each module may: foreign pages pay for it. */
const MODULE_BUDGET = 36_000;
const CLIENT_BUDGET = 14_000;
const FIRST_LOAD_BUDGET = 120_000;
const FIRST_FONT_BUDGET = 200_000;
/** Cumulative layout shift: a tenth of it is "good" by Core Web Vitals. */
const MOST_SHIFT = 0.02;
const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

const COUNT_SHIFTS = `
  window.shifts = 0;
  new PerformanceObserver((list) => { for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shifts += entry.value; }).observe({ type: 'layout-shift', buffered: true });`;

/**
 * Of the lines of an article, each of which begins with the same word, by how many pixels the ink of one runs into that of the next. Ink is measured as it is drawn, with the style of
 * each word; the distance of two lines is that of their first words.
 */
const OVERLAP = `(() => {
  const body = document.querySelector('justuju-search').shadowRoot.querySelector('.body p');
  const context = document.createElement('canvas').getContext('2d');
  const lines = [];
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const { fontStyle, fontWeight, fontSize, fontFamily } = getComputedStyle(node.parentElement);
    context.font = [fontStyle, fontWeight, fontSize, fontFamily].join(' ');
    for (const text of node.data.split('\\n')) {
      if (text.trim().startsWith('حد')) {
        const range = document.createRange();
        range.setStart(node, node.data.indexOf(text));
        range.setEnd(node, node.data.indexOf(text) + text.indexOf('حد') + 2);
        lines.push({ bottom: range.getBoundingClientRect().bottom, above: 0, below: 0 });
      }
      const ink = context.measureText(text);
      const last = lines.at(-1);
      last.above = Math.max(last.above, ink.actualBoundingBoxAscent);
      last.below = Math.max(last.below, ink.actualBoundingBoxDescent);
    }
  }
  return lines.slice(1).map((line, i) => Math.max(0, Math.round(lines[i].below + line.above - (line.bottom - lines[i].bottom))));
})()`;

/** Documents in an index of the test's own. */
async function indexed(base: string, uid: string, documents: readonly object[]): Promise<void> {
  const { body } = await call(base, 'POST', `/indexes/${uid}/documents?primaryKey=id`, documents);
  await finished(base, body.taskUid);
}

it('the modules are small', () => {
  expect(gzipSync(readFileSync(`${WEB}/search-box.js`)).length).toBeLessThan(MODULE_BUDGET);
  expect(gzipSync(readFileSync(`${WEB}/instantsearch.js`)).length).toBeLessThan(CLIENT_BUDGET);
});

describePage('looks', () => {
  let browsing: Browsing;
  let page: Page;
  let mishaps: string[];
  let doc: string;
  beforeAll(async () => {
    browsing = await startBrowsing();
    const response = await fetch(`${browsing.justuju.url}/indexes/articles/search?q=پانی&limit=1`);
    const { hits } = (await response.json()) as { hits: { id: string }[] };
    doc = hits[0]?.id ?? '';
  }, 120_000);
  afterAll(() => browsing?.stop());
  beforeEach(async () => {
    ({ page, mishaps } = await openTab(browsing));
  });
  afterEach(() => closeCleared({ page, mishaps }));

  const ready = () => page.locator(':is(.hit:not(.waiting), .reader h1, .notice):visible').first().waitFor();
  const open = async (address: string) => {
    await page.goto(browsing.justuju.url + address);
    await ready();
  };
  /** While an answer is awaited the list is pale, and for a moment behind it. */
  const isPlain = () =>
    page.evaluate<boolean>(
      `[...(document.querySelector('justuju-search')?.shadowRoot ?? document).querySelectorAll('.list')].every((list) => getComputedStyle(list).opacity === '1')`,
    );
  const violations = async (): Promise<string[]> => {
    await expectEventually(isPlain, true);
    // Not by a script element: the policy of the page forbids those.
    await page.evaluate(AXE);
    return page.evaluate<string[]>(
      `axe.run(document, { runOnly: ${JSON.stringify(TAGS)} }).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map((node) => id + ': ' + node.target.join(' ') + ' ' + node.html.slice(0, 120))))`,
    );
  };
  const prefer = (preferences: object) =>
    page.addInitScript(`localStorage.setItem('justuju.preferences', '${JSON.stringify(preferences)}')`);
  const press = (selector: string) => page.locator(selector).first().click();

  const asItIs = () => Promise.resolve();
  const STATES: readonly [name: string, address: () => string, act: () => Promise<unknown>][] = [
    ['home', () => '/', asItIs],
    ['results', () => '/?q=پانی', asItIs],
    ['results of a correction', () => '/?q=حقومت kubernetes', asItIs],
    ['filters', () => '/?q=پانی&topic=صحت', asItIs],
    ['an article', () => `/?q=پانی&doc=${doc}`, asItIs],
    ['a missing article', () => '/?q=پانی&doc=missing', asItIs],
    ['nothing', () => '/?q=ژڑژڑژڑقق', asItIs],
    ['no such page', () => '/?q=پانی&page=99', asItIs],
    ['no such collection', () => '/?index=none', asItIs],
    ['settings', () => '/', () => press('#settings')],
    ['keyboard', () => '/?q=پانی', () => press('#keys')],
    ['why', () => '/?q=پانی', () => press('.why button')],
    [
      'suggestions',
      () => '/',
      async () => {
        await expectEventually(
          async () => (await (await fetch(`${browsing.justuju.url}/suggest?q=پاکس`)).text()).includes('پاکستان'),
          true,
        );
        await page.locator('#q').pressSequentially('پاکس');
        await page.locator('[role=option]').first().waitFor();
        await page.keyboard.press('ArrowDown');
      },
    ],
  ];

  it.each(STATES)('axe finds nothing: %s', async (_name, address, act) => {
    await open(address());
    await act();
    expect(await violations()).toEqual([]);
  });

  it.each([
    ['dark, in English', { language: 'en', theme: 'dark' }, 1280],
    ['Naskh, very large, on a phone', { script: 'naskh', size: 'huge' }, 390],
  ])('axe finds nothing: %s', async (_name, preferences, width) => {
    await prefer(preferences);
    await page.setViewportSize({ width, height: 844 });
    for (const address of ['/', '/?q=پانی', `/?q=پانی&doc=${doc}`]) {
      await open(address);
      expect(await violations()).toEqual([]);
    }
  });

  it.each([
    ...['/', '/?q=پانی', '/?q=حقومت', '/?q=ژڑژڑژڑقق', '/?q=پانی&page=2', '/?q=پانی&doc='].map((address) => [address, 1280] as const),
    ...['/', '/?q=پانی', '/?q=ژڑژڑژڑقق'].map((address) => [address, 412] as const),
  ])('nothing jumps, also on slow 4G: %s, %i pixels wide', async (address, width) => {
    await page.setViewportSize({ width, height: 823 });
    const session = await browsing.context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    // Lighthouse's "slow 4G" as it is applied to requests.
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: 562.5,
      downloadThroughput: 184_000,
      uploadThroughput: 84_000,
    });
    await page.addInitScript(COUNT_SHIFTS);
    await open(address.endsWith('doc=') ? address + doc : address);
    await page.waitForTimeout(2500);
    expect(await page.evaluate('window.shifts')).toBeLessThan(MOST_SHIFT);
  });

  it('loads little at first, and only the typeface that is read', async () => {
    const session = await browsing.context.newCDPSession(page);
    await session.send('Network.enable');
    await session.send('Network.setCacheDisabled', { cacheDisabled: true });
    const urls = new Map<string, string>();
    const sizes = new Map<string, number>();
    session.on('Network.responseReceived', ({ requestId, response }) => urls.set(requestId, response.url));
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => sizes.set(urls.get(requestId) ?? '', encodedDataLength));
    await open('/?q=پانی');
    await expectEventually(
      () => [...sizes.keys()].filter((url) => url.endsWith('.woff2')).map((url) => url.split('/').at(-1)),
      ['nastaliq.woff2'],
    );
    const sum = (isFont: boolean) => [...sizes].reduce((total, [url, size]) => total + (url.endsWith('.woff2') === isFont ? size : 0), 0);
    expect(sum(false)).toBeLessThan(FIRST_LOAD_BUDGET);
    expect(sum(true)).toBeLessThan(FIRST_FONT_BUDGET);
  });

  it.each([
    [360, {}],
    [390, { script: 'naskh' }],
    [390, { language: 'en', size: 'huge' }],
    [820, {}],
    [1280, { size: 'huge' }],
  ])('fits into %i pixels without scrolling sideways: %j', async (width, preferences) => {
    await prefer(preferences);
    await page.setViewportSize({ width, height: 800 });
    for (const address of ['/', '/?q=پانی', `/?q=پانی&doc=${doc}`, '/?q=ژڑژڑژڑقق', `/?q=${'الف'.repeat(150)}`]) {
      await open(address);
      const sticksOut = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(`${address} ${String(sticksOut)}`).toMatch(/ (0|-\d+)$/);
    }
  });

  it('is in English and back by a switch, which keeps the focus and is remembered', async () => {
    await open('/?q=پانی');
    await press('#settings');
    await page.locator('#language-en').check();
    await expectEventually(async () => (await page.locator('[role=status]').textContent())?.includes(' results in '), true);
    expect(await page.locator('html').getAttribute('dir')).toBe('ltr');
    expect(await focused(page)).toBe('language-en');
    await page.reload();
    await ready();
    expect(await page.locator('.root').getAttribute('lang')).toBe('en');
    await press('#settings');
    await page.locator('#language-ur').check();
    await page.locator('#numerals-latin').check();
    await expectEventually(async () => /^\d+ نتائج/.test((await page.locator('[role=status]').textContent()) ?? ''), true);
  });

  it('is in Nastaliq or Naskh, small or large, light or dark, and remembers that', async () => {
    await open('/?q=پانی');
    await press('#settings');
    for (const id of ['script-naskh', 'size-large', 'theme-dark']) await page.locator(`#${id}`).check();
    await page.reload();
    await ready();
    const look = await page.evaluate("({ ...document.querySelector('justuju-search').shadowRoot.querySelector('.root').dataset })");
    expect(look).toMatchObject({ script: 'naskh', size: 'large', theme: 'dark', font: 'here' });
    expect(await page.evaluate('getComputedStyle(document.documentElement).backgroundColor')).toBe('rgb(23, 21, 17)');
  });

  it('prints the article and nothing else', async () => {
    await open(`/?q=پانی&doc=${doc}`);
    await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
    for (const hidden of ['.search-form', '.toolbar', '.neighbours', '.foot', '.settings'])
      expect(await page.locator(hidden).first().isVisible()).toBe(false);
    expect(await page.locator('.reader .body p').first().isVisible()).toBe(true);
    expect(await styleOf(page, '.root', 'color')).toBe('rgb(33, 28, 21)');
  });

  it('has the API reference in its own colours, on a phone too', async () => {
    await page.setViewportSize({ width: 360, height: 780 });
    await page.goto(`${browsing.justuju.url}/docs`);
    const paper = () => page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
    const ofReference = await paper();
    await page.getByRole('link', { name: 'POST /analyze' }).click();
    expect(new URL(page.url()).hash).toBe('#analyze');
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByRole('link', { name: 'جستجو' }).click();
    await ready();
    expect(await paper()).toBe(ofReference);
  });

  it.each(['nastaliq', 'naskh'])('ﷺ and high marks do not run into the lines above and below: %s', async (script) => {
    const line = 'حد درجہ محنت کی';
    const high = ['نبی کریم \uFDFA کی', 'اور \uFDFB نے', 'اَللّٰهُمَّ صَلِّ', 'مُحَمَّدٌ رَّسُوۡلُ', 'لِلّٰہِ رَبِّ', 'محمد\u0610 اور علی\u0611'];
    const documents = high.map((text, id) => ({
      id,
      title: 'بلند اعراب',
      body: [line, `حد ${text}`, line, `حد ${text}`, line].join('\n'),
    }));
    await indexed(browsing.justuju.url, 'high', documents);
    await prefer({ script });
    for (const { id } of documents) {
      await open(`/?index=high&q=${encodeURIComponent('حد')}&doc=${id}`);
      await page.locator('.root[data-font=here]').waitFor();
      await page.locator('.body p').first().waitFor();
      expect(await page.evaluate(OVERLAP)).toEqual([0, 0, 0, 0]);
    }
  });

  it('sets English in a Latin typeface, whose blanks are wide enough, and texts of documents in their own', async () => {
    await prefer({ language: 'en' });
    const family = async (selector: string) => (await styleOf(page, selector, 'font-family')).split(',')[0];
    await open('/?q=ژڑژڑژڑقق');
    for (const selector of ['.notice h2', '.advice li']) expect(await family(selector)).toBe('"Justuju Latin"');
    await open('/?q=پانی');
    expect(await family('.hit .title')).toContain('Nastaliq');
    expect(await family('.hit .provenance')).toBe('"Justuju Latin"');
  });

  it('leaves name, box and settings where they are when the keyboard opens', async () => {
    await open('/?q=پانی');
    await page.locator('.root[data-font=here]').waitFor();
    const places = () => Promise.all(['.name', '#q', '#settings'].map(async (one) => (await page.locator(one).boundingBox())?.y));
    const before = await places();
    await press('#keys');
    await page.locator('.keys').first().waitFor();
    const after = await places();
    for (const [i, y] of before.entries()) expect(Math.abs((after[i] ?? 0) - (y ?? 0))).toBeLessThan(2);
  });

  it('shows marks, columns and the arrow of a choice in forced colours', async () => {
    await page.emulateMedia({ forcedColors: 'active' });
    await open('/?q=پانی');
    await page.locator('.histogram button').first().waitFor();
    expect(await styleOf(page, 'select', 'appearance')).toBe('auto');
    const column = `getComputedStyle(document.querySelector('justuju-search').shadowRoot.querySelector('.histogram button'), '::before').backgroundColor`;
    expect(await page.evaluate(column)).toBe(await styleOf(page, '.root', 'color'));
    expect(await styleOf(page, '.hits mark', 'background-color')).not.toBe(await styleOf(page, '.root', 'background-color'));
  });
});
