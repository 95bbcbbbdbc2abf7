import { inUrduLetters, isOfConverter } from './arabic-letters.js';
import { Growing } from './growing.js';
import { withoutVowelMarks } from './vowel-marks.js';

/** Words that are new to a dictionary, in the order of their numbers. */
export interface NewWords {
  readonly roots: readonly string[];
  readonly terms: readonly string[];
  /** For each term its root. */
  readonly termRoots: Uint32Array;
  /** For each form its spelling; empty where it is the term's own. */
  readonly spellings: readonly string[];
  /** For each form its term. */
  readonly formTerms: Uint32Array;
}

/** Numbers of documents that changed: for each number that is named in `numbers` the difference in `changes`. */
export interface CountChange {
  readonly numbers: Uint32Array;
  readonly changes: Int32Array;
}

export interface CountChanges {
  readonly documents: number;
  readonly roots: CountChange;
  readonly terms: CountChange;
  readonly forms: CountChange;
}

/** Every count of a dictionary. */
export interface Counts {
  readonly documents: number;
  readonly roots: Uint32Array;
  readonly terms: Uint32Array;
  readonly forms: Uint32Array;
}

/** How many words of each kind there are. */
export interface WordCounts {
  readonly roots: number;
  readonly terms: number;
  readonly forms: number;
}

/** Behind every letter that a word may go on with: none holds it. */
const LAST_LETTER = '\uFFFF';

/** Words that are added in some milliseconds. */
const PART = 8_192;

/** Many words in parts, to be added in this order. */
export function* inParts(words: NewWords): Generator<NewWords> {
  const { roots, terms, termRoots, spellings, formTerms } = words;
  if (roots.length + terms.length + spellings.length <= PART) {
    if (spellings.length > 0) yield words;
    return;
  }
  const none: NewWords = { roots: [], terms: [], termRoots: new Uint32Array(0), spellings: [], formTerms: new Uint32Array(0) };
  for (let at = 0; at < roots.length; at += PART) yield { ...none, roots: roots.slice(at, at + PART) };
  for (let at = 0; at < terms.length; at += PART)
    yield { ...none, terms: terms.slice(at, at + PART), termRoots: termRoots.slice(at, at + PART) };
  for (let at = 0; at < spellings.length; at += PART)
    yield { ...none, spellings: spellings.slice(at, at + PART), formTerms: formTerms.slice(at, at + PART) };
}

/**
 * The words of an index, with the number of live documents that hold them in a searched field. A form is a spelling as written (آج) of a term (اج) that has a root;
 * forms, terms and roots each have numbers from 0, never given twice.
 *
 * Compact: maps from words to numbers, and arrays of numbers beside them. Of lists of the same root or term each member names the next, from 1; 0 ends them.
 */
export class Dictionary {
  /** Live documents. */
  documents = 0;
  /** Changes whenever a count does. */
  generation = 0;
  /** Terms that live documents hold. */
  size = 0;
  /** Changes when all counts are set at once, and no listener is told of single ones. */
  resets = 0;
  /** Terms that stand in one document only. */
  private once = 0;
  /** How many documents hold each term, all terms together. */
  private held = 0;
  private readonly listeners = new Set<(term: number) => void>();

  private readonly rootNumbers = new Map<string, number>();
  private readonly rootTexts: string[] = [];
  private readonly termNumbers = new Map<string, number>();
  private readonly termTexts: string[] = [];
  private readonly spellings: string[] = [];
  private readonly termRoots = new Growing();
  private readonly formTerms = new Growing();
  private readonly firstTerms = new Growing();
  private readonly nextTerms = new Growing();
  private readonly firstForms = new Growing();
  private readonly nextForms = new Growing();
  private rootCounts = new Growing();
  private termCounts = new Growing();
  private formCounts = new Growing();
  /** The first terms, in the order of code units; those behind them are put in their places when they are asked for. */
  private sorted: Uint32Array = new Uint32Array(0);
  /** For each of them its place in that order. */
  private places = new Uint32Array(0);

  get rootCount(): number {
    return this.rootTexts.length;
  }

  get termCount(): number {
    return this.termTexts.length;
  }

  get formCount(): number {
    return this.spellings.length;
  }

