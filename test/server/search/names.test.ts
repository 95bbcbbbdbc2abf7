/** Abbreviations, brands and names with the Arabic article, in both scripts, over a small collection of made-up notices. Every letter of the alphabet and every sun letter has its row. */
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

const NOTICES = [
  'پی ٹی آئی کا جلسہ', // 0
  'آئی ایم ایف کی قسط', // 1
  'بی بی سی کی رپورٹ', // 2
  'یو ایس بی کیبل', // 3
  'ایف بی آر کے گوشوارے', // 4
  'این اے ڈی آر اے کا دفتر', // 5
  'ایچ ای سی کا وظیفہ', // 6
  'جے یو آئی کا اجتماع', // 7
  'ایل پی جی مہنگی', // 8
  'او جی ڈی سی ایل کا کنواں', // 9
  'کیو آر کوڈ', // 10
  'وی پی این بند', // 11
  'ڈبلیو ایچ او کی ہدایت', // 12
  'ایکس وائی زیڈ کا فارمولا', // 13
  'کے ای ایس سی کا بل', // 14
  'پٹی باندھی گئی', // 15
  'فوجی مشق ISPR کے مطابق', // 16
  'آئی ایس پی آر کا بیان', // 17
  'ایم این اے کی رکنیت', // 18
  'ایف 16 طیارہ', // 19
] as const;

const NAMES = [
  'عبدالرحمن کی دکان', // 0
  'عبد السلام کا گھر', // 1
  'ضیاء الحق کا دور', // 2
  'صلاح الدین کی فوج', // 3
  'دارالعلوم کے طلبہ', // 4
  'نظام الدین کی درگاہ', // 5
  'شمس الرحمان کا مضمون', // 6
  'ابوالکلام کی تقریر', // 7
  'ذوالفقار کا خط', // 8
  'عید الفطر کا چاند', // 9
  'قرۃ العین کا ناول', // 10
  'نور النسا کا خط', // 11
  'بدر الدجی کی روشنی', // 12
  'عین الزماں کا شعر', // 13
  'شمس الضحی کا گیت', // 14
  'عبدالستار کی ایمبولینس', // 15
  'بیت الشرف کی عمارت', // 16
  'عبدالصمد کا کنواں', // 17
  'نجم الثاقب کی غزل', // 18
  'سیف الذکر کا رسالہ', // 19
  'بحر الظلمات کا سفر', // 20
  'قصر الطاہر کا باغ', // 21
  'ام التمر کا نخلستان', // 22
  'عبداللطیف کا کلام', // 23
  'القرآن کا نسخہ', // 24
  'جامعہ الازہر کا استاد', // 25
  'اس وقت بارش تھی', // 26
  'گل خان کا کھیت', // 27
  'بلبل کا نغمہ', // 28
  'رسول پور کا میلہ', // 29
  'پھول جانے کیوں مرجھائے', // 30
] as const;

const BRANDS = [
  'Honda کی نئی گاڑی', // 0
  'ہونڈا کی پرانی گاڑی', // 1
  'Facebook بند رہی', // 2
  'فیس بک پر پیغام', // 3
  'کورونا کی وبا', // 4
  'گوگل کا دفتر', // 5
  'کمپیوٹر کی دکان', // 6
  'یہاں Wi-Fi ہے', // 7
  'دو کتابیں', // 8
  'سام سنگ کا فون', // 9
  'Samsung کا ٹی وی', // 10
] as const;

let justuju: TestJustuju;
async function fill(uid: string, texts: readonly string[]): Promise<void> {
  const { body } = await call(
    justuju.url,
    'POST',
    `/indexes/${uid}/documents`,
    texts.map((text, id) => ({ id, text })),
  );
  await finished(justuju.url, body.taskUid);
}
beforeAll(async () => {
  justuju = await startJustuju();
  await Promise.all([fill('notices', NOTICES), fill('names', NAMES), fill('brands', BRANDS)]);
  await eventually('words are known by sound', async () => (await ids('names', 'salahuddin')).length > 0);
  await eventually('here too', async () => (await ids('brands', 'google')).length > 0);
  await eventually('and here', async () => (await ids('notices', 'PTI')).length > 0);
}, 60_000);
afterAll(() => justuju.stop());

interface Found {
  readonly hits: readonly { readonly id: number; readonly _formatted: { readonly text: string } }[];
  readonly urdu: object;
}
async function search(uid: string, q: string, more: object = {}): Promise<Found> {
  const { status, body } = await call(justuju.url, 'POST', `/indexes/${uid}/search`, { q, ...more });
  expect(status).toBe(200);
  return body as Found;
}
const ids = async (uid: string, q: string): Promise<number[]> => (await search(uid, q)).hits.map(({ id }) => id);

