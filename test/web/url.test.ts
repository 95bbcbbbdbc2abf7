import { type Asked, countOfFilters, isHome, listKey, NOTHING_ASKED, readUrl, withoutFilters, writeUrl } from '../../web/url.js';

const asked = (part: Partial<Asked>): Asked => ({ ...NOTHING_ASKED, ...part });

describe('the address of a search', () => {
  it.each<[string, Partial<Asked>]>([
    ['', {}],
    ['?q=%D9%BE%D8%A7%DA%A9', { q: 'پاک' }],
    ['?q=a&source=BBC&source=%D8%AC%D9%86%DA%AF', { q: 'a', sources: ['BBC', 'جنگ'] }],
    ['?topic=x&from=2019&to=2021&sort=new&page=3', { topics: ['x'], from: 2019, to: 2021, sort: 'new', page: 3 }],
    ['?q=a&exact=1', { q: 'a', exact: true }],
    ['?q=a&doc=42&index=books', { q: 'a', doc: '42', index: 'books' }],
  ])('"%s" is written and read back', (address, part) => {
    expect(writeUrl(asked(part))).toBe(address);
    expect(readUrl(address)).toEqual(asked(part));
  });

  it('survives every character that means something in an address, and quotes', () => {
    const strange = asked({ q: 'a&b=c#d?e%20+f "g" \\', sources: ['x&y', 'a"b'], doc: '../1' });
    expect(readUrl(writeUrl(strange))).toEqual(strange);
  });

  it('keeps spaces at the ends of what is being typed, but they do not make another list', () => {
    expect(readUrl(writeUrl(asked({ q: ' پاک ' }))).q).toBe(' پاک ');
    expect(listKey(asked({ q: 'پاک ' }))).toBe(listKey(asked({ q: 'پاک' })));
    expect(listKey(asked({ doc: '1' }))).toBe(listKey(asked({})));
  });

  it.each(['?page=0', '?page=-1', '?page=x', '?sort=best', '?from=20x0&to=', '?source=&topic=', '?doc=', '?index=', '?page=99999999'])(
    '"%s" makes no sense and is as if it were not there',
    (address) => expect(readUrl(address)).toEqual(NOTHING_ASKED),
  );

  it('reads numbers in Urdu and Arabic digits', () => {
    expect(readUrl('?from=۲۰۱۹&to=٢٠٢١&page=۲')).toEqual(asked({ from: 2019, to: 2021, page: 2 }));
  });

  it('reads a value that is given twice once', () => {
    expect(readUrl('?topic=a&topic=a').topics).toEqual(['a']);
  });
});

describe('filters', () => {
  const filtered = asked({ q: 'a', sources: ['x', 'y'], topics: ['z'], to: 2020, page: 4, sort: 'old' });

  it('are counted by value', () => expect(countOfFilters(filtered)).toBe(4));
  it('come off without touching query and order, back to the first page', () =>
    expect(withoutFilters(filtered)).toEqual(asked({ q: 'a', sort: 'old' })));
  it('alone are not the front page', () => {
    expect(isHome(asked({ topics: ['z'] }))).toBe(false);
    expect(isHome(asked({ q: '  ' }))).toBe(true);
  });
});
