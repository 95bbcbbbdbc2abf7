import { LRUCache } from 'lru-cache';
import { PackedTerms } from '../store/packed-terms.js';
import type { Searcher } from '../store/searcher.js';

/** Answers that are remembered, a number each. */
const MOST_REMEMBERED = 4_096;
/** Runs of words of which it is remembered how they go on: while a reader types the next word the same is asked with every letter. */
const MOST_RUNS = 256;
/** Documents that are looked at for one question; they are read from disk, 1.5 µs each. */
const MOST_LOOKED_AT = 300;
/** Documents in which it is looked what follows: a fraction of a millisecond. */
const MOST_FOLLOWED = 100;
/** Documents in which it is looked how words are written that stand together; and runs of which it is remembered. */
const MOST_SPELT = 8;
const MOST_WRITTEN = 1_024;
/** Parts of a compound that the analyzer cuts. */
const MOST_PARTS = 3;
/** What it counts that words follow one another in a heading: most are names of something. */
const HEADING = 3;
/** From so many on the words are known to belong together: nobody asks for more. */
const ENOUGH = 20;
/** Longer runs are no names. */
const MOST_WORDS = 12;

/** A term that follows others, and how often: in a heading it counts three times. */
export interface Following {
  readonly term: string;
  readonly count: number;
}

/** A word as it stands in a text, with its marks. */
export interface WrittenWord {
  readonly term: string;
  readonly spelling: string;
}

/**
 * Which words of a collection stand together, one right behind the other: of پی, ٹی and آئی each says nothing, and only all three are an abbreviation. What stands together has been
 * written by somebody, so it is the proof that a reading of several words is no chance.
 */
export class Together {
  private readonly answered = new LRUCache<string, number>({ max: MOST_REMEMBERED });
  private readonly followed = new LRUCache<string, readonly Following[]>({ max: MOST_RUNS });
  private readonly wrote = new LRUCache<string, readonly WrittenWord[]>({ max: MOST_WRITTEN });
  private readonly reader = new PackedTerms();
  private readonly rootOf = (form: number): number => this.searcher.dictionary.rootOfForm(form);
  private generation = -1;
  /** For each document of how many lists it is; all 0 between two questions. */
  private marks = new Uint8Array(0);

  constructor(private readonly searcher: Searcher) {}

  /** Documents in which these terms follow one another, counted up to 20; of one term the documents that hold it. 0 where one of them is unknown. */
  count(terms: readonly string[]): number {
    const { searcher } = this;
    if (terms.length === 0 || terms.length > MOST_WORDS) return 0;
    const [only] = terms;
    if (terms.length === 1) return searcher.dictionary.documentsWithTerm(only as string);
    this.forgetOld();
    const question = terms.join(' ');
    const known = this.answered.get(question) ?? this.look(terms);
    this.answered.set(question, known);
    return known;
  }

  /** The terms that follow this run of terms, the most frequent first; in a heading it counts more. Of many documents some are looked at, spread over all. */
  following(run: readonly string[]): readonly Following[] {
    const { dictionary } = this.searcher;
    const numbers = run.map((term) => (dictionary.documentsWithTerm(term) > 0 ? dictionary.findTerm(term) : undefined));
    if (run.length === 0 || run.length > MOST_WORDS || numbers.includes(undefined)) return [];
    this.forgetOld();
    const question = run.join(' ');
    const known = this.followed.get(question) ?? this.follow(numbers as number[]);
    this.followed.set(question, known);
    return known;
  }

  private follow(run: readonly number[]): readonly Following[] {
    const { searcher } = this;
    const { dictionary } = searcher;
    const holding = this.holdingOneOfEach([...new Set(run)].map((term) => [term]));
    const step = Math.max(1, holding.length / MOST_FOLLOWED);
    const counts = new Map<number, number>();
    for (let at = 0; at < holding.length; at += step) {
      const document = holding[Math.floor(at)] as number;
      if (!searcher.isLive(document) || !this.open(document)) continue;
      const ends = new Set(this.placesOf(run).map((start) => start + run.length));
      if (ends.size === 0) continue;
      const heading = this.headingEnd();
      for (const [position, term] of this.termsAt(ends)) counts.set(term, (counts.get(term) ?? 0) + (position < heading ? HEADING : 1));
    }
    return [...counts].sort((a, b) => b[1] - a[1]).map(([term, count]) => ({ term: dictionary.textOfTerm(term), count }));
  }

