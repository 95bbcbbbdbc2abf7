/** Urdu as people type it in Roman letters. Written by the Justuju authors from how Urdu is pronounced and typed; no list of words was used. */
import { analyze } from '@justuju/urdu';
import { type Channel, compileChannel } from './channel.js';

export const ROMAN: Channel = compileChannel({
  anywhere: `
    ب b p:4 v:4
    پ p b:4 ph:2.5 f:4
    ت t th:1.6 d:4
    ٹ t th:3 d:4
    ث s c:3 th:1.8 z:4
    ج j g:2 z:2.5 dg:2 dge:2 ge:2.5
    چ ch c:1.6 tch:1.5 cch:1.2 chch:1 t:3.2 tu:3 sh:3.5 j:4.5
    ح h -:2.4 kh:4.5
    خ kh k:2.2 x:1.5 h:2.7 q:4 kkh:2.5 gh:4.5
    د d dh:2.6 t:4.5
    ڈ d dh:3 r:3.5 t:4.5
    ذ z d:2.5 dh:2 j:2
    ر r rh:3.5 d:4.5
    ڑ r:0.4 d:1 rh:1.8 dh:2.8 rd:3
    ز z j:1.6 s:2.6 zh:3.5
    ژ zh:0.5 z:1.2 j:1.2 s:2 si:2 g:2
    س s c:2.6 sc:3 z:3 sh:3.5 x:1 ce:2 ts:4
    ش sh s:1.8 ch:2.4 ti:2.2 ssi:2.5 ci:2.5 si:3 sch:3 ssh:1.5 shsh:1.5 c:3.5
    ص s z:4.5
    ض z d:1.8 dh:2.5 j:2 zh:4
    ط t th:2.2
    ظ z dh:3 j:2 d:3.5
    ع -:0.5 ':0.1 a:1 aa:1.6 e:1.6 i:1.6 u:1.9 o:2.6 y:2.3
    غ gh g:1.3 ggh:2
    ف f ph:1.2 p:3.2 v:4 gh:4
    ق q k:1 c:2.4 qu:1.8 g:3 kh:3.2 ck:4
    ک k c:2.2 ck:1.6 q:2 cc:2 ch:4.5 kh:2.8 g:4 -:4
    گ g gh:2.2 k:4 gu:3 j:4
    ل l lh:2.6
    م m n:4.2
    ن n m:3.5 kn:3.5 ng:4 -:4
    ں n:0.2 -:1.2 ng:2.5 m:4
    ہ h -:2.6 ha:3
    ھ h -:1.5
    ء -:0.3 ':0.1 a:2.5
    ۃ t:0.5 a:1.2 h:1.5 ah:1.5
    و w:1 v:1.2 o:0.9 u:1.2 oo:1.3 au:1.7 ou:2 ow:2.5 uu:2.5 aw:3 uw:3 wu:3 ov:3.5 ew:3 -:3
    ی y:1.2 i:0.8 e:1.3 ee:1.2 ai:1.6 ay:2.3 ey:2.5 ei:2.3 ie:2.5 iy:1.8 ii:2.5 ea:2.5 ae:2.7 a:3 -:3 eey:3 eye:3.5
    ے e:0.5 ay:1.3 ey:1.6 ai:1.2 y:2 ei:2.5 aye:2.3 ye:2 i:1.8 ae:2 eh:2.8 ee:2.2 a:3.2
    ا a:0.4 aa:0.8 -:2.6 e:3 o:2.6 u:3 ah:3.2 au:3 i:4`,
  initial: `
    ا a:0.3 aa:1.2 i:1.2 u:1.4 e:1.5 o:2.3 -:0.5
    ع a:0.5 aa:1.5 i:1.3 u:1.5 e:1.5 o:2.3 -:0.5
    و w:0.4 v:0.8 wh:3 o:2.5 u:3 -:4.5
    ی y:0.1 i:3 e:3 ee:4 -:5
    ح h -:4.5
    ہ h -:4`,
  medial: '',
  afterVowel: `
    ی -:0.7 y:1 i:1.3 e:1.6 ey:2.5 iy:2
    و -:1.8`,
  final: `
    ا a:0.15 aa:1.2 ah:2.2 e:3 o:3.5 -:4
    ہ a:0.7 h:1 ah:1.1 e:1.8 eh:2 aa:2.2 i:3.2 ha:3 -:1.8
    ع -:1 a:1.5 ':0.3 aa:2 h:3 e:2 ah:2 i:3
    و o:0.6 u:1 oo:1.4 w:1.8 v:2.4 ow:2 au:2.2 ao:2.5 ou:2 uu:2.5 oh:2.5
    ی i:0.3 ee:1.2 y:1.6 ey:2.2 e:2.2 ie:2.5 a:2.8 ai:3.5 ii:2.5 aa:3 ay:3.5 ye:3 iye:3.2`,
  shortVowels: 'a:0.8 i:1.1 u:1.3 e:1.6 o:2.4 y:3.5 aa:3 ee:3.5 oo:3.5 ai:3.5 ou:3.5 ea:3.5 ie:4',
  missing: 4.8,
  noVowel: 0.4,
  stray: "h:2.2 ':0.2 a:3 e:2.5 i:3 o:3.2 u:3 y:3 *:4.5",
  doubled: 0.7,
  tails: 'e:2 i:3 ye:2.4 ey:3.5',
});

