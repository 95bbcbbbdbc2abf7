/**
 * Vowel marks: zabar, zer, pesh, their doubled forms, jazm, tashdid, khari zabar. Urdu leaves most of them unwritten, so a word without marks is compatible with any; a mark that says something else is not.
 */

const MARKS = /[\u064B-\u0652\u0670]/gu;
const SHADDA = '\u0651';
const SUKUN = '\u0652';

/** Whether a word has vowel marks. */
export const hasVowelMarks = (word: string): boolean => word.search(MARKS) !== -1;

/** Marks that most writers leave out. Khari zabar on yeh or waw (اعلیٰ, صلوٰۃ) and do zabar on alef (فوراً) belong to how a word is written. */
const LEFT_OUT = /(?<!\u0627)\u064B|[\u064C-\u0652]|(?<![\u06CC\u064A\u0649\u0648])\u0670/gu;

/** A word as most write it: زندگی, اعلیٰ. */
export const withoutVowelMarks = (word: string): string => word.replace(LEFT_OUT, '');

const ZER = '\u0650';

/** Whether a word ends in the zer that joins it to the next: بانگِ درا. */
export const hasIzafat = (word: string): boolean => word.endsWith(ZER);
export const withIzafat = (word: string): string => word + ZER;

/** Whether two spellings of one word may be read alike: no letter has one vowel in the one and another in the other, nor is doubled in the one and at rest in the other. */
export function mayBeReadAlike(one: string, other: string): boolean {
  const [first, second] = [marksOf(one), marksOf(other)];
  // Of other letters (ۂ for ہ) nothing is known: then they are alike.
  if (first.length !== second.length) return true;
  return first.every((own, i) => {
    const its = second[i] as string;
    if (own === '' || its === '') return true;
    const [vowel, itsVowel] = [withoutShadda(own), withoutShadda(its)];
    if (vowel !== '' && itsVowel !== '') return vowel === itsVowel;
    return !((own.includes(SHADDA) && its.includes(SUKUN)) || (its.includes(SHADDA) && own.includes(SUKUN)));
  });
}

const withoutShadda = (marks: string): string => marks.replaceAll(SHADDA, '');

/** The vowel marks of each letter of a word, in one order. */
function marksOf(word: string): string[] {
  const marks: string[] = [];
  for (const character of word.normalize('NFC')) {
    if (!hasVowelMarks(character)) marks.push('');
    else if (marks.length > 0)
      marks.push(
        Array.from(marks.pop() + character)
          .sort()
          .join(''),
      );
  }
  return marks;
}
