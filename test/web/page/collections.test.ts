/** Collections of other shapes, and with keys configured. */
import type { Page } from 'playwright-core';
import { readPageSettings } from '../../../server/page/settings.js';
import { type Browsing, describePage, expectEventually, fill, openTab, startBrowsing, styleOf } from '../../support/browsing.js';

const MASTER = 'master-key-of-this-test';
const LINES = ['دل ہی تو ہے نہ سنگ و خشت', 'درد سے بھر نہ آئے کیوں', 'روئیں گے ہم ہزار بار', 'کوئی ہمیں ستائے کیوں'];
const sentence = (n: number): string => `یہ جملہ نمبر ${n} ہے جس میں باغ اور بہار کا ذکر ہے۔ `;

describePage('collections', () => {
  let browsing: Browsing;
  let page: Page;
  let mishaps: string[];

  beforeAll(async () => {
    const indexes = ['slugs', 'bare', 'poems', 'untitled', 'long', 'empty'].map((uid) => ({ uid }));
    browsing = await startBrowsing({ samples: false, masterKey: MASTER, page: readPageSettings(JSON.stringify({ indexes }), 'page.json') });
    const { url } = browsing.justuju;
    const slugs = ['pehla-mazmoon', 'doosra-mazmoon'].map((slug, n) => ({
      slug,
      id: 'same',
      title: `مضمون ${n + 1} باغ`,
      body: `متن ${slug} باغ`,
      category: 'الف',
    }));
    await fill(url, 'slugs', slugs, { filterableAttributes: ['category'] }, 'slug', MASTER);
    await fill(url, 'bare', [{ id: 1, title: 'باغ', body: 'باغ میں بہار ہے', url: 'https://example.pk/1' }], {}, 'id', MASTER);
    await fill(
      url,
      'poems',
      [{ id: 'g1', lines: `${LINES.slice(0, 2).join('\n')}\n\n${LINES.slice(2).join('\n')}`, poet: 'غالب' }],
      {},
      'id',
      MASTER,
    );
    const untitled = { id: 'u1', body: `پہلی سطر یہاں ہے\n${Array.from({ length: 60 }, (_, n) => sentence(n)).join('')}گلاب کھلا۔` };
    await fill(url, 'untitled', [untitled], {}, 'id', MASTER);
    const long = Array.from({ length: 12_000 }, (_, n) => sentence(n) + (n % 40 === 39 ? '\n' : '')).join('');
    await fill(url, 'long', [{ id: 'long', title: 'بہت لمبا باغ', body: long }], {}, 'id', MASTER);
    const created = await fetch(`${url}/indexes`, {
      method: 'POST',
      headers: { Authorization: `Bearer ${MASTER}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ uid: 'empty', primaryKey: 'id' }),
    });
    expect(created.status).toBe(202);
  }, 180_000);
  afterAll(() => browsing?.stop());
  beforeEach(async () => {
    ({ page, mishaps } = await openTab(browsing));
  });
  afterEach(async () => {
    await page.close();
    expect(mishaps).toEqual([]);
  });

  const open = (address: string) => page.goto(browsing.justuju.url + address);
  const body = () => page.locator('.reader .body').textContent();

  it('are searched without any password, and never with one that may do more', async () => {
    const keys: (string | undefined)[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/search')) keys.push(request.headers()['authorization']);
    });
    await open('/?index=bare&q=باغ');
    await page.locator('.hits mark').first().waitFor();
    expect(await page.locator('input[type=password]').count()).toBe(0);
    expect(keys.every((key) => key?.startsWith('Bearer ') && !key.includes(MASTER))).toBe(true);
    const [, key = ''] = (keys[0] ?? '').split(' ');
    const refused = await fetch(`${browsing.justuju.url}/indexes/bare/documents`, { headers: { Authorization: `Bearer ${key}` } });
    expect(refused.status).toBe(403);
  });

  it('open the right article by its primary key, whatever its name; from the list, and by its address', async () => {
    await open('/?index=slugs&q=باغ');
    await page.locator('.hits .title a', { hasText: 'مضمون' }).nth(1).waitFor();
    const hit = page.locator('.hits .title a').nth(1);
    const slug = await hit.getAttribute('data-doc');
    await hit.click();
    await expectEventually(body, `متن ${slug} باغ`);
    await open('/?index=slugs&doc=pehla-mazmoon');
    await expectEventually(body, 'متن pehla-mazmoon باغ');
    await open('/?index=slugs&doc=no-such-thing');
    await page.getByText('یہ مضمون نہیں کھل سکا').waitFor();
  });

  it('without filterable fields have no filters, and no empty column for them', async () => {
    await open('/?index=bare&q=باغ');
    await page.locator('.hits mark').first().waitFor();
    expect(await page.locator('.filters').isVisible()).toBe(false);
    expect(await page.locator('.sort').isVisible()).toBe(false);
    await page.locator('.hits .title a').click();
    expect(await page.locator('.origin a').getAttribute('href')).toBe('https://example.pk/1');
  });

  it('of verse keep their lines, in the list and in the reading view', async () => {
    await open('/?index=poems&q=درد');
    const snippet = page.locator('.snippet');
    await snippet.waitFor();
    expect(await styleOf(page, '.snippet', 'white-space')).toMatch(/pre-line/);
    expect(await page.locator('.hits .title').textContent()).toBe(LINES[0]);
    await page.locator('.hits .title a').click();
    await page.locator('.reader .body').waitFor();
    expect(await page.locator('.reader .body p').allTextContents()).toEqual([LINES.slice(0, 2).join('\n'), LINES.slice(2).join('\n')]);
  });

  it('without titles show the first line, also where the snippet is from the end', async () => {
    await open('/?index=untitled&q=گلاب');
    await page.locator('.hits mark').first().waitFor();
    expect(await page.locator('.hits .title').textContent()).toBe('پہلی سطر یہاں ہے');
  });

  it('that are empty say so', async () => {
    await open('/?index=empty');
    await page.getByText('ابھی کوئی مضمون نہیں').waitFor();
  });

  it('open an article of a megabyte, and one can read at once', async () => {
    await open('/?index=long');
    await page.locator('.front .title a').first().click();
    await page.locator('.reader .body p').first().waitFor();
    await expectEventually(async () => Number(await page.locator('.reader .body p').count()) >= 300, true);
  });
});

describePage('several collections', () => {
  let browsing: Browsing;
  beforeAll(async () => {
    browsing = await startBrowsing({ samples: false });
    await fill(browsing.justuju.url, 'books', [{ id: 1, title: 'کتاب', body: 'کتاب کا متن' }]);
    await fill(browsing.justuju.url, 'news', [{ id: 1, title: 'خبر', body: 'کتاب کی خبر' }]);
  }, 120_000);
  afterAll(() => browsing?.stop());

  it('are chosen from by name, and the words stay', async () => {
    const { page, mishaps } = await openTab(browsing);
    await page.goto(`${browsing.justuju.url}/?q=کتاب`);
    await page.locator('.hits mark').first().waitFor();
    expect(await page.locator('.hits .title').allTextContents()).toEqual(['کتاب']);
    await page.locator('#collection').selectOption('news');
    await expectEventually(() => page.locator('.hits .title').allTextContents(), ['خبر']);
    expect(new URL(page.url()).searchParams.get('q')).toBe('کتاب');
    expect(mishaps).toEqual([]);
    await page.close();
  });
});