describe('abbreviations', () => {
  it.each([
    ['PTI', 0],
    ['pti', 0],
    ['P.T.I.', 0],
    ['IMF', 1],
    ['BBC', 2],
    ['USB', 3],
    ['FBR', 4],
    ['NADRA', 5],
    ['HEC', 6],
    ['JUI', 7],
    ['LPG', 8],
    ['OGDCL', 9],
    ['QR code', 10],
    ['VPN', 11],
    ['WHO', 12],
    ['XYZ', 13],
    ['KESC', 14],
    ['MNA', 18],
    ['F-16', 19],
    ['PTI jalsa', 0],
    ['PTI جلسہ', 0],
    ['پیٹیآئی', 0],
    ['یوایسبی', 3],
  ])('%s finds notice %i first', async (q, id) => expect((await ids('notices', q))[0]).toBe(id));

  it('nothing else sounds like them', async () => {
    expect(await ids('notices', 'PTI')).toEqual([0]);
    expect(await ids('notices', 'BBC')).toEqual([2]);
  });

  it.each(['ISPR', 'آئی ایس پی آر', 'ispr'])('%s is found in both scripts', async (q) =>
    expect((await ids('notices', q)).slice(0, 2).sort()).toEqual([16, 17]),
  );

  it('is marked as one, and its letters nowhere else', async () => {
    const { hits } = await search('notices', 'BBC', { attributesToHighlight: ['text'] });
    expect(hits[0]?._formatted.text).toBe('<em>بی بی سی</em> کی رپورٹ');
  });
});

describe('names with the Arabic article', () => {
  it.each([
    ['abdul rehman', 0],
    ['abdur rahman', 0],
    ['abdurrehman', 0],
    ['Abdul-Rahman', 0],
    ['abdus salam', 1],
    ['abdul salam', 1],
    ['abdussalam', 1],
    ['abdusalam', 1],
    ['zia ul haq', 2],
    ['zia-ul-haq', 2],
    ['ziaul haq', 2],
    ['ziaulhaq', 2],
    ['zia ulhaq', 2],
    ['salahuddin', 3],
    ['salah uddin', 3],
    ['salah ud din', 3],
    ['salah-ud-deen', 3],
    ['darul uloom', 4],
    ['dar ul uloom', 4],
    ['nizamuddin', 5],
    ['shams ur rehman', 6],
    ['abul kalam', 7],
    ['zulfiqar', 8],
    ['eid ul fitr', 9],
    ['qurratulain', 10],
    ['qurat ul ain', 10],
    ['noor un nisa', 11],
    ['badr ud duja', 12],
    ['ain uz zaman', 13],
    ['shams uz zuha', 14],
    ['abdus sattar', 15],
    ['bait ush sharaf', 16],
    ['abdus samad', 17],
    ['najm us saqib', 18],
    ['saif uz zikr', 19],
    ['bahr uz zulmat', 20],
    ['qasr ut tahir', 21],
    ['umm ut tamar', 22],
    ['abdul latif', 23],
    ['shah abdul latif', 23],
    ['al quran', 24],
    ['al-azhar', 25],
  ])('%s finds name %i first', async (q, id) => expect((await ids('names', q))[0]).toBe(id));

  it.each([
    ['us waqt', 26],
    ['gul khan', 27],
    ['bulbul', 28],
    ['phool jane', 30],
  ])('%s has no article in it, and finds %i', async (q, id) => expect((await ids('names', q))[0]).toBe(id));
});

describe('the same name in both scripts', () => {
  it.each([
    ['honda', [0, 1]],
    ['Honda', [0, 1]],
    ['facebook', [2, 3]],
    ['samsung', [9, 10]],
  ])('%s', async (q, both) => expect((await ids('brands', q)).sort((a, b) => a - b)).toEqual(both));

  it.each([
    ['corona', 4],
    ['google', 5],
    ['computer', 6],
  ])('%s by its sound', async (q, id) => expect(await ids('brands', q)).toEqual([id]));

  it('what is found as typed is not marked as anything else', async () => {
    const { hits } = await search('brands', 'Wi-Fi', { attributesToHighlight: ['text'] });
    expect(hits.map(({ _formatted }) => _formatted.text)).toEqual(['یہاں <em>Wi</em>-<em>Fi</em> ہے']);
  });
});

describe('a word that is not there', () => {
  it.each(['kubernetes', 'photosynthesis', 'mitochondria', 'screwdriver', 'AB-1428W', 'ظقخثبغ'])('%s finds nothing', async (q) => {
    for (const uid of ['notices', 'names', 'brands']) expect(await ids(uid, q)).toEqual([]);
  });

  it('is named beside one that is', async () => {
    expect(await search('brands', 'کورونا kubernetes ')).toMatchObject({ hits: [{ id: 4 }], urdu: { wordsNotFound: ['kubernetes'] } });
    expect(await search('brands', 'کورونا AB-1428W ')).toMatchObject({ hits: [{ id: 4 }], urdu: { wordsNotFound: ['AB-1428W'] } });
    expect(await search('brands', 'کورونا ظقخثبغ ')).toMatchObject({ hits: [{ id: 4 }], urdu: { wordsNotFound: ['ظقخثبغ'] } });
  });

  it('nothing is named where all words are there', async () => {
    expect((await search('brands', 'کورونا وبا ')).urdu).not.toHaveProperty('wordsNotFound');
    expect((await search('brands', 'کورونا و')).urdu).not.toHaveProperty('wordsNotFound');
  });
});
