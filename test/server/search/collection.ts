import { analyze } from '@justuju/urdu';
import { Knowledge } from '../../../server/vocabulary/knowledge.js';
import { dictionaryOf } from '../store/dictionary-of.js';

/** What would be known of an index that holds these texts, each a document; `times` repeats them all. Which words stand together is read from the texts themselves. */
export async function knowledgeOf(texts: readonly string[], times = 1): Promise<Knowledge> {
  const documents = texts.map((text) => analyze(text));
  const runs = documents.map((tokens) => ` ${tokens.map(({ term }) => term).join(' ')} `);
  const roots = documents.map((tokens) => new Set(tokens.map(({ root }) => root)));
  const sentences = documents.flatMap((tokens) => {
    const each = new Map<number, Set<string>>();
    for (const { sentence, root } of tokens) each.set(sentence, (each.get(sentence) ?? new Set()).add(root));
    return [...each.values()];
  });
  const isAnyHolding = (sets: readonly ReadonlySet<string>[], asked: readonly string[]): boolean =>
    sets.some((held) => asked.every((root) => held.has(root)));
  const knowledge = new Knowledge(dictionaryOf(Array.from({ length: times }, () => texts).flat()), {
    count: (terms) => times * runs.filter((run) => run.includes(` ${terms.join(' ')} `)).length,
    following: (run) =>
      runs.flatMap((text) => {
        const before = ` ${run.join(' ')} `;
        const at = text.indexOf(before);
        const term = at < 0 ? '' : (text.slice(at + before.length).split(' ')[0] ?? '');
        return term === '' ? [] : [{ term, count: times }];
      }),
    written: (run) =>
      runs.some((text) => text.includes(` ${run.join(' ')} `)) ? run.map((term) => ({ term, spelling: term })) : undefined,
    areInOneSentence: (asked) => isAnyHolding(sentences, asked),
    areInOneDocument: (asked) => isAnyHolding(roots, asked),
  });
  await knowledge.refresh();
  return knowledge;
}
