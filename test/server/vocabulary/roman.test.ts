import fc from 'fast-check';
import { compileChannel } from '../../../server/vocabulary/channel.js';
import { romanLetters, romanPieces } from '../../../server/vocabulary/roman.js';
import { SoundIndex } from '../../../server/vocabulary/sound-index.js';
import { canonical, VOCABULARY } from './words.js';

const index = SoundIndex.build(VOCABULARY);
const first = (word: string): string | undefined => index.roman(word)[0]?.term;

/** What is meant, and how it is typed. All must be read as the first candidate. */
const SPELLINGS = `
  زندگی: zindagi zindgi zndgi zindagee jindagi zendagi Zindagi
  زندہ: zinda zindah zenda
  محبت: mohabbat muhabbat mohabat muhabat mhbt
  محنت: mehnat mehnet mihnat
  خواب: khwab khaab khvab xwab
  خوبصورت: khubsurat khoobsurat khobsorat
  کتاب: kitab kitaab ketab
  کتابیں: kitaben kitabein kitaabain
  کتابوں: kitabon kitaabon kitabo
  پاکستان: pakistan paakistan pakstan Pakistan
  پاکستانی: pakistani paakistaani pakistany
  ہندوستان: hindustan hindostan hindoostan
  حکومت: hukumat hakoomat hukoomat hakumat
  وزیر: wazir vazir wazeer vazeer
  اعظم: azam a'zam aazam
  صدر: sadr sadar
  وقت: waqt vaqt wakt waqat
  واقعہ: waqia vaqia waqea
  بعد: baad ba'd
  بات: baat bat
  بیٹا: beta baita
  بیٹی: beti betee
  بھائی: bhai bhaai bhaee
  بہن: behan bahan behen
  ماں: maa maan
  دوست: dost dosst
  دشمن: dushman dushmun
  عشق: ishq eshq
  آدمی: aadmi admi aadmee
  عورت: aurat orat
  بچہ: bacha bachcha baccha
  بچے: bache bachay bachche
  لڑکا: larka ladka
  لڑکی: larki ladki
  گھر: ghar ghr
  شہر: shehar shahar shehr
  شاعر: shaair shaer
  شاعری: shairi shayari shaairi
  غزل: ghazal gazal
  غالب: ghalib gaalib
  اقبال: iqbal eqbal ikbal
  ظفر: zafar zafer
  فیض: faiz fayz
  صبح: subah subh
  شام: sham shaam
  رات: raat rat
  دنیا: duniya dunya
  چاند: chand chaand
  سورج: suraj sooraj
  ستارہ: sitara sitarah
  ستارے: sitare sitaray
  آسمان: aasman asman aasmaan
  زمین: zamin zameen jameen
  پانی: pani paani panee
  درخت: darakht drakht
  پھول: phool phul
  باغ: bagh baagh
  بازار: bazar bazaar
  سڑک: sarak sadak
  راستہ: rasta raasta
  منزل: manzil manzal
  مسجد: masjid masjed
  نماز: namaz namaaz
  قرآن: quran quraan qur'an
  اللہ: allah Allaah
  رسول: rasool rasul
  اسلام: islam islaam
  مسلمان: musalman musalmaan
  حدیث: hadis hadees hadith
  علم: ilm elm
  عالمی: aalmi alami
  معلوم: maloom malum
  مظلوم: mazloom mazlum
  قانون: qanun qanoon kanoon
  عدالت: adalat adaalat
  انصاف: insaf insaaf
  حقیقت: haqiqat haqeeqat hakikat
  ضرورت: zaroorat zarurat
  ضروری: zaroori zaruri
  مشکل: mushkil mushkel
  انسان: insan insaan
  جنگ: jang jung
  فوج: fauj foj
  پولیس: police polis
  ہسپتال: haspatal hospital
  ڈاکٹر: doctor daktar
  اسکول: school skool iskool
  استاد: ustad ustaad
  تعلیم: taleem talim ta'leem
  کالج: college kaalij
  یونیورسٹی: university yuniversity
  اسٹیشن: station isteshan
  کرکٹ: cricket kirket
  منسٹر: minister
  بجٹ: budget bajat
  کیس: case kes
  کمپیوٹر: computer
  لاہور: lahore lahor lahaur
  کراچی: karachi karaachi
  پشاور: peshawar pishawar
  بلوچستان: balochistan baluchistan
  کشمیر: kashmir kashmeer
  صورت: surat soorat
  ثابت: sabit saabit
  خط: khat xat
  ختم: khatam khatm
  خدا: khuda xuda
  غریب: gharib ghareeb gareeb
  طرف: taraf tarf
  تاریخ: tareekh tarikh
  تصویر: tasveer taswir
  آنکھیں: aankhen ankhein
  نیند: neend nind
  یقین: yaqeen yaqin yakeen
  رمضان: ramzan ramadan
  ایمان: iman imaan eeman
  چائے: chai chaye chaay
  ہے: hai he hay
  میں: mein main me
  اور: aur or
`;

const rows = SPELLINGS.trim()
  .split('\n')
  .flatMap((line) => {
    const [meant = '', typed = ''] = line.split(':');
    return typed
      .trim()
      .split(' ')
      .map((spelling) => [spelling, meant.trim()] as const);
  });

