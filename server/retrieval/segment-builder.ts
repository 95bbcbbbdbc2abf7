import { Growing } from './growing.js';
import { beginningKey, Postings, rootKey, type Tables } from './layout.js';

/** Letters of the beginnings that have posting lists: of either number. */
export const BEGINNINGS = [2, 3] as const;

const IMPACT_BITS = 8;
const IMPACT = 2 ** IMPACT_BITS - 1;

/** Gathers the postings of documents, in the order of their numbers, and writes them as one segment. */
export class SegmentBuilder {
  private readonly roots = new Map<number, number>();
  private readonly beginnings = new Map<string, number>();
  private readonly listsOfTerms = new Map<number, readonly number[]>();
  /** For each posting its list, its document, and its impact and mask; for each list its last posting, from 1. */
  private readonly lists = new Growing();
  private readonly documents = new Growing();
  private readonly worths = new Growing();
  private readonly lasts = new Growing();

  addRoot(root: number, document: number, impact: number, mask: number): void {
    this.push(this.listIn(this.roots, root), document, impact, mask);
  }

  /** A term of the document: under each of its beginnings the document stands once, with the highest impact. */
  addTerm(term: number, text: string, document: number, impact: number, mask: number): void {
    let lists = this.listsOfTerms.get(term);
    if (lists === undefined) {
      lists = BEGINNINGS.filter((letters) => text.length >= letters).map((letters) => this.listIn(this.beginnings, text.slice(0, letters)));
      this.listsOfTerms.set(term, lists);
    }
    for (const list of lists) {
      const last = this.lasts.at(list) - 1;
      if (last === -1 || this.documents.at(last) !== document) this.push(list, document, impact, mask);
      else this.raise(last, impact, mask);
    }
  }

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
      void postings.put(key, list.bytes());
    };
    for (const [root, number] of [...this.roots].sort(([a], [b]) => a - b)) put(rootKey(segment, root), number);
    for (const [beginning, number] of this.beginnings) put(beginningKey(segment, beginning), number);
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

  private listIn<K>(numbers: Map<K, number>, key: K): number {
    let list = numbers.get(key);
    if (list === undefined) {
      list = this.lasts.length;
      this.lasts.push(0);
      numbers.set(key, list);
    }
    return list;
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