/**
 * English words in their English spelling, as Urdu writes them: school سکول, case کیس, station اسٹیشن. Half of a newspaper's nouns of office,
 * sport and trade are such words, and who types Roman letters types them as in English.
 */
export const ENGLISH: Channel = compileChannel({
  anywhere: `
    ب b be:2
    پ p pe:1.5
    ت th:0.6 t:2.5
    ٹ t:0.1 te:1.2 th:3.5
    ث th:3 s:3
    ج j g:0.8 dg:1 dge:0.7 ge:0.6 z:3 d:1.2
    چ ch t:2.5 tu:1 tch:0.4 c:2.5
    خ kh
    د d:2 th:1.2
    ڈ d de:1
    ذ z:3
    ر r re:1 wr:1 rr:0.7 rh:2
    ز z s:1 se:1.2 ze:0.7 x:2.5
    ژ s:1 si:0.7 z:2 g:1.5 ge:1.5
    س s c:0.9 ce:0.6 se:0.9 sc:1.2 ps:1.5 x:0.3
    ش sh ti:0.6 si:1.2 ssi:0.8 ci:1 s:2.5 ch:1.8 sch:2
    ف f ph:0.3 fe:1 gh:1.5
    ق q:1 c:2.5 k:3
    ک c:0.3 k ck:0.4 ch:1.8 q:1 qu:1.5 ke:0.8 que:1 cc:1 -:4
    گ g gh:1 gu:1.2 gue:1
    ل l le:0.7
    م m me:1 mb:2
    ن n ne:0.8 kn:1 gn:1.5
    ں n:2.5
    ہ h wh:2
    ھ h:0.5 -:2
    ء -:0.5
    و o:0.5 u:1 oo:0.5 w:0.8 v:0.5 ou:0.8 ow:0.6 au:1.2 aw:1.2 ew:1.2 oa:0.7 ve:0.7 wh:1.5 ue:1.2 eu:1.5
    ی y:1 i:0.8 e:0.9 ee:0.6 ea:0.8 a:1.1 ai:0.7 ay:1 ey:1.5 ie:1.2 ei:1.2 -:2.2
    ے ay:0.8 y:2 e:2 ey:1.2 ai:1.5
    ا a:0.5 o:1 u:1.5 e:2.2 i:1 au:1.2 ar:3 ou:1 ow:1.5 ea:3 -:3.5 ai:2 ie:3 igh:1.2`,
  initial: `
    ا a:0.2 i:0.8 e:0.7 u:1.2 o:0.9 au:1.2 ea:2 -:0.5
    و w v o:2 wh:0.5
    ی y -:1`,
  medial: '',
  afterVowel: `
    ی -:0.5 gh:1 igh:0.7 y:0.8 i:1 e:1.2`,
  final: `
    ا a:0.1 o:2.5 ah:1.5 er:2 ar:2
    ہ a:0.6 ah:1 h:2
    ی y:0.2 ie:0.7 ee:0.6 i:0.7 ey:0.8 e:1.8 a:3
    و o:0.2 ow:0.4 ue:1 ew:0.7 oe:1 ou:1.2 u:1.2`,
  shortVowels: 'a:1.2 i:1.1 u:1.3 e:0.9 o:1.2 io:2 ou:1.8 ea:2.5 ai:2.2 ie:2.5 ia:2 eo:2 y:1.6 oo:2 ui:1.6',
  missing: 4.8,
  noVowel: 0.5,
  stray: "h:3 e:1.8 ':0.2 l:2.5 r:3 g:3.5 *:4.5",
  doubled: 0.3,
  tails: 'e:0.5 s:3.5',
});

/** Letters that Roman Urdu hardly has. */
const ENGLISH_SPELLING = /^uni|^eu|c(?!h)|x|oo|ee|ea|ou|ph|tion|sion|wr|ow|igh|(?:er|or|ing|ty|et|re|al|y)$|[^aeiou]e$|[^aeiouy]{2}$/;
/** Whether to read a word as English, too. */
export const mayBeEnglish = (letters: string): boolean => letters.length > 2 && ENGLISH_SPELLING.test(letters);

/** Two consonants with which English words begin, and Urdu ones do not where their vowels are typed: train, grid, star. */
export const beginsAsEnglish = (letters: string): boolean => /^(?:[bcdfgkpt]r|[bcfgp]l|s[kmnptw]|tw)[aeiou]/.test(letters);

/** An English word as it may be read: x is two sounds, which Urdu writes with two letters (taxi ٹیکسی), but for the first. */
export const englishSpellings = (letters: string): readonly string[] =>
  letters.includes('x', 1) ? [letters, letters.replace(/(?<!^)x/g, 'ks')] : [letters];