describe('words in Roman letters', () => {
  it('has a table worth its name', () => expect(rows.length).toBeGreaterThan(200));
  it.each(rows)('%s is %s', (typed, meant) => expect(first(typed)).toBe(canonical(meant)));

  it.each([
    ['dil', 'دل', 'دال'],
    ['kitab', 'کتاب', 'کاتب'],
    ['ghar', 'گھر', 'گرد'],
    ['phal', 'پھل', 'پل'],
    ['shair', 'شاعر', 'شہر'],
    ['ishk', 'عشق', 'شعر'],
    ['sher', 'شیر', 'شہر'],
  ])('%s: %s before %s', (typed, better, worse) => {
    const terms = index.roman(typed, 40).map(({ term }) => term);
    expect(terms).toContain(better);
    expect(terms.indexOf(worse) === -1 || terms.indexOf(better) < terms.indexOf(worse)).toBe(true);
  });

  it('fits letter by letter better than it fits by guesses', () => {
    const fitOf = (typed: string): number => index.roman(typed)[0]?.fit ?? 0;
    expect(fitOf('kitaab')).toBeGreaterThan(fitOf('kxtwb'));
  });
});

describe('words still being typed', () => {
  it.each([
    ['pakis', 'پاکستان'],
    ['zind', 'زندگی'],
    ['moh', 'محبت'],
    ['hakoo', 'حکومت'],
    ['univ', 'یونیورسٹی'],
    ['s', 'سے'],
  ])('%s goes on to %s', (typed, meant) => expect(index.romanPrefix(typed, 10).map(({ term }) => term)).toContain(meant));
});

describe('two words typed as one', () => {
  it.each([
    ['hokar', 'ہو کر'],
    ['jaenge', 'جائیں گے'],
    ['shandar', 'شان دار'],
    ['bewafa', 'بے وفا'],
  ])('%s is %s', (typed, meant) => expect(index.romanSplit(typed)[0]?.terms.join(' ')).toBe(canonical(meant)));

  it.each(['zindagi', 'pakistan', 'mohabbat', 'ab', ''])('%s is one word', (typed) => {
    expect(index.romanSplit(typed).filter(({ score }) => score > 0.3)).toEqual([]);
  });
});

describe('romanLetters', () => {
  it.each([
    ['Zindagī', 'zindagii'],
    ['ʿilm', 'ilm'],
    ['ba’d', "ba'd"],
    ['café', 'cafe'],
    ['2a0', ''],
    ['کتاب', ''],
    ['', ''],
  ])('%s -> %s', (word, letters) => expect(romanLetters(word)).toBe(letters));
});

describe('romanPieces', () => {
  const read = (text: string): string =>
    romanPieces(text)
      .map((piece) => (piece.kind === 'word' ? piece.text : `${piece.text}/${piece.kind}`))
      .join(' ');
  it.each([
    ['husn-e-yaqeen', 'husn e/izafat yaqeen'],
    ['husn e yaqeen', 'husn e/izafat yaqeen'],
    ['shab-o-roz', 'shab o/and roz'],
    ['dar-ul-uloom', 'dar ul uloom'],
    ["be-wafa, ba'd!", "be wafa ba'd"],
    ['budget 2014', 'budget 2014/number'],
    ['e', 'e'],
    ['', ''],
  ])('%s -> %s', (text, pieces) => expect(read(text)).toBe(pieces));

  it('finds the joined article', () => expect(first('darululoom')).toBe('دارالعلوم'));
});

describe('laws', () => {
  const terms = new Set(VOCABULARY.map(([term]) => term));
  const typed = fc.string({ unit: fc.constantFrom(...'abcdefghijklmnopqrstuvwxyz', "'", 'A', '-', 'ی'), maxLength: 40 });
  const anything = fc.string({ unit: 'binary', maxLength: 40 });

  it.each(['roman', 'romanPrefix', 'devanagari'] as const)('%s: known words only, each once, scores sorted and 0 to 1', (method) => {
    fc.assert(
      fc.property(fc.oneof(typed, anything), (word) => {
        const found = index[method](word, 5);
        const scores = found.map(({ score }) => score);
        expect(found.length).toBeLessThanOrEqual(5);
        expect(new Set(found.map(({ term }) => term)).size).toBe(found.length);
        expect(found.every(({ term, documents }) => terms.has(term) && documents > 0)).toBe(true);
        expect(found.every(({ score, fit }) => score >= 0 && score <= 1 && fit >= 0 && fit <= 1)).toBe(true);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('answers the same again', () => {
    fc.assert(
      fc.property(typed, (word) => expect(index.roman(word)).toEqual(index.roman(word))),
      { numRuns: 200, seed: 1 },
    );
  });

  it('splits into known words only', () => {
    fc.assert(
      fc.property(typed, (word) =>
        expect(index.romanSplit(word).every((split) => split.terms.every((term) => terms.has(term)))).toBe(true),
      ),
      { numRuns: 200, seed: 1 },
    );
  });
});

describe('the table of a channel', () => {
  const spec = {
    anywhere: '',
    initial: '',
    medial: '',
    afterVowel: '',
    final: '',
    shortVowels: 'a:1',
    missing: 4,
    noVowel: 0,
    stray: '*:4',
    doubled: 0,
    tails: '',
  };
  it.each([
    ['x a', '"x a" does not begin with a letter of Urdu terms'],
    ['ب abcde', '"abcde" for ب is longer than 4 characters'],
    ['ب b:x', '"b:x" is not "chunk:cost"'],
    ['ب b:-1', '"b:-1" is not "chunk:cost"'],
  ])('%s: %s', (anywhere, message) => expect(() => compileChannel({ ...spec, anywhere })).toThrow(message));
});
