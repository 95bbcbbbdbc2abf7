/** The samples, asked in every way a search can be asked: whatever stands beside the words, the same hits come in the same order, and as many of them. */
import { rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp } from '../../../server/app.js';
import { createHttpServer } from '../../../server/http-server.js';
import { loadSamples } from '../../../server/samples.js';
import { type Answer, call, finished } from '../../support/call.js';
import { createKey, keyOf, tenantToken } from '../../support/credentials.js';
import { silentLog, startTestEngine, type TestEngine } from '../../support/engine.js';
import { PATIENT } from '../../support/patient.js';
import { storeIsOpen } from '../../support/store-is-open.js';

const MASTER = 'a-master-key-of-the-tests';
const KEY_UID = '6062abda-a5aa-4414-ac91-ecd7944c0f8d';
const EVERYTHING = 'NOT topic = "nothing has this topic"';
const TEN = 10;
const ALL = 20;
const PAGE = 4;

const QUERIES: readonly string[] = [
  // One word: rare, common, inflected, a function word, one that nobody wrote.
  'مشتری',
  'پاکستان',
  'کتابوں',
  'لڑکیاں',
  'پانی ',
  'نے ',
  'ڑژڑژڑژ',
  // A few words.
  'شدید دھند',
  'قلعے کی دیوار',
  'پھولوں کا رس',
  'فٹ بال کپ',
  'لاہور کا شیش محل',
  'آتش فشاں چٹان',
  'شہد کی مکھی کا رقص',
  'بغداد کی بنیاد',
  'خوب صورت چھت',
  'خوبصورت',
  'گاڑی لائسنس عمر',
  'کراچی ریل انجن',
  'وزیراعلی سکول',
  // Written with other letters, marks, digits.
  'قانون كے تحت گاڑى',
  'حدِ نگاہ',
  '1861ء ریل',
  '۱۹۸۱',
  // Misspelt.
  'مشترہ',
  'ڈولفین',
  'اینٹی بایوٹک',
  'محکمه موسمیات',
  'پروازے منسوخ',
  'سیاح ابن بطوطا',
  // On another keyboard, in Roman letters.
  'lahore qila',
  'pakistan',
  'shehad ki makhi',
  'aatish fishan',
  'parwazen mansookh',
  'UNESCO ورثہ',
  // Sentences and questions.
  'اینٹی بائیوٹک کا بے جا استعمال کیوں خطرناک ہے؟',
  'پانی کو صاف کرنے کا سب سے آسان طریقہ کیا ہے',
  'مکھیاں ایک پھول کا زرگل دوسرے پھول تک لے جاتی ہیں',
  'شدید دھند کی وجہ سے لاہور کے ہوائی اڈے پر کیا ہوا',
  'پتا پتا بوٹا بوٹا حال ہمارا جانے ہے',
  'جانے نہ جانے گل ہی نہ جانے باغ تو سارا جانے ہے',
  'کیا اسے اس کے بعد بھی اس میں سے کچھ نہیں ملا',
  // Phrases, and phrases that stand nowhere.
  '"شدید دھند"',
  '"سب سے بڑا"',
  '"نظام شمسی" چاند',
  '"دھند شدید"',
  'لاہور "میں ہے"',
  // Unwanted words.
  'پاکستان -لاہور',
  'پانی -دریا',
  'چاند -"سب سے"',
  '-پانی',
  'ژژژژ -پانی',
  // Still being typed.
  'پاکس',
  'آتش ف',
  'دھن',
  'کھل',
  'شہد کی مکھ',
  'موسم',
  'اس',
  'نظام شمسی کے سی',
];

interface Found {
  readonly hits: readonly string[];
  readonly total: number;
}

type Way = (q: string) => Promise<Found>;

let engine: TestEngine;
let url: string;
let close: () => Promise<void>;
let storeFolder: string;
let tenant: string;
const plain = new Map<string, Found>();

async function open(): Promise<void> {
  const { app, close: closeApp } = createApp({ engine, log: silentLog, storeFolder, ...PATIENT });
  const server = createHttpServer(app).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    await closeApp();
  };
  await storeIsOpen(url, MASTER);
}

async function ask(path: string, body?: unknown, key: string = MASTER): Promise<Answer> {
  const answer = await call(url, body === undefined ? 'GET' : 'POST', path, body, { authorization: `Bearer ${key}` });
  if (answer.status >= 300) throw new Error(JSON.stringify(answer.body));
  return answer;
}

const foundIn = ({ hits, estimatedTotalHits, totalHits }: Answer['body']): Found => ({
  hits: (hits as { id: string }[]).map(({ id }) => id),
  total: estimatedTotalHits ?? totalHits,
});

const asked =
  (parameters: object, key?: () => string): Way =>
  async (q) =>
    foundIn((await ask('/indexes/articles/search', { q, limit: ALL, ...parameters }, key?.())).body);

async function inPages(q: string, parametersOf: (page: number) => object): Promise<Found> {
  const pages = [];
  for (let page = 0; page < ALL / PAGE; page += 1)
    pages.push(foundIn((await ask('/indexes/articles/search', { q, ...parametersOf(page) })).body));
  const totals = [...new Set(pages.map(({ total }) => total))];
  expect({ q, totals }).toEqual({ q, totals: [totals[0]] });
  return { hits: pages.flatMap(({ hits }) => hits), total: totals[0] as number };
}

