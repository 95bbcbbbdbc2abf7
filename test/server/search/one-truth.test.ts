/** Random small collections, queries and filters: what is counted, listed, paged and narrowed tells one truth. */
import fc from 'fast-check';
import { type Answer, call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

/** Collections, and queries in each. */
const COLLECTIONS = 4;
const QUERIES = 30;
/** Beyond all that there is. */
const EVERYTHING = 1_000;

const WORDS: readonly string[] = [
  ...['کتاب', 'کتابیں', 'کتابوں', 'لڑکا', 'لڑکے', 'لڑکوں', 'شہر', 'شہروں', 'پانی', 'باغ', 'باغوں', 'دریا', 'دریاؤں'],
  ...['سیاست', 'سیاسی', 'موسم', 'موسموں', 'خوبصورت', 'خوب', 'صورت', 'آتش فشاں', 'نے', 'کا', 'میں', 'cricket', '1947'],
];
/** Also words that stand nowhere, and words as they are not written. */
const ASKED: readonly string[] = [
  ...WORDS,
  'ژژژژ',
  'کتابو',
  'سیاصت',
  'دریاوں',
  'خوب صورت',
  'آتشفشاں',
  'kitab',
  'shehron',
  'pani',
  'cricke',
];
const TOPICS: readonly string[] = ['موسم', 'کھیل', 'ادب'];
const TAGS: readonly string[] = ['ا', 'ب', 'ج', 'د'];

interface Item {
  readonly title: string;
  readonly body: string;
  readonly note: string;
  readonly topic: string | null;
  readonly tags: readonly string[];
  readonly price: number;
  readonly group: string | null;
  /** More fields than the store tells apart. */
  readonly caption: string;
  readonly author: { readonly name: string; readonly about: string };
}
type Document = Item & { readonly id: number };

const text = (maxLength: number): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength }).map((words) => words.join(' '));

const item: fc.Arbitrary<Item> = fc.record({
  title: text(3),
  body: text(12),
  note: text(6),
  topic: fc.option(fc.constantFrom(...TOPICS)),
  tags: fc.subarray([...TAGS]),
  price: fc.integer({ min: 1, max: 5 }),
  group: fc.option(fc.constantFrom('x', 'y', 'z')),
  caption: text(2),
  author: fc.record({ name: text(1), about: text(2) }),
});

interface Collection {
  readonly items: readonly Item[];
  readonly settings: {
    readonly searchableAttributes?: readonly string[];
    readonly stopWords?: readonly string[];
    readonly pagination?: object;
  };
}

const collection: fc.Arbitrary<Collection> = fc.record({
  items: fc.array(item, { minLength: 5, maxLength: 150 }),
  settings: fc.record(
    {
      searchableAttributes: fc.constantFrom(['title', 'body'], ['body', 'title'], ['topic', 'body', 'title', 'author.name'], ['*']),
      stopWords: fc.constant(['نے', 'کا']),
      pagination: fc.constant({ maxTotalHits: 8 }),
    },
    { requiredKeys: [] },
  ),
});

/** A condition in Meilisearch's words, and what it lets through. */
interface Condition {
  readonly filter: string;
  readonly passes: (document: Document) => boolean;
}

const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.constantFrom(...TOPICS).map((topic) => ({ filter: `topic = "${topic}"`, passes: (document: Document) => document.topic === topic })),
  fc.constantFrom(...TAGS).map((tag) => ({ filter: `tags = "${tag}"`, passes: (document: Document) => document.tags.includes(tag) })),
  fc.integer({ min: 0, max: 5 }).map((price) => ({ filter: `price > ${price}`, passes: (document: Document) => document.price > price })),
  fc.constant({ filter: 'topic IS NULL', passes: (document: Document) => document.topic === null }),
  fc.subarray([...TAGS], { minLength: 1 }).map((tags) => ({
    filter: `tags NOT IN [${tags.join(',')}]`,
    passes: (document: Document) => !document.tags.some((tag) => tags.includes(tag)),
  })),
);

