import { analyze } from '@justuju/urdu';
import { BatchBuilder, type Word } from '../../../server/store/batch.js';
import { Dictionary } from '../../../server/store/dictionary.js';
import { Tally } from '../../../server/store/tally.js';
import { wordsOf } from '../../../server/store/words.js';

/** The dictionary of an index that holds these texts, each a document. */
export const dictionaryOf = (texts: readonly string[]): Dictionary => dictionaryOfWords(texts.map((text) => wordsOf(analyze(text), text)));

/** The dictionary of an index whose documents hold these words. */
export function dictionaryOfWords(documents: readonly (readonly Word[])[]): Dictionary {
  const builder = new BatchBuilder();
  for (const words of documents) builder.add({ stamp: '', ids: {} }, [{ field: 'text', words }]);
  const dictionary = new Dictionary();
  dictionary.add(builder.take());
  const counts = { roots: new Tally(), terms: new Tally(), forms: new Tally() };
  for (const words of documents) {
    const own = { roots: new Set<number>(), terms: new Set<number>(), forms: new Set<number>() };
    for (const { spelling, term, root } of words) {
      const number = dictionary.findTerm(term) as number;
      own.roots.add(dictionary.findRoot(root) as number);
      own.terms.add(number);
      own.forms.add(dictionary.findForm(number, spelling === term ? '' : spelling) as number);
    }
    for (const kind of ['roots', 'terms', 'forms'] as const) for (const number of own[kind]) counts[kind].add(number, 1);
  }
  const { roots, terms, forms } = counts;
  dictionary.count({ documents: documents.length, roots: roots.take(), terms: terms.take(), forms: forms.take() });
  return dictionary;
}
