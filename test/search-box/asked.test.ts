import fc from 'fast-check';
import {
  type Asked,
  countOfFilters,
  isHome,
  listKey,
  NOTHING_ASKED,
  readUrl,
  withFacets,
  withFilter,
  withoutFilters,
  writeUrl,
} from '../../search-box/src/model/asked.js';

const asked = (part: Partial<Asked>): Asked => ({ ...NOTHING_ASKED, ...part });

describe('the address of a search', () => {
  it.each<[string, Partial<Asked>]>([
    ['', {}],
    ['?q=%D9%BE%D8%A7%DA%A9', { q: 'پاک' }],
    ['?q=a&source=BBC&source=%D8%AC%D9%86%DA%AF', { q: 'a', filters: { source: ['BBC', 'جنگ'] } }],
    [
      '?topic=x&from=2019&to=2021&sort=date%3Adesc&page=3',
      { filters: { topic: ['x'] }, from: 2019, to: 2021, sort: 'date:desc', page: 3, lastPage: 3 },
    ],
    ['?q=a&page=2-4', { q: 'a', page: 2, lastPage: 4 }],
    ['?q=a&exact=1', { q: 'a', exact: true }],
    ['?q=a&f.page=x', { q: 'a', filters: { page: ['x'] } }],
    ['?q=a&doc=42&index=books', { q: 'a', doc: '42', index: 'books' }],
  ])('"%s" is written and read back', (address, part) => {
    expect(writeUrl(asked(part))).toBe(address);
    expect(readUrl(address)).toEqual(asked(part));
  });

  it('survives every character that means something in an address, and any name of a facet', () => {
    const text = fc.string({ unit: fc.constantFrom('&', '=', '#', '?', '%', '+', '"', '\\', '.', 'f', 'q', 'ک', ' '), minLength: 1 });
    fc.assert(
      fc.property(text, text, text, (q, field, value) => {
        const strange = asked({ q, filters: { [field]: [value] }, doc: value });
        expect(readUrl(writeUrl(strange))).toEqual(strange);
      }),
      { seed: 1 },
    );
  });

  it('keeps spaces at the ends of what is being typed, but they do not make another list', () => {
    expect(readUrl(writeUrl(asked({ q: ' پاک ' }))).q).toBe(' پاک ');
    expect(listKey(asked({ q: 'پاک ' }))).toBe(listKey(asked({ q: 'پاک' })));
    expect(listKey(asked({ doc: '1' }))).toBe(listKey(asked({})));
  });

  it.each([
    '?page=0',
    '?page=-1',
    '?page=x',
    '?page=3-2000000',
    '?sort=best',
    '?from=20x0&to=',
    '?source=&topic=',
    '?doc=',
    '?index=',
    '?page=99999999',
  ])('"%s" makes no sense and is as if it were not there', (address) =>
    expect(readUrl(address)).toEqual(address === '?page=3-2000000' ? asked({ page: 3, lastPage: 3 }) : NOTHING_ASKED),
  );

  it('shows no more than five pages at once', () => expect(readUrl('?page=2-900')).toEqual(asked({ page: 2, lastPage: 6 })));

  it('reads numbers in Urdu and Arabic digits', () => {
    expect(readUrl('?from=۲۰۱۹&to=٢٠٢١&page=۲')).toEqual(asked({ from: 2019, to: 2021, page: 2, lastPage: 2 }));
  });

  it('reads a value that is given twice once', () => expect(readUrl('?topic=a&topic=a').filters).toEqual({ topic: ['a'] }));
});

describe('filters', () => {
  const filtered = asked({ q: 'a', filters: { source: ['x', 'y'], topic: ['z'] }, to: 2020, page: 4, lastPage: 4, sort: 'date:asc' });

  it('are counted by value', () => expect(countOfFilters(filtered)).toBe(4));
  it('come off without touching query and order, back to the first page', () =>
    expect(withoutFilters(filtered)).toEqual(asked({ q: 'a', sort: 'date:asc' })));
  it('change one by one; an empty one is none', () => {
    expect(withFilter(filtered, 'topic', []).filters).toEqual({ source: ['x', 'y'] });
    expect(withFilter(filtered, 'topic', ['w'])).toMatchObject({ filters: { topic: ['w'] }, page: 1, lastPage: 1 });
  });
  it('of fields that are no facets are none', () => expect(withFacets(filtered, ['topic']).filters).toEqual({ topic: ['z'] }));
  it('alone are not the front page', () => {
    expect(isHome(asked({ filters: { topic: ['z'] } }))).toBe(false);
    expect(isHome(asked({ q: '  ' }))).toBe(true);
  });
});
