import { CountingEncoder } from '../../../server/vocabulary/counting-encoder.js';
import type { Vocabulary } from '../../../server/vocabulary/vocabulary.js';

/** The words of some texts, each a document of its own. */
export function counted(...texts: string[]): Vocabulary {
  const encoder = new CountingEncoder();
  for (const text of texts) {
    encoder.encode(text);
    encoder.endDocument();
  }
  return encoder.counted;
}
