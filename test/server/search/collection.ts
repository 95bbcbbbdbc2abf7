import { CountingEncoder } from '../../../server/vocabulary/counting-encoder.js';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';

/** What would be known of an index that holds these texts, each a document; `times` repeats them all. */
export async function knowledgeOf(texts: readonly string[], times = 1): Promise<Knowledge> {
  const encoder = new CountingEncoder();
  for (let i = 0; i < times; i += 1) {
    for (const text of texts) {
      encoder.encode(text);
      encoder.endDocument();
    }
  }
  const knowledge = new Knowledge();
  knowledge.vocabulary.merge(encoder.counted);
  await knowledge.refresh();
  return knowledge;
}
