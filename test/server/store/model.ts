import { BatchBuilder, type PackedBatch, packBatch, type TextWords, type Word } from '../../../server/store/batch.js';
import type { PostingList } from '../../../server/store/layout.js';
import { PackedTerms } from '../../../server/store/packed-terms.js';
import { FIELD_START, pairOf } from '../../../server/store/pairs.js';
import type { Searcher } from '../../../server/store/searcher.js';
import { fieldWeight } from '../../../server/weights.js';

export interface TestDocument {
  readonly key: number;
  readonly stamp: string;
  readonly texts: readonly TextWords[];
}

interface Pending {
  readonly task: number;
  readonly added: readonly TestDocument[];
  readonly removed: readonly number[] | 'all';
}

/** What a store should hold, done in the plainest way. */
export class Model {
  readonly live = new Map<number, TestDocument>();
  pending: Pending[] = [];

  add(documents: readonly TestDocument[], task: number | undefined): void {
    const last = [...new Map(documents.map((document) => [document.key, document])).values()];
    if (task !== undefined) this.pending.push({ task, added: last, removed: [] });
    else for (const document of last) this.live.set(document.key, document);
  }

  remove(keys: readonly number[] | 'all', task: number | undefined): void {
    if (task !== undefined) this.pending.push({ task, added: [], removed: keys });
    else if (keys === 'all') this.live.clear();
    else for (const key of keys) this.live.delete(key);
  }

  settle(task: number, succeeded: boolean): void {
    const own = this.pending.filter((pending) => pending.task === task);
    this.pending = this.pending.filter((pending) => pending.task !== task);
    for (const { added, removed } of succeeded ? own : []) {
      this.remove(removed, undefined);
      this.add(added, undefined);
    }
  }
}

export function batchOf(documents: readonly TestDocument[], primaryKey?: string): PackedBatch {
  const builder = new BatchBuilder(primaryKey);
  for (const { key, stamp, texts } of documents) builder.add({ stamp, ids: { id: key, name: 'no key' } }, texts);
  return packBatch(builder.take());
}

/** Everything that a searcher says of a collection, without the numbers that it gives to documents and words. */
export function told(searcher: Searcher, roots: readonly string[], beginnings: readonly string[]): unknown {
  const { dictionary } = searcher;
  const stampOf = (document: number): string => searcher.stampOf(document);
  const lists = (read: (each: (list: PostingList) => void) => void): Record<string, unknown> => {
    const found: Record<string, unknown> = {};
    const order: number[] = [];
    read(({ length, documents, impacts, masks }) => {
      for (let i = 0; i < length; i += 1) {
        const document = documents[i] as number;
        order.push(document);
        if (searcher.isLive(document)) found[stampOf(document)] = [impacts[i], masks[i]];
      }
    });
    expect(order).toEqual([...new Set(order)].sort((a, b) => a - b));
    return found;
  };
  const live = Array.from({ length: searcher.numbers }, (_, document) => document).filter((document) => searcher.isLive(document));
  const terms = Object.fromEntries(dictionary.terms());
  expect(dictionary.size).toBe(Object.keys(terms).length);
  const sorted: string[] = [];
  dictionary.beginningWith('', (_term, text) => sorted.push(text));
  expect(sorted).toEqual(Object.keys(terms).sort());
  return {
    documents: searcher.documents,
    pending: searcher.sync.pendingTasks,
    live: Object.fromEntries(live.map((document) => [searcher.keyOf(document), stampOf(document)])),
    numbers: live.every((document) => searcher.numberOf(searcher.keyOf(document)) === document),
    texts: Object.fromEntries(live.map((document) => [stampOf(document), wordsOf(searcher, document)])),
    terms,
    spellings: Object.fromEntries(Object.keys(terms).map((term) => [term, dictionary.spellingOf(term)])),
    roots: Object.fromEntries(roots.map((root) => [root, dictionary.documentsWithRoot(root)])),
    formsOf: Object.fromEntries(roots.map((root) => [root, [...dictionary.formsOf(root)].sort()])),
    postings: Object.fromEntries(
      Object.keys(terms).map((term) => [term, lists((each) => searcher.postings(dictionary.findTerm(term) as number, each))]),
    ),
    beginnings: Object.fromEntries(beginnings.map((prefix) => [prefix, lists((each) => searcher.beginnings(prefix, each))])),
    pairs: pairsBy(
      Object.keys(terms),
      (term) => searcher.dictionary.rootOf(term) as string,
      (root, letter) => {
        const number = root === START ? FIELD_START : (dictionary.findRoot(root) as number);
        return lists((each) => searcher.pairs(pairOf(number, letter.charCodeAt(0)), each));
      },
    ),
  };
}

/** The words of a document as its term vector has them: field, position in the text, spelling, sentence. */
function wordsOf(searcher: Searcher, document: number): unknown {
  const reader = new PackedTerms();
  const vector = searcher.vector(document);
  if (vector === undefined) return undefined;
  const { dictionary } = searcher;
  reader.open(vector, dictionary.rootsOfForms());
  const words: unknown[] = [];
  for (let order = 0; order < reader.size; order += 1) {
    const form = reader.termAt(order);
    expect(reader.rootAt(order)).toBe(dictionary.rootOfForm(form));
    for (let at = reader.from(order); at < reader.to(order); at += 1)
      words[reader.positionAt(at)] = [dictionary.spellingOfForm(form), reader.sentenceOf(reader.positionAt(at), 0)];
  }
  const texts: unknown[] = [];
  reader.fields((name, first, length) => texts.push([searcher.fieldNames[name], words.slice(first, first + length)]));
  return texts;
}

