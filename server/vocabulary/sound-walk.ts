import { AFTER_VOWEL, type Channel, FINAL, INITIAL, LETTERS, LONGEST_CHUNK, letterCode, MEDIAL, ROWS } from './channel.js';
import { type Beam, borrowBeam } from './sound-beam.js';
import { type Lattice, LONGEST_INPUT, latticeOf, PLACES, type SoundSearch } from './sound-lattice.js';
import { ROOT, type SoundTrie } from './sound-trie.js';

/**
 * How much the frequency of a word weighs against its spelling: 1 would be a text's next word, but readers search rare words too.
 * Measured with the first tables: 0.5 was 1.2 points of top-1 worse on words rare and frequent alike, and 1.6 better on words of queries.
 */
export const PRIOR = 0.4;
/** What it costs that an unwritten vowel stands before a written one. */
const HIATUS = 1.5;
/** What it costs behind a letter that no unwritten vowel follows. */
const ODD_VOWEL = 2.5;
/** Beginnings that are completed, and words that are tried for each. */
const BEGINNINGS = 24;
const COMPLETIONS = 24;

const ALEF = letterCode('ا'.charCodeAt(0));
const WAW = letterCode('و'.charCodeAt(0));
const HEH = letterCode('ہ'.charCodeAt(0));
const SEEN = letterCode('س'.charCodeAt(0));
const VOWEL = 1;
const CONSONANT = 0;
/** ع, and letters that a vowel sits on: no vowel is missed beside them. */
const OPEN = 2;
const LETTER_KIND = new Uint8Array(LETTERS);
for (const letter of 'اویے') LETTER_KIND[letterCode(letter.charCodeAt(0))] = VOWEL;
for (const letter of 'عءۃ') LETTER_KIND[letterCode(letter.charCodeAt(0))] = OPEN;
const NOT_BEFORE_VOWEL = new Uint8Array(LETTERS);
for (const letter of 'اںےء') NOT_BEFORE_VOWEL[letterCode(letter.charCodeAt(0))] = 1;

/** The words of a trie that may be meant, by the nodes where they end (with `anyEnd` see `SoundSearch`), and the cost of each spelling. Unsorted. */
export function walk(trie: SoundTrie, search: SoundSearch): Map<number, number> {
  const { length } = search.input;
  return length === 0 || length > LONGEST_INPUT || trie.size === 0 ? new Map<number, number>() : new Walk(trie, search).found();
}

/**
 * The trie is walked along what was typed, place by place. A state is a node and whether a vowel was just read that Urdu does not write, as one number; each place has a beam of them,
 * and the cheapest way to each counts.
 */
class Walk {
  private readonly channel: Channel;
  private readonly end: number;
  private readonly isOpen: boolean;
  private readonly anyEnd: boolean;
  private readonly lattice: Lattice;
  private readonly beams: readonly Beam[];
  private readonly isVowelAt: Uint8Array;
  private readonly ended = new Map<number, number>();
  /** The place where the walk is, and the state from which it goes on. */
  private at = 0;
  private node = ROOT;
  private cost = 0;
  private isVoiced = false;

  constructor(
    private readonly trie: SoundTrie,
    search: SoundSearch,
  ) {
    const { channel, input, open, anyEnd } = search;
    this.channel = channel;
    this.end = input.length;
    this.isOpen = open;
    this.anyEnd = anyEnd;
    this.lattice = latticeOf(search);
    this.beams = Array.from({ length: input.length + 1 }, (_, place) => borrowBeam(place));
    this.isVowelAt = Uint8Array.from(input, (character) => (/[aeiou]/.test(character) ? 1 : 0));
  }

  found(): Map<number, number> {
    (this.beams[0] as Beam).put(ROOT, 0, 0);
    for (this.at = 0; this.at <= this.end; this.at++) {
      const beam = this.beams[this.at] as Beam;
      beam.prune();
      for (let i = 0; i < beam.count; i++) {
        this.cost = beam.costs[i] as number;
        const future = beam.futures[i] as number;
        if (this.cost + future > beam.limit) continue;
        const key = beam.keys[i] as number;
        this.node = key >> 1;
        this.isVoiced = (key & 1) === 1;
        if (this.at < this.end) this.passOver(key, future);
        else if (this.isOpen && this.node !== ROOT) this.reach(this.node, this.cost);
        this.descend(beam);
      }
    }
    return this.isOpen ? this.complete() : this.ended;
  }

  /** A typed character for nothing, and vowels that Urdu does not write. */
  private passOver(key: number, future: number): void {
    const { at, node, cost, lattice, beams } = this;
    const isStarted = node !== ROOT;
    if (isStarted || at === 0) (beams[at + 1] as Beam).put(key, cost + (lattice.strays[at] as number), future);
    if (!isStarted || this.isVoiced) return;
    const after = NOT_BEFORE_VOWEL[this.trie.letters[node] as number] === 1 ? ODD_VOWEL : 0;
    for (let length = 1; length <= 2 && at + length <= this.end; length++) {
      const vowel = lattice.vowels[at * 3 + length] as number;
      if (vowel !== Infinity) (beams[at + length] as Beam).put(key | 1, cost + vowel + after, future);
    }
  }

