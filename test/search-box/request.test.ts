import { type Asked, NOTHING_ASKED } from '../../search-box/src/model/asked.js';
import {
  articleRequest,
  facetRequests,
  HITS_PER_PAGE,
  keysRequest,
  latestRequest,
  listRequest,
  rankRequest,
  startOfYear,
} from '../../search-box/src/model/request.js';
import { ARTICLES } from './indexes.js';

const asked = (part: Partial<Asked>): Asked => ({ ...NOTHING_ASKED, ...part });
const list = (part: Partial<Asked>) => listRequest(asked(part), ARTICLES);

describe('listRequest', () => {
  it('asks for one page, counts, snippets, and of the documents only what is shown', () => {
    expect(list({ q: ' پاکستان ', page: 3, lastPage: 3 })).toEqual({
      q: 'پاکستان',
      limit: HITS_PER_PAGE,
      offset: 2 * HITS_PER_PAGE,
      facets: ['source', 'topic'],
      attributesToRetrieve: ['id', 'date'],
      attributesToHighlight: ['title', 'source', 'topic', 'body'],
      attributesToCrop: ['body'],
      cropLength: 32,
      cropMarker: '…',
      highlightPreTag: '\uE000',
      highlightPostTag: '\uE001',
      urdu: { why: true },
    });
  });

  it('asks for all pages that stay on the screen after "more"', () => {
    expect(list({ q: 'a', page: 2, lastPage: 4 })).toMatchObject({ offset: HITS_PER_PAGE, limit: 3 * HITS_PER_PAGE });
  });

  it('takes one of several sources, and all kinds of filters together; both years are included', () => {
    expect(list({ filters: { source: ['BBC', 'جنگ'], topic: ['کھیل'] }, from: 2019, to: 2020 }).filter).toEqual([
      ['source = "BBC"', 'source = "جنگ"'],
      ['topic = "کھیل"'],
      'timestamp >= 1546300800',
      'timestamp < 1609459200',
    ]);
  });

  it('filters by no field that the configuration does not name, nor by years where there is no date', () => {
    const bare = { ...ARTICLES, facets: [], dateFilter: undefined };
    expect(listRequest(asked({ filters: { secret: ['x'] }, from: 2019 }), bare).filter).toBeUndefined();
  });

  it('cannot be talked out of a quoted value', () => {
    expect(list({ filters: { topic: ['x" OR topic != "y'] } }).filter).toEqual([['topic = "x\\" OR topic != \\"y"']]);
  });

  it('orders only as the configuration allows', () => {
    expect(list({}).sort).toBeUndefined();
    expect(list({ sort: 'timestamp:asc' }).sort).toEqual(['timestamp:asc']);
    expect(list({ sort: 'secret:asc' }).sort).toBeUndefined();
  });
});

it.each([
  ['seconds', '1704067200'],
  ['milliseconds', '1704067200000'],
  ['iso', '"2024-01-01"'],
] as const)('a year begins at midnight UTC, in %s', (unit, written) => expect(startOfYear(2024, unit)).toBe(written));

it('the front page shows the newest where they can be ordered, and anything otherwise', () => {
  expect(latestRequest(ARTICLES).sort).toEqual(['timestamp:desc']);
  expect(latestRequest({ ...ARTICLES, sorts: [] }).sort).toBeUndefined();
});

describe('facetRequests', () => {
  it('are none where nothing is filtered', () => expect(facetRequests(asked({ q: 'a', from: 2000 }), ARTICLES)).toEqual([]));
  it('count a filtered facet as if it were not, and the others as they are', () => {
    expect(facetRequests(asked({ q: 'a', filters: { source: ['s'], topic: ['t'] } }), ARTICLES)).toEqual([
      { field: 'source', request: { q: 'a', filter: [['topic = "t"']], limit: 0, offset: 0, facets: ['source'] } },
      { field: 'topic', request: { q: 'a', filter: [['source = "s"']], limit: 0, offset: 0, facets: ['topic'] } },
    ]);
  });
});

describe('an article', () => {
  it('is asked for by its primary key, whatever its name, whole and marked', () => {
    const request = articleRequest(asked({ q: 'a', exact: true }), { ...ARTICLES, primaryKey: 'slug' }, 'x');
    expect(request).toMatchObject({
      q: 'a',
      limit: 1,
      attributesToRetrieve: ['slug', 'date'],
      urdu: { document: 'x', why: true, exact: true },
    });
    expect(request.attributesToCrop).toBeUndefined();
  });

  it('or at its rank in a list, which is found by keys alone', () => {
    const shown = asked({ q: 'a', filters: { topic: ['t'] }, sort: 'timestamp:desc' });
    expect(rankRequest(shown, ARTICLES, 12)).toMatchObject({
      q: 'a',
      filter: [['topic = "t"']],
      sort: ['timestamp:desc'],
      limit: 1,
      offset: 12,
    });
    expect(keysRequest(ARTICLES)).toEqual({ q: '', limit: 1000, offset: 0, attributesToRetrieve: ['id'] });
  });
});
