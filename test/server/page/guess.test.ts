import { describeIndex, type Sampled } from '../../../server/page/guess.js';

const OPEN: Sampled['state'] = { primaryKey: 'id', displayed: ['*'], filterable: [], sortable: [], maxTotalHits: 1000 };
const describeFrom = (
  documents: Sampled['documents'],
  state: Partial<Sampled['state']> = {},
  given: Parameters<typeof describeIndex>[1] = {},
) => describeIndex({ uid: 'x', state: { ...OPEN, ...state }, documents }, given);

const ARTICLE = {
  id: '1',
  title: 'وزیر اعظم کا دورۂ لاہور',
  body: 'وزیر اعظم نے لاہور میں ایک تقریب سے خطاب کیا اور کہا کہ حکومت عوام کے مسائل حل کرے گی۔',
  date: '2023-08-14',
  timestamp: 1_691_971_200,
  source: 'روزنامہ',
  topic: 'سیاست',
  url: 'https://example.pk/1',
};

describe('an index without a word of its operator', () => {
  it('of articles', () => {
    const state = { filterable: ['source', 'topic', 'date', 'timestamp', 'url'], sortable: ['timestamp', 'title'] };
    expect(describeFrom([ARTICLE], state)).toEqual({
      uid: 'x',
      name: { ur: 'x', en: 'x' },
      primaryKey: 'id',
      fields: { headline: 'title', text: ['body'], date: 'date', source: 'source', author: null, link: 'url', image: null },
      verse: false,
      facets: [
        { field: 'source', label: { ur: 'ماخذ', en: 'Source' } },
        { field: 'topic', label: { ur: 'موضوع', en: 'Topic' } },
      ],
      dateFilter: { field: 'timestamp', unit: 'seconds' },
      sorts: [
        { by: 'timestamp:desc', label: { ur: 'نئے پہلے', en: 'Newest first' } },
        { by: 'timestamp:asc', label: { ur: 'پرانے پہلے', en: 'Oldest first' } },
        { by: 'title:asc', label: { ur: 'حروفِ تہجی', en: 'Alphabetical' } },
      ],
      examples: ['لاہور'],
      maxTotalHits: 1000,
    });
  });

  it.each<[string, Record<string, unknown>, Partial<ReturnType<typeof describeFrom>['fields']>]>([
    [
      'Urdu names',
      { عنوان: 'ایک خبر', متن: 'خبر کا متن یہ ہے', تاریخ: '2020-01-02', شاعر: 'میر' },
      { headline: 'عنوان', text: ['متن'], date: 'تاریخ', author: 'شاعر' },
    ],
    [
      'names in other cases',
      { PostTitle: 'ایک', post_content: 'بہت سے الفاظ یہاں', publishedAt: '2020-01-02T10:00:00Z' },
      { headline: 'PostTitle', date: 'publishedAt', text: ['post_content'] },
    ],
    ['no headline', { text: 'یہ متن ہے' }, { headline: null, text: ['text'] }],
    ['names that say nothing', { a: 'ایک لمبا متن جس میں بہت سے الفاظ ہیں', b: 'چھوٹا' }, { headline: null, text: ['a'] }],
    ['a link that is none', { title: 'ا', url: 'javascript:alert(1)' }, { link: null }],
    ['a year is no date', { title: 'ا', date: 1947 }, { date: null }],
    ['milliseconds', { title: 'ا', created: 1_691_971_200_000 }, { date: 'created' }],
  ])('%s', (_name, document, fields) => {
    expect(describeFrom([{ id: 1, ...document }]).fields).toMatchObject(fields);
  });

  it.each<[string, unknown, boolean]>([
    ['couplets', 'ہزاروں خواہشیں ایسی کہ ہر خواہش پہ دم نکلے\nبہت نکلے مرے ارمان لیکن پھر بھی کم نکلے', true],
    ['a list of lines', ['دل ہی تو ہے نہ سنگ و خشت', 'درد سے بھر نہ آئے کیوں'], true],
    ['prose', `${ARTICLE.body}\n${ARTICLE.body}`, false],
    ['short sentences', 'وہ گھر گیا۔\nاس نے کھانا کھایا۔\nپھر سو گیا۔', false],
    ['one line', 'دل ہی تو ہے نہ سنگ و خشت', false],
  ])('verses: %s', (_name, text, verse) => {
    expect(describeFrom([{ id: 1, text }]).verse).toBe(verse);
  });
});

describe('what the settings of the index hide', () => {
  it('is not named, though the operator does', () => {
    const state = { primaryKey: 'slug', displayed: ['title', 'source'], filterable: ['source', 'secret'], sortable: ['source'] };
    const given = {
      fields: { headline: 'title', text: ['body'], date: 'date' },
      facets: [
        { field: 'secret', label: undefined },
        { field: 'source', label: undefined },
        { field: 'title', label: undefined },
      ],
      sorts: [
        { by: 'title:asc', label: undefined },
        { by: 'source:asc', label: undefined },
      ],
      dateFilter: { field: 'date', unit: 'iso' as const },
    };
    expect(describeFrom([{ title: 'ا', source: 'ب' }], state, given)).toMatchObject({
      primaryKey: null,
      fields: { headline: 'title', text: [], date: null },
      facets: [{ field: 'source' }],
      sorts: [{ by: 'source:asc', label: { ur: 'ماخذ (صعودی)', en: 'Source, ascending' } }],
      dateFilter: null,
    });
  });

  it.each<[string, readonly unknown[], boolean, boolean]>([
    ['a name', ['when'], true, true],
    ['a parent', ['meta'], false, false],
    ['a pattern', [{ attributePatterns: ['wh*'] }], true, false],
    ['a rule that compares', [{ attributePatterns: ['when'], features: { filter: { equality: false, comparison: true } } }], false, true],
    ['the first rule', [{ attributePatterns: ['*'], features: { filter: { equality: false, comparison: false } } }, 'when'], false, false],
  ])('facets and dates by %s', (_name, filterable, isFacet, isDate) => {
    const given = { facets: [{ field: 'when', label: undefined }], dateFilter: { field: 'when', unit: 'seconds' as const } };
    const { facets, dateFilter } = describeFrom([], { filterable }, given);
    expect([facets.length === 1, dateFilter !== null]).toEqual([isFacet, isDate]);
  });
});
