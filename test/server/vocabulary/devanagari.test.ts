import { devanagariLetters, devanagariPieces } from '../../../server/vocabulary/devanagari.js';
import { SoundIndex } from '../../../server/vocabulary/sound-index.js';
import { canonical, VOCABULARY } from './words.js';

const index = SoundIndex.build(VOCABULARY);

/** What is meant, and how it is written; without nukta too, as many write. */
const SPELLINGS = `
  زندگی: ज़िंदगी जिंदगी ज़िन्दगी
  زندہ: ज़िंदा
  محبت: मोहब्बत मुहब्बत
  محنت: मेहनत
  خواب: ख़्वाब ख्वाब
  خوبصورت: ख़ूबसूरत खूबसूरत
  کتاب: किताब
  کتابیں: किताबें
  کتابوں: किताबों
  پاکستان: पाकिस्तान
  پاکستانی: पाकिस्तानी
  ہندوستان: हिंदुस्तान हिन्दुस्तान हिंदोस्तान
  بھارت: भारत
  حکومت: हुकूमत
  وزیر: वज़ीर वजीर
  صدر: सदर
  وقت: वक़्त वक्त
  واقعہ: वाक़िआ
  بعد: बाद बा'द
  بات: बात
  بیٹا: बेटा
  بھائی: भाई
  بہن: बहन
  ماں: माँ मां
  دوست: दोस्त
  دشمن: दुश्मन
  عشق: इश्क़
  آدمی: आदमी
  عورت: औरत
  بچہ: बच्चा
  بچے: बच्चे
  لڑکا: लड़का लडका
  گھر: घर
  شہر: शहर
  شاعر: शायर शाइर
  شاعری: शायरी शाइरी
  غزل: ग़ज़ल गजल
  غالب: ग़ालिब गालिब
  ظفر: ज़फ़र
  صبح: सुब्ह सुबह
  دنیا: दुनिया
  چاند: चाँद चांद
  ستارے: सितारे
  آسمان: आसमान
  زمین: ज़मीन जमीन
  پھول: फूल
  باغ: बाग़ बाग
  بازار: बाज़ार
  سڑک: सड़क
  منزل: मंज़िल
  نماز: नमाज़
  قرآن: क़ुरआन क़ुरान
  علم: इल्म
  معلوم: मालूम
  ظلم: ज़ुल्म
  قانون: क़ानून कानून
  حقیقت: हक़ीक़त हकीकत
  مشکل: मुश्किल
  انسان: इंसान इनसान
  جنگ: जंग
  طاقت: ताक़त
  خدا: ख़ुदा खुदा
  آنکھ: आँख
  آنکھیں: आँखें
  نیند: नींद
  یقین: यक़ीन
  حسن: हुस्न
  ایمان: ईमान
  عمر: उम्र
  میں: में
  نہ: न
  یہ: ये
  وہ: वो
  پہ: पे
  کہ: कि
  گئی: गई
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

describe('words in Devanagari', () => {
  it('has a table worth its name', () => expect(rows.length).toBeGreaterThan(90));
  it.each(rows)('%s is %s', (typed, meant) => expect(index.devanagari(typed)[0]?.term).toBe(canonical(meant)));

  it('reads the nukta as one letter or two', () => {
    expect(index.devanagari('\u0958\u0932\u092E')).toEqual(index.devanagari('\u0915\u093C\u0932\u092E'));
  });

  it('reads two words written as one', () => {
    expect(index.devanagariSplit('जाएँगे')[0]?.terms.join(' ')).toBe(canonical('جائیں گے'));
    expect(index.devanagariSplit('होकर')[0]?.terms.join(' ')).toBe('ہو کر');
  });
});

describe('devanagariLetters', () => {
  it.each([
    ['ज़िंदगी', 'ziMdgI'],
    ['भाई', 'bHA_I'],
    ['अच्छा', 'accHA'],
    ["शे'र", "Se'r"],
    ['हुस्न', 'husn'],
    ['कq', ''],
    ['zindagi', ''],
    ['', ''],
  ])('%s -> %s', (word, sounds) => expect(devanagariLetters(word)).toBe(sounds));
});

describe('devanagariPieces', () => {
  const read = (text: string): string =>
    devanagariPieces(text)
      .map((piece) => (piece.kind === 'word' ? piece.text : `${piece.text}/${piece.kind}`))
      .join(' ');
  it.each([
    ['हुस्न-ए-यक़ीं', 'हुस्न ए/izafat यक़ीं'],
    ['निगाह ओ दिल', 'निगाह ओ/and दिल'],
    ["'ग़ालिब' बुरा", 'ग़ालिब बुरा'],
    ["शे'र होता है।", "शे'र होता है"],
    ['ए', 'ए'],
    ['', ''],
  ])('%s -> %s', (text, pieces) => expect(read(text)).toBe(pieces));
});