interface Query {
  readonly words: readonly string[];
  readonly form: string;
  readonly cut: number;
  readonly parameters: { readonly distinct?: string; readonly attributesToSearchOn?: readonly string[] };
  readonly condition: Condition;
  readonly page: number;
}

const query: fc.Arbitrary<Query> = fc.record({
  words: fc.array(fc.constantFrom(...ASKED), { minLength: 1, maxLength: 4 }),
  form: fc.constantFrom('words', 'words', 'words', 'finished', 'phrase', 'phrase', 'phrases', 'unwanted'),
  cut: fc.constantFrom(0, 0, 1, 2),
  parameters: fc.record(
    {
      matchingStrategy: fc.constantFrom('last', 'all', 'frequency'),
      attributesToSearchOn: fc.constantFrom(['title'], ['body'], ['body', 'title'], ['caption'], ['author.name']),
      distinct: fc.constant('group'),
      sort: fc.constantFrom(['price:asc'], ['price:desc']),
      showRankingScore: fc.constant(true),
    },
    { requiredKeys: [] },
  ),
  condition,
  page: fc.integer({ min: 1, max: 7 }),
});

/** The words as they are typed. */
function typed({ words, form, cut }: Query): string {
  const [first = '', ...others] = words;
  if (form === 'phrase') return `"${words.slice(0, 2).join(' ')}" ${words.slice(2).join(' ')}`;
  if (form === 'phrases') return words.map((word) => `"${word}"`).join(' ');
  if (form === 'unwanted') return `${[...others, ...(others.length === 0 ? ['پانی'] : [])].join(' ')} -${first.split(' ')[0]}`;
  const q = words.join(' ');
  return form === 'finished' ? `${q} ` : q.slice(0, Math.max(1, q.length - cut));
}

/** Queries without Urdu are Meilisearch's own, and of hits that must differ it counts only those that it has looked at. */
function askedBy(one: Query, { searchableAttributes = ['*'] }: Collection['settings']): Readonly<Record<string, unknown>> {
  const q = typed(one);
  const { distinct, attributesToSearchOn, ...others } = one.parameters;
  const isSearched = searchableAttributes.includes('*') || attributesToSearchOn?.every((name) => searchableAttributes.includes(name));
  return {
    q,
    ...others,
    ...(isSearched === true && { attributesToSearchOn }),
    ...(distinct !== undefined && /\p{Script=Arabic}/u.test(q) && { distinct }),
  };
}

let justuju: TestJustuju;
let uid = '';
beforeAll(async () => {
  justuju = await startJustuju();
}, 60_000);
afterAll(() => justuju?.stop());

const ask = (method: string, path: string, body?: unknown): Promise<Answer> => call(justuju.url, method, path, body);

async function done(answer: Answer): Promise<void> {
  expect(await finished(justuju.url, answer.body.taskUid)).toMatchObject({ status: 'succeeded' });
}

async function create({ items, settings }: Collection, nth: number): Promise<Document[]> {
  uid = `collection-${nth}`;
  const documents = items.map((one, id) => ({ id, ...one }));
  await done(
    await ask('PATCH', `/indexes/${uid}/settings`, {
      ...settings,
      filterableAttributes: ['topic', 'tags', 'price', 'group'],
      sortableAttributes: ['price'],
    }),
  );
  await done(await ask('POST', `/indexes/${uid}/documents`, documents));
  return documents;
}