const WAYS: Readonly<Record<string, Way>> = {
  'with a filter that all documents pass': asked({ filter: EVERYTHING }),
  'with a tenant token': asked({}, () => tenant),
  'with a tenant token and a filter': asked({ filter: [EVERYTHING] }, () => tenant),
  'with scores': asked({ showRankingScore: true }),
  'with the details of scores': asked({ showRankingScoreDetails: true }),
  'with facets': asked({ facets: ['*'] }),
  'with facets and a filter': asked({ facets: ['topic', 'source'], filter: EVERYTHING }),
  'with few fields': asked({ attributesToRetrieve: ['id'] }),
  'with marks and snippets': asked({ attributesToHighlight: ['*'], attributesToCrop: ['body'] }),
  'as a numbered page': asked({ limit: undefined, hitsPerPage: ALL }),
  'as more than is looked at': async (q) => {
    const { hits, total } = await asked({ limit: 100 })(q);
    return { hits: hits.slice(0, ALL), total };
  },
  'in a multi-search': async (q) =>
    foundIn(
      (
        await ask('/multi-search', {
          queries: [
            { indexUid: 'articles', q: 'کچھ' },
            { indexUid: 'articles', q, limit: ALL },
          ],
        })
      ).body.results[1],
    ),
};

/** Five requests for each query: asked with every second query. */
const IN_PAGES: Readonly<Record<string, Way>> = {
  'as pages by offset': (q) => inPages(q, (page) => ({ offset: page * PAGE, limit: PAGE })),
  'as pages by number': (q) => inPages(q, (page) => ({ page: page + 1, hitsPerPage: PAGE })),
  'as pages with a filter': (q) => inPages(q, (page) => ({ offset: page * PAGE, limit: PAGE, filter: EVERYTHING })),
};

/** Hits of the first ten that are no longer where they were. */
const moved = (before: readonly string[], after: readonly string[]): string[] =>
  before.slice(0, TEN).filter((id, place) => Math.abs(after.indexOf(id) - place) > 1);

async function sameBy(way: Way, queries = QUERIES): Promise<void> {
  const other: unknown[] = [];
  for (const q of queries) {
    const expected = plain.get(q);
    const found = await way(q);
    if (JSON.stringify(found) !== JSON.stringify(expected)) other.push({ q, expected, found });
  }
  expect(other).toEqual([]);
}

beforeAll(async () => {
  engine = await startTestEngine({ meiliMasterKey: MASTER });
  storeFolder = join(engine.dataDir, 'store');
  await loadSamples(engine, silentLog);
  await createKey(engine.url, MASTER, { uid: KEY_UID, actions: ['search'], indexes: ['articles'] });
  tenant = tenantToken(KEY_UID, keyOf(MASTER, KEY_UID), { articles: { filter: EVERYTHING } });
  await open();
  for (const q of QUERIES) plain.set(q, await asked({})(q));
}, 120_000);

afterAll(async () => {
  await close?.();
  await engine?.stop();
});

describe('one order', () => {
  it('finds something for nearly all of these queries', () => {
    const found = [...plain.values()].filter(({ hits }) => hits.length > 0);
    expect(found.length).toBeGreaterThan(QUERIES.length - 5);
    for (const { hits, total } of plain.values()) expect(hits.length).toBe(Math.min(total, ALL));
  });

  it.each(Object.entries(WAYS))('%s', async (_name, way) => sameBy(way), 60_000);

  it.each(Object.entries(IN_PAGES))(
    '%s',
    async (_name, way) =>
      sameBy(
        way,
        QUERIES.filter((_query, i) => i % 2 === 0),
      ),
    60_000,
  );

  it('after another document was written', async () => {
    const { body } = await ask('/indexes/articles/documents', [{ id: 'another', title: 'ٹٹٹٹ', body: 'ڈڈڈڈ ٹٹٹٹ' }]);
    expect(await finished(url, body.taskUid, { authorization: `Bearer ${MASTER}` })).toMatchObject({ status: 'succeeded' });
    const other: unknown[] = [];
    for (const q of QUERIES) {
      const { hits } = plain.get(q) as Found;
      const after = await asked({})(q);
      plain.set(q, after);
      // One document more makes each word a little rarer: neighbours that are equally good may change places.
      const changed = moved(hits, after.hits);
      if (changed.length > 0) other.push({ q, changed });
    }
    expect(other).toEqual([]);
  }, 60_000);

  it('while another document waits to be indexed', async () => {
    await ask('/indexes/articles/documents', [{ id: 'another', title: 'ٹٹٹٹ', body: 'ڈڈڈڈ ٹٹٹٹ' }]);
    await sameBy(asked({}));
  }, 60_000);

  it('after a restart', async () => {
    await close();
    await open();
    await sameBy(asked({}));
    await sameBy(asked({ filter: EVERYTHING }));
  }, 60_000);

  it('after the store was lost and built anew', async () => {
    await close();
    await rm(storeFolder, { recursive: true });
    await open();
    await sameBy(asked({}));
    await sameBy(asked({ filter: EVERYTHING }));
  }, 60_000);
});
