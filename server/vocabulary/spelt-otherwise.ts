/**
 * What single letters of a Latin word say against an Urdu one, however alike the two sound: a word by itself may be English, and English sounds a little like something in any collection.
 * Each rule is about a spelling that Roman Urdu and loan words have in one way only. Source: written by the Justuju authors from how both are spelt. Of 27,491 attested Roman spellings all rules
 * together refuse 5 in 1,000, most of them izafat (khidmate) or slips, and of beginnings less a letter 18.
 */
import { beginsAsEnglish } from './roman.js';
import { type Between, type Walk, walk } from './skeleton.js';

type Rule = (word: string, term: string) => boolean;

/** Longer words may leave out what these rules ask for: journalist جرنلسٹ, highland. */
const LONGEST_SHORT = 7;

const ANYWHERE: readonly Rule[] = [
  // An h at the beginning is written: hammer is not عمر.
  (word, term) => /^h/.test(word) && !/^[\u06C1\u062D]/.test(term),
  // sh is ش, or an s and an h (اسحاق): fish is not فیصد.
  (word, term) => /sh/.test(word) && !/[\u0634\u0698]|[\u0633\u0635\u062B][\u06C1\u062D]/.test(term),
  // At the beginning it is ش: share is not سہارے. Of اشاعت people leave out the alef.
  (word, term) => /^sh/.test(word) && !/^[\u0627\u0639]?\u0634/.test(term),
  // ch is چ, ش or in English ک, never کھ nor ق: machine is not مکھن, sandwich not صندوق.
  (word, term) => /ch/.test(word) && !/[\u0686\u0634\u0698\u062E]|\u06A9(?!\u06BE)/.test(term),
  // At the end ss is no ز: chess is not چیز, nor grass گریز. Inside it may be (missile میزائل).
  (word, term) => /ss$/.test(word) && !/[\u0633\u0635\u062B\u0634\u0698]/.test(term),
  // Behind a consonant -le has no vowel that is written: apple is not اپیل.
  (word, term) => /[^aeiouy]le$/.test(word) && /[\u06CC\u0648]\u0644$/.test(term),
  // What `englishAsSaid` makes of -air and -are is یئر: chair is not شیر.
  (word, term) => /eyyr$/.test(word) && !/\u06CC\u06CC\u0631$/.test(term),
  // No word in ی begins with a or o: onion is not یونین.
  (word, term) => /^[ao]/.test(word) && /^\u06CC/.test(term),
  // ou and ow are و: house is not حصے.
  (word, term) => word.length < LONGEST_SHORT && /o[uw]/.test(word) && !/\u0648/.test(term),
  // gh is a letter, if not behind i (high): cough is not کوئی.
  (word, term) => word.length < LONGEST_SHORT && /[^i]gh/.test(word) && !/[\u063A\u06AF]/.test(term),
  // At the beginning qu before another vowel is ق (quaid) or in English کو: quetta is no beginning of کتاب.
  (word, term) => /^qu[aeio]/.test(word) && !/\u0642|\u06A9\u0648/.test(term),
  // th before e and i is English: mother is not مؤثر, nor موٹر.
  (word, term) => /th[ei]/.test(word) && !/[\u062A\u0637]|\u0679\u06BE/.test(term),
];

/** The i of bill and grid, which is short and not written: neither is بیل nor گریڈ (grade). Before a single consonant only in English (habib is حبیب), and not before n (insulin). */
const SHORT_I = /(?<![aeiou])i([a-z])\1$/;
const ENGLISH_SHORT_I = /(?<![aeiou])i[bdgkpt]$/;
const LONG_I = /\u06CC.$/;

/** A single e behind a consonant, at the end of a word. */
const FINAL_E = /[^aeiouyw]e$/;
/** Letters that such an e may be. */
const SAID_E = /[\u06D2\u06C1\u0639]$/;
/** What a silent e makes of the vowel before it, and how Urdu writes that: game گیم, code کوڈ. */
const LENGTHENED = [
  // share is شیئر, not شیر; but square اسکوائر.
  [/(?<!qu)are$/, /\u06CC\u06CC\u0631$/],
  [/a[^aeiou]e$/, /[\u06CC\u06D2].$/],
  [/o[^aeiou]e$/, /\u0648.$/],
  [/^[^aeiou]+i[^aeiouy]e$/, /\u0627\u06CC.$/],
  // Not in lecture, whose u is part of چ.
  [/(?<!t)u[^aeiou]e$/, /[\u0648\u06CC].$/],
] as const;

/** side is not صدی, nor care کار. */
function endsOtherwise(word: string, term: string): boolean {
  if (word.length < 4 || !FINAL_E.test(word) || SAID_E.test(term)) return false;
  // The و of لو is the v of love.
  if (/[\u06CC\u0627\u0648]$/.test(term)) return !/ve$/.test(word);
  return LENGTHENED.some(([typed, written]) => typed.test(word) && !written.test(term));
}

