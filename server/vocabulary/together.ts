import { LRUCache } from 'lru-cache';
import type { Searcher } from '../store/searcher.js';
import { TermsReader } from '../store/term-vector.js';

/** Answers that are remembered, a number each. */
const MOST_REMEMBERED = 4_096;
/** Documents that are looked at for one question; they are read from disk, 1.5 µs each. */
const MOST_LOOKED_AT = 300;
/** From so many on the words are known to belong together: nobody asks for more. */
const ENOUGH = 20;
/** Longer runs are no names. */
const MOST_WORDS = 12;

/**
 * Which words of a collection stand together, one right behind the other: of پی, ٹی and آئی each says nothing, and only all three are an abbreviation. What stands together has been
 * written by somebody, so it is the proof that a reading of several words is no chance.
 */
export class Together {
  private readonly answered = new LRUCache<string, number>({ max: MOST_REMEMBERED });
  private readonly reader = new TermsReader();
  private generation = -1;

  constructor(private readonly searcher: Searcher) {}

  /** Documents in which these terms follow one another, counted up to 20; of one term the documents that hold it. 0 where one of them is unknown. */
  count(terms: readonly string[]): number {
    const { searcher } = this;
    if (terms.length === 0 || terms.length > MOST_WORDS) return 0;
    const [only] = terms;
    if (terms.length === 1) return searcher.dictionary.documentsWithTerm(only as string);
    if (this.generation !== searcher.generation) {
      this.answered.clear();
      this.generation = searcher.generation;
    }
    const question = terms.join(' ');
    const known = this.answered.get(question) ?? this.look(terms);
    this.answered.set(question, known);
    return known;
  }

  /** Whether one document holds a form of each of these roots, anywhere in it. */
  areInOneDocument(roots: readonly string[]): boolean {
    const { dictionary } = this.searcher;
    const numbers = roots.map((root) => (dictionary.documentsWithRoot(root) > 0 ? dictionary.findRoot(root) : undefined));
    if (numbers.includes(undefined)) return false;
    const terms = [...new Set(numbers as number[])].map((root) => dictionary.termsOfRoot(root));
    for (const document of this.holdingOneOfEach(terms)) if (this.searcher.isLive(document)) return true;
    return false;
  }

  /** Whether one sentence holds a form of each of these roots. Of many documents the first are looked at. */
  areInOneSentence(roots: readonly string[]): boolean {
    const { dictionary } = this.searcher;
    const numbers = roots.map((root) => (dictionary.documentsWithRoot(root) > 0 ? dictionary.findRoot(root) : undefined));
    if (numbers.includes(undefined)) return false;
    const wanted = [...new Set(numbers as number[])];
    let looked = 0;
    for (const document of this.holdingOneOfEach(wanted.map((root) => dictionary.termsOfRoot(root)))) {
      if (looked === MOST_LOOKED_AT) return false;
      looked += 1;
      if (this.isSentenceIn(document, wanted)) return true;
    }
    return false;
  }

  private look(terms: readonly string[]): number {
    const { dictionary } = this.searcher;
    const numbers = terms.map((term) => (dictionary.documentsWithTerm(term) > 0 ? dictionary.findTerm(term) : undefined));
    if (numbers.includes(undefined)) return 0;
    const run = numbers as number[];
    let found = 0;
    let looked = 0;
    for (const document of this.holdingOneOfEach([...new Set(run)].map((term) => [term]))) {
      if (looked === MOST_LOOKED_AT || found === ENOUGH) break;
      looked += 1;
      if (this.isRunIn(document, run)) found += 1;
    }
    return found;
  }

  /** Documents that hold, somewhere, one of the terms of each list. */
  private holdingOneOfEach(lists: readonly (readonly number[])[]): Iterable<number> {
    const { searcher } = this;
    const { dictionary } = searcher;
    const size = (terms: readonly number[]): number =>
      terms.reduce((sum, term) => sum + dictionary.documentsWithTerm(dictionary.textOfTerm(term)), 0);
    let holding: Set<number> | undefined;
    for (const terms of [...lists].sort((a, b) => size(a) - size(b))) {
      const both = new Set<number>();
      for (const term of terms)
        searcher.postings(term, ({ documents, length }) => {
          for (let at = 0; at < length; at += 1) {
            const document = documents[at] as number;
            if (holding === undefined || holding.has(document)) both.add(document);
          }
        });
      holding = both;
    }
    return holding ?? [];
  }

  private isRunIn(document: number, run: readonly number[]): boolean {
    const { searcher, reader } = this;
    const vector = searcher.isLive(document) ? searcher.vector(document) : undefined;
    if (vector === undefined) return false;
    reader.open(vector);
    const places = new Map<number, Set<number>>();
    for (let order = 0; order < reader.size; order += 1) {
      const term = searcher.dictionary.termOfForm(reader.termAt(order));
      if (!run.includes(term)) continue;
      const at = places.get(term) ?? new Set<number>();
      places.set(term, at);
      for (let place = reader.from(order); place < reader.to(order); place += 1) at.add(reader.positionAt(place));
    }
    const [first, ...rest] = run;
    for (const start of places.get(first as number) ?? [])
      if (rest.every((term, i) => places.get(term)?.has(start + 1 + i) === true)) return true;
    return false;
  }

  private isSentenceIn(document: number, roots: readonly number[]): boolean {
    const { searcher, reader } = this;
    const vector = searcher.isLive(document) ? searcher.vector(document) : undefined;
    if (vector === undefined) return false;
    reader.open(vector);
    let common: Set<number> | undefined;
    for (const root of roots) {
      const sentences = new Set<number>();
      for (let order = reader.firstOfRoot(root); order < reader.size && reader.rootAt(order) === root; order += 1)
        for (let place = reader.from(order); place < reader.to(order); place += 1)
          sentences.add(reader.sentenceOf(reader.positionAt(place), 0));
      const known: Set<number> | undefined = common;
      common = known === undefined ? sentences : new Set([...sentences].filter((sentence) => known.has(sentence)));
    }
    return (common?.size ?? 0) > 0;
  }
}