  /** The terms at these places, in the sentences of the words before them, in the document that the reader has open. A compound stands where its first part does, and is what is written there. */
  private termsAt(positions: ReadonlySet<number>): ReadonlyMap<number, number> {
    const { reader } = this;
    const { dictionary } = this.searcher;
    const found = new Map<number, number>();
    for (let order = 0; order < reader.size; order += 1)
      for (let place = reader.from(order); place < reader.to(order); place += 1) {
        const position = reader.positionAt(place);
        if (!positions.has(position) || !this.isOneSentence(position)) continue;
        const term = dictionary.termOfForm(reader.termAt(order));
        const other = found.get(position);
        if (other === undefined || dictionary.textOfTerm(term).length > dictionary.textOfTerm(other).length) found.set(position, term);
      }
    return found;
  }

  /** Whether the word here belongs to the sentence of the one before it, in the document that the reader has open. */
  private isOneSentence(position: number): boolean {
    return this.reader.sentenceOf(position, 0) === this.reader.sentenceOf(position - 1, 0);
  }

  /**
   * The words of these terms as most documents write them that hold them one behind the other: بانگِ and درا of بانگِ درا, the compound عبداللہ of عبد and اللہ. Undefined: none does. Of many documents some are
   * looked at.
   */
  written(terms: readonly string[]): readonly WrittenWord[] | undefined {
    this.forgetOld();
    const question = terms.join(' ');
    const known = this.wrote.get(question) ?? this.lookHowWritten(terms);
    if (known !== undefined) this.wrote.set(question, known);
    return known;
  }

  private lookHowWritten(terms: readonly string[]): readonly WrittenWord[] | undefined {
    const { searcher } = this;
    const { dictionary } = searcher;
    const run = terms.map((term) => (dictionary.documentsWithTerm(term) > 0 ? dictionary.findTerm(term) : undefined));
    if (run.length > MOST_WORDS || run.includes(undefined)) return undefined;
    const counts = new Map<string, { readonly forms: readonly number[]; documents: number }>();
    let looked = 0;
    for (const document of this.holdingOneOfEach([...new Set(run as number[])].map((term) => [term]))) {
      if (looked === MOST_SPELT) break;
      if (!searcher.isLive(document) || !this.open(document)) continue;
      const [start] = this.placesOf(run as number[]);
      if (start === undefined) continue;
      looked += 1;
      const forms = this.formsFrom(start, run as number[]);
      const known = counts.get(forms.join(' '));
      if (known === undefined) counts.set(forms.join(' '), { forms, documents: 1 });
      else known.documents += 1;
    }
    const [best] = [...counts.values()].sort((one, other) => other.documents - one.documents);
    return best?.forms.map((form) => ({
      term: dictionary.textOfTerm(dictionary.termOfForm(form)),
      spelling: dictionary.spellingOfForm(form),
    }));
  }

  /** The forms of a run of terms that begins at a place of the document that the reader has open; of terms that are written as one the compound's. */
  private formsFrom(start: number, run: readonly number[]): readonly number[] {
    const { dictionary } = this.searcher;
    const forms: number[] = [];
    for (let i = 0; i < run.length; ) {
      let length = Math.min(MOST_PARTS, run.length - i);
      let form: number | undefined;
      for (; length > 1 && form === undefined; length -= 1) {
        const parts = run.slice(i, i + length).map((term) => dictionary.textOfTerm(term));
        const whole = dictionary.findTerm(parts.join(''));
        if (whole !== undefined) form = this.formAt(start + i, whole);
        if (form !== undefined) break;
      }
      forms.push(form ?? (this.formAt(start + i, run[i] as number) as number));
      i += length;
    }
    return forms;
  }

  /** The form of a term that stands at a place of the document that the reader has open, if it does. */
  private formAt(position: number, term: number): number | undefined {
    const { searcher, reader } = this;
    const { dictionary } = searcher;
    const root = dictionary.rootOfTerm(term);
    for (let order = reader.firstOfRoot(root); order < reader.size && reader.rootAt(order) === root; order += 1) {
      if (dictionary.termOfForm(reader.termAt(order)) !== term) continue;
      for (let place = reader.from(order); place < reader.to(order); place += 1)
        if (reader.positionAt(place) === position) return reader.termAt(order);
    }
    return undefined;
  }

