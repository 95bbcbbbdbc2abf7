/**
 * The order of the Urdu alphabet. Code points have another: ٹ پ چ ڈ ڑ ژ ک گ ہ ی stand behind و there, since Unicode put the letters that Arabic lacks behind those that it has.
 * Source: the alphabet as Urdu dictionaries order it, written by the Justuju authors. To change: edit the row; sort keys are made by it, so indexes that are sorted by text must be reindexed.
 */
import { normalize } from '@justuju/urdu';

const ALPHABET = 'ا آ ب پ ت ٹ ث ج چ ح خ د ڈ ذ ر ڑ ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن ں و ؤ ہ ۂ ۃ ھ ء ی ئ ے ۓ'.split(' ');
const PLACE: ReadonlyMap<string, number> = new Map(ALPHABET.map((letter, place) => [letter, place]));
/** Letters of Urdu stand behind all other characters, as they do in Unicode. */
const BEHIND = 0x110000;
/** Vowel marks and the like tell words apart only where nothing else does. */
const MARKS = /[\u064B-\u065F\u0670\u0640\u200C\u200D]/g;

/** Compares two texts as a dictionary of Urdu orders them; Arabic letters stand beside their Urdu ones. Negative: the first stands before. */
export function compareByAlphabet(one: string, other: string): number {
  const [a, b] = [lettersOf(one).map(placeOf), lettersOf(other).map(placeOf)];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length || (one < other ? -1 : one > other ? 1 : 0);
}

/** Letters of a text that its sort key holds: what sorts alike in so many is sorted by the text itself. Meilisearch compares some 460 bytes. */
const KEY_LETTERS = 100;
/** Of a text so many characters are looked at; marks among them are no letters. */
const LOOKED_AT = 4 * KEY_LETTERS;
/** A private place in Unicode, of which Meilisearch changes nothing when it compares texts. */
const PRIVATE_USE = 0xe000;

/** A text whose code points are in the order in which `compareByAlphabet` has the texts. Its letters of Urdu are private characters, its others themselves. */
export function sortKeyOf(text: string): string {
  const beginning = text.length > LOOKED_AT ? text.slice(0, LOOKED_AT).replace(/[\uD800-\uDBFF]$/, '') : text;
  return lettersOf(beginning.trim())
    .slice(0, KEY_LETTERS)
    .map((letter) => {
      const place = PLACE.get(letter);
      return place === undefined ? letter : String.fromCharCode(PRIVATE_USE + place);
    })
    .join('');
}

const placeOf = (letter: string): number => {
  const place = PLACE.get(letter);
  return place === undefined ? (letter.codePointAt(0) as number) : BEHIND + place;
};

/** The letters that count, Arabic ones as their Urdu ones: U+0623, an alef with a hamza, is an alef. */
const lettersOf = (text: string): string[] =>
  Array.from(normalize(text, 'canonical').replace(MARKS, ''), (letter) => (PLACE.has(letter) ? letter : (UNMARKED.get(letter) ?? letter)));
const UNMARKED: ReadonlyMap<string, string> = new Map([
  ['\u0623', '\u0627'],
  ['\u0625', '\u0627'],
  ['\u0671', '\u0627'],
]);