/** What a searcher should say of the documents of a model. */
export function expected(model: Model, fields: readonly string[], roots: readonly string[], beginnings: readonly string[]): unknown {
  const documents = [...model.live.values()];
  const isSearched = (field: string): boolean => fields.includes(field);
  const searched = documents.map(({ texts }) => texts.filter(({ field }) => isSearched(field)).flatMap(({ words }) => words));
  const count = (of: (word: Word) => string): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const words of searched) for (const name of new Set(words.map(of))) counts[name] = (counts[name] ?? 0) + 1;
    return counts;
  };
  const terms = count(({ term }) => term);
  const spellings = count(({ term, spelling }) => `${term} ${spelling}`);
  const rootCounts = count(({ root }) => root);
  const best = (document: TestDocument, of: (word: Word) => boolean): readonly [number, number] | undefined => {
    const own = document.texts.flatMap(({ words }) => words).filter(of);
    const worths = [...new Set(own.map(({ term }) => term))].map((term) => worth(document, fields, (word) => word.term === term));
    const found = worths.filter((one) => one !== undefined);
    return found.length === 0
      ? undefined
      : [Math.max(...found.map(([impact]) => impact)), found.reduce((mask, [, other]) => mask | other, 0)];
  };
  const lists = (of: (document: TestDocument) => readonly [number, number] | undefined): Record<string, unknown> =>
    Object.fromEntries(documents.map((document) => [document.stamp, of(document)] as const).filter(([, found]) => found !== undefined));
  return {
    documents: documents.length,
    pending: [...new Set(model.pending.map(({ task }) => task))],
    live: Object.fromEntries(documents.map(({ key, stamp }) => [key, stamp])),
    numbers: true,
    texts: Object.fromEntries(documents.map(({ stamp, texts }) => [stamp, textsOf(texts)])),
    terms,
    spellings: Object.fromEntries(
      Object.keys(terms).map((term) => {
        const own = Object.entries(spellings).filter(([name]) => name.startsWith(`${term} `));
        const most = Math.max(...own.map(([, documents]) => documents));
        return [term, expectOneOf(own.filter(([, documents]) => documents === most).map(([name]) => name.slice(term.length + 1)))];
      }),
    ),
    roots: Object.fromEntries(roots.map((root) => [root, rootCounts[root] ?? 0])),
    formsOf: Object.fromEntries(
      roots.map((root) => [
        root,
        [
          ...new Set(
            searched
              .flat()
              .filter((word) => word.root === root)
              .map(({ term }) => term),
          ),
        ].sort(),
      ]),
    ),
    postings: Object.fromEntries(
      Object.keys(terms).map((term) => [term, lists((document) => worth(document, fields, (word) => word.term === term))]),
    ),
    beginnings: Object.fromEntries(
      beginnings.map((prefix) => [prefix, lists((document) => best(document, ({ term }) => term.startsWith(prefix)))]),
    ),
    pairs: pairsBy(
      Object.keys(terms),
      (term) => (searched.flat().find((word) => word.term === term) as Word).root,
      (root, letter) => lists((document) => worth(document, fields, (word, before) => before === root && word.term.startsWith(letter))),
    ),
  };
}

/** The beginning of the first field, in place of a word. */
const START = '(start)';

/** Every word, with every letter that may follow it: in which documents it does. None of these words is a function word. */
function pairsBy(
  terms: readonly string[],
  rootOf: (term: string) => string,
  documents: (root: string, letter: string) => Record<string, unknown>,
): Record<string, unknown> {
  const letters = new Set(terms.map((term) => term.charAt(0)));
  const pairs: Record<string, unknown> = {};
  for (const root of new Set([START, ...terms.map(rootOf)]))
    for (const letter of letters) {
      const found = documents(root, letter);
      if (Object.keys(found).length > 0) pairs[`${root} ${letter}`] = found;
    }
  return pairs;
}

const expectOneOf = (values: readonly string[]): unknown => expect.stringMatching(new RegExp(`^(${values.join('|')})$`));

/** Impact and mask, as `Weigher` is said to give them. */
function worth(
  document: TestDocument,
  fields: readonly string[],
  of: (word: Word, before: string | undefined) => boolean,
): readonly [number, number] | undefined {
  let frequency = 0;
  let mask = 0;
  let length = 0;
  for (const { field, words } of document.texts) {
    const rank = fields.indexOf(field);
    if (rank === -1) continue;
    length += words.length;
    const found = words.filter((word, i) => of(word, words[i - 1]?.root ?? (rank === 0 ? START : undefined))).length;
    frequency += found * fieldWeight(rank);
    if (found > 0) mask |= 1 << Math.min(rank, 7);
  }
  if (mask === 0) return undefined;
  return [Math.max(1, Math.round((255 * frequency) / (frequency + 0.25 * (0.8 + (0.2 * length) / 320)))), mask];
}

function textsOf(texts: readonly TextWords[]): unknown {
  let sentences = -1;
  return texts.map(({ field, words }) => {
    let sentence = -1;
    return [
      field,
      words.map((word) => {
        if (word.sentence !== sentence) sentences += 1;
        sentence = word.sentence;
        return [word.spelling, sentences];
      }),
    ];
  });
}