  /** Where the first text of the first searched field ends, in the document that the reader has open. */
  private headingEnd(): number {
    let end = -1;
    this.reader.fields((name, first, length) => {
      if (end === -1 && this.searcher.rankOf(name) === 0) end = first + length;
    });
    return end;
  }

  private forgetOld(): void {
    const { generation } = this.searcher;
    if (this.generation === generation) return;
    this.answered.clear();
    this.followed.clear();
    this.wrote.clear();
    this.generation = generation;
  }

  /** The documents, also those whose task is under way, that hold each of these terms, in this very form, anywhere in them, and any form of each of these roots. */
  documentsHolding(terms: readonly string[], roots: readonly string[]): readonly number[] {
    const { searcher } = this;
    const { dictionary } = searcher;
    const numbers = [...new Set(terms)].map((term) => dictionary.findTerm(term));
    const families = roots.map((root) => dictionary.findRoot(root));
    if (numbers.length + families.length === 0 || numbers.includes(undefined) || families.includes(undefined)) return [];
    const lists = [...(numbers as number[]).map((term) => [term]), ...(families as number[]).map((root) => dictionary.termsOfRoot(root))];
    return this.holdingOneOfEach(lists).filter((document) => searcher.isLive(document) || searcher.isPending(document));
  }

  /** Whether a document holds one form of each of these sets. */
  holdsForms(document: number, sets: readonly ReadonlySet<number>[]): boolean {
    const { reader } = this;
    if (!this.open(document)) return false;
    const held = new Set<number>();
    for (let order = 0; order < reader.size; order += 1) held.add(reader.termAt(order));
    return sets.every((forms) => [...forms].some((form) => held.has(form)));
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

  /** Documents that hold, somewhere, one of the terms of each list; of terms that are few first, since the others are only looked up among those. */
  private holdingOneOfEach(lists: readonly (readonly number[])[]): readonly number[] {
    const { searcher } = this;
    const { dictionary } = searcher;
    const size = (terms: readonly number[]): number =>
      terms.reduce((sum, term) => sum + dictionary.documentsWithTerm(dictionary.textOfTerm(term)), 0);
    if (this.marks.length < searcher.numbers) this.marks = new Uint8Array(Math.ceil(searcher.numbers * 1.25));
    const { marks } = this;
    let first: readonly number[] = [];
    let holding: number[] = [];
    [...lists]
      .sort((a, b) => size(a) - size(b))
      .forEach((terms, nth) => {
        const both: number[] = [];
        for (const term of terms)
          searcher.postings(term, ({ documents, length }) => {
            for (let at = 0; at < length; at += 1) {
              const document = documents[at] as number;
              if (marks[document] !== nth) continue;
              marks[document] = nth + 1;
              both.push(document);
            }
          });
        if (nth === 0) first = both;
        holding = both;
      });
    for (const document of first) marks[document] = 0;
    return holding;
  }

  /** Opens a document for the reader. Whether it has a term vector: a dead one has none. */
  private open(document: number): boolean {
    const vector = this.searcher.vector(document);
    if (vector !== undefined) this.reader.open(vector, this.rootOf);
    return vector !== undefined;
  }

  private isRunIn(document: number, run: readonly number[]): boolean {
    return this.searcher.isLive(document) && this.open(document) && this.placesOf(run).length > 0;
  }

  /** Where a run of terms begins in the document that the reader has open. */
  private placesOf(run: readonly number[]): readonly number[] {
    const { searcher, reader } = this;
    const { dictionary } = searcher;
    const places = new Map<number, Set<number>>();
    for (const term of new Set(run)) {
      const root = dictionary.findRoot(dictionary.rootOf(dictionary.textOfTerm(term)) ?? '');
      if (root === undefined) return [];
      const at = new Set<number>();
      places.set(term, at);
      for (let order = reader.firstOfRoot(root); order < reader.size && reader.rootAt(order) === root; order += 1) {
        if (dictionary.termOfForm(reader.termAt(order)) !== term) continue;
        for (let place = reader.from(order); place < reader.to(order); place += 1) at.add(reader.positionAt(place));
      }
    }
    const [first, ...rest] = run;
    return [...(places.get(first as number) ?? [])].filter((start) =>
      rest.every((term, i) => places.get(term)?.has(start + 1 + i) === true),
    );
  }

  private isSentenceIn(document: number, roots: readonly number[]): boolean {
    const { searcher, reader } = this;
    if (!searcher.isLive(document) || !this.open(document)) return false;
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
