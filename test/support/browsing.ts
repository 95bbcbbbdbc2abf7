/**
 * The built page in a real browser, on the real server and a real Meilisearch. Needs Chromium: `apt-get install chromium`, or CHROMIUM=/path.
 * `npm run test:page` builds first; a build that is older than its source is refused, so that a stale `dist/` cannot pass.
 */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { startJustuju, type TestJustuju, type TestOptions } from './justuju.js';

const browser = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
export const WEB = 'dist/web';

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

export const hasBrowser = existsSync(browser);
if (!hasBrowser) {
  console.warn(`Page tests skipped: no browser at ${browser}. Get one with "apt-get install chromium", or set CHROMIUM to its path.`);
}
/** Skips, and says so above, where there is no browser. */
export const describePage: (name: string, tests: () => void) => void = hasBrowser ? describe : describe.skip;

function refuseStale(): void {
  const built = existsSync(`${WEB}/search-box.js`) ? statSync(`${WEB}/search-box.js`).mtimeMs : 0;
  for (const folder of ['search-box/src', 'web'])
    for (const name of readdirSync(folder, { recursive: true }))
      if (statSync(join(folder, String(name))).mtimeMs > built && statSync(join(folder, String(name))).isFile())
        throw new Error(`${join(folder, String(name))} is newer than ${WEB}: run npm run build --silent`);
}

/** What must never happen, whatever a test does: script errors, blocked resources, requests to anybody else. */
export interface Browsing {
  readonly justuju: TestJustuju;
  readonly context: BrowserContext;
  stop(): Promise<void>;
}

export async function startBrowsing(options: TestOptions = {}, contextOptions: BrowserContextOptions = {}): Promise<Browsing> {
  refuseStale();
  const profile = mkdtempSync(join(tmpdir(), 'justuju-page-'));
  const justuju = await startJustuju({ samples: true, webFolder: WEB, ...options });
  try {
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: browser,
      args: QUIET,
      locale: 'ur-PK',
      ...contextOptions,
    });
    return {
      justuju,
      context,
      async stop() {
        await context.close();
        await justuju.stop();
        rmSync(profile, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await justuju.stop();
    throw error;
  }
}

export interface Watched {
  readonly page: Page;
  readonly mishaps: string[];
}

interface Allowed {
  /** What addresses may begin with that the tab asks for. */
  readonly asked: readonly string[];
  /** Errors in its console that are none. */
  readonly said: RegExp;
}

/** Refused requests are answers, and told by the page itself. */
export const REFUSALS = /status of/;
const REFUSED_OR_OFFLINE = /status of|net::ERR/;

/** A tab whose mishaps are collected. */
export const openTab = ({ context, justuju }: Browsing, mayAsk: readonly string[] = []): Promise<Watched> =>
  watchTab(context, { asked: [justuju.url, ...mayAsk, 'data:'], said: REFUSED_OR_OFFLINE });

export async function watchTab(context: BrowserContext, { asked, said }: Allowed): Promise<Watched> {
  const page = await context.newPage();
  const mishaps: string[] = [];
  // Below jest's own, so that a failure names the step and not only the test.
  page.setDefaultTimeout(30_000);
  page.on('pageerror', (error) => mishaps.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !said.test(message.text())) mishaps.push(message.text());
  });
  page.on('request', (request) => {
    if (!asked.some((allowed) => request.url().startsWith(allowed))) mishaps.push(`asked ${request.url()}`);
  });
  return { page, mishaps };
}

/** Ends a test of a tab that leaves things on the device: they are cleared, and nothing may have gone wrong. */
export async function closeCleared({ page, mishaps }: Watched): Promise<void> {
  await page.evaluate('localStorage.clear()');
  await page.close();
  expect(mishaps).toEqual([]);
}

/** Ends a test of hostile texts: none of them was run, and nothing went wrong. */
export async function closeUnhacked({ page, mishaps }: Watched): Promise<void> {
  expect(await page.evaluate('window.wasHacked')).toBeUndefined();
  await page.close();
  expect(mishaps).toEqual([]);
}

/** Asks again until it is as expected; after half a minute jest's own message shows the difference. */
export async function expectEventually<T>(ask: () => T | Promise<T>, expected: T): Promise<void> {
  const end = Date.now() + 30_000;
  for (;;) {
    const actual = await ask();
    if (Date.now() > end || JSON.stringify(actual) === JSON.stringify(expected)) {
      expect(actual).toEqual(expected);
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** The id of what has the focus, in the component or outside of it. */
export const focused = (page: Page): Promise<string> =>
  page.evaluate<string>(
    `(() => { const outer = document.activeElement; const inner = outer?.shadowRoot?.activeElement ?? outer; return inner?.id || inner?.className || inner?.localName; })()`,
  );

/** A computed property of the first element there is, in the component. */
export const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
  page.evaluate<string>(
    `getComputedStyle(document.querySelector('justuju-search').shadowRoot.querySelector(${JSON.stringify(selector)})).getPropertyValue('${property}')`,
  );

/** Adds documents to an index, with settings, and waits. */
export async function fill(
  url: string,
  uid: string,
  documents: readonly object[],
  settings: object = {},
  primaryKey = 'id',
  key?: string,
): Promise<void> {
  const headers = { 'Content-Type': 'application/json', ...(key !== undefined && { Authorization: `Bearer ${key}` }) };
  const send = async (method: string, path: string, body: unknown): Promise<void> => {
    const response = await fetch(url + path, { method, headers, body: JSON.stringify(body) });
    const { taskUid } = (await response.json()) as { taskUid: number };
    await expectEventually(async () => {
      const { status } = (await (await fetch(`${url}/tasks/${taskUid}`, { headers })).json()) as { status: string };
      return status === 'enqueued' || status === 'processing' ? 'waiting' : status;
    }, 'succeeded');
  };
  if (Object.keys(settings).length > 0) await send('PATCH', `/indexes/${uid}/settings`, settings);
  await send('POST', `/indexes/${uid}/documents?primaryKey=${primaryKey}`, documents);
}
