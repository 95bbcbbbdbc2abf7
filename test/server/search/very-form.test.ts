/** Quotes, exact words, numbers and facets, over a handful of made-up notices. */
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

const NOTICES = [
  { id: 0, text: 'کتابوں کی نمائش', city: 'لاہور', price: 100 },
  { id: 1, text: 'کتاب کا سرورق', city: 'لاهور', price: 250 },
  { id: 2, text: 'کتابیں سستی', city: 'پشاور', price: 300 },
  { id: 3, text: 'نئی کتابوں کا میلہ اور ایک کتاب', city: 'تربت', price: 20.5 },
  { id: 4, text: 'لڑکیاں کھیل رہی ہیں', city: 'ٹھٹھہ', price: 5 },
  { id: 5, text: 'لڑکی نے کھیلا', city: 'چمن', price: 7 },
];

/** While it is, Justuju hears of no task that is finished: the store stays behind what Meilisearch holds. */
let isBehind = false;

let justuju: TestJustuju;
beforeAll(async () => {
  justuju = await startJustuju({
    script: {
      onAnswer: ({ path }, { body }) => {
        if (!isBehind || !path.startsWith('/tasks?uids=')) return undefined;
        const { results } = body as { results: object[] };
        return { results: results.map((task) => ({ ...task, status: 'processing' })) };
      },
    },
  });
  const { body } = await call(justuju.url, 'POST', '/indexes/notices/documents', NOTICES);
  await finished(justuju.url, body.taskUid);
  const settings = await call(justuju.url, 'PATCH', '/indexes/notices/settings', {
    filterableAttributes: ['price', 'city'],
    sortableAttributes: ['price'],
  });
  await finished(justuju.url, settings.body.taskUid);
  await eventually('the store knows them', async () => (await ids({ q: '"کتابوں"' })).length === 2);
}, 60_000);
afterAll(() => justuju.stop());

async function ids(body: object): Promise<number[]> {
  const { body: found } = await call(justuju.url, 'POST', '/indexes/notices/search', body);
  const hits = (found.hits as { id: number }[]).map(({ id }) => id);
  expect(found.estimatedTotalHits).toBe(hits.length);
  return hits.sort();
}

it.each([
  ['"کتابوں"', [0, 3]],
  ['"کتاب"', [1, 3]],
  ['"کتابیں"', [2]],
  ['"كتابوں"', [0, 3]],
  ['کتابوں', [0, 1, 2, 3]],
  ['"کتابوں" میلہ', [0, 3]],
  ['"لڑکی"', [5]],
  ['"لڑکیاں"', [4]],
])('%s finds %j', async (q, expected) => expect(await ids({ q })).toEqual(expected));

it('totals and facets count what is listed', async () => {
  const { body } = await call(justuju.url, 'POST', '/indexes/notices/search', { q: '"کتابوں"', facets: ['city'] });
  expect(body.facetDistribution.city).toEqual({ لاہور: 1, تربت: 1 });
  const pages = await call(justuju.url, 'POST', '/indexes/notices/search', { q: '"کتابوں"', hitsPerPage: 1, page: 2 });
  expect([pages.body.totalHits, pages.body.totalPages, pages.body.hits.length]).toEqual([2, 2, 1]);
});

it.each([
  [{ matchingStrategy: 'all' }, [0, 3]],
  [{ distinct: 'city' }, [0, 3]],
  [{ attributesToSearchOn: ['text'] }, [0, 3]],
  [{ sort: ['price:desc'] }, [0, 3]],
  [{ filter: 'price < 50' }, [3]],
])('so it is with %j', async (parameters, expected) => expect(await ids({ q: '"کتابوں"', ...parameters })).toEqual(expected));

it('one exact word is meant as it was typed', async () => {
  expect(await ids({ q: 'کتابوں', urdu: { exact: true } })).toEqual([0, 3]);
  expect(await ids({ q: 'لڑکی', urdu: { exact: true } })).toEqual([5]);
});

it.each([
  ['price = ۱۰۰', [0]],
  ['price = ١٠٠', [0]],
  ['price IN [۱۰۰, ۲۵۰]', [0, 1]],
  ['price > ۲۰۰', [1, 2]],
  ['price >= ۲۵۰ AND price < ۳۰۰', [1]],
  ['price ۵ TO ۷', [4, 5]],
  ['price = ۲۰٫۵', [3]],
  ['price != ۱۰۰', [1, 2, 3, 4, 5]],
  ['city = "لاهور" AND price < ۲۰۰', [0]],
])('%s passes %j', async (filter, expected) => expect(await ids({ q: '', filter })).toEqual(expected));

it('facet values stand by the Urdu alphabet, in Urdu letters', async () => {
  const { body } = await call(justuju.url, 'POST', '/indexes/notices/search', { q: '', facets: ['city'] });
  expect(Object.entries(body.facetDistribution.city as object)).toEqual([
    ['پشاور', 1],
    ['تربت', 1],
    ['ٹھٹھہ', 1],
    ['چمن', 1],
    ['لاہور', 2],
  ]);
});

describe('while the store is behind', () => {
  beforeAll(async () => {
    isBehind = true;
    const { body } = await call(justuju.url, 'POST', '/indexes/notices/documents', [
      { id: 6, text: 'کتابوں کی دکان', city: 'لاہور', price: 90 },
      { id: 7, text: 'کتاب کی دکان', city: 'لاہور', price: 91 },
    ]);
    // Justuju tells of the task when the store has it: Meilisearch is asked.
    await finished(justuju.engineUrl, body.taskUid, { authorization: `Bearer ${justuju.adminKey}` });
  });
  afterAll(() => {
    isBehind = false;
  });

  it('what is known to hold other forms is no hit, on no page', async () => {
    const ask = (parameters: object) =>
      call(justuju.url, 'POST', '/indexes/notices/search', { q: '"کتابوں"', hitsPerPage: 1, ...parameters });
    const pages = await Promise.all([1, 2, 3, 4].map((page) => ask({ page, facets: ['city'] })));
    expect(pages.map(({ body }) => body.totalHits)).toEqual([3, 3, 3, 3]);
    expect(pages.map(({ body }) => body.facetDistribution.city)).toEqual(pages.map(() => ({ تربت: 1, لاہور: 2 })));
    expect(pages.flatMap(({ body }) => (body.hits as { id: number }[]).map(({ id }) => id)).sort()).toEqual([0, 3, 6]);
  });

  it.each([{ matchingStrategy: 'all' }, { distinct: 'price' }, { sort: ['price:asc'] }, {}])('so it is with %j', async (parameters) =>
    expect(await ids({ q: '"کتابوں"', ...parameters })).toEqual([0, 3, 6]),
  );
});
