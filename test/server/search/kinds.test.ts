/** Kinds of fault that readers report, through the whole of Justuju before a real Meilisearch: ten checks a kind or more, over texts made for it. */
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

interface Kind {
  readonly texts: readonly (string | Readonly<Record<string, unknown>>)[];
  readonly settings?: object;
  /** A query and the places of all texts that it finds, in any order. */
  readonly finds?: readonly (readonly [q: string, texts: readonly number[]])[];
  /** A query and the text that comes first. */
  readonly first?: readonly (readonly [q: string, text: number])[];
  /** A query that is still being typed, and what must be among the suggestions. */
  readonly suggests?: readonly (readonly [q: string, text: string])[];
}

const [BISMILLAH, ALLAH, SALLALLAHOU] = ['\uFDFD', '\uFDF2', '\uFDFA'];
const [ZABAR, ZER, PESH, SHADDA] = ['\u064E', '\u0650', '\u064F', '\u0651'];

const KINDS: Readonly<Record<string, Kind>> = {
  'telephone numbers': {
    texts: [
      'رابطہ: 0300-1234567',
      'فون +92 301 7654321 پر',
      'نمبر 00923021112223 ہے',
      'دفتر 042-35761999',
      'گھر +92 51 4455667',
      '۰۳۳۳۔۴۴۴۵۵۵۶ پر کال کریں',
      'سال 1947 اور 2024',
      'نمبر 0345 678 9012',
    ],
    finds: [
      ['+92 300 1234567', [0]],
      ['00923001234567', [0]],
      ['03001234567', [0]],
      ['923001234567', [0]],
      ['0300 123 4567', [0]],
      ['0301-7654321', [1]],
      ['03017654321', [1]],
      ['0302-1112223', [2]],
      ['+923021112223', [2]],
      ['+92 42 35761999', [3]],
      ['(042) 35761999', [3]],
      ['051-4455667', [4]],
      ['+92-333-4445556', [5]],
      ['0345-6789012', [7]],
      ['0300-7654321', []],
      ['+92 300 7654321', []],
    ],
  },
  'ﷲ and the other ligatures': {
    texts: [
      `${BISMILLAH} کتاب کا آغاز`,
      'بسم اللہ الرحمن الرحیم سے شروع',
      `${ALLAH} کی رحمت`,
      `عبد${ALLAH} کا گھر`,
      `محمد ${SALLALLAHOU} کی سیرت`,
      'غلام\uFDF4 کی دکان',
      '\uFDF4ی جہاز',
      'رحیم یار خان میں بارش',
    ],
    finds: [
      [BISMILLAH, [0, 1]],
      ['"عبداللہ"', [3]],
      ['صلی اللہ علیہ وسلم', [4]],
      ['صلی اللہ علیہ وآلہ وسلم', [4]],
      ['محمدی', [6]],
    ],
    first: [
      ['بسم اللہ الرحمن الرحیم', 1],
      ['بسم اللہ', 1],
      ['غلام محمد', 5],
      ['اللہ کی رحمت', 2],
      [`ا${ALLAH} کی رحمت`, 2],
      ['عبد اللہ', 3],
      ['عبدالله', 3],
    ],
  },
  'ئو, and hamza with its seat': {
    texts: [
      'گائوں کی سڑک',
      'وہ مسؤول ہے',
      'یہ مسألہ پرانا ہے',
      'گرم مسالہ اور ہلدی',
      'کووڈ سے بچاؤ',
      'کوڈ لکھنا',
      'جرأت مند سپاہی',
      'لکھنئو کی تہذیب',
      'رؤوف کا خط',
      'تأثر اچھا رہا',
      'مئوثر دوا',
    ],
    finds: [
      ['گاؤں', [0]],
      ['مسئول', [1]],
      ['مسوول', [1]],
      ['مسئلہ', [2]],
      ['مسائل', [2]],
      ['مسالہ', [3]],
      ['کووڈ', [4]],
      ['کوڈ', [5]],
      ['جرات', [6]],
      ['جرئت', [6]],
      ['لکھنؤ', [7]],
      ['رؤف', [8]],
      ['رئوف', [8]],
      ['تاثر', [9]],
      ['موثر', [10]],
      ['مؤثر', [10]],
    ],
  },
  'vowel marks in quotes': {
    texts: [
      `ع${ZER}لم حاصل کرو`,
      `سبز ع${ZABAR}ل${ZABAR}م لہرایا`,
      'علم کی شمع',
      `م${PESH}قد${SHADDA}${ZER}مہ لکھا`,
      `م${PESH}ل${PESH}ک ہمارا`,
      `م${ZABAR}ل${ZER}ک آیا`,
    ],
    finds: [
      [`"ع${ZER}لم"`, [0, 2]],
      [`"ع${ZABAR}لم"`, [1, 2]],
      [`"ع${ZABAR}ل${ZABAR}م"`, [1, 2]],
      ['"علم"', [0, 1, 2]],
      [`ع${ZER}لم`, [0, 1, 2]],
      [`"م${PESH}لک"`, [4]],
      [`"م${ZABAR}لک"`, [5]],
      ['"ملک"', [4, 5]],
      [`"م${PESH}قد${ZER}مہ"`, [3]],
      [`"م${PESH}قد${ZABAR}مہ"`, []],
    ],
  },
  'plurals of loans': {
    texts: [
      'ہیڈماسٹرز کا اجلاس',
      'ورکشاپ بند',
      'وائس چانسلرز کی تقرری',
      'پریس کانفرنسز',
      'ٹکٹ مہنگے',
      'ڈاکٹروں کی ہڑتال',
      'ویب سائٹس بند',
      'نوٹس جاری',
    ],
    finds: [
      ['ہیڈماسٹر', [0]],
      ['ہیڈ ماسٹرز', [0]],
      ['ورکشاپس', [1]],
      ['وائس چانسلر', [2]],
      ['چانسلرز', [2]],
      ['پریس کانفرنس', [3]],
      ['ٹکٹس', [4]],
      ['ڈاکٹرز', [5]],
      ['ویبسائٹ', [6]],
      ['نوٹ ', []],
    ],
  },
  'names in both scripts': {
    texts: [
      'Honda Civic کے نئے فیچرز',
      'Samsung کا فون',
      'Toyota گاڑی',
      'Facebook بند',
      'Microsoft کا اعلان',
      'ٹیکنالوجی کا میلہ',
      'فیس بک کی پالیسی',
      'کمپیوٹر کی دکان',
      'Amazon کا جنگل',
      'سڑک کی مرمت',
      'Google کا نیا نقشہ',
      'Instagram کی تصویر',
    ],
    finds: [
      ['ہونڈا', [0]],
      ['سیمسنگ', [1]],
      ['ٹویوٹا', [2]],
      ['مائیکروسافٹ', [4]],
      ['technolo', [5]],
      ['technology', [5]],
      ['comput', [7]],
      ['ایمازون', [8]],
      ['kubernetes', []],
      ['zeitgeist', []],
    ],
    first: [
      ['facebook', 3],
      ['انسٹاگرام', 11],
      ['گوگل', 10],
    ],
  },
  'unknown Latin words and codes': {
    texts: [
      'PK-303 کی پرواز',
      'ماڈل AB_12/34-X',
      'کوڈ 2A7 درج کریں',
      '.NET اور C# کا کورس',
      'نیٹ ورک کی خرابی',
      'Node.js سیکھیں',
      'net جال',
      '2 آدمی اور 7 گھوڑے',
    ],
    settings: { nonSeparatorTokens: ['.', '#'] },
    finds: [
      ['PK-303', [0]],
      ['PK303', [0]],
      ['pk-30', [0]],
      ['AB_12/34-X', [1]],
      ['AB-1234Y', []],
      ['2A7', [2]],
      ['.NET', [3]],
      ['C#', [3]],
      ['node.js', [5]],
      ['blueprint', []],
      ['xylophone', []],
    ],
  },
  'suggestions of what is misspelled': {
    texts: [
      'پاکستان کی حکومت',
      'پاکستان کی کرکٹ',
      'حکومت کا اعلان',
      'سیلاب کی تباہی',
      'سیلاب سے نقصان',
      'تعلیمی ادارے',
      'تعلیم کا معیار',
      'وزیر تعلیم',
    ],
    suggests: [
      ['پاکستاا', 'پاکستان'],
      ['پاکسط', 'پاکستان'],
      ['حقومت', 'حکومت'],
      ['حقوم', 'حکومت'],
      ['سیلاآب', 'سیلاب'],
      ['صیلاب', 'سیلاب'],
      ['تالیم', 'تعلیم'],
      ['تعلییم', 'تعلیم'],
      ['وزیر تالیم', 'وزیر تعلیم'],
      ['پاکس', 'پاکستان'],
    ],
  },
};