/** What stands in a Roman word, in small letters a to z and apostrophes; empty when it is no Roman word. */
export function romanLetters(word: string): string {
  const letters = word
    .normalize('NFD')
    .toLowerCase()
    .replace(/([aiu])\u0304/g, '$1$1')
    .replace(/[\u02BB-\u02BF\u2018\u2019`\u00B4]/g, "'")
    .replace(/\p{M}/gu, '')
    .replace(/^'+|'+$/g, '');
  return /^[a-z']+$/.test(letters) ? letters : '';
}

/** The most frequent little words as they are typed, one line a word: what is meant, best first, then the spellings. */
const LITTLE_WORDS = `
  ہے | hai he hy hae h hay
  ہیں | hain hen hein hyn hn
  ہوں | hoon hun hu
  ہو | ho
  تھا | tha
  تھے | thay thai
  تھے تھی | the
  تھی | thi thee
  تھیں | thin theen
  کا | ka
  کی کہ | ki
  کی | kee
  کے کہ | ke kay k
  کہ | keh kah
  کو | ko
  سے | se say sai sy
  نے | ne nay ny
  میں | mein main me men mai mn mei
  میں | mainay
  پر | par per
  پہ | pe pay pa
  تک | tak
  اور | aur or aor awr n
  و | o wa
  یا | ya
  یہ | ye yeh yeah
  وہ | wo woh vo voh
  نہ | na nah
  نہیں | nahi nahin nahee nai nhi naheen nahein nhn
  بھی | bhi bhe
  ہی | hi hee
  تو | to tou
  جو | jo
  کیا | kya kia kiya
  کیوں | kyun kyu kyon kyoon
  کون | kon kaun
  کب | kab
  اس | is us iss uss
  ان | in un inn unn
  ایک | ek aik
  اب | ab
  ہم | hum ham
  تم | tum
  آپ | aap ap
  میرا | mera
  میری | meri
  میرے | mere meray
  مجھے | mujhe mujhay mjhe
  مجھ | mujh mjh
  جب | jab
  لیے | liye liay lye lie
  ساتھ | sath saath
  کر | kar ker kr
  کچھ | kuch kuchh kch
  گیا | gaya gya
  گئی | gai gayi
  گئے | gaye gae gay
  ہوا | hua huwa
  ہوئی | hui
  ہوئے | hue huye`;

/** Places that English spells in its own way, in the same format. */
const PLACES = `
  لکھنؤ | lucknow
  دہلی | delhi
  کلکتہ | calcutta
  ممبئی | bombay
  کوئٹہ | quetta
  قاہرہ | cairo
  مکہ | mecca`;

/** A typed little word, or a place → the terms it stands for, best first. */
export const FUNCTION_WORDS: ReadonlyMap<string, readonly string[]> = readLittleWords();

function readLittleWords(): Map<string, string[]> {
  const table = new Map<string, string[]>();
  for (const line of `${LITTLE_WORDS}${PLACES}`.trim().split('\n')) {
    const [meant = '', typed = ''] = line.split('|');
    // The terms are looked up in the collection: spelt as its terms are.
    const terms = analyze(meant).map(({ term }) => term);
    for (const spelling of typed.trim().split(/\s+/)) table.set(spelling, [...(table.get(spelling) ?? []), ...terms]);
  }
  return table;
}

/** A piece of a query in Roman letters. */
export interface RomanPiece {
  /** As typed, without hyphens. */
  readonly text: string;
  /**
   * `izafat` is the `e` of `husn-e-yaqeen`, which Urdu mostly leaves unwritten; `and` is the `o` of `shab-o-roz`, written و. Numbers are left alone.
   */
  readonly kind: 'word' | 'number' | 'izafat' | 'and';
}

const PIECE = /[\p{L}\p{M}\p{N}'\u02BB-\u02BF\u2018\u2019`\u00B4]+/gu;

/** The words of a query in Roman letters. Case stays, for the keyboard's sake. */
export function romanPieces(text: string): RomanPiece[] {
  const found = Array.from(text.matchAll(PIECE), (match) => ({ text: match[0], start: match.index, end: match.index + match[0].length }));
  const hyphened = (left: number): boolean => {
    const [a, b] = [found[left], found[left + 1]];
    return a !== undefined && b !== undefined && /^[-\u2010-\u2013]$/.test(text.slice(a.end, b.start));
  };
  const pieces: RomanPiece[] = [];
  for (let i = 0; i < found.length; i++) {
    const word = found[i]?.text ?? '';
    const next = found[i + 1]?.text;
    // Not behind a single letter: d i khan begins with initials.
    const between = i > 0 && next !== undefined && (found[i - 1]?.text.length ?? 0) > 1;
    if (between && /^(?:e|i)$/i.test(word)) pieces.push({ text: word, kind: 'izafat' });
    else if (between && (/^o$/i.test(word) || (/^(?:wa|va|u)$/i.test(word) && hyphened(i - 1) && hyphened(i))))
      pieces.push({ text: word, kind: 'and' });
    else pieces.push({ text: word, kind: /^\p{N}+$/u.test(word) ? 'number' : 'word' });
  }
  return pieces;
}
