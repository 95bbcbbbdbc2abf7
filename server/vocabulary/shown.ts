import { analyze } from '@justuju/urdu';
import { inUrduLetters, isOfConverter } from '../store/arabic-letters.js';
import { hasIzafat, withIzafat, withoutVowelMarks } from '../store/vowel-marks.js';
import type { Knowledge } from './knowledge.js';

/** A term as the collection writes it. A compound that the analyzer cuts is known as a whole by its letters alone; its parts are known as they are written. */
export function shownTerm(term: string, { vocabulary }: Knowledge): string {
  const parts = analyze(term);
  return parts.length > 1 ? parts.map((part) => vocabulary.spellingOf(part.term)).join('') : vocabulary.spellingOf(term);
}

/**
 * Terms that stand together, as the collection writes them there. Of vowel marks only the zer that joins two of them is shown, since it is a word of its own: بانگِ درا. Undefined where they stand
 * together nowhere.
 */
export function shownPhrase(terms: readonly string[], knowledge: Knowledge): string | undefined {
  const words = knowledge.written(terms);
  return words
    ?.map(({ term, spelling }, i) => {
      if (isOfConverter(spelling) || spelling === term) return shownTerm(term, knowledge);
      const word = inUrduLetters(withoutVowelMarks(spelling));
      return hasIzafat(spelling) && i < words.length - 1 ? withIzafat(word) : word;
    })
    .join(' ');
}