  /** Calls back with the number of each term whose count changes, while it does: from it no count is to be asked for. */
  onCount(listener: (term: number) => void): void {
    this.listeners.add(listener);
  }

  /**
   * How likely the next word of a text is none that the collection holds yet, 0 to 1: the share of words that stand in one document only (Good 1953). A small collection holds few of the words there
   * are, so that a word it does not hold is a good word rather than a slip.
   */
  get unseenShare(): number {
    return this.held === 0 ? 0 : this.once / this.held;
  }

  /** Live documents that hold this very term. 0 for an unknown one. */
  documentsWithTerm(term: string): number {
    const number = this.termNumbers.get(term);
    return number === undefined ? 0 : this.termCounts.at(number);
  }

  /** Live documents that hold any form of this root. */
  documentsWithRoot(root: string): number {
    const number = this.rootNumbers.get(root);
    return number === undefined ? 0 : this.rootCounts.at(number);
  }

  /** The terms of live documents that share a root. */
  formsOf(root: string): readonly string[] {
    const number = this.rootNumbers.get(root);
    const terms: string[] = [];
    if (number === undefined) return terms;
    for (let term = this.firstTerms.at(number); term !== 0; term = this.nextTerms.at(term - 1)) {
      if (this.termCounts.at(term - 1) > 0) terms.push(this.termTexts[term - 1] as string);
    }
    return terms.reverse();
  }

  /** The root of a term that live documents hold, or undefined. */
  rootOf(term: string): string | undefined {
    const number = this.termNumbers.get(term);
    return number === undefined || this.termCounts.at(number) === 0 ? undefined : this.rootTexts[this.termRoots.at(number)];
  }

  /**
   * A term as most documents write it, in the letters of Urdu and without vowel marks, since one writer's زِندگی is no reason to write it so: آج for the term اج. What converters write (رئوف) only where
   * nobody writes it otherwise. The term itself where nothing else is known.
   */
  spellingOf(term: string): string {
    const number = this.termNumbers.get(term);
    let best = term;
    let most = 0;
    let isBestConverted = true;
    if (number === undefined) return best;
    for (let form = this.firstForms.at(number); form !== 0; form = this.nextForms.at(form - 1)) {
      const documents = this.formCounts.at(form - 1);
      const spelling = (this.spellings[form - 1] as string) || term;
      const isConverted = isOfConverter(spelling);
      // The form that was met first wins a tie: it is the last in the list.
      if (documents === 0 || (isConverted === isBestConverted ? documents < most : isConverted)) continue;
      most = documents;
      best = spelling;
      isBestConverted = isConverted;
    }
    return best === term ? term : inUrduLetters(withoutVowelMarks(best));
  }

  /** Rarity of a root. */
  rarity(root: string): number {
    return this.rarityOf(this.documentsWithRoot(root));
  }

  /** Rarity of what so many documents hold, as in BM25: log(1 + (N - n + .5) / (n + .5)). Highest for words that no document holds. */
  rarityOf(n: number): number {
    return Math.log(1 + (Math.max(this.documents, n) - n + 0.5) / (n + 0.5));
  }

  /** The terms that live documents hold, with how many, in the order of code units: what is made of them is the same in every store of an index, in whatever order words were met there. */
  *terms(): Generator<readonly [term: string, documents: number]> {
    for (const term of this.sort()) {
      const documents = this.termCounts.at(term);
      if (documents > 0) yield [this.termTexts[term] as string, documents];
    }
  }

  findRoot(root: string): number | undefined {
    return this.rootNumbers.get(root);
  }

  findTerm(term: string): number | undefined {
    return this.termNumbers.get(term);
  }

  textOfTerm(term: number): string {
    return this.termTexts[term] as string;
  }

  /** The form of a term that is written so; an empty spelling is the term's own. */
  findForm(term: number, spelling: string): number | undefined {
    for (let form = this.firstForms.at(term); form !== 0; form = this.nextForms.at(form - 1)) {
      if (this.spellings[form - 1] === spelling) return form - 1;
    }
    return undefined;
  }

