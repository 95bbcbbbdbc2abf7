import { TERM_LETTERS } from '@justuju/urdu';
import { letterCode } from './channel.js';

export const ROOT = 0;
/** Longer terms are not kept. */
const LONGEST_TERM = 40;

/**
 * The words of a collection as a trie of Urdu letters. A node is a number, and all arrays are by node: objects would take ten times the memory. Node 0 is the root, which is nobody's child, so that 0 says "none".
 */
export class SoundTrie {
  firstChild = new Int32Array(1024);
  nextSibling = new Int32Array(1024);
  /** Of each node its letter, as a number (`letterCode`). */
  letters = new Uint8Array(1024);
  /** How many documents hold the word that ends at the node; 0: none ends there. */
  documents = new Int32Array(1024);
  /** Logarithm of the most documents of a word at or below the node; 0: there is none any more. */
  best = new Float32Array(1024);
  private parent = new Int32Array(1024);
  private nodes = 1;
  private words = 0;

  /** How many words it holds. */
  get size(): number {
    return this.words;
  }

  /** Adds a word, or changes its documents; none takes the word away. Returns false for one with other than Urdu letters: it is passed over. */
  add(term: string, documents: number): boolean {
    if (term.length === 0 || term.length > LONGEST_TERM) return false;
    for (let i = 0; i < term.length; i++) if (letterCode(term.charCodeAt(i)) < 0) return false;
    if (documents <= 0 && this.nodeOf(term) === ROOT) return true;
    const weight = Math.log(1 + Math.max(0, documents));
    let node = ROOT;
    for (let i = 0; i < term.length; i++) {
      node = this.child(node, letterCode(term.charCodeAt(i)));
      if ((this.best[node] as number) < weight) this.best[node] = weight;
    }
    if ((this.best[ROOT] as number) < weight) this.best[ROOT] = weight;
    const before = this.documents[node] as number;
    this.words += (documents > 0 ? 1 : 0) - (before > 0 ? 1 : 0);
    this.documents[node] = Math.max(0, documents);
    if (documents < before) this.lowerBest(node);
    return true;
  }

  /** On the way up from a word that has fewer documents now: what is best there may be another one. */
  private lowerBest(node: number): void {
    for (let at = node; ; at = this.parent[at] as number) {
      let best = Math.log(1 + (this.documents[at] as number));
      for (let child = this.firstChild[at] as number; child !== 0; child = this.nextSibling[child] as number)
        best = Math.max(best, this.best[child] as number);
      this.best[at] = best;
      if (at === ROOT) return;
    }
  }

  /** The letters on the way to a node. */
  termOf(node: number): string {
    let term = '';
    for (let at = node; at !== ROOT; at = this.parent[at] as number) term = (TERM_LETTERS[this.letters[at] as number] ?? '') + term;
    return term;
  }

  /** Where a word ends; the root where it is not held. */
  nodeOf(term: string): number {
    let node = ROOT;
    for (const letter of term) {
      const code = letterCode(letter.charCodeAt(0));
      let at = this.firstChild[node] as number;
      while (at !== 0 && this.letters[at] !== code) at = this.nextSibling[at] as number;
      if (at === 0) return ROOT;
      node = at;
    }
    return (this.documents[node] as number) > 0 ? node : ROOT;
  }

  /** Adds the node where it is missing. Siblings stand by their letters, the last first, so that a walk finds the same in whatever order words came. */
  private child(node: number, letter: number): number {
    let before = 0;
    let at = this.firstChild[node] as number;
    while (at !== 0 && (this.letters[at] as number) > letter) {
      before = at;
      at = this.nextSibling[at] as number;
    }
    if (at !== 0 && this.letters[at] === letter) return at;
    if (this.nodes === this.letters.length) this.grow();
    const added = this.nodes++;
    this.letters[added] = letter;
    this.parent[added] = node;
    this.nextSibling[added] = at;
    if (before === 0) this.firstChild[node] = added;
    else this.nextSibling[before] = added;
    return added;
  }

  private grow(): void {
    const length = Math.ceil(this.letters.length * 1.6);
    const longer = <T extends Int32Array | Uint8Array | Float32Array>(old: T, grown: T): T => {
      grown.set(old);
      return grown;
    };
    this.firstChild = longer(this.firstChild, new Int32Array(length));
    this.nextSibling = longer(this.nextSibling, new Int32Array(length));
    this.parent = longer(this.parent, new Int32Array(length));
    this.letters = longer(this.letters, new Uint8Array(length));
    this.documents = longer(this.documents, new Int32Array(length));
    this.best = longer(this.best, new Float32Array(length));
  }
}