  /** To each letter that goes on from the node. */
  private descend(beam: Beam): void {
    const { at, node, cost, trie, channel, isOpen } = this;
    const { firstChild, nextSibling, letters, documents, best } = trie;
    const letter = letters[node] as number;
    const top = best[ROOT] as number;
    const isStarted = node !== ROOT;
    const isAfterVowel = isStarted && (letter === ALEF || letter === WAW);
    const isOnVowel = this.isVoiced && this.isVowelAt[at] === 1;
    const isMuteStart = at === 0 && isStarted;
    const place = (isStarted ? (isAfterVowel && !isMuteStart ? AFTER_VOWEL : MEDIAL) : INITIAL) * LETTERS;
    const mayGap = isStarted && !this.isVoiced && LETTER_KIND[letter] === CONSONANT;
    for (let child = firstChild[node] as number; child !== 0; child = nextSibling[child] as number) {
      if (best[child] === 0) continue;
      const next = letters[child] as number;
      const kind = LETTER_KIND[next] as number;
      // A first letter that nothing was typed for carries a vowel: ایمان iman, عام aam, یونین union.
      // اسکول is said and typed without its ا.
      if (isMuteStart && kind !== VOWEL && !(letter === ALEF && next === SEEN)) continue;
      const gap = mayGap && kind === CONSONANT ? channel.noVowel : 0;
      // Two vowels together are one letter's, not an unwritten one and a letter: bhai is بھائی, not بھی.
      const so = cost + gap + (isOnVowel && kind === VOWEL ? HIATUS : 0);
      if (firstChild[child] !== 0 || isOpen) this.goOn(child, place + next, so, PRIOR * (top - (best[child] as number)), beam);
      if (!isOpen && documents[child] !== 0) this.finish(child, next, so);
    }
  }

  /** The word goes on behind this letter: with every piece that may have been typed for it, or none. */
  private goOn(child: number, row: number, cost: number, future: number, beam: Beam): void {
    const { at, lattice, beams } = this;
    const skipped = cost + (this.channel.silent[row] as number);
    if (skipped + future <= beam.limit) beam.put(child << 1, skipped, future);
    let lengths = lattice.lengths[at * ROWS + row] as number;
    for (let length = 1; lengths !== 0; length++, lengths >>= 1) {
      if ((lengths & 1) === 0) continue;
      const step = lattice.costs[(at * LONGEST_CHUNK + length - 1) * ROWS + row] as number;
      (beams[at + length] as Beam).put(child << 1, cost + step, future);
    }
  }

  /** The word ends with this letter. */
  private finish(child: number, letter: number, cost: number): void {
    const { at, lattice, channel } = this;
    const { endPlaces, endCosts } = lattice;
    const row = FINAL * LETTERS + letter;
    for (let nth = 0; nth < endPlaces.length; nth++) {
      const last = endPlaces[nth] as number;
      const length = last - at;
      if (length < 0 || length > LONGEST_CHUNK) continue;
      const step = (length === 0 ? channel.silent[row] : lattice.costs[(at * LONGEST_CHUNK + length - 1) * ROWS + row]) as number;
      if (step === Infinity) continue;
      // A final ہ is mostly a vowel itself.
      const total = (letter === HEH ? this.cost : cost) + step + (endCosts[nth] as number);
      this.reach(this.anyEnd ? child * PLACES + last : child, total);
    }
  }

  private reach(key: number, cost: number): void {
    keepCheapest(this.ended, key, cost);
  }

  /** From where beginnings end, the most frequent words below them. */
  private complete(): Map<number, number> {
    const { trie, ended } = this;
    const top = trie.best[ROOT] as number;
    const starts = Array.from(ended, ([node, cost]) => ({ node, cost, total: cost + PRIOR * (top - (trie.best[node] as number)) }))
      .sort((a, b) => a.total - b.total)
      .slice(0, BEGINNINGS);
    const found = new Map<number, number>();
    for (const { node, cost } of starts) completeOne(trie, node, cost, found);
    return found;
  }
}

/** Down the most frequent branches first; a few words of each beginning are enough to choose from. */
function completeOne(trie: SoundTrie, node: number, cost: number, found: Map<number, number>): void {
  const weight = (at: number): number => trie.best[at] as number;
  const queue = [node];
  for (let steps = 0; queue.length > 0 && steps < COMPLETIONS; steps++) {
    let heaviest = 0;
    for (let i = 1; i < queue.length; i++) if (weight(queue[i] as number) > weight(queue[heaviest] as number)) heaviest = i;
    const at = queue.splice(heaviest, 1)[0] as number;
    if ((trie.documents[at] as number) > 0) keepCheapest(found, at, cost);
    for (let child = trie.firstChild[at] as number; child !== 0; child = trie.nextSibling[child] as number)
      if (weight(child) > 0) queue.push(child);
  }
}

function keepCheapest(found: Map<number, number>, key: number, cost: number): void {
  const known = found.get(key);
  if (known === undefined || cost < known) found.set(key, cost);
}