let justuju: TestJustuju;
beforeAll(async () => {
  justuju = await startJustuju();
}, 120_000);
afterAll(() => justuju?.stop());

async function change(method: string, path: string, body: unknown): Promise<void> {
  const { body: task } = await call(justuju.url, method, path, body);
  expect((await finished(justuju.url, task.taskUid)).status).toBe('succeeded');
}

describe.each(Object.entries(KINDS).map(([name, kind], i) => ({ name, kind, uid: `kind${i}` })))('$name', ({ kind, uid }) => {
  const { texts, settings, finds = [], first = [], suggests = [] } = kind;

  beforeAll(async () => {
    if (settings !== undefined) {
      await change('POST', '/indexes', { uid, primaryKey: 'key' });
      await change('PATCH', `/indexes/${uid}/settings`, settings);
    }
    const documents = texts.map((text, key) => (typeof text === 'string' ? { key, text } : { key, ...text }));
    await change('POST', `/indexes/${uid}/documents?primaryKey=key`, documents);
    const [q] = finds.find(([, found]) => found.length > 0) ?? first[0] ?? ['', 0];
    await eventually('the store knows the texts', async () => (await search(q === '' ? 'کی' : q)).length > 0);
  }, 60_000);

  async function search(q: string): Promise<number[]> {
    const { body } = await call(justuju.url, 'POST', `/indexes/${uid}/search`, { q });
    const hits = (body.hits as { key: number }[]).map(({ key }) => key);
    expect(body.estimatedTotalHits).toBe(hits.length);
    return hits;
  }

  if (finds.length > 0) it.each(finds)('%s finds %j', async (q, found) => expect((await search(q)).sort()).toEqual([...found].sort()));
  if (first.length > 0) it.each(first)('%s finds text %i first', async (q, text) => expect((await search(q))[0]).toBe(text));
  if (suggests.length > 0)
    it.each(suggests)('%s is completed to %s', async (q, text) => {
      const { body } = await call(justuju.url, 'GET', `/suggest?index=${uid}&limit=5&q=${encodeURIComponent(q)}`);
      expect((body.suggestions as { text: string }[]).map((one) => one.text)).toContain(text);
    });
});
