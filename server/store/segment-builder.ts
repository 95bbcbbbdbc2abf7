import type { Dictionary } from './dictionary.js';
import { Growing } from './growing.js';
import { APPEND, beginningKey, Postings, pairKey, type Tables, termKey } from './layout.js';

/** Letters of the beginnings that have posting lists: of either number. */
export const BEGINNINGS = [2, 3] as const;

const IMPACT_BITS = 8;
const IMPACT = 2 ** IMPACT_BITS - 1;
/** Of a term that is too short. */
const NO_LIST = 2 ** 32 - 2;

/** Gathers the postings of documents, in the order of their numbers, and writes them as one segment. */
export class SegmentBuilder {
  /** For each term its list, and those of its beginnings, from 1. */
  private readonly listsOfTerms: Uint32Array;
  private readonly listsOfBeginnings: readonly Uint32Array[];
  private readonly beginnings = new Map<string, number>();
  private readonly terms: number[] = [];
  /** Pair → its list. */
  private readonly pairs = new Map<number, number>();
  /** For each posting its list, its document, and its impact and mask; for each list its last posting, from 1. */
  private readonly lists = new Growing();
  private readonly documents = new Growing();
  private readonly worths = new Growing();
  private readonly lasts = new Growing();

  constructor(private readonly dictionary: Dictionary) {
    this.listsOfTerms = new Uint32Array(dictionary.termCount);
    this.listsOfBeginnings = BEGINNINGS.map(() => new Uint32Array(dictionary.termCount));
  }

  /** A term of the document: under each of its beginnings the document stands once, with the highest impact. */
  addTerm(term: number, document: number, impact: number, mask: number): void {
    if (this.listsOfTerms[term] === 0) {
      this.listsOfTerms[term] = this.newList() + 1;
      this.terms.push(term);
    }
    this.push((this.listsOfTerms[term] as number) - 1, document, impact, mask);
    for (let i = 0; i < BEGINNINGS.length; i += 1) {
      const lists = this.listsOfBeginnings[i] as Uint32Array;
      if (lists[term] === 0) lists[term] = this.listOfBeginning(this.dictionary.textOfTerm(term), BEGINNINGS[i] as number) + 1;
      const list = (lists[term] as number) - 1;
      if (list === NO_LIST) continue;
      const last = this.lasts.at(list) - 1;
      if (last === -1 || this.documents.at(last) !== document) this.push(list, document, impact, mask);
      else this.raise(last, impact, mask);
    }
  }

  /** A pair of the document, each once; see `pairOf`. */
  addPair(pair: number, document: number, impact: number, mask: number): void {
    let list = this.pairs.get(pair);
    if (list === undefined) {
      list = this.newList();
      this.pairs.set(pair, list);
    }
    this.push(list, document, impact, mask);
  }

  /** @param segment a number higher than any before */
  write(segment: number, { postings }: Tables): void {
    const { starts, order } = this.sort();
    const list = new Postings();
    const put = (key: Buffer, number: number): void => {
      list.clear();
      for (let at = starts[number] as number; at < (starts[number + 1] as number); at += 1) {
        const posting = order[at] as number;
        const worth = this.worths.at(posting);
        list.push(this.documents.at(posting), worth & IMPACT, worth >>> IMPACT_BITS);
      }
      postings.putSync(key, list.bytes(), APPEND);
    };
    for (const term of this.terms.sort((a, b) => a - b)) put(termKey(segment, term), (this.listsOfTerms[term] as number) - 1);
    const beginnings = [...this.beginnings].map(([beginning, number]) => ({ key: beginningKey(segment, beginning), number }));
    for (const { key, number } of beginnings.sort((a, b) => a.key.compare(b.key))) put(key, number);
    for (const [pair, number] of [...this.pairs].sort(([a], [b]) => a - b)) put(pairKey(segment, pair), number);
  }

  /** The postings in the order of their lists, and where each list begins. */
  private sort(): { readonly starts: Uint32Array; readonly order: Uint32Array } {
    const starts = new Uint32Array(this.lasts.length + 1);
    const lists = this.lists.view();
    for (const list of lists) starts[list + 1] = (starts[list + 1] as number) + 1;
    for (let list = 1; list < starts.length; list += 1) starts[list] = (starts[list] as number) + (starts[list - 1] as number);
    const next = starts.slice();
    const order = new Uint32Array(lists.length);
    lists.forEach((list, posting) => {
      const at = next[list] as number;
      order[at] = posting;
      next[list] = at + 1;
    });
    return { starts, order };
  }

  private listOfBeginning(term: string, letters: number): number {
    if (term.length < letters) return NO_LIST;
    const beginning = term.slice(0, letters);
    let list = this.beginnings.get(beginning);
    if (list === undefined) {
      list = this.newList();
      this.beginnings.set(beginning, list);
    }
    return list;
  }

  private newList(): number {
    this.lasts.push(0);
    return this.lasts.length - 1;
  }

  private push(list: number, document: number, impact: number, mask: number): void {
    this.lists.push(list);
    this.documents.push(document);
    this.worths.push(impact | (mask << IMPACT_BITS));
    this.lasts.set(list, this.lists.length);
  }

  private raise(posting: number, impact: number, mask: number): void {
    const worth = this.worths.at(posting);
    this.worths.set(posting, Math.max(worth & IMPACT, impact) | (((worth >>> IMPACT_BITS) | mask) << IMPACT_BITS));
  }
}
