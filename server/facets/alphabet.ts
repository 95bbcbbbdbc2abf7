/**
 * The order of the Urdu alphabet. Code points have another: ٹ پ چ ڈ ڑ ژ ک گ ہ ی stand behind و there, since Unicode put the letters that Arabic lacks behind those that it has.
 * Source: the alphabet as Urdu dictionaries order it, written by the Justuju authors. To change: edit the row.
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
  const [a, b] = [placesOf(one), placesOf(other)];
  for (let i = 0; i < Math.min(a.length, b.length); i += 1) if (a[i] !== b[i]) return (a[i] as number) - (b[i] as number);
  return a.length - b.length || (one < other ? -1 : one > other ? 1 : 0);
}

const placesOf = (text: string): readonly number[] =>
  Array.from(normalize(text, 'canonical').replace(MARKS, ''), (letter) => {
    const place = PLACE.get(letter);
    return place === undefined ? (letter.codePointAt(0) as number) : BEHIND + place;
  });
