/** Searching, as a reader does it, on the samples. */
import type { Page } from 'playwright-core';
import {
  type Browsing,
  closeUnhacked,
  describePage,
  expectEventually,
  fill,
  focused,
  openTab,
  startBrowsing,
} from '../../support/browsing.js';

const HOSTILE = {
  id: 'hostile',
  title: '<img src=x onerror="window.wasHacked=1"> زرافہستان کی خبر',
  body: '<script>window.wasHacked=2</script> یہ <b>زرافہستان</b> ہے۔\n"><svg onload="window.wasHacked=3">',
  source: '<i>ماخذ</i>" OR source != "x',
  topic: '<b>تجربہ</b>\u202E',
  url: 'javascript:window.wasHacked=4',
  date: '2023-08-14',
  timestamp: 1691971200,
};

describePage('the search page', () => {
  let browsing: Browsing;
  let page: Page;
  let mishaps: string[];

  beforeAll(async () => {
    browsing = await startBrowsing();
    await fill(browsing.justuju.url, 'articles', [HOSTILE]);
  }, 120_000);
  afterAll(() => browsing?.stop());
  beforeEach(async () => {
    ({ page, mishaps } = await openTab(browsing));
  });
  afterEach(() => closeUnhacked({ page, mishaps }));

  const open = (address = '/') => page.goto(browsing.justuju.url + address);
  const titles = () => page.locator('.hits .title').allTextContents();
  const marks = () => page.locator('.hits mark').allTextContents();
  const parameter = (name: string) => new URL(page.url()).searchParams.get(name);
  const settled = (q: string) => expectEventually(() => parameter('q'), q);
  const field = () => page.locator('#q');
  const status = () => page.locator('[role=status]').textContent();
  const sortedDates = async (how: 'new' | 'old') => {
    const dates = await Promise.all((await page.locator('.hits time').all()).map((time) => time.getAttribute('datetime')));
    const inOrder = [...dates].sort();
    return dates.length > 0 && (how === 'new' ? inOrder.reverse() : inOrder).join() === dates.join();
  };

  it('starts with examples and the newest articles, and an example leads to results', async () => {
    await open();
    await page.locator('.front .hit').first().waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
    await page.locator('.examples a').first().click();
    await page.locator('.hits mark').first().waitFor();
  });

  it('finds while typing, marks whole words, and says how many there are', async () => {
    await open();
    await field().pressSequentially('پاکستان', { delay: 30 });
    await page.locator('.hits mark').first().waitFor();
    await settled('پاکستان');
    await expectEventually(async () => [...new Set(await marks())].every((mark) => /^پاکستان/u.test(mark)), true);
    expect(await status()).toMatch(/نتائج، [۰-۹٬]+ ملی سیکنڈ میں$/u);
    expect(await page.title()).toContain('پاکستان');
  });

  it('marks no function words where there are others', async () => {
    await open('/?q=پانی کی کمی');
    await page.locator('.hits mark').first().waitFor();
    expect((await marks()).filter((mark) => mark === 'کی')).toEqual([]);
  });

  it('finds the same with Arabic yeh and kaf as with the Urdu letters, and on the wrong keyboard', async () => {
    await open('/?q=پاکستانی');
    await page.locator('.hits mark').first().waitFor();
    const urdu = await titles();
    await field().fill('پا\u0643ستان\u064A');
    await settled('پا\u0643ستان\u064A');
    await expectEventually(titles, urdu);
    // What the keys of پانی write where the phonetic keyboard is not on.
    await field().fill('pani');
    await page.locator('.did-you-mean').waitFor();
    expect(await page.locator('.did-you-mean').textContent()).toBe('تلاش کیا گیا: پانی');
  });

  it('shows a hostile document as the text that it is', async () => {
    await open('/?q=زرافہستان');
    const hit = page.locator('.hit', { hasText: 'زرافہستان' }).first();
    await hit.waitFor();
    expect(await hit.locator('.title').textContent()).toBe(HOSTILE.title);
    expect(await hit.locator('img, script, b, i, svg').count()).toBe(0);
    const source = page.locator('.filters label', { hasText: '<i>ماخذ</i>' });
    await source.click();
    await expectEventually(() => parameter('source'), HOSTILE.source);
    await page.locator('.filters input:checked').waitFor();
    await expectEventually(titles, [HOSTILE.title]);
    await page.locator('.title a').click();
    await page.locator('.reader .body').waitFor();
    expect(await page.locator('.reader img, .reader script, .reader b, .reader svg:not(.icon)').count()).toBe(0);
    expect(await page.locator('.reader .body p').allTextContents()).toEqual(HOSTILE.body.split('\n'));
    // An override in a field turns nothing around: it is not even there.
    expect((await page.locator('.reader').textContent())?.includes('\u202E')).toBe(false);
    expect(await page.locator('.reader a[href^="javascript"]').count()).toBe(0);
  });

  it('opens an article whole, marked, and comes back to the same place', async () => {
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
    await expectEventually(async () => Number(await page.evaluate('scrollY')) > 0, true);
    await page.goForward();
    await page.locator('.reader h1').waitFor();
    await page.reload();
    await page.locator('.reader mark').first().waitFor();
  });

  it('goes by keyboard alone from the box to an article, from mark to mark, and back to the same hit', async () => {
    await open();
    await expectEventually(() => focused(page), 'q');
    await page.keyboard.type('پانی');
    await page.locator('.hits mark').first().waitFor();
    await page.locator('#completions [role=option]').first().waitFor();
    await page.keyboard.press('Escape');
    await page.locator('.hits .title a').first().focus();
    const title = await page.locator('.hits .title').first().textContent();
    await page.keyboard.press('Enter');
    await expectEventually(() => focused(page), 'reader-title');
    await page.getByRole('button', { name: 'اگلا نشان زد لفظ' }).focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    expect(await page.locator('.position').textContent()).toMatch(/^۲ از [۰-۹]+$/);
    expect(await page.locator('mark.current').count()).toBe(1);
    await page.keyboard.press('Escape');
    await page.locator('.list').waitFor();
    expect(await page.locator('.hits .title a:focus').textContent()).toBe(title);
  });

  it('goes from article to article, and copies the address of one', async () => {
    await browsing.context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await open('/?q=پانی');
    const [first, second] = [page.locator('.hits .title').first(), page.locator('.hits .title').nth(1)];
    await first.waitFor();
    const names = [await first.textContent(), await second.textContent()];
    await first.locator('a').click();
    const heading = page.locator('.reader h1');
    await expectEventually(() => heading.textContent(), names[0]);
    await page.getByRole('button', { name: 'اگلا مضمون' }).click();
    await expectEventually(() => heading.textContent(), names[1]);
    await page.getByRole('button', { name: 'لنک نقل کریں' }).click();
    await expectEventually(() => page.evaluate('navigator.clipboard.readText()'), page.url());
    await page.getByRole('button', { name: 'پچھلا مضمون' }).click();
    await expectEventually(() => heading.textContent(), names[0]);
  });

  it('filters by topic and keeps the counts of the others and the focus; back takes the filter off again', async () => {
    await open('/?q=پانی');
    const topics = page.locator('.filters .facet').nth(1).locator('li');
    await topics.first().waitFor();
    const all = await status();
    const counts = await topics.allTextContents();
    const topic = await topics.first().locator('.value').textContent();
    await topics.first().locator('input').focus();
    await page.keyboard.press('Space');
    await page.locator('.filters input:checked').waitFor();
    await expectEventually(async () => [...new Set(await page.locator('.hits .topic').allTextContents())], [topic]);
    expect((await topics.allTextContents()).slice(0, 3)).toEqual(counts.slice(0, 3));
    expect(await focused(page)).toBe(`topic-${topic}`);
    const count = counts[0]?.match(/[۰-۹]+$/)?.[0];
    expect((await status())?.startsWith(count === '۱' ? 'ایک' : (count ?? '?'))).toBe(true);
    await page.goBack();
    await expectEventually(() => page.locator('.filters input:checked').count(), 0);
    await expectEventually(async () => (await status())?.split('،')[0], all?.split('،')[0]);
    await page.goForward();
    await expectEventually(() => page.locator('.filters input:checked').count(), 1);
  });

  it('shows how many hits each year has, and a click on one asks for it', async () => {
    await open('/?q=پانی');
    const columns = page.locator('.histogram button');
    await columns.first().waitFor();
    const label = await page.locator('.histogram button:enabled').last().getAttribute('aria-label');
    const [year, count] = (label ?? '').split(': ');
    await page.locator('.histogram button:enabled').last().click();
    await expectEventually(async () => (await status())?.split(' ')[0], count?.startsWith('۱ ') ? 'ایک' : count?.split(' ')[0]);
    await expectEventually(
      async () => [...new Set((await page.locator('.hits time').allTextContents()).map((date) => date.match(/[۰-۹]{4}/)?.[0]))],
      [year],
    );
    await page.locator('.histogram [aria-pressed=true]').click();
    await expectEventually(() => parameter('from'), null);
  });

  it('orders by date', async () => {
    await open('/?q=پانی');
    await page.locator('.hits time').first().waitFor();
    await page.locator('#sort').selectOption('timestamp:desc');
    await expectEventually(() => parameter('sort'), 'timestamp:desc');
    await expectEventually(() => sortedDates('new'), true);
    await page.locator('#sort').selectOption('timestamp:asc');
    await expectEventually(() => sortedDates('old'), true);
  });

  it('has numbered pages, and the address knows which; the focus goes to the number of results', async () => {
    await open('/?q=پانی');
    const first = await page.locator('.hits .title').first().textContent();
    await page.locator('.pager').getByRole('link', { name: 'صفحہ ۲', exact: true }).click();
    await expectEventually(() => parameter('page'), '2');
    await expectEventually(async () => (await page.locator('.hits .title').first().textContent()) !== first, true);
    expect(await focused(page)).toBe('status');
    expect(await page.locator('.pager [aria-current]').textContent()).toBe('۲');
    await page.goBack();
    await expectEventually(() => page.locator('.hits .title').first().textContent(), first);
  });

  it('adds more below, moves nothing, and a reload shows the same', async () => {
    await open('/?q=پانی');
    await page.locator('.hits mark').first().waitFor();
    const before = await titles();
    await page.getByRole('button', { name: 'مزید نتائج' }).click();
    await expectEventually(async () => (await titles()).length > before.length, true);
    const after = await titles();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(new Set(after).size).toBe(after.length);
    expect(await page.locator('.hits .title a:focus').textContent()).toBe(after[before.length]);
    await page.reload();
    await expectEventually(titles, after);
  });

  it('says so where a page does not exist, and leads back', async () => {
    await open('/?q=پانی&page=900');
    await page.getByText('یہ صفحہ نہیں ہے').waitFor();
    await page.getByRole('link', { name: 'آخری صفحہ' }).click();
    await page.locator('.hits mark').first().waitFor();
  });

  it('says so when nothing is found, and which words come near', async () => {
    await open('/?q=ژڑژڑژڑقق');
    await page.locator('.notice .advice').waitFor();
    expect(await status()).toBe('کوئی نتیجہ نہیں ملا');
    await open('/?q=حقومت&exact=1');
    await page.locator('.ways.near a').first().click();
    await page.locator('.hits mark').first().waitFor();
  });

  it('says what was searched in place of a slip, and undoes it with one click', async () => {
    await open('/?q=حقومت');
    const line = page.locator('.did-you-mean');
    await line.waitFor();
    expect(await line.textContent()).toBe('تلاش کیا گیا: حکومت۔ جیسا لکھا تھا، وہی ڈھونڈیں: حقومت');
    await line.locator('a').first().click();
    await settled('حکومت');
    await expectEventually(() => line.count(), 0);
    expect(await field().inputValue()).toBe('حکومت');
    await page.goBack();
    await line.locator('a').nth(1).click();
    await expectEventually(() => parameter('exact'), '1');
    await page.locator('.notice .advice').waitFor();
    expect(await field().inputValue()).toBe('حقومت');
  });

  it('says which words no article holds', async () => {
    await open('/?q=زندگی kubernetes ');
    await page.locator('.not-found').waitFor();
    expect(await page.locator('.not-found').textContent()).toBe('کسی مضمون میں نہیں ملا: kubernetes');
  });

  it('says why, on hover, on focus and by click: a corrected word, an inflected one, a compound; function words explain nothing', async () => {
    const reasons = async (q: string) => {
      await open(`/?q=${q}`);
      const why = page.locator('.why').first();
      await why.waitFor();
      const panel = why.locator('.why-panel');
      expect(await panel.isVisible()).toBe(false);
      await why.locator('button').hover();
      await expectEventually(() => panel.isVisible(), true);
      await page.mouse.move(0, 0);
      await expectEventually(() => panel.isVisible(), false);
      await why.locator('button').focus();
      await page.keyboard.press('Enter');
      await expectEventually(() => panel.isVisible(), true);
      await page.keyboard.press('Escape');
      await expectEventually(() => panel.isVisible(), false);
      return page.locator('.why li').allTextContents();
    };
    expect(await reasons('حقومت')).toContain('حقومت ← حکومت (املا درست کی گئی)');
    expect(await reasons('وزیر اعظم')).toContain('وزیر اعظم ← وزیراعظم (ملا کر لکھا)');
    const inflected = await reasons('دریاؤں میں');
    expect(inflected).toContain('دریاؤں ← دریا (دوسری شکل)');
    expect(inflected.filter((line) => line.includes('میں'))).toEqual([]);
    expect(await page.locator('.hits mark[title]').first().getAttribute('title')).toContain('دریاؤں');
  });

  it('"/" goes to the search box, Escape empties it', async () => {
    await open('/?q=پاکستان');
    await page.locator('.hits').waitFor();
    await page.keyboard.press('/');
    expect(await focused(page)).toBe('q');
    expect(await field().inputValue()).toBe('پاکستان');
    await page.keyboard.press('Escape');
    await page.locator('.examples').waitFor();
    expect(await field().inputValue()).toBe('');
    await page.goBack();
    await page.locator('.hits').waitFor();
    expect(await field().inputValue()).toBe('پاکستان');
  });

  it('never shows an older answer over a newer one', async () => {
    await open();
    let held = 0;
    await page.route('**/search', async (route) => {
      if ((route.request().postData() ?? '').includes('"q":"کرکٹ"') && held++ === 0)
        await new Promise((resolve) => setTimeout(resolve, 800));
      await route.continue().catch(() => undefined);
    });
    await page.locator('.front .hit').first().waitFor();
    await field().fill('کرکٹ');
    await expectEventually(() => held, 1);
    await field().fill('پاکستان');
    await settled('پاکستان');
    await page.locator('.hits mark').first().waitFor();
    const shown = await titles();
    await page.waitForTimeout(900);
    expect(await titles()).toEqual(shown);
  });

  it('sends no texts with each keystroke', async () => {
    await open();
    const answered = page.waitForResponse(
      (response) => response.url().endsWith('/search') && (response.request().postData() ?? '').includes('پانی'),
    );
    await field().fill('پانی');
    const response = await answered;
    const { hits } = (await response.json()) as { hits: Record<string, unknown>[] };
    expect(hits.map((hit) => hit['body']).filter((body) => body !== undefined)).toEqual([]);
    const session = await browsing.context.newCDPSession(page);
    await session.send('Network.enable');
    const size = new Promise<number>((resolve) =>
      session.on('Network.loadingFinished', ({ encodedDataLength }) => resolve(encodedDataLength)),
    );
    await field().fill('پانی کی');
    expect(await size).toBeLessThan(4500);
  });
});
