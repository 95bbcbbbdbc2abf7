import { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { dictionaryOf } from '../store/dictionary-of.js';

/** What would be known of an index that holds these texts, each a document; `times` repeats them all. */
export async function knowledgeOf(texts: readonly string[], times = 1): Promise<Knowledge> {
  const knowledge = new Knowledge(dictionaryOf(Array.from({ length: times }, () => texts).flat()));
  await knowledge.refresh();
  return knowledge;
}
