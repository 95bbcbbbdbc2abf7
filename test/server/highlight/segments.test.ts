/** Marked text for front ends: segments, safe HTML, isolates, bidi controls. */
import { balance } from '../../../server/highlight/bidi.js';
import { ltrRuns } from '../../../server/highlight/runs.js';
import { type HtmlOptions, toHtml, toSegments } from '../../../server/highlight/segments.js';
import { ask, marksOf } from './ask.js';

const html = (query: string, text: string, options: HtmlOptions = {}): string => toHtml(text, marksOf(ask(query), text), options);
const ltr = (text: string): string => `<bdi dir="ltr">${text}</bdi>`;

describe('HTML', () => {
  const rows: readonly [what: string, query: string, text: string, html: string, options?: HtmlOptions][] = [
    ['escapes the text', 'دل', 'دل < جان & "روح"', '<mark>دل</mark> &lt; جان &amp; &quot;روح&quot;'],
    ['escapes inside a mark', '"کیا کیوں"', '<script>کیا</script>کیوں', `&lt;${ltr('script')}&gt;کیا&lt;/${ltr('script')}&gt;کیوں`],
    ['isolates numbers', 'سال', 'سال 2024-25 میں', `<mark>سال</mark> ${ltr('2024-25')} میں`],
    ['isolates Latin words as one run', 'نیا', 'نیا Windows 11 Pro آیا', `<mark>نیا</mark> ${ltr('Windows 11 Pro')} آیا`],
    [
      'keeps lists of numbers apart: they are read from the right',
      'نمبر',
      'نمبر 5 6 7',
      `<mark>نمبر</mark> ${ltr('5')} ${ltr('6')} ${ltr('7')}`,
    ],
    ['marks inside a run', '11', 'نیا Windows 11 آیا', `نیا ${ltr('Windows <mark>11</mark>')} آیا`],
    ['puts a whole run into a mark', '"فون 0300-1234567"', 'میرا فون 0300-1234567 ہے', `میرا <mark>فون ${ltr('0300-1234567')}</mark> ہے`],
    ['cuts a mark at the edge of a run', '"نیا windows"', 'نیا Windows 11 آیا', `<mark>نیا </mark>${ltr('<mark>Windows</mark> 11')} آیا`],
    ['keeps a sign with its number', 'درجہ', 'درجہ -5 اور 50% رہا', `<mark>درجہ</mark> ${ltr('-5')} اور ${ltr('50%')} رہا`],
    ['leaves isolates out', 'سال', 'سال 2024-25', '<mark>سال</mark> 2024-25', { isolate: false }],
    ['takes one element with a class', 'دل', 'دل', '<em class="hit">دل</em>', { tags: ['<em class="hit">', '</em>'] }],
    ['takes no attribute that acts', 'دل', 'دل', '<mark>دل</mark>', { tags: ['<em onclick="x()">', '</em>'] }],
    ['takes no element that acts', 'دل', 'دل', '<mark>دل</mark>', { tags: ['<script>', '</script>'] }],
    ['takes no tags that do not close each other', 'دل', 'دل', '<mark>دل</mark>', { tags: ['<em>', '</b>'] }],
    ['closes what the text leaves open', 'دل', 'میرا \u202Eدل ہے', 'میرا \u202E<mark>دل</mark> ہے\u202C'],
    ['drops what closes nothing', 'دل', 'میرا\u202C \u2069دل ہے', 'میرا <mark>دل</mark> ہے'],
    ['closes before a line break, which HTML shows as a space', 'دل', '\u2067میرا\nدل', '\u2067میرا\u2069\n<mark>دل</mark>'],
    ['shows a window', 'دل', 'یہ میرا دل ہے', '<mark>دل</mark> ہے', { window: { start: 8, end: 13 } }],
  ];
  it.each(rows.map(([what, query, text, expected, options = {}]) => [what, query, text, expected, options] as const))(
    '%s',
    (_, query, text, expected, options) => expect(html(query, text, options)).toBe(expected),
  );
});

describe('segments', () => {
  it('carry offsets in the original', () => {
    const text = 'یہ کتاب ہے';
    expect(toSegments(text, marksOf(ask('کتاب'), text))).toEqual([
      { start: 0, end: 3, text: 'یہ ', marked: false },
      { start: 3, end: 7, text: 'کتاب', marked: true },
      { start: 7, end: 10, text: ' ہے', marked: false },
    ]);
  });

  it('of an empty text are none', () => expect(toSegments('', [])).toEqual([]));
});

describe('left-to-right runs', () => {
  it.each([
    ['فون +92 300 1234567 پر', ['+92', '300', '1234567']],
    ['خط info@example.org کو', ['info@example.org']],
    ['وقت 10:30 بجے', ['10:30']],
    ['رقم 1,50,000.75 روپے', ['1,50,000.75']],
    ['ایک "New York Times" اخبار', ['New York Times']],
    ['سن ۱۹۴۷ء', ['۱۹۴۷']],
    ['صرف اردو', []],
  ])('%s', (text, runs) => expect(ltrRuns(text).map(({ start, end }) => text.slice(start, end))).toEqual(runs));
});

describe('the balance of bidi controls', () => {
  it.each([
    ['nothing open', 'ایک دو', 0, 6, '', ''],
    ['open before and closed inside', '\u202Bایک دو\u202C تین', 4, 12, '\u202B', ''],
    ['opened inside', 'ایک \u2067دو تین', 0, 8, '', '\u2069'],
    ['open all the way', '\u202E\u2067ایک دو تین', 6, 9, '\u202E\u2067', '\u2069\u202C'],
    ['not over a line break', '\u202Eایک\nدو', 5, 7, '', ''],
    ['an isolate closes what is left open in it', '\u2067\u202Bایک\u2069 دو', 6, 9, '', ''],
    ['nothing closes out of an isolate', '\u202B\u2067ایک\u202C دو', 7, 9, '\u202B\u2067', '\u2069\u202C'],
  ])('%s', (_, text, start, end, before, after) => expect(balance(text, start, end)).toMatchObject({ before, after }));

  it('is linear where all is open and nothing closes', () => {
    const text = '\u202B'.repeat(200_000) + '\u2069'.repeat(200_000);
    const started = performance.now();
    balance(text, 0, text.length);
    expect(performance.now() - started).toBeLessThan(5_000);
  });
});
