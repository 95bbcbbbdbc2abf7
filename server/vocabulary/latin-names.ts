import { LRUCache } from 'lru-cache';
import { fitWithConsonants } from '../weights.js';
import { likenessOf, romanKeys, urduKeys } from './skeleton.js';
import { SoundIndex } from './sound-index.js';
import { Turns } from './turns.js';

/** Letters of a name, in either script: shorter words sound like many. */
const SHORTEST = 4;
const LONGEST = 28;
/** Consonants that both must have. */
const FEWEST_SHARED = 2;
/** With so few of them the vowels must tell. See `Candidate.fit`. */
const FIT_OF_FEW = 0.6;
const LATIN = /^[a-z]+$/;
/** Three consonants that no word begins with are letters said one by one: mrna is not مڑنا. */
const SPELT_OUT = /^(?!s[ckpt][hlrw]|[cpst]h[lrw]|sch)[^aeiouy]{3}/;
/** Answers that are remembered. */
const MOST_REMEMBERED = 2_000;

/**
 * The Latin words of a collection by their consonants: how ہونڈا finds Honda. The other direction is the sound index, which knows how Urdu letters come out in Roman ones; here its measure judges the few words that
 * have the same consonants.
 */
export class LatinNames {
  private readonly byKey = new Map<string, string[]>();
  private readonly remembered = new LRUCache<string, readonly string[]>({ max: MOST_REMEMBERED });

  /** Lets others work every few milliseconds. */
  static async buildInTurns(words: Iterable<readonly [term: string, documents: number]>): Promise<LatinNames> {
    const names = new LatinNames();
    const turns = new Turns();
    for (const [term] of words) {
      names.add(term);
      if (turns.isOver) await turns.next();
    }
    return names;
  }

  /** Adds a word that may be a name; one that is known stays. */
  add(term: string): void {
    if (term.length < SHORTEST || term.length > LONGEST || !LATIN.test(term) || SPELT_OUT.test(term)) return;
    for (const key of romanKeys(term)) {
      const known = this.byKey.get(key);
      if (known === undefined) this.byKey.set(key, [term]);
      else if (known.includes(term)) return;
      else known.push(term);
    }
    if (this.remembered.size > 0) this.remembered.clear();
  }

  /** The Latin words that an Urdu one writes by sound, best first. */
  of(term: string): readonly string[] {
    if (term.length < SHORTEST || this.byKey.size === 0) return [];
    const known = this.remembered.get(term);
    if (known !== undefined) return known;
    const found = this.find(term);
    this.remembered.set(term, found);
    return found;
  }

  private find(term: string): readonly string[] {
    const near = [...new Set(urduKeys(term).flatMap((key) => this.byKey.get(key) ?? []))]
      .map((latin) => ({ latin, ...likenessOf(latin, term) }))
      .filter(({ others, shared }) => others === 0 && shared >= FEWEST_SHARED);
    if (near.length === 0) return [];
    const sound = SoundIndex.build([[term, 1]]);
    return near
      .map(({ latin, shared }) => ({ latin, shared, fit: sound.romanFit(latin) }))
      .filter(({ fit, shared }) => fit >= (shared === FEWEST_SHARED ? FIT_OF_FEW : fitWithConsonants(shared)))
      .sort((one, other) => other.fit - one.fit || (one.latin < other.latin ? -1 : 1))
      .map(({ latin }) => latin);
  }
}