interface Found {
  readonly ids: number[];
  readonly total: number;
  readonly facets: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

async function search(parameters: object): Promise<Found> {
  const { status, body } = await ask('POST', `/indexes/${uid}/search`, parameters);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return {
    ids: (body.hits as { id: number }[]).map(({ id }) => id),
    total: body.totalHits ?? body.estimatedTotalHits,
    facets: body.facetDistribution,
  };
}

/** What is listed as a whole is what is counted, paged and, by a filter, narrowed. */
async function checkLists(asked: object, { condition, page }: Query, documents: readonly Document[], isCut: boolean): Promise<void> {
  const { ids, total } = await search({ ...asked, limit: EVERYTHING });
  expect({ twice: ids.length - new Set(ids).size, total }).toEqual({ twice: 0, total: ids.length });
  expect(await search({ ...asked, hitsPerPage: EVERYTHING })).toMatchObject({ ids, total });
  expect(await search({ ...asked, offset: EVERYTHING / 2 })).toMatchObject({ ids: [], total });
  expect(await search({ ...asked, limit: 0 })).toMatchObject({ ids: [], total });
  expect(await search({ ...asked, page: Math.ceil(total / page) + 1, hitsPerPage: page })).toMatchObject({ ids: [], total });
  const paged: number[] = [];
  for (let offset = 0; offset < Math.min(total, 5 * page); offset += page) {
    const found = await search({ ...asked, offset, limit: page });
    expect({ offset, total: found.total }).toEqual({ offset, total });
    paged.push(...found.ids);
  }
  expect({ paged }).toEqual({ paged: ids.slice(0, paged.length) });
  if ('distinct' in asked || isCut) return;
  const left = ids.filter((id) => condition.passes(documents[id] as Document));
  const narrowed = await search({ ...asked, limit: EVERYTHING, filter: condition.filter });
  expect({ filter: condition.filter, narrowed: narrowed.ids, total: narrowed.total }).toEqual({
    filter: condition.filter,
    narrowed: left,
    total: left.length,
  });
}

/** Each count of a facet is what a click on it gives, and what a search for the facet's values says. */
async function checkFacets(asked: Readonly<Record<string, unknown>>, { condition: { filter } }: Query): Promise<void> {
  const { facets } = await search({ ...asked, filter, facets: ['topic', 'tags'], hitsPerPage: 1 });
  const clicked: Record<string, Record<string, number>> = { topic: {}, tags: {} };
  for (const [facet, counts] of Object.entries(facets))
    for (const value of Object.keys(counts))
      (clicked[facet] as Record<string, number>)[value] = (
        await search({ ...asked, filter: [filter, `${facet} = "${value}"`], hitsPerPage: 1 })
      ).total;
  expect({ facets }).toEqual({ facets: clicked });
  const { sort: _sort, showRankingScore: _shows, ...narrowing } = asked;
  if ('sort' in asked) return;
  const { status, body } = await ask('POST', `/indexes/${uid}/facet-search`, { ...narrowing, filter, facetName: 'topic' });
  expect({ status, body }).toEqual({ status: 200, body: expect.objectContaining({ facetHits: expect.any(Array) }) });
  const hits = (body.facetHits as { value: string; count: number }[]).map(({ value, count }) => [value, count] as const);
  expect({ facetSearch: Object.fromEntries(hits) }).toEqual({ facetSearch: clicked['topic'] });
}

it('is one truth for all collections, queries and filters', async () => {
  let nth = 0;
  await fc.assert(
    fc.asyncProperty(collection, fc.array(query, { minLength: QUERIES, maxLength: QUERIES }), async (made, queries) => {
      nth += 1;
      const documents = await create(made, nth);
      // Where not all hits can be listed, a filter may bring up others.
      const isCut = 'pagination' in made.settings;
      for (const one of queries) {
        const asked = askedBy(one, made.settings);
        try {
          await checkLists(asked, one, documents, isCut);
          if (!('distinct' in asked || isCut)) await checkFacets(asked, one);
        } catch (error) {
          throw new Error(`${JSON.stringify([asked, made.settings])}: ${String(error)}`, { cause: error });
        }
      }
    }),
    { numRuns: COLLECTIONS, endOnFailure: true },
  );
}, 100_000);
