import { analyze } from '@justuju/urdu';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { dictionaryOf } from '../store/dictionary-of.js';

/** What would be known of an index that holds these texts, each a document; `times` repeats them all. Which words stand together is read from the texts themselves. */
export async function knowledgeOf(texts: readonly string[], times = 1): Promise<Knowledge> {
  const documents = texts.map((text) => analyze(text));
  const knowledge = new Knowledge(dictionaryOf(Array.from({ length: times }, () => texts).flat()), {
    count: (terms) =>
      times * documents.filter((tokens) => ` ${tokens.map(({ term }) => term).join(' ')} `.includes(` ${terms.join(' ')} `)).length,
    following: () => [],
    areInOneSentence: (roots) =>
      documents.some((tokens) =>
        tokens.some(({ sentence }) => roots.every((root) => tokens.some((token) => token.root === root && token.sentence === sentence))),
      ),
    areInOneDocument: (roots) => documents.some((tokens) => roots.every((root) => tokens.some((token) => token.root === root))),
  });
  await knowledge.refresh();
  return knowledge;
}
