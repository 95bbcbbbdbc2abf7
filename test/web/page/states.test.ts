/** When something is wrong: the engine, the network, the answer. And that readers are never told in what words machines talk. */
import type { Page } from 'playwright-core';
import { databasePath } from '../../../server/engine/launch.js';
import { type Browsing, describePage, expectEventually, openTab, startBrowsing } from '../../support/browsing.js';
import { processesNaming } from '../../support/processes.js';

describePage('in trouble', () => {
  let browsing: Browsing;
  let page: Page;
  beforeAll(async () => {
    browsing = await startBrowsing();
  }, 120_000);
  afterAll(() => browsing?.stop());
  beforeEach(async () => {
    ({ page } = await openTab(browsing));
    await page.goto(browsing.justuju.url);
    await page.locator('.front .hit').first().waitFor();
  });
  afterEach(() => page.close());

  const search = (q: string) => page.locator('#q').fill(q);
  const notice = () => page.locator('.notice[role=alert]');
  const found = () => page.locator('.hits mark').first().waitFor();

  it('the page is humane while the engine is down, and comes back by itself', async () => {
    let isDown = true;
    const refusal = {
      message: 'connect ECONNREFUSED 127.0.0.1:7700\n    at TCPConnectWrap.afterConnect',
      code: 'internal',
      type: 'internal',
      link: '',
    };
    await page.route('**/search', (route) => (isDown ? route.fulfill({ status: 503, json: refusal }) : route.continue()));
    await search('پانی');
    await notice().waitFor();
    const told = (await notice().textContent()) ?? '';
    expect(told).toContain('تلاش کا نظام اس وقت بند ہے');
    expect(told).not.toMatch(/ECONN|127\.|\bat\b|http/);
    isDown = false;
    await found();
    expect(await notice().count()).toBe(0);
  });

  it('the page says that the reader is offline, and goes on when he is back', async () => {
    await browsing.context.setOffline(true);
    await search('پانی');
    await notice().waitFor();
    expect(await notice().textContent()).toContain('انٹرنیٹ کا رابطہ نہیں');
    await browsing.context.setOffline(false);
    await found();
  });

  it('one can also try again by hand', async () => {
    await page.route('**/search', (route) => route.fulfill({ status: 400, json: { message: 'no', code: 'invalid_search_q' } }));
    await search('پانی');
    await notice().waitFor();
    await page.unroute('**/search');
    await page.locator('#retry').click();
    await found();
  });

  it.each(['later', 'earlier'])('trouble that comes %s than the suggestions is not covered by them', async (when) => {
    const suggests = async () => (await (await fetch(`${browsing.justuju.url}/suggest?q=پاکس`)).text()).includes('پاکستان');
    // What can be suggested is read from the collection after the start.
    await expectEventually(suggests, true);
    const list = page.locator('[role=listbox]');
    await page.route('**/search', async (route) => {
      if (when === 'later') await list.waitFor();
      await route.fulfill({ status: 400, json: { message: 'no', code: 'invalid_search_q' } });
    });
    if (when === 'earlier')
      await page.route('**/suggest?*', async (route) => {
        await notice().waitFor();
        await route.continue().catch(() => undefined);
      });
    await search('پاکس');
    await notice().waitFor();
    // Longer than the page waits before it asks for suggestions, and than their answer takes.
    await page.waitForTimeout(500);
    expect(await list.isVisible()).toBe(false);
    await page.unroute('**/search');
    await page.locator('#retry').click();
    await found();
  });

  it('an answer that is none is told apart from an empty one', async () => {
    await page.route('**/search', (route) => route.fulfill({ status: 200, body: '<html>captive portal</html>' }));
    await search('پانی');
    await notice().waitFor();
    expect(await notice().textContent()).toContain('جواب سمجھ میں نہیں آیا');
  });

  it('a collection that is not open says so, without asking for a password', async () => {
    await page.route('**/search', (route) =>
      route.fulfill({ status: 403, json: { message: 'The provided API key is invalid.', code: 'invalid_api_key' } }),
    );
    await search('پانی');
    await notice().waitFor();
    expect(await page.locator('input[type=password]').count()).toBe(0);
  });

  it('a slow answer is waited for behind lines of its shape', async () => {
    await page.route('**/search', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      await route.continue().catch(() => undefined);
    });
    await page.goto(`${browsing.justuju.url}/?q=پانی`);
    await page.locator('.waiting').first().waitFor();
    await page.locator('.progress').waitFor();
    await found();
    expect(await page.locator('.waiting').count()).toBe(0);
  });

  it('words that find nothing together lead to those that do', async () => {
    await page.goto(`${browsing.justuju.url}/?q="پانی" "کھیل" "بریانی" "ٹرک"`);
    await page.locator('.notice .ways a, .hits mark').first().waitFor();
  });
});

describePage('when the engine dies', () => {
  it('what is searched meanwhile is found when it is back', async () => {
    const browsing = await startBrowsing();
    try {
      const { page } = await openTab(browsing);
      await page.goto(`${browsing.justuju.url}/?q=پانی`);
      await page.locator('.hits mark').first().waitFor();
      for (const pid of processesNaming(databasePath(browsing.justuju.dataDir))) process.kill(pid, 'SIGKILL');
      await page.locator('#q').fill('کرکٹ');
      await page.keyboard.press('Enter');
      await expectEventually(async () => [...new Set(await page.locator('.hits mark').allTextContents())].includes('کرکٹ'), true);
      await expectEventually(() => page.locator('.notice').count(), 0);
    } finally {
      await browsing.stop();
    }
  }, 180_000);
});