  /** The terms of a root that live documents hold. */
  termsOfRoot(root: number): readonly number[] {
    const terms: number[] = [];
    for (let term = this.firstTerms.at(root); term !== 0; term = this.nextTerms.at(term - 1))
      if (this.termCounts.at(term - 1) > 0) terms.push(term - 1);
    return terms.reverse();
  }

  /** All forms of a term that were ever met. */
  formsOfTerm(term: number): readonly number[] {
    const forms: number[] = [];
    for (let form = this.firstForms.at(term); form !== 0; form = this.nextForms.at(form - 1)) forms.push(form - 1);
    return forms.reverse();
  }

  /** A form as it is written. */
  spellingOfForm(form: number): string {
    return (this.spellings[form] as string) || this.textOfTerm(this.formTerms.at(form));
  }

  termOfForm(form: number): number {
    return this.formTerms.at(form);
  }

  rootOfTerm(term: number): number {
    return this.termRoots.at(term);
  }

  rootOfForm(form: number): number {
    return this.termRoots.at(this.formTerms.at(form));
  }

  /** As `rootOfForm`, of many in a row. Valid until words are added. */
  rootsOfForms(): (form: number) => number {
    const terms = this.formTerms.view();
    const roots = this.termRoots.view();
    return (form) => roots[terms[form] as number] as number;
  }

  textOfRoot(root: number): string {
    return this.rootTexts[root] as string;
  }

  /** Terms of live documents that begin so, in the order of code units. */
  beginningWith(prefix: string, each: (term: number, text: string, documents: number) => void): void {
    const sorted = this.sort();
    for (let at = this.firstNotBefore(prefix); at < sorted.length; at += 1) {
      const term = sorted[at] as number;
      const text = this.termTexts[term] as string;
      if (!text.startsWith(prefix)) return;
      const documents = this.termCounts.at(term);
      if (documents > 0) each(term, text, documents);
    }
  }

  /** How many documents hold a term that begins so: one with several such terms counts several times. No more than `most` are counted. */
  documentsBeginningWith(prefix: string, most: number): number {
    const sorted = this.sort();
    const [from, to] = this.placesBeginningWith(prefix);
    let documents = 0;
    for (let at = from; at < to && documents < most; at += 1) documents += this.termCounts.at(sorted[at] as number);
    return Math.min(documents, most);
  }

  /** Tells the forms of the terms that begin so, in one way or another. Valid until words are added. */
  formsBeginningWith(...prefixes: readonly string[]): (form: number) => boolean {
    const [first = [0, 0], ...others] = prefixes.map((prefix) => this.placesBeginningWith(prefix));
    const { places } = this;
    const terms = this.formTerms.view();
    if (others.length === 0) {
      const [from, to] = first;
      return (form) => {
        const place = places[terms[form] as number] as number;
        return place >= from && place < to;
      };
    }
    // One look for each word of a document, however many beginnings there are.
    const isBegun = new Uint8Array(this.sorted.length);
    for (const [from, to] of [first, ...others]) isBegun.fill(1, from, to);
    return (form) => isBegun[places[terms[form] as number] as number] === 1;
  }

  /** The roots of the terms that begin so, rising; undefined where more than `most` terms do. */
  rootsBeginningWith(prefix: string, most: number): readonly number[] | undefined {
    const [from, to] = this.placesBeginningWith(prefix);
    if (to - from > most) return undefined;
    const roots = new Set(Array.from(this.sorted.subarray(from, to), (term) => this.rootOfTerm(term)));
    return [...roots].sort((a, b) => a - b);
  }

  /** Where in the order of code units the terms stand that begin so: from, and up to but without. */
  private placesBeginningWith(prefix: string): readonly [from: number, to: number] {
    this.sort();
    const from = this.firstNotBefore(prefix);
    return [from, this.firstNotBefore(prefix + LAST_LETTER, from)];
  }

  /** All terms in the order of code units, by number. A few new ones cost little, however many there are: the old ones between them are copied in one go. */
  sort(): Uint32Array {
    const known = this.sorted;
    if (known.length === this.termTexts.length) return known;
    const added = Uint32Array.from({ length: this.termTexts.length - known.length }, (_, i) => known.length + i);
    added.sort((a, b) => ((this.termTexts[a] as string) < (this.termTexts[b] as string) ? -1 : 1));
    const merged = new Uint32Array(this.termTexts.length);
    let from = 0;
    added.forEach((term, i) => {
      const end = this.firstNotBefore(this.termTexts[term] as string, from);
      merged.set(known.subarray(from, end), from + i);
      merged[end + i] = term;
      from = end;
    });
    merged.set(known.subarray(from), from + added.length);
    this.setSorted(merged);
    return merged;
  }

