/** Numbers, signs and codes as people write them, through the whole of Justuju before a real Meilisearch. */
import { type Answer, finished, call as request } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

let justuju: TestJustuju;
const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.url, method, path, body);

async function change(method: string, path: string, body?: unknown): Promise<void> {
  const { body: task } = await call(method, path, body);
  expect((await finished(justuju.url, task.taskUid)).status).toBe('succeeded');
}

async function load(uid: string, texts: readonly (string | object)[], settings?: object): Promise<void> {
  if (settings !== undefined) {
    await change('POST', '/indexes', { uid, primaryKey: 'key' });
    await change('PATCH', `/indexes/${uid}/settings`, settings);
  }
  const documents = texts.map((text, i) => (typeof text === 'string' ? { key: `d${i}`, text } : { key: `d${i}`, ...text }));
  await change('POST', `/indexes/${uid}/documents?primaryKey=key`, documents);
}

/** The numbers of the documents found, best first. */
async function found(uid: string, q: string, more: object = {}): Promise<number[]> {
  const { status, body } = await call('POST', `/indexes/${uid}/search`, { q, ...more });
  expect(status).toBe(200);
  expect(body.estimatedTotalHits).toBe(body.hits.length);
  return body.hits.map(({ key }: { key: string }) => Number(key.slice(1)));
}

beforeAll(async () => {
  justuju = await startJustuju();
}, 60_000);
afterAll(() => justuju?.stop());

describe('signs of currency, percent and degree', () => {
  const TEXTS = [
    'قیمت $500 ہے', // 0
    'قیمت 700 ڈالر ہے',
    'کرایہ ₨350 ہوا', // 2
    'کرایہ 450 روپے ہوا',
    'ٹکٹ €20 کا', // 4
    'ٹکٹ 30 یورو کا',
    'فیس £85 ہے', // 6
    'شرح 15% رہی',
    'شرح 16 فیصد رہی', // 8
    'حرارت 41°C رہی',
    'حرارت 42 ڈگری رہی', // 10
    'بل Rs. 1,250 کا',
    'آدھا یعنی ½ کپ دودھ', // 12
    'شرح ۰٫۵ رہی',
    'وزن ۱۲٬۳۴۵ کلو', // 14
    'حرارت 43º تک',
  ];
  beforeAll(() => load('signs', TEXTS));

  it.each([
    ['$500', 0],
    ['500$', 0],
    ['500 $', 0],
    ['500 ڈالر', 0],
    ['$700', 1],
    ['₨350', 2],
    ['350₨', 2],
    ['Rs 350', 2],
    ['Rs.350', 2],
    ['350 روپے', 2],
    ['₨450', 3],
    ['₹450', 3],
    ['€20', 4],
    ['20€', 4],
    ['€30', 5],
    ['£85', 6],
    ['85 پاؤنڈ', 6],
    ['15%', 7],
    ['٪15', 7],
    ['۱۵٪', 7],
    ['15 فیصد', 7],
    ['16%', 8],
    ['41°C', 9],
    ['41°', 9],
    ['41 ڈگری', 9],
    ['42°', 10],
    ['1250', 11],
    ['₨1,250', 11],
    ['½', 12],
    ['1/2', 12],
    ['0.5', 13],
    ['٠٫٥', 13],
    ['12345', 14],
    ['12,345', 14],
    ['43°', 15],
  ])('%s finds document %i first', async (q, expected) => expect((await found('signs', `${q} `))[0]).toBe(expected));

  it('marks the sign with its number', async () => {
    const { body } = await call('POST', '/indexes/signs/search', { q: '$500 ', attributesToHighlight: ['text'] });
    expect(body.hits[0]._formatted.text).toBe('قیمت <em>$500</em> ہے');
  });

  it('suggests the word, not the sign', async () => {
    const { body } = await call('GET', `/suggest?index=signs&q=${encodeURIComponent('ڈال')}`);
    expect(body.suggestions[0].text).toBe('ڈالر');
  });
});

