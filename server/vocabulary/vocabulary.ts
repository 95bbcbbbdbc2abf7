/** A term as one document holds it. */
export interface CountedWord {
  readonly root: string;
  /** The word with its own letters, without marks: what a reader may be shown. */
  readonly spelling: string;
}

/**
 * The words of an index, with the number of documents that hold them. Query understanding asks it what the collection knows:
 * which words exist, how rare they are, which forms a root has. Grows as documents are indexed.
 *
 * Compact: one map from word to number, and typed arrays beside it; some 20 MB for 200,000 words.
 */
export class Vocabulary {
  /** Documents counted so far. */
  documents = 0;
  /** Changes whenever a count does; derived indexes (spelling, sound) compare it to know whether they are old. */
  generation = 0;

  private readonly ids = new Map<string, number>();
  private readonly words: string[] = [];
  private termDocs = new Uint32Array(1024);
  private rootDocs = new Uint32Array(1024);
  private roots = new Int32Array(1024).fill(-1);
  /** How the collection writes a term, where that is not the term itself (آج for اج), by majority (Boyer and Moore's vote). */
  private readonly spellings: (string | undefined)[] = [];
  private votes = new Int32Array(1024);
  /** Forms of each root, built on demand. */
  private forms: Map<number, number[]> | undefined;

  get size(): number {
    return this.words.length;
  }

  /** Counts one document: its different terms, each with its root and a spelling for the eye. */
  add(terms: ReadonlyMap<string, CountedWord>): void {
    this.documents += 1;
    this.generation += 1;
    const rootsSeen = new Set<string>();
    for (const [term, { root, spelling }] of terms) {
      const id = this.idOf(term);
      this.vote(id, spelling);
      this.termDocs[id] = (this.termDocs[id] ?? 0) + 1;
      const rootId = this.idOf(root);
      if (this.roots[id] === -1) {
        this.roots[id] = rootId;
        this.forms = undefined;
      }
      if (rootsSeen.has(root)) continue;
      rootsSeen.add(root);
      this.rootDocs[rootId] = (this.rootDocs[rootId] ?? 0) + 1;
    }
  }

  /** Puts the counts of another vocabulary on top: what one batch of documents brought. */
  merge(other: Vocabulary): void {
    for (const [word, termDocs, rootDocs, root, spelling] of other.entries()) {
      const id = this.idOf(word);
      this.vote(id, spelling, termDocs);
      this.termDocs[id] = (this.termDocs[id] ?? 0) + termDocs;
      this.rootDocs[id] = (this.rootDocs[id] ?? 0) + rootDocs;
      if (termDocs > 0 && this.roots[id] === -1) this.roots[id] = this.idOf(root);
    }
    this.documents += other.documents;
    this.generation += other.documents;
    this.forms = undefined;
  }

  /** Puts in a word as it was counted before, when a stored vocabulary is read. */
  restore(term: string, termDocs: number, rootDocs: number, root: string, spelling: string): void {
    const id = this.idOf(term);
    if (spelling !== term) this.vote(id, spelling, termDocs);
    this.termDocs[id] = termDocs;
    this.rootDocs[id] = rootDocs;
    if (termDocs > 0) this.roots[id] = this.idOf(root);
    this.forms = undefined;
  }

  /** Documents that hold this very term. 0 for an unknown one. */
  documentsWithTerm(term: string): number {
    const id = this.ids.get(term);
    return id === undefined ? 0 : (this.termDocs[id] ?? 0);
  }

  /** Documents that hold any form of this root. */
  documentsWithRoot(root: string): number {
    const id = this.ids.get(root);
    return id === undefined ? 0 : (this.rootDocs[id] ?? 0);
  }

  /** The terms of the collection that share a root. */
  formsOf(root: string): readonly string[] {
    const id = this.ids.get(root);
    if (id === undefined) return [];
    this.forms ??= this.collectForms();
    return (this.forms.get(id) ?? []).map((form) => this.words[form] as string);
  }

  /** The root of a term of the collection, or undefined for an unknown term. */
  rootOf(term: string): string | undefined {
    const id = this.ids.get(term);
    const root = id === undefined ? -1 : (this.roots[id] ?? -1);
    return root === -1 ? undefined : this.words[root];
  }

  /** A term as the collection writes it: آج for the term اج. The term itself where nothing else is known. */
  spellingOf(term: string): string {
    const id = this.ids.get(term);
    return id === undefined ? term : (this.spellings[id] ?? term);
  }

  /** Rarity of a root, as in BM25: log(1 + (N - n + .5) / (n + .5)). Highest for words that no document holds. */
  rarity(root: string): number {
    const n = this.documentsWithRoot(root);
    return Math.log(1 + (Math.max(this.documents, n) - n + 0.5) / (n + 0.5));
  }

  /** All terms with their document counts, in the order in which they were first seen. */
  *terms(): Generator<readonly [term: string, documents: number]> {
    for (let id = 0; id < this.words.length; id += 1) {
      const documents = this.termDocs[id] ?? 0;
      if (documents > 0) yield [this.words[id] as string, documents];
    }
  }

  /** Every word with both counts, its root and its spelling, for storing. */
  *entries(): Generator<readonly [word: string, termDocs: number, rootDocs: number, root: string, spelling: string]> {
    for (let id = 0; id < this.words.length; id += 1) {
      const root = this.roots[id] ?? -1;
      yield [
        this.words[id] as string,
        this.termDocs[id] ?? 0,
        this.rootDocs[id] ?? 0,
        root === -1 ? '' : (this.words[root] as string),
        this.spellings[id] ?? (this.words[id] as string),
      ];
    }
  }

  private vote(id: number, spelling: string, weight = 1): void {
    const leading = this.spellings[id] ?? this.words[id];
    const votes = this.votes[id] ?? 0;
    if (leading === spelling) this.votes[id] = votes + weight;
    else if (votes >= weight) this.votes[id] = votes - weight;
    else {
      this.votes[id] = weight - votes;
      this.spellings[id] = spelling === this.words[id] ? undefined : spelling;
    }
  }

  private idOf(word: string): number {
    const known = this.ids.get(word);
    if (known !== undefined) return known;
    const id = this.words.length;
    this.ids.set(word, id);
    this.words.push(word);
    if (id >= this.termDocs.length) this.grow();
    return id;
  }

  private grow(): void {
    const grown = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
      const next = new Uint32Array(old.length * 2);
      next.set(old);
      return next;
    };
    this.termDocs = grown(this.termDocs);
    this.rootDocs = grown(this.rootDocs);
    const votes = new Int32Array(this.votes.length * 2);
    votes.set(this.votes);
    this.votes = votes;
    const roots = new Int32Array(this.roots.length * 2).fill(-1);
    roots.set(this.roots);
    this.roots = roots;
  }

  private collectForms(): Map<number, number[]> {
    const forms = new Map<number, number[]>();
    for (let id = 0; id < this.words.length; id += 1) {
      const root = this.roots[id] ?? -1;
      if (root === -1 || (this.termDocs[id] ?? 0) === 0) continue;
      const list = forms.get(root);
      if (list === undefined) forms.set(root, [id]);
      else list.push(id);
    }
    return forms;
  }
}
