/** Letters of the beginnings that are kept: of either number. */
const SHORTEST_BEGINNING = 2;
const LONGEST_BEGINNING = 3;

/**
 * Every term that was met in a document, with a number: documents are kept as lists of numbers, so that a term takes four bytes wherever it stands.
 * Numbers below `FIRST_TERM` are left to whoever writes such lists.
 */
export class TermTable {
  static readonly FIRST_TERM = 2;

  private readonly ids = new Map<string, number>();
  private readonly rootIds = new Map<string, number>();
  private readonly terms: string[] = new Array<string>(TermTable.FIRST_TERM).fill('');
  private readonly roots: string[] = [];
  private rootOfTerm = new Int32Array(4_096);
  /** The first two, or three, letters → the terms that begin so, or whose root does. */
  private readonly beginnings = new Map<string, number[]>();

  /** How many terms there are. */
  get size(): number {
    return this.terms.length - TermTable.FIRST_TERM;
  }

  get rootCount(): number {
    return this.roots.length;
  }

  /** The number of a term, which is given one when it is met for the first time. A term has one root, by the analyzer's rules. */
  idOf(term: string, root: string): number {
    const known = this.ids.get(term);
    if (known !== undefined) return known;
    const id = this.terms.length;
    this.ids.set(term, id);
    this.terms.push(term);
    if (id >= this.rootOfTerm.length) {
      const grown = new Int32Array(this.rootOfTerm.length * 2);
      grown.set(this.rootOfTerm);
      this.rootOfTerm = grown;
    }
    this.rootOfTerm[id] = this.addRoot(root);
    for (let letters = SHORTEST_BEGINNING; letters <= LONGEST_BEGINNING; letters += 1) {
      const begins = term.slice(0, letters);
      this.addBeginning(begins, letters, id);
      if (!root.startsWith(begins)) this.addBeginning(root.slice(0, letters), letters, id);
    }
    return id;
  }

  /** The number of a term, or undefined where no document held it. */
  find(term: string): number | undefined {
    return this.ids.get(term);
  }

  /** The number of a root, from 0, or undefined where no document held a form of it. Roots are numbered by themselves. */
  findRoot(root: string): number | undefined {
    return this.rootIds.get(root);
  }

  rootIdOf(id: number): number {
    return this.rootOfTerm[id] as number;
  }

  /** The roots that begin so, or one of whose terms does. Of prefixes of one letter none: they are everywhere. */
  rootsBeginningWith(prefix: string): ReadonlySet<number> {
    const found = new Set<number>();
    if (prefix.length < SHORTEST_BEGINNING) return found;
    for (const id of this.beginnings.get(prefix.slice(0, LONGEST_BEGINNING)) ?? []) {
      const root = this.rootIdOf(id);
      if ((this.terms[id] as string).startsWith(prefix) || (this.roots[root] as string).startsWith(prefix)) found.add(root);
    }
    return found;
  }

  private addBeginning(begins: string, letters: number, id: number): void {
    if (begins.length < letters) return;
    const known = this.beginnings.get(begins);
    if (known === undefined) this.beginnings.set(begins, [id]);
    else known.push(id);
  }

  private addRoot(root: string): number {
    const known = this.rootIds.get(root);
    if (known !== undefined) return known;
    const id = this.roots.length;
    this.rootIds.set(root, id);
    this.roots.push(root);
    return id;
  }
}
