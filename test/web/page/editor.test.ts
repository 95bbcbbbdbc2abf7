/** The page of editors in a real browser, on the real server and a real Meilisearch with keys. Needs Chromium, as all tests of pages. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { type Browsing, closeUnhacked, describePage, REFUSALS, startBrowsing, watchTab } from '../../support/browsing.js';
import { finished, call as request } from '../../support/call.js';
import type { TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

const MASTER = 'a-master-key-of-tests';
const AXE = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
/** Where pictures are put for people to look at, when it is set. */
const PICTURES = process.env['EDITOR_PICTURES'];
const HOSTILE = '<img src=x onerror="window.wasHacked=1"> کتاب';

describePage('the page of editors', () => {
  let browsing: Browsing;
  let justuju: TestJustuju;
  let page: Page;
  let searchKey: string;
  let editorKey: string;
  let mishaps: string[];

  const as = (key: string): Record<string, string> => ({ authorization: `Bearer ${key}` });
  const call = (method: string, path: string, body?: unknown, key = MASTER) => request(justuju.url, method, path, body, as(key));
  const ids = async (q: string): Promise<number[]> =>
    ((await call('POST', '/indexes/articles/search', { q }, searchKey)).body.hits as { id: number }[]).map(({ id }) => id);
  const picture = async (name: string): Promise<void> => {
    if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
  };
  const expectAccessible = async (): Promise<void> => {
    await page.evaluate(AXE);
    const { violations } = await page.evaluate<{ violations: { id: string; nodes: { html: string }[] }[] }>('axe.run()');
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  };
  const enter = async (): Promise<void> => {
    await page.goto(`${justuju.url}/editor`);
    await page.locator('input[name=key]').fill(editorKey);
    await page.locator('button[type=submit]').click();
    await page.locator('table').first().waitFor();
  };

  beforeAll(async () => {
    browsing = await startBrowsing({ masterKey: MASTER, samples: false });
    ({ justuju } = browsing);
    const { body } = await call('POST', '/indexes/articles/documents?primaryKey=id', [
      { id: 1, title: 'کتاب کی دکان' },
      { id: 2, title: 'کتاب اور قلم' },
      { id: 3, title: 'ادبی میلہ اتوار سے' },
      { id: 4, title: HOSTILE },
    ]);
    await finished(justuju.url, body.taskUid as number, as(MASTER));
    const keyFor = async (actions: string[]): Promise<string> =>
      (await call('POST', '/keys', { actions, indexes: ['articles'], expiresAt: null })).body.key as string;
    searchKey = await keyFor(['search']);
    editorKey = await keyFor(['search', 'stats.get', 'settings.get', 'settings.update', 'documents.get', 'tasks.get', 'indexes.get']);
    for (const q of ['کتاب', 'کتاب', '<b>x</b> کتاب', 'ناپید']) await call('POST', '/indexes/articles/search', { q }, searchKey);
    const { body: clicked } = await request(
      justuju.url,
      'POST',
      '/indexes/articles/search',
      { q: 'کتاب' },
      { ...as(searchKey), 'meili-include-metadata': 'true' },
    );
    const event = {
      eventType: 'click',
      eventName: 'click',
      indexUid: 'articles',
      userId: 'r',
      queryUid: clicked.metadata.queryUid as string,
      objectId: '2',
      position: 1,
    };
    expect((await call('POST', '/events', event, searchKey)).status).toBe(201);
    await eventually(
      'all is counted',
      async () => {
        const { totals } = (await call('GET', '/analytics/queries?index=articles')).body as {
          totals: { searches: number; clicks: number };
        };
        return (totals.searches === 5 && totals.clicks === 1) || undefined;
      },
      30_000,
    );
  }, 180_000);
  afterAll(() => browsing?.stop());
  beforeEach(async () => {
    ({ page, mishaps } = await watchTab(browsing.context, { asked: [justuju.url, 'blob:'], said: REFUSALS }));
  });
  afterEach(() => closeUnhacked({ page, mishaps }));

  it('asks for a key, refuses one that may only search, and keeps the right one in the tab alone', async () => {
    await page.goto(`${justuju.url}/editor/`);
    await page.locator('input[name=key]').fill(searchKey);
    await expectAccessible();
    await page.locator('button[type=submit]').click();
    await page.locator('[role=alert]').waitFor();
    await picture('key');
    await page.locator('input[name=key]').fill(editorKey);
    await page.locator('button[type=submit]').click();
    await page.locator('table').first().waitFor();
    expect(await page.evaluate('[localStorage.length, document.cookie]')).toEqual([0, '']);
    const other = await browsing.context.newPage();
    await other.goto(`${justuju.url}/editor`);
    await other.locator('input[name=key]').waitFor();
    await other.close();
  });

  it('shows what readers look for, in Urdu and in English, for everybody who reads it', async () => {
    await enter();
    const first = page.locator('tbody tr').first();
    expect(await first.locator('th bdi').first().textContent()).toBe('کتاب');
    expect(await first.locator('td.number').allTextContents()).toEqual(['3', '0', expect.stringContaining('33.3'), '2']);
    expect(await page.locator('tbody th bdi').allTextContents()).toContain('<b>x</b> کتاب');
    await expectAccessible();
    await picture('urdu');
    await page.locator('#language').click();
    await page.getByRole('heading', { name: 'What readers look for' }).waitFor();
    expect(await page.locator('html').getAttribute('dir')).toBe('ltr');
    await page.locator('[data-list=empty]').click();
    await page.locator('[data-list=empty][aria-pressed=true]').waitFor();
    expect(await page.locator('tbody th bdi').allTextContents()).toEqual(['ناپید']);
    await expectAccessible();
    await picture('english');
    await page.setViewportSize({ width: 360, height: 740 });
    expect(await page.evaluate('document.documentElement.scrollWidth <= innerWidth')).toBe(true);
    await picture('narrow');
  });

  it('pins an article and sets a synonym from a query, which act within a second', async () => {
    expect(await ids('کتاب')).not.toContain(3);
    await enter();
    await page.locator('tbody tr').first().locator('td.actions button').first().click();
    const dialog = page.locator('dialog[open]');
    await dialog.locator('input[type=checkbox]').first().waitFor();
    await dialog.locator('input[name=find]').fill('میلہ');
    await dialog.locator('input[name=find]').blur();
    await dialog.getByLabel('ادبی میلہ اتوار سے').check();
    await expectAccessible();
    await picture('pin');
    await dialog.locator('button[type=submit]').click();
    await dialog.waitFor({ state: 'detached' });
    await eventually('the pin acts', async () => (await ids('کتابیں'))[0] === 3 || undefined, 1_000);

    await page.locator('[data-list=empty]').click();
    await page.locator('[data-list=empty][aria-pressed=true]').waitFor();
    await page.locator('tbody tr').first().locator('td.actions button').nth(1).click();
    await page.locator('dialog[open] input[name=synonyms]').fill('قلم، میلہ');
    await expectAccessible();
    await picture('synonym');
    await page.locator('dialog[open] button[type=submit]').click();
    await page.locator('dialog[open]').waitFor({ state: 'detached' });
    await eventually('the synonym acts', async () => (await ids('ناپید')).sort().join() === '2,3' || undefined, 1_000);
    expect((await call('GET', '/indexes/articles/settings/synonyms')).body).toEqual({ ناپید: ['قلم', 'میلہ'] });

    const remove = page.getByRole('button', { name: 'ہٹائیں: کتاب' });
    await remove.waitFor();
    await picture('lists');
    await remove.click();
    await eventually('the pin is gone', async () => (await ids('کتاب'))[0] !== 3 || undefined);
  });
});