/** Letters that no word goes on with behind a last vowel: share is no beginning of شروع, nor country of کنٹرول. */
const NOT_BEHIND: Readonly<Record<string, RegExp>> = {
  e: /^[\u0627\u0648]/,
  i: /^[\u0627\u0648]/,
  o: /^[\u06CC\u06D2]/,
  u: /^[\u0627\u06CC\u06D2]/,
  y: /^[^\u06CC\u06D2]/,
};

/** The two consonants with which سٹریٹ begins have no vowel between them: sattar is no beginning of it. Who types a whole word letter by letter may put one there (satakas اسٹاکس). */
const beginsOtherwise = (word: string, term: string): boolean => /^\u0627?\u0633\u0679/.test(term) && !/^[aei]?s+t/.test(word);

function goesOnOtherwise(word: string, term: string, { tail, rest }: Walk, isEnglish: boolean): boolean {
  // office goes on with r, hocke with y; the i of mobi is two letters, and so is the u of compu.
  if (isEnglish && ((tail.endsWith('e') && BEHIND_E.test(rest)) || SAID_LONG[tail]?.test(rest))) return false;
  if (rest === '' || (rest === YEH && FINAL_E.test(word))) return endsOtherwise(word, term);
  if (NOT_BEHIND[tail]?.test(rest)) return true;
  // The e of bone is silent, and makes a long vowel of the one before, which is written: it does not begin بند.
  const isSilent = /[aiou][^aeiouyh]e$/.test(word) && !/^[\u0627\u0648\u06CC\u06D2\u06C1\u0639]/.test(rest);
  return isSilent && !/[\u0627\u0648\u06CC\u06D2\u0639].$/.test(term.slice(0, term.length - rest.length));
}

/** Vowels of English that Urdu writes with two letters. */
const SAID_LONG: Readonly<Record<string, RegExp>> = { i: /^\u0627\u06CC/, u: /^\u06CC\u0648/ };
/** What English words often end in behind an e that is said: er, et, en, el, ey, ee. */
const BEHIND_E = /^[\u0631\u0679\u0646\u0644\u06CC]$/;

const YEH = '\u06CC';

/** Vowels that are never written so, where each stands alone between two consonants: pick is no beginning of پاکستان. */
const NEVER_WRITTEN = [
  [/^(?:i|e|ee)$/, /^[\u0627\u0648]$/],
  [/^aa?$/, /^\u0648$/],
  [/^(?:o|oo|u)$/, /^[\u06CC\u06D2]$/],
  [/^u$/, /^\u0627$/],
  // pulley is not پیالی.
  [/^[aeou]$/, /^\u06CC\u0627$/],
] as const;

/** Two vowels of which Urdu writes one at least: museum is not موسم. Not io (nation), nor ui (guitar گٹار). */
const DIPHTHONG = /([aeiou])(?!\1)[aeiou](?<!io|ui)/;
/** ... and what is two syllables: tower is not طور. */
const TWO_SYLLABLES = /ow[ei]/;

/** Vowels that are short before a doubled consonant: qissa is not قیصا. Not e and o, which loans write (letter لیٹر, sorry سوری). */
const LONG: Readonly<Record<string, string>> = { a: '\u0627', i: YEH, u: '\u0648' };

/** Whether what was typed between two consonants is never written so. */
const isNeverWritten = ({ typed, written, isDoubled }: Between, isShort: boolean, isEnglish: boolean): boolean =>
  (isShort && !isEnglish && isDoubled && LONG[typed] === written) ||
  NEVER_WRITTEN.some(([vowel, letter]) => vowel.test(typed) && letter.test(written)) ||
  (isShort && written === '' && DIPHTHONG.test(typed)) ||
  (written === WAW && TWO_SYLLABLES.test(typed));

const WAW = '\u0648';

/** Whether a Roman spelling, or the beginning of one, cannot be of this term; of English, which doubles consonants as it likes, it may be (pizza پیزا), but th is تھ or د there. */
export function isSpeltOtherwise(word: string, term: string, isBegun: boolean, isEnglish = false): boolean {
  const letters = word.toLowerCase();
  if (ANYWHERE.some((rule) => rule(letters, term))) return true;
  if (isEnglish && /th/.test(letters) && !/\u062A\u06BE|\u062F/.test(term)) return true;
  const isShortI = SHORT_I.test(letters) || ((isEnglish || beginsAsEnglish(letters)) && ENGLISH_SHORT_I.test(letters));
  if (isShortI && LONG_I.test(term)) return true;
  if (isBegun && beginsOtherwise(letters, term)) return true;
  const walked = walk(letters, term);
  if (walked === undefined) return false;
  const isShort = letters.length < LONGEST_SHORT;
  return (
    walked.between.some((one) => isNeverWritten(one, isShort, isEnglish)) ||
    (isBegun ? goesOnOtherwise(letters, term, walked, isEnglish) : endsOtherwise(letters, term))
  );
}
