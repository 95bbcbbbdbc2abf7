/**
 * The page in a real browser, on the real server and a real Meilisearch. Needs Chromium: `apt-get install chromium`, or CHROMIUM=/path.
 * Everything is built from the present source into a folder of its own, so a stale `dist/` cannot pass.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

const browser = process.env.CHROMIUM ?? '/usr/bin/chromium';
const hasBrowser = existsSync(browser);
if (!hasBrowser) {
  console.warn(`Page tests skipped: no browser at ${browser}. Get one with "apt-get install chromium", or set CHROMIUM to its path.`);
}

/** Without these Chromium tries to reach its makers, again and again. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const HOSTILE = {
  id: 'hostile',
  title: '<img src=x onerror="window.wasHacked=1"> زرافہستان کی خبر',
  body: '<script>window.wasHacked=2</script> یہ <b>زرافہستان</b> ہے۔\n"><svg onload="window.wasHacked=3">',
  source: '<i>ماخذ</i>" OR source != "x',
  topic: '<b>تجربہ</b>',
  date: '2023-08-14',
  timestamp: 1691971200,
};

(hasBrowser ? describe : describe.skip)('the search page', () => {
  const folder = mkdtempSync(join(tmpdir(), 'justuju-page-'));
  let justuju: TestJustuju;
  let context: BrowserContext;
  let page: Page;
  /** What must never happen, whatever a test does: script errors, blocked resources, requests to anybody else. */
  let mishaps: string[];

  beforeAll(async () => {
    const outDir = join(folder, 'web');
    execFileSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'web', '--outDir', outDir, '--logLevel', 'warn']);
    justuju = await startJustuju({ samples: true, webFolder: outDir });
    await addDocument(HOSTILE);
    context = await chromium.launchPersistentContext(join(folder, 'profile'), { executablePath: browser, args: QUIET, locale: 'ur-PK' });
  }, 120_000);

  afterAll(async () => {
    await context?.close();
    await justuju?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  beforeEach(async () => {
    mishaps = [];
    page = await context.newPage();
    // Below jest's own, so that a failure names the step and not only the test.
    page.setDefaultTimeout(8000);
    page.on('pageerror', (error) => mishaps.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error' && !message.text().includes('status of')) mishaps.push(message.text());
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(justuju.url)) mishaps.push(`asked ${request.url()}`);
    });
  });

  afterEach(async () => {
    expect(await page.evaluate('window.wasHacked')).toBeUndefined();
    await page.close();
    expect(mishaps).toEqual([]);
  });

  const open = async (address = '/') => {
    await page.goto(justuju.url + address);
  };
  const titles = () => page.locator('.hits .title').allTextContents();
  const marks = () => page.locator('.hits mark').allTextContents();
  const parameter = (name: string) => new URL(page.url()).searchParams.get(name);
  const settled = (q: string) => expectEventually(() => parameter('q'), q);

  it('starts with examples and the newest articles, and an example leads to results', async () => {
    await open();
    await page.locator('.front .hit').first().waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.locator('.examples a').first().click();
    await page.locator('.hits mark').first().waitFor();
  });

  it('finds while typing, marks the word, and says how many there are', async () => {
    await open();
    await page.locator('#q').pressSequentially('پاکستان', { delay: 30 });
    await page.locator('.hits mark').first().waitFor();
    expect((await marks()).every((mark) => /پاکستان|پا/u.test(mark))).toBe(true);
    expect(await page.locator('[role=status]').textContent()).toMatch(/نتائج، [۰-۹]+ ملی سیکنڈ میں$/u);
    expect(parameter('q')).toBe('پاکستان');
    expect(await page.title()).toContain('پاکستان');
  });

  it('finds the same with Arabic yeh and kaf as with the Urdu letters, and marks the Urdu ones', async () => {
    await open('/?q=پاکستانی');
    await page.locator('.hits mark').first().waitFor();
    const urdu = await titles();
    await page.locator('#q').fill('پا\u0643ستان\u064A');
    await settled('پا\u0643ستان\u064A');
    await page.locator('.hits mark').first().waitFor();
    await expectEventually(titles, urdu);
  });

  it('shows a hostile document as the text that it is', async () => {
    await open('/?q=زرافہستان');
    const hit = page.locator('.hit', { hasText: 'زرافہستان' }).first();
    await hit.waitFor();
    expect(await hit.locator('.title').textContent()).toBe(HOSTILE.title);
    expect(await hit.locator('img, script, b, i, svg').count()).toBe(0);
    expect(await page.locator('.filters bdi').allTextContents()).toEqual(expect.arrayContaining([HOSTILE.topic, HOSTILE.source]));
    await page.locator('.filters label', { hasText: HOSTILE.source }).click();
    await expectEventually(() => parameter('source'), HOSTILE.source);
    await page.locator('.filters input:checked').waitFor();
    expect(await titles()).toEqual([HOSTILE.title]);
    await page.locator('.title a').click();
    await page.locator('.reader .body').waitFor();
    expect(await page.locator('.reader img, .reader script, .reader b, .reader svg').count()).toBe(0);
    expect(await page.locator('.reader .body p').allTextContents()).toEqual(HOSTILE.body.split('\n'));
  });

  it('opens an article whole, marked, and comes back to the same list', async () => {
    await open('/?q=پاکستان');
    await page.locator('.hits mark').first().waitFor();
    const before = await titles();
    const last = page.locator('.hits .title a').last();
    await last.scrollIntoViewIfNeeded();
    const title = await last.textContent();
    await last.click();
    await page.locator('.reader h1').waitFor();
    expect(await page.locator('.reader h1').textContent()).toBe(title);
    expect(await page.locator('.reader mark').count()).toBeGreaterThan(0);
    expect(await page.locator('.list').isVisible()).toBe(false);
    await page.keyboard.press('Escape');
    await page.locator('.list').waitFor();
    expect(await titles()).toEqual(before);
    expect(await page.evaluate('scrollY')).toBeGreaterThan(0);
    await page.goForward();
    await page.locator('.reader h1').waitFor();
    await page.reload();
    await page.locator('.reader mark').first().waitFor();
  });

  it('filters by topic and keeps the counts of the others; back takes the filter off again', async () => {
    await open('/?q=پانی');
    const topics = page.locator('.filters fieldset').first().locator('li');
    await topics.first().waitFor();
    const all = await page.locator('[role=status]').textContent();
    const counts = await topics.allTextContents();
    const topic = await topics.first().locator('.value').textContent();
    await topics.first().locator('input').check();
    await page.locator('.filters input:checked').waitFor();
    await expectEventually(async () => [...new Set(await page.locator('.hits .topic').allTextContents())], [topic]);
    expect((await topics.allTextContents()).slice(0, 3)).toEqual(counts.slice(0, 3));
    await page.goBack();
    await expectEventually(() => page.locator('.filters input:checked').count(), 0);
    await expectEventually(async () => (await page.locator('[role=status]').textContent())?.split('،')[0], all?.split('،')[0]);
    await page.goForward();
    await expectEventually(() => page.locator('.filters input:checked').count(), 1);
  });

  it('orders by date', async () => {
    await open('/?q=پانی');
    await page.locator('#sort').selectOption('new');
    await expectEventually(() => parameter('sort'), 'new');
    const dates = async () => {
      const times = await page.locator('.hits time').all();
      return Promise.all(times.map((time) => time.getAttribute('datetime')));
    };
    await expectEventually(async () => [...(await dates())].sort().reverse().join() === (await dates()).join(), true);
    await page.locator('#sort').selectOption('old');
    await expectEventually(async () => [...(await dates())].sort().join() === (await dates()).join(), true);
  });

  it('has pages, and the address knows which', async () => {
    await open('/?q=پانی');
    const first = await page.locator('.hits .title').first().textContent();
    await page.locator('.pager a[rel=next]').click();
    await page.getByText('صفحہ ۲ از').waitFor();
    expect(await page.locator('.hits .title').first().textContent()).not.toBe(first);
    expect(parameter('page')).toBe('2');
    await page.goBack();
    await expectEventually(() => page.locator('.hits .title').first().textContent(), first);
  });

  it('says so when nothing is found, and what to do', async () => {
    await open('/?q=ژڑژڑژڑقق');
    await page.locator('.notice .advice').waitFor();
    expect(await page.locator('[role=status]').textContent()).toBe('کوئی نتیجہ نہیں ملا');
  });

  it('asks back about a corrected word, and the link searches for it', async () => {
    await open('/?q=حقومت');
    const line = page.locator('.did-you-mean');
    await line.waitFor();
    expect(await line.textContent()).toBe('حکومت کے نتائج۔ جیسا لکھا تھا: حقومت');
    await line.locator('a').first().click();
    await settled('حکومت');
    await expectEventually(() => line.count(), 0);
    expect(await page.locator('#q').inputValue()).toBe('حکومت');
    await page.locator('.hits mark').first().waitFor();
  });

  it('undoes a correction with one click', async () => {
    await open('/?q=حقومت');
    const line = page.locator('.did-you-mean');
    await line.waitFor();
    await line.locator('a').nth(1).click();
    await expectEventually(() => line.count(), 0);
    expect(await page.locator('#q').inputValue()).toBe('حقومت');
    await page.locator('.notice .advice').waitFor();
  });

  it('says which words no article holds', async () => {
    await open('/?q=زندگی kubernetes ');
    await page.locator('.not-found').waitFor();
    expect(await page.locator('.not-found').textContent()).toBe('کسی مضمون میں نہیں ملا: kubernetes');
  });

  it('says in which Urdu words a Roman query was searched', async () => {
    await open('/?q=zindagi');
    await page.locator('.did-you-mean').waitFor();
    expect(await page.locator('.did-you-mean').textContent()).toBe('زندگی کے نتائج');
  });

  it('says why, by keyboard: a corrected word, an inflected one, a compound, vowel marks; function words explain nothing', async () => {
    const reasons = async (q: string) => {
      await open(`/?q=${q}`);
      await page.locator('.why').first().waitFor();
      expect(await page.locator('.why ul').first().isVisible()).toBe(false);
      await page.locator('.why summary').first().focus();
      await page.keyboard.press('Enter');
      await page.locator('.why ul').first().waitFor();
      return page.locator('.why li').allTextContents();
    };
    expect(await reasons('حقومت')).toContain('حقومت ← حکومت (املا درست کی گئی)');
    expect(await reasons('وزیر اعظم')).toContain('وزیر اعظم ← وزیراعظم (ملا کر لکھا)');
    expect(await reasons('زندگی')).toEqual(expect.arrayContaining(['زندگی ← زِندگی (اعراب کا فرق)', 'زندگی (بعینہٖ)']));
    const inflected = await reasons('دریاؤں میں');
    expect(inflected).toContain('دریاؤں ← دریا (دوسری شکل)');
    expect(inflected.filter((line) => line.includes('میں'))).toEqual([]);
  });

  describe('completions', () => {
    const options = () => page.locator('[role=option] bdi').allTextContents();
    const box = (attribute: string) => page.locator('[role=combobox]').getAttribute(attribute);
    const type = async (typed: string) => {
      await open();
      await page.locator('#q').pressSequentially(typed, { delay: 20 });
      await page.locator('[role=option]').first().waitFor();
    };

    it('go by keyboard: none is chosen at first, arrows go round, Escape closes and keeps the text, Enter searches', async () => {
      await type('پاکس');
      await expectEventually(options, ['پاکستان']);
      expect([await box('aria-expanded'), await box('aria-activedescendant')]).toEqual(['true', null]);
      expect(await page.locator(`#${await box('aria-controls')}[role=listbox]`).isVisible()).toBe(true);
      await page.keyboard.press('ArrowDown');
      expect(await page.locator(`#${await box('aria-activedescendant')}`).getAttribute('aria-selected')).toBe('true');
      await page.keyboard.press('ArrowDown');
      expect(await box('aria-activedescendant')).toBeNull();
      await page.keyboard.press('Escape');
      expect(await box('aria-expanded')).toBe('false');
      expect(await page.locator('#q').inputValue()).toBe('پاکس');
      await page.keyboard.press('ArrowUp');
      await expectEventually(() => page.locator('[aria-selected=true]').count(), 1);
      await page.keyboard.press('Enter');
      await settled('پاکستان');
      expect(await page.locator('#q').inputValue()).toBe('پاکستان');
      expect(await page.locator('[role=listbox]').isVisible()).toBe(false);
      await page.locator('.hits mark').first().waitFor();
    });

    it('stay closed after Enter, although an answer was under way', async () => {
      let asked = 0;
      await page.route('**/suggest?*', async (route) => {
        asked++;
        await new Promise((resolve) => setTimeout(resolve, 300));
        await route.continue().catch(() => undefined);
      });
      await open();
      await page.locator('#q').pressSequentially('پا');
      await expectEventually(() => asked, 1);
      await page.keyboard.press('Enter');
      await settled('پا');
      await page.waitForTimeout(500);
      expect(await page.locator('[role=listbox]').isVisible()).toBe(false);
    });

    it('go by mouse, and the field keeps the focus', async () => {
      await type('پاکس');
      await page.locator('[role=option]', { hasText: 'پاکستان' }).first().click();
      await settled('پاکستان');
      expect(await page.evaluate('document.activeElement.id')).toBe('q');
      expect(await page.locator('[role=listbox]').isVisible()).toBe(false);
    });
  });

  it('"/" goes to the search box, Escape empties it', async () => {
    await open('/?q=پاکستان');
    await page.locator('.hits').waitFor();
    await page.keyboard.press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('q');
    expect(await page.locator('#q').inputValue()).toBe('پاکستان');
    await page.keyboard.press('Escape');
    await page.locator('.examples').waitFor();
    expect(await page.locator('#q').inputValue()).toBe('');
    await page.goBack();
    await page.locator('.hits').waitFor();
    expect(await page.locator('#q').inputValue()).toBe('پاکستان');
  });

  it('never shows an older answer over a newer one', async () => {
    await open();
    let held = 0;
    await page.route('**/search', async (route) => {
      if ((route.request().postData() ?? '').includes('"q":"کرکٹ"') && held++ === 0)
        await new Promise((resolve) => setTimeout(resolve, 800));
      await route.continue().catch(() => undefined);
    });
    await page.locator('#q').fill('کرکٹ');
    await page.waitForTimeout(200);
    await page.locator('#q').fill('پاکستان');
    await settled('پاکستان');
    await page.locator('.hits mark').first().waitFor();
    const shown = await titles();
    await page.waitForTimeout(900);
    expect(await titles()).toEqual(shown);
    expect(held).toBeGreaterThan(0);
  });

  it('tells a failure apart from an empty result, and tries again', async () => {
    await open();
    await page.route('**/search', (route) => route.abort());
    await page.locator('#q').fill('پاکستان');
    await page.locator('.notice[role=alert]').waitFor();
    mishaps = [];
    await page.unroute('**/search');
    await page.locator('.notice .primary').click();
    await page.locator('.hits mark').first().waitFor();
  });

  it('asks for a key where the server wants one, and uses it', async () => {
    await page.route('**/search', async (route) => {
      if ((await route.request().headerValue('authorization')) === 'Bearer right') {
        const headers = Object.entries(route.request().headers()).filter(([name]) => name !== 'authorization');
        await route.continue({ headers: Object.fromEntries(headers) });
      } else await route.fulfill({ status: 403, json: { message: 'The provided API key is invalid.', code: 'invalid_api_key' } });
    });
    await open('/?q=پاکستان');
    await page.locator('#key').fill('wrong');
    await page.keyboard.press('Enter');
    await page.getByText('قبول نہیں کی').waitFor();
    await page.locator('#key').fill('right');
    await page.keyboard.press('Enter');
    await page.locator('.hits mark').first().waitFor();
  });

  it('keeps Nastaliq or Naskh over a reload', async () => {
    await open();
    await page.locator('[data-font=naskh]').first().click();
    await page.reload();
    expect(await page.locator('html').getAttribute('data-font')).toBe('naskh');
    await page.locator('#fonts [data-font=nastaliq]').click();
    expect(await page.locator('html').getAttribute('data-font')).toBe('nastaliq');
  });

  it('fits a narrow phone without scrolling sideways', async () => {
    await page.setViewportSize({ width: 360, height: 700 });
    for (const address of ['/', '/?q=پانی', '/?q=زرافہستان', '/?q=زرافہستان&doc=hostile', '/?q=ژڑژڑژڑقق']) {
      await open(address);
      await page.locator(':is(.hit, .reader h1, .notice):visible').first().waitFor();
      const sticksOut = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      expect(`${address} ${String(sticksOut)}`).toMatch(/ (0|-\d+)$/);
    }
  });

  it('shows the API reference in its own colours, on a phone too', async () => {
    await page.goto(`${justuju.url}/docs`);
    const paper = 'getComputedStyle(document.body).backgroundColor';
    const ofReference = await page.evaluate(paper);
    await page.getByRole('link', { name: 'POST /analyze' }).click();
    expect(new URL(page.url()).hash).toBe('#analyze');
    await page.setViewportSize({ width: 360, height: 780 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await page.getByRole('link', { name: 'جستجو' }).click();
    await page.waitForSelector('#q');
    expect(await page.evaluate(paper)).toBe(ofReference);
    expect(ofReference).not.toBe('rgba(0, 0, 0, 0)');
  });

  async function addDocument(document: object): Promise<void> {
    const answer = await fetch(`${justuju.url}/indexes/articles/documents`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify([document]),
    });
    const { taskUid } = (await answer.json()) as { taskUid: number };
    await expectEventually(async () => {
      const task = (await (await fetch(`${justuju.url}/tasks/${taskUid}`)).json()) as { status: string };
      return task.status;
    }, 'succeeded');
  }
});

/** Asks again until it is as expected; after ten seconds jest's own message shows the difference. */
async function expectEventually<T>(ask: () => T | Promise<T>, expected: T): Promise<void> {
  const end = Date.now() + 10_000;
  for (;;) {
    const actual = await ask();
    if (Date.now() > end || JSON.stringify(actual) === JSON.stringify(expected)) {
      expect(actual).toEqual(expected);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