  /** Gives numbers to new words. Called again with the same ones nothing happens twice only if the caller sees to it. */
  add(words: NewWords): void {
    for (const root of words.roots) {
      this.rootNumbers.set(root, this.rootTexts.length);
      this.rootTexts.push(root);
    }
    words.terms.forEach((written, i) => {
      const term = this.termTexts.length;
      const root = words.termRoots[i] as number;
      // Most terms are their own root: one string in memory.
      const text = written === this.rootTexts[root] ? this.rootTexts[root] : written;
      this.termNumbers.set(text, term);
      this.termTexts.push(text);
      this.termRoots.push(root);
      this.nextTerms.push(this.firstTerms.at(root));
      this.firstTerms.set(root, term + 1);
    });
    words.spellings.forEach((spelling, i) => {
      const form = this.spellings.length;
      this.spellings.push(spelling);
      const term = words.formTerms[i] as number;
      this.formTerms.push(term);
      this.nextForms.push(this.firstForms.at(term));
      this.firstForms.set(term, form + 1);
    });
  }

  count({ documents, roots, terms, forms }: CountChanges): void {
    this.documents += documents;
    this.generation += 1;
    apply(this.rootCounts, roots);
    apply(this.formCounts, forms);
    terms.numbers.forEach((term, i) => {
      const before = this.termCounts.at(term);
      const after = before + (terms.changes[i] as number);
      this.termCounts.set(term, after);
      this.size += Math.sign(after) - Math.sign(before);
      this.once += Number(after === 1) - Number(before === 1);
      this.held += after - before;
      for (const listener of this.listeners) listener(term);
    });
  }

  /** The words from these numbers on, in parts to be added in this order. */
  since(from: WordCounts): Generator<NewWords> {
    return inParts({
      roots: this.rootTexts.slice(from.roots),
      terms: this.termTexts.slice(from.terms),
      termRoots: this.termRoots.view().slice(from.terms),
      spellings: this.spellings.slice(from.forms),
      formTerms: this.formTerms.view().slice(from.forms),
    });
  }

  get wordCounts(): WordCounts {
    return { roots: this.rootCount, terms: this.termCount, forms: this.formCount };
  }

  get counts(): Counts {
    return { documents: this.documents, roots: this.rootCounts.view(), terms: this.termCounts.view(), forms: this.formCounts.view() };
  }

  setCounts(counts: Counts, sorted?: Uint32Array): void {
    this.documents = counts.documents;
    this.generation += 1;
    this.rootCounts = new Growing(counts.roots);
    this.termCounts = new Growing(counts.terms);
    this.formCounts = new Growing(counts.forms);
    this.size = 0;
    this.once = 0;
    this.held = 0;
    for (const documents of counts.terms) {
      this.size += Math.sign(documents);
      this.once += Number(documents === 1);
      this.held += documents;
    }
    this.resets += 1;
    if (sorted !== undefined) this.setSorted(sorted);
  }

  /** No live document is left. */
  clearCounts(): void {
    this.setCounts({ documents: 0, roots: new Uint32Array(0), terms: new Uint32Array(0), forms: new Uint32Array(0) });
  }

  private setSorted(sorted: Uint32Array): void {
    this.sorted = sorted;
    this.places = new Uint32Array(sorted.length);
    for (let place = 0; place < sorted.length; place += 1) this.places[sorted[place] as number] = place;
  }

  /** @param from a place that it is not before */
  private firstNotBefore(prefix: string, from = 0): number {
    const { sorted } = this;
    let low = from;
    let high = sorted.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.termTexts[sorted[middle] as number] as string) < prefix) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function apply(counts: Growing, { numbers, changes }: CountChange): void {
  numbers.forEach((number, i) => {
    counts.set(number, counts.at(number) + (changes[i] as number));
  });
}
