/**
 * Vowel marks: zabar, zer, pesh, their doubled forms, jazm, tashdid, khari zabar. Urdu leaves most of them unwritten, so a word without marks is compatible with any; a mark that says something else is not.
 */

const MARKS = /[\u064B-\u0652\u0670]/gu;
const SHADDA = '\u0651';
const SUKUN = '\u0652';

/** Whether a word has vowel marks. */
export const hasVowelMarks = (word: string): boolean => word.search(MARKS) !== -1;

export const withoutVowelMarks = (word: string): string => word.replace(MARKS, '');

/** Whether two spellings of one word may be read alike: no letter has one vowel in the one and another in the other, nor is doubled in the one and at rest in the other. */
export function mayBeReadAlike(one: string, other: string): boolean {
  const [first, second] = [lettersOf(one), lettersOf(other)];
  // Of other letters (ۂ for ہ) nothing is known: then they are alike.
  if (first.length !== second.length) return true;
  return first.every((letter, i) => {
    const [own, its] = [letter.marks, (second[i] as Letter).marks];
    if (own === '' || its === '') return true;
    const [vowel, itsVowel] = [withoutShadda(own), withoutShadda(its)];
    if (vowel !== '' && itsVowel !== '') return vowel === itsVowel;
    return !((own.includes(SHADDA) && its.includes(SUKUN)) || (its.includes(SHADDA) && own.includes(SUKUN)));
  });
}

interface Letter {
  readonly letter: string;
  marks: string;
}

const withoutShadda = (marks: string): string => marks.replaceAll(SHADDA, '');

/** A word letter by letter, each with its vowel marks in one order. */
function lettersOf(word: string): Letter[] {
  const letters: Letter[] = [];
  for (const character of word.normalize('NFC')) {
    const last = letters.at(-1);
    if (!hasVowelMarks(character)) letters.push({ letter: character, marks: '' });
    else if (last !== undefined)
      last.marks = Array.from(last.marks + character)
        .sort()
        .join('');
  }
  return letters;
}
