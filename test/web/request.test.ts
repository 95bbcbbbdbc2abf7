import { articleRequest, facetRequests, HITS_PER_PAGE, latestRequest, listRequest } from '../../web/request.js';
import { type Asked, NOTHING_ASKED } from '../../web/url.js';

const asked = (part: Partial<Asked>): Asked => ({ ...NOTHING_ASKED, ...part });

describe('listRequest', () => {
  it('asks for one page, counts, snippets and markers that no document writes as HTML', () => {
    expect(listRequest(asked({ q: ' پاکستان ', page: 3 }))).toEqual({
      q: 'پاکستان',
      limit: HITS_PER_PAGE,
      offset: 2 * HITS_PER_PAGE,
      facets: ['source', 'topic'],
      attributesToHighlight: ['title', 'body'],
      attributesToCrop: ['body'],
      cropLength: 40,
      cropMarker: '…',
      highlightPreTag: '\uE000',
      highlightPostTag: '\uE001',
      urdu: { why: true },
    });
  });

  it('takes one of several sources, and all kinds of filters together; both years are included', () => {
    expect(listRequest(asked({ sources: ['BBC', 'جنگ'], topics: ['کھیل'], from: 2019, to: 2020 })).filter).toEqual([
      ['source = "BBC"', 'source = "جنگ"'],
      ['topic = "کھیل"'],
      'timestamp >= 1546300800',
      'timestamp < 1609459200',
    ]);
  });

  it('cannot be talked out of a quoted value', () => {
    expect(listRequest(asked({ topics: ['x" OR topic != "y'] })).filter).toEqual([['topic = "x\\" OR topic != \\"y"']]);
  });

  it('orders by date only when asked to', () => {
    expect(listRequest(asked({})).sort).toBeUndefined();
    expect(listRequest(asked({ sort: 'new' })).sort).toEqual(['timestamp:desc']);
    expect(listRequest(asked({ sort: 'old' })).sort).toEqual(['timestamp:asc']);
    expect(latestRequest().sort).toEqual(['timestamp:desc']);
  });
});

describe('facetRequests', () => {
  it('are none where nothing is filtered', () => expect(facetRequests(asked({ q: 'a', from: 2000 }))).toEqual([]));
  it('count a filtered facet as if it were not, and the others as they are', () => {
    expect(facetRequests(asked({ q: 'a', sources: ['s'], topics: ['t'] }))).toEqual([
      { facet: 'source', request: { q: 'a', filter: [['topic = "t"']], limit: 0, offset: 0, facets: ['source'] } },
      { facet: 'topic', request: { q: 'a', filter: [['source = "s"']], limit: 0, offset: 0, facets: ['topic'] } },
    ]);
  });
});

it('articleRequest asks for the hit at its rank, whole and marked', () => {
  const request = articleRequest(asked({ q: 'a', topics: ['t'], sort: 'new' }), 12);
  expect(request).toMatchObject({ q: 'a', filter: [['topic = "t"']], sort: ['timestamp:desc'], limit: 1, offset: 12 });
  expect(request.attributesToCrop).toBeUndefined();
});
