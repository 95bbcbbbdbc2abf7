/** The search box: suggestions, recent searches, keyboards, voice. */
import type { Page } from 'playwright-core';
import { type Browsing, closeCleared, describePage, expectEventually, focused, openTab, startBrowsing } from '../../support/browsing.js';

describePage('the search box', () => {
  let browsing: Browsing;
  let page: Page;
  let mishaps: string[];

  beforeAll(async () => {
    browsing = await startBrowsing();
    // What can be suggested is read from the collection after the start.
    await expectEventually(async () => (await (await fetch(`${browsing.justuju.url}/suggest?q=پاکس`)).text()).includes('پاکستان'), true);
  }, 120_000);
  afterAll(() => browsing?.stop());
  beforeEach(async () => {
    ({ page, mishaps } = await openTab(browsing));
  });
  afterEach(() => closeCleared({ page, mishaps }));

  const open = (address = '/') => page.goto(browsing.justuju.url + address);
  const field = () => page.locator('#q');
  const options = () => page.locator('[role=option] bdi').allTextContents();
  const box = (attribute: string) => page.locator('[role=combobox]').getAttribute(attribute);
  const settled = (q: string) => expectEventually(() => new URL(page.url()).searchParams.get('q'), q);
  const type = async (typed: string) => {
    await open();
    await field().pressSequentially(typed, { delay: 20 });
    await page.locator('[role=option]').first().waitFor();
  };

  it('suggests: none is chosen at first, arrows go round, Escape closes first and clears second, Enter searches', async () => {
    await type('پاکس');
    await expectEventually(options, ['پاکستان']);
    expect(await page.locator('[aria-live=polite]').first().textContent()).toBe('ایک تجویز');
    expect([await box('aria-expanded'), await box('aria-activedescendant')]).toEqual(['true', null]);
    expect(await page.locator(`#${await box('aria-controls')}[role=listbox]`).isVisible()).toBe(true);
    await page.keyboard.press('ArrowDown');
    expect(await page.locator(`#${await box('aria-activedescendant')}`).getAttribute('aria-selected')).toBe('true');
    await page.keyboard.press('ArrowDown');
    expect(await box('aria-activedescendant')).toBeNull();
    await page.keyboard.press('Escape');
    expect(await box('aria-expanded')).toBe('false');
    expect(await field().inputValue()).toBe('پاکس');
    await page.keyboard.press('ArrowUp');
    await expectEventually(() => page.locator('[role=option][aria-selected=true]').count(), 1);
    await page.keyboard.press('Enter');
    await settled('پاکستان');
    expect(await field().inputValue()).toBe('پاکستان');
    expect(await page.locator('[role=listbox]').isVisible()).toBe(false);
    await page.keyboard.press('Escape');
    await expectEventually(() => field().inputValue(), '');
  });

  it('keeps the query at Escape while suggestions are still on their way, and shows none of them', async () => {
    await page.route('**/suggest?*', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue().catch(() => undefined);
    });
    await open();
    await field().pressSequentially('پاکس', { delay: 20 });
    await page.keyboard.press('Escape');
    await page.waitForTimeout(800);
    expect([await field().inputValue(), await page.locator('[role=listbox]').isVisible()]).toEqual(['پاکس', false]);
    await page.keyboard.press('Escape');
    await expectEventually(() => field().inputValue(), '');
    await page.unroute('**/suggest?*');
  });

  it('keeps the list closed after Enter, although an answer was under way', async () => {
    let asked = 0;
    await page.route('**/suggest?*', async (route) => {
      asked++;
      await new Promise((resolve) => setTimeout(resolve, 300));
      await route.continue().catch(() => undefined);
    });
    await open();
    await field().pressSequentially('پا');
    await expectEventually(() => asked, 1);
    await page.keyboard.press('Enter');
    await settled('پا');
    await page.waitForTimeout(500);
    expect(await page.locator('[role=listbox]').isVisible()).toBe(false);
  });

  it('goes by mouse too, and the field keeps the focus', async () => {
    await type('پاکس');
    await page.locator('[role=option]', { hasText: 'پاکستان' }).first().click();
    await settled('پاکستان');
    expect(await focused(page)).toBe('q');
    expect(await page.locator('[role=listbox]').isVisible()).toBe(false);
  });

  it('remembers searches on this device, and forgets them', async () => {
    await open();
    for (const q of ['پانی', 'کرکٹ']) {
      await field().fill(q);
      await page.keyboard.press('Enter');
      await settled(q);
    }
    await page.reload();
    await field().fill('');
    await field().click();
    await expectEventually(options, ['کرکٹ', 'پانی']);
    await page.locator('[role=option].erase').click();
    await field().click();
    await page.waitForTimeout(100);
    expect(await page.locator('[role=listbox]').isVisible()).toBe(false);
  });

  it('searches where the browser allows no storage', async () => {
    await page.addInitScript(`Object.defineProperty(window, 'localStorage', { get() { throw new Error('SecurityError'); } })`);
    await open();
    await field().fill('پانی');
    await page.keyboard.press('Enter');
    await page.locator('.hits mark').first().waitFor();
    // What `afterEach` clears.
    await page
      .evaluate(`Object.defineProperty(window, 'localStorage', { value: { clear() {} }, configurable: true })`)
      .catch(() => undefined);
    await page.close();
    ({ page, mishaps } = await openTab(browsing));
    await open();
  });

  it('has an Urdu keyboard in both layouts, which writes where the caret is', async () => {
    await open();
    await page.locator('#keys').click();
    const key = (latin: string) => page.locator('.keys button', { has: page.locator(`kbd:text-is("${latin}")`) });
    for (const latin of ['p', 'a', 'n', 'i']) await key(latin).click();
    expect(await field().inputValue()).toBe('پانی');
    expect(await focused(page)).toBe('q');
    await settled('پانی');
    await page.getByRole('button', { name: 'پچھلا حرف مٹائیں' }).click();
    expect(await field().inputValue()).toBe('پان');
    await page.locator('#layout').selectOption('standard');
    await page.getByRole('button', { name: 'شفٹ' }).click();
    await key('j').click();
    expect(await field().inputValue()).toBe('پانآ');
    expect(await page.getByRole('button', { name: 'شفٹ' }).getAttribute('aria-pressed')).toBe('false');
  });

  it('writes Urdu on Latin keys where the reader wants it, and only then', async () => {
    await open();
    await field().pressSequentially('pani');
    expect(await field().inputValue()).toBe('pani');
    await page.locator('#keys').click();
    await page.locator('#types-urdu').check();
    await field().fill('');
    await field().pressSequentially('pani 7');
    expect(await field().inputValue()).toBe('پانی 7');
    await field().fill('');
    await expectEventually(() => new URL(page.url()).search, '');
    await page.reload();
    await field().pressSequentially('k');
    expect(await field().inputValue()).toBe('ک');
  });

  it('listens where the browser can, and shows no microphone where it cannot', async () => {
    await page.addInitScript(`
      window.webkitSpeechRecognition = undefined;
      window.SpeechRecognition = class extends EventTarget {
        start() {
          setTimeout(() => {
            const result = Object.assign([{ transcript: 'پانی' }], { isFinal: true });
            this.dispatchEvent(Object.assign(new Event('result'), { results: [result] }));
            this.dispatchEvent(new Event('end'));
          });
        }
        abort() {}
      };`);
    await open();
    await page.locator('#voice').click();
    await settled('پانی');
    await page.locator('.hits mark').first().waitFor();
    await page.addInitScript('window.SpeechRecognition = undefined; window.webkitSpeechRecognition = undefined;');
    await page.reload();
    await page.locator('.hits mark').first().waitFor();
    expect(await page.locator('#voice').isVisible()).toBe(false);
  });
});