describe('codes', () => {
  const CODES = [
    'PK-303', // 0
    'PK-308',
    'LHR/2024/15', // 2
    'AB_123-X',
    'SRO-1125/2011', // 4
    'F-16',
    'B737-800', // 6
    'ISBN-978-969',
    '0300-1234567', // 8
    '042-35761234',
    'A4-2021/B', // 10
    'MI_17',
    'G20-2023', // 12
    'NA-125',
    'PP-158', // 14
    'EK612',
  ];
  beforeAll(() =>
    load('codes', [
      ...CODES.map((code, i) => ({ code, text: `خبر نمبر ${'کھگچج'[i % 5]} شائع ہوئی` })),
      'پرواز PK-411 ملتان سے',
      'پرواز PK 512 پشاور سے',
    ]),
  );

  it.each(CODES.map((code, i) => [code, i] as const))('%s is found as typed, and nothing else', async (code, i) => {
    expect(await found('codes', code)).toEqual([i]);
    expect(await found('codes', `${code} `)).toEqual([i]);
    expect(await found('codes', code.toLowerCase())).toEqual([i]);
    expect(await found('codes', `خبر ${code}`, { matchingStrategy: 'all' })).toEqual([i]);
  });

  it.each(CODES.map((code, i) => [code, i] as const))('%s is found while it is typed', async (code, i) => {
    for (let length = 4; length < code.length; length += 1) expect(await found('codes', code.slice(0, length))).toContain(i);
  });

  it.each([
    ['PK-411', 16],
    ['PK 411', 16],
    ['PK411', 16],
    ['PK-512', 17],
  ])('%s beside Urdu', async (q, i) => expect((await found('codes', `${q} `))[0]).toBe(i));

  it.each(['PK-999', 'XB-4471Q', 'ZZ_90/1', '0300-9999999', 'KQ77', 'F-17'])('%s finds nothing', async (q) =>
    expect(await found('codes', `${q} `)).toEqual([]),
  );
});

describe('what the settings say of words', () => {
  const TEXTS = [
    'C++ سیکھیں',
    'C# کا کورس',
    '#پاکستان ٹرینڈ',
    'پاکستان کی خبریں',
    '@urdu کا صفحہ',
    'R&D کا شعبہ',
    'خوبصورت وادی',
    'خوب صورت شہر',
  ];
  beforeAll(async () => {
    await load('signed', TEXTS, { nonSeparatorTokens: ['#', '+', '@', '&'] });
    await load('plain', TEXTS);
  });

  it.each([
    ['C++', [0]],
    ['C#', [1]],
    ['#پاکستان', [2]],
    ['@urdu', [4]],
    ['R&D', [5]],
  ])('%s with its signs is %j', async (q, expected) => {
    expect(await found('signed', q)).toEqual(expected);
    expect((await found('plain', q)).length).toBeGreaterThanOrEqual(expected.length);
  });

  it('marks the word, and follows a change of the settings at once', async () => {
    const { body } = await call('POST', '/indexes/signed/search', { q: 'C++', attributesToHighlight: ['text'] });
    expect(body.hits[0]._formatted.text).toContain('<em>C</em>');
    await change('PATCH', '/indexes/signed/settings', { nonSeparatorTokens: [] });
    expect((await found('signed', 'C++')).length).toBe(2);
  });
});

describe('words glued to a word of grammar', () => {
  beforeAll(() =>
    load('glued', [
      'مذاہب کاباہمی اختلاف',
      'اورفروعی مسائل',
      'وہ اپنارنگ دکھاتا',
      'اورثقافتی میلہ',
      'کوعدالتی حکم',
      'کیادبی محفل',
      'باہمی تعاون',
    ]),
  );
  it.each([
    ['باہمی', [6, 0]],
    ['فروعی', [1]],
    ['رنگ', [2]],
    ['ثقافتی', [3]],
    ['عدالتی', [4]],
  ])('%s → %j', async (q, expected) => {
    const { body } = await call('POST', '/indexes/glued/search', { q });
    expect(body.hits.map(({ key }: { key: string }) => Number(key.slice(1)))).toEqual(expected);
    expect(body.urdu.didYouMean).toBeUndefined();
    // A slip of who wrote the text is searched, and nothing to be told.
    expect(
      body.urdu.understood.words.flatMap(({ readings }: { readings: { terms: string[] }[] }) => readings.map(({ terms }) => terms)),
    ).toEqual([[q]]);
  });
});
