/** The playground in a real browser, on the real server with keys configured. Needs Chromium, as all tests of pages. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { readPageSettings } from '../../../server/page/settings.js';
import { type Browsing, closeUnhacked, describePage, REFUSALS, startBrowsing, watchTab } from '../../support/browsing.js';
import { call, finished } from '../../support/call.js';
import type { TestJustuju } from '../../support/justuju.js';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const MASTER = 'master-key-of-this-test';
const asMaster = { authorization: `Bearer ${MASTER}` };
const HOSTILE = {
  id: 'hostile',
  title: '<img src=x onerror="window.wasHacked=1"> زرافہستان',
  body: '<script>window.wasHacked=2</script> زرافہستان',
};
/** Where pictures go for somebody to look at. */
const SHOTS = process.env.PAGE_SHOTS;

describePage('the playground', () => {
  let browsing: Browsing;
  let justuju: TestJustuju;
  let page: Page;
  let mishaps: string[];

  beforeAll(async () => {
    browsing = await startBrowsing(
      { masterKey: MASTER, page: readPageSettings('{"indexes": [{"uid": "articles"}]}', 'page.json') },
      { locale: 'en-US' },
    );
    ({ justuju } = browsing);
    const { body } = await call(justuju.url, 'POST', '/indexes/articles/documents', [HOSTILE], asMaster);
    expect(await finished(justuju.url, body.taskUid, asMaster)).toMatchObject({ status: 'succeeded' });
  }, 180_000);
  afterAll(() => browsing?.stop());
  beforeEach(async () => {
    ({ page, mishaps } = await watchTab(browsing.context, { asked: [justuju.url], said: REFUSALS }));
  });
  afterEach(() => closeUnhacked({ page, mishaps }));

  const open = (address = '') => page.goto(`${justuju.url}/playground${address}`);
  const answered = () => page.locator('#told', { hasText: /^\d{3} · / }).waitFor();
  const response = async (): Promise<Record<string, unknown>> =>
    JSON.parse((await page.locator('#response').textContent()) ?? '') as Record<string, unknown>;

  it('sends a request by keys alone, and shows the raw answer', async () => {
    await open();
    await page.locator('#indexes option').first().waitFor({ state: 'attached' });
    await page.locator('#q').focus();
    await page.keyboard.type('kitab');
    await page.keyboard.press('Enter');
    await answered();
    expect(await page.locator('#line').textContent()).toBe('POST indexes/articles/search');
    expect(await response()).toMatchObject({ query: 'kitab', urdu: { didYouMean: expect.any(String) as string } });
    expect(new URL(page.url()).search).toBe('?index=articles&q=kitab');
  });

  it('shows how the words were read, and what rewriting finds', async () => {
    await open('?q=kitab');
    await answered();
    const row = page.locator('#readings tbody tr').first();
    expect(await row.locator('th').textContent()).toBe('kitab');
    expect(await row.locator('code').textContent()).toBe('transliterated');
    const [rewritten, asTyped] = await page.locator('#compare h3').allTextContents();
    expect(rewritten).toMatch(/^As it was understood: [1-9]\d* hits$/);
    expect(asTyped).toBe('As it was typed: 0 hits');
    expect(await page.locator('#compare .badge').count()).toBe(await page.locator('#compare li').count());
  });

  it('sends what was written into the request by hand', async () => {
    await open();
    await page.locator('#indexes option').first().waitFor({ state: 'attached' });
    await page.locator('#body').fill('{"q": "کتاب", "limit": 1, "attributesToRetrieve": ["title"]}');
    await page.locator('#body').press('Control+Enter');
    await answered();
    const { hits } = (await response()) as { hits: object[] };
    expect(hits.map((hit) => Object.keys(hit))).toEqual([['title']]);
    await page.locator('#exact').check();
    expect(JSON.parse(await page.locator('#body').inputValue())).toMatchObject({ limit: 1, urdu: { exact: true } });
    await page.locator('#body').fill('{"q": ');
    await page.getByRole('button', { name: 'Send' }).click();
    await page.locator('#status', { hasText: 'The request is not JSON' }).waitFor();
  });

  it('climbs from a text to its roots, by the names of the rules', async () => {
    await open();
    await page.locator('#text').fill('کیساتھ کتابوں');
    await page.getByRole('button', { name: 'Analyze' }).click();
    await page.locator('#ladder tbody tr').nth(1).waitFor();
    expect(await page.locator('#ladder tbody th').allTextContents()).toEqual(['کیساتھ', 'کتابوں']);
    expect(await page.locator('#ladder .rules code').allTextContents()).toEqual(['fused-word', 'function-form', 'feminine']);
    expect(await page.locator('#ladder tbody tr').last().locator('td').nth(1).textContent()).toBe('کتاب');
  });

  it('keeps a key in memory alone, and shows a refusal as it came', async () => {
    await open();
    await page.locator('#key').fill('wrong-key');
    await page.locator('#q').fill('کتاب');
    await page.locator('#index').fill('articles');
    await page.getByRole('button', { name: 'Send' }).click();
    await answered();
    expect(await response()).toMatchObject({ code: 'invalid_api_key' });
    expect(page.url()).not.toContain('wrong-key');
    expect(await page.evaluate('JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])')).toBe('[{},{},""]');
    await page.reload();
    expect(await page.locator('#key').inputValue()).toBe('');
  });

  it('shows a hostile document as the text that it is', async () => {
    await open(`?q=${encodeURIComponent('زرافہستان')}`);
    await answered();
    expect(await page.locator('#compare li').first().textContent()).toContain(HOSTILE.title);
    expect(await page.locator('main :is(img, script, iframe)').count()).toBe(0);
  });

  const states = (['en', 'ur'] as const).flatMap((language) =>
    (['light', 'dark'] as const).flatMap((theme) => ([1280, 390] as const).map((width) => [language, theme, width] as const)),
  );
  it.each(states)('is clean to axe and fits: %s, %s, %i px', async (language, theme, width) => {
    await page.setViewportSize({ width, height: 900 });
    await open(`?q=kitabon&text=${encodeURIComponent('کیساتھ کتابوں C++')}`);
    await answered();
    await page.locator('#ladder tbody tr').first().waitFor();
    if (language === 'ur') await page.locator('#language').click();
    await page.locator('#theme').selectOption(theme);
    expect(await page.locator('html').getAttribute('dir')).toBe(language === 'ur' ? 'rtl' : 'ltr');
    await page.evaluate(AXE);
    const found = await page.evaluate(
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html)]))',
    );
    expect(found).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    if (SHOTS !== undefined) await page.screenshot({ path: join(SHOTS, `playground-${language}-${theme}-${width}.png`), fullPage: true });
  });

  it('is linked from the reference, and links back', async () => {
    await page.goto(`${justuju.url}/docs`);
    await page.locator('a[href="./playground"]').click();
    await page.locator('#search').waitFor();
    expect(new URL(page.url()).pathname).toBe('/playground');
    await page.getByRole('link', { name: 'API reference' }).click();
    expect(new URL(page.url()).pathname).toBe('/docs');
  });
});
