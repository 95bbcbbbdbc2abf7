/**
 * The words of a collection by how they sound: a trie of Urdu letters that is walked along what was typed, each step a letter of the word
 * and the piece typed for it (see `channel.ts`). Nothing is looked up by a key, so any mixture of alternates is found, and a word costs the
 * same whether there are a thousand words or a million, nearly.
 */

import { TERM_LETTERS } from '@justuju/urdu';
import { LRUCache } from 'lru-cache';
import { AFTER_VOWEL, type Channel, type Emissions, FINAL, INITIAL, LETTERS, LONGEST_CHUNK, letterCode, MEDIAL, ROWS } from './channel.js';
import { DEVANAGARI, DEVANAGARI_LITTLE_WORDS, devanagariLetters } from './devanagari.js';
import { ENGLISH, englishSpellings, FUNCTION_WORDS, mayBeEnglish, ROMAN, romanLetters } from './roman.js';
import { Turns } from './turns.js';

/** A word of the collection that may be meant. */
export interface Candidate {
  readonly term: string;
  /** 0..1: this candidate's share among all that were found, spelling and frequency together. Best first goes by this. */
  readonly score: number;
  /** 0..1: how well the spelling fits, whatever the other candidates; 1 is letter by letter. Comparable between words. */
  readonly fit: number;
  readonly documents: number;
}

/** Two words for one typed. */
export interface Split {
  readonly terms: readonly [string, string];
  /** 0..1: its share among all readings, as one word or as two. */
  readonly score: number;
  readonly fit: number;
}

/** One half of a split. */
interface Part {
  readonly node: number;
  readonly cost: number;
  readonly total: number;
}

const ROOT = 0;
/** Longer input is no word. */
const LONGEST_INPUT = 28;
const PLACES = 32;
/** Longer terms are not kept. */
const LONGEST_TERM = 40;
/** States kept at one place of the input, about. Measured: 100 finds 0.1 points more of top-10 and takes a quarter longer. */
const BEAM = 60;
/** A state that much worse than the best at its place is given up. */
const WIDEST = 6;
/**
 * How much the frequency of a word weighs against its spelling: 1 would be a text's next word, but readers search rare words too.
 * Measured with the first tables: 0.5 was 1.2 points of top-1 worse on words rare and frequent alike, and 1.6 better on words of queries.
 */
const PRIOR = 0.4;
/** What it costs that an unwritten vowel stands before a written one. */
const HIATUS = 1.5;
/** What a word costs for being read as English where Urdu is searched. */
const ENGLISH_COST = 1.7;
/** What it costs to read two words where one was typed: most words are one. */
const SPLIT_COST = 1;
/** A split that much less likely than the likeliest word is not answered. */
const SPLIT_WIDEST = 3;
/** A completion that fits so much worse than the best does not begin with what was typed: `zin` is زندگی and زین, and not جن. */
const BEGINS_SO = 0.7;
/** Letters of a beginning that may be English, and how well one must fit to be Urdu without doubt. */
const SHORTEST_ENGLISH = 3;
const SURE_BEGINNING = 0.6;
/** Halves tried at each place. */
const HALVES = 2;
/** Places tried, those with the likeliest first halves. */
const CUTS = 4;
const CAPACITY = 4096;
/** Answers that are remembered, and candidates of each: some 5 MB. */
const MOST_ANSWERED = 4_096;
const MOST_KEPT = 10;

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

interface Search {
  readonly channel: Channel;
  readonly input: string;
  /** Words may go on after the input. */
  readonly open: boolean;
  /** Words may end before the input does; found by node * PLACES + place, not by node. */
  readonly anyEnd: boolean;
}

export class SoundIndex {
  private nodes = 1;
  private firstChild = new Int32Array(1024);
  private nextSibling = new Int32Array(1024);
  private parent = new Int32Array(1024);
  private letters = new Uint8Array(1024);
  private documents = new Int32Array(1024);
  /** Logarithm of the most documents of a word at or below the node. */
  private best = new Float32Array(1024);
  private words = 0;
  /** The last answers, the oldest first. Made when the first is given: the cache costs more than an index of one word. */
  private answered: LRUCache<string, readonly unknown[]> | undefined;

  static build(words: Iterable<readonly [term: string, documents: number]>): SoundIndex {
    const index = new SoundIndex();
    for (const [term, documents] of words) index.add(term, documents);
    return index;
  }

  /** As `build`, but lets others work every few milliseconds. */
  static async buildInTurns(words: Iterable<readonly [term: string, documents: number]>): Promise<SoundIndex> {
    const index = new SoundIndex();
    const turns = new Turns();
    for (const [term, documents] of words) {
      index.add(term, documents);
      if (turns.isOver) await turns.next();
    }
    return index;
  }

  /** How many words it holds. */
  get size(): number {
    return this.words;
  }

  /** Adds a word, or changes its documents; none takes the word away. Terms with other than Urdu letters are passed over. */
  add(term: string, documents: number): void {
    if (term.length === 0 || term.length > LONGEST_TERM) return;
    for (let i = 0; i < term.length; i++) if (letterCode(term.charCodeAt(i)) < 0) return;
    this.answered = undefined;
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
  }

  /** The words meant by a word in Roman letters. */
  roman(word: string, limit = MOST_KEPT): readonly Candidate[] {
    const input = romanLetters(word);
    return this.once(`roman ${input}`, limit, (most) => this.findRoman(input, most));
  }

  /** As `Candidate.fit` of the one word that this index holds: nothing is remembered. 0 where it does not sound so at all. */
  romanFit(word: string): number {
    return this.findRoman(romanLetters(word), 1)[0]?.fit ?? 0;
  }

  private findRoman(input: string, limit: number): readonly Candidate[] {
    const found = this.find({ channel: ROMAN, input, open: false, anyEnd: false });
    if (mayBeEnglish(input)) {
      for (const spelt of englishSpellings(input))
        for (const [node, cost] of this.find({ channel: ENGLISH, input: spelt, open: false, anyEnd: false })) {
          const known = found.get(node);
          if (known === undefined || cost + ENGLISH_COST < known) found.set(node, cost + ENGLISH_COST);
        }
    }
    return this.rank(found, input, limit, FUNCTION_WORDS.get(input));
  }

  /** The words meant by a beginning in Roman letters: words that go on are among them. */
  romanPrefix(word: string, limit = MOST_KEPT): readonly Candidate[] {
    const input = romanLetters(word);
    return this.once(`roman ${input}*`, limit, (most) => this.begunRoman(input, most));
  }

  /**
   * The words that a beginning may stand for in any spelling, however short: of words that few others compete with, since each was written behind the words before it (karachi u, motor c).
   */
  romanBeginnings(word: string, limit: number): readonly Candidate[] {
    const input = romanLetters(word);
    if (input === '') return [];
    // Of so few letters a common sound says as little as a rare one.
    const share = input.length < SHORTEST_ENGLISH ? 0 : BEGINS_SO;
    return eachOnce([...this.begun(ROMAN, input, limit, share), ...this.begunEnglish(input, limit, share)], limit);
  }

  private begunEnglish(input: string, limit: number, share = BEGINS_SO): readonly Candidate[] {
    return englishSpellings(input).flatMap((spelt) => this.begun(ENGLISH, spelt, limit, share));
  }

  /** What hardly sounds like Urdu may be the beginning of an English word: technolo, of ٹیکنالوجی. */
  private begunRoman(input: string, limit: number): readonly Candidate[] {
    const roman = this.begun(ROMAN, input, limit);
    if (input.length < SHORTEST_ENGLISH || roman.some(({ fit }) => fit >= SURE_BEGINNING)) return roman;
    return eachOnce([...roman, ...this.begunEnglish(input, limit)], limit);
  }

  /** The words meant by a word in Devanagari. */
  devanagari(word: string, limit = MOST_KEPT): readonly Candidate[] {
    const input = devanagariLetters(word);
    return this.once(`devanagari ${input}`, limit, (most) =>
      this.rank(this.find({ channel: DEVANAGARI, input, open: false, anyEnd: false }), input, most, DEVANAGARI_LITTLE_WORDS.get(input)),
    );
  }

  /** The words meant by a beginning in Devanagari. */
  devanagariPrefix(word: string, limit = MOST_KEPT): readonly Candidate[] {
    const input = devanagariLetters(word);
    return this.once(`devanagari ${input}*`, limit, (most) => this.begun(DEVANAGARI, input, most));
  }

  /** Two words that were typed as one: `hokar` is ہو کر, `jaenge` جائیں گے. Only where that is likelier than most words. */
  romanSplit(word: string, limit = 3): readonly Split[] {
    const input = romanLetters(word);
    return this.once(`roman ${input} split`, limit, (most) => this.split(ROMAN, input, most));
  }

  /** Two words that Devanagari writes as one: होकर, जाएँगे. */
  devanagariSplit(word: string, limit = 3): readonly Split[] {
    const input = devanagariLetters(word);
    return this.once(`devanagari ${input} split`, limit, (most) => this.split(DEVANAGARI, input, most));
  }

  /** An answer that was given before, if it is among the last: a query asks for each word several times, and again with the next letter typed. */
  private once<T>(question: string, limit: number, answer: (limit: number) => readonly T[]): readonly T[] {
    if (limit > MOST_KEPT) return answer(limit);
    this.answered ??= new LRUCache({ max: MOST_ANSWERED });
    const known = this.answered.get(question) as readonly T[] | undefined;
    const all = known ?? answer(MOST_KEPT);
    if (known === undefined) this.answered.set(question, all);
    return all.slice(0, limit);
  }

  private begun(channel: Channel, input: string, limit: number, share = BEGINS_SO): Candidate[] {
    const all = this.rank(this.find({ channel, input, open: true, anyEnd: false }), input, limit, undefined);
    const best = all.reduce((fit, candidate) => Math.max(fit, candidate.fit), 0);
    return all.filter(({ fit }) => fit >= best * share);
  }

  private split(channel: Channel, input: string, limit: number): Split[] {
    if (input.length < 4) return [];
    const total = (node: number, cost: number): number =>
      cost + PRIOR * ((this.best[ROOT] as number) - Math.log(1 + (this.documents[node] as number)));
    const whole = Array.from(this.find({ channel, input, open: false, anyEnd: false }), ([node, cost]) => total(node, cost));
    const firsts = new Map<number, Part[]>();
    for (const [key, cost] of this.find({ channel, input, open: false, anyEnd: true })) {
      const place = key % PLACES;
      const node = Math.floor(key / PLACES);
      if (place < 2 || place > input.length - 2) continue;
      keepBest(firsts, place, { node, cost, total: total(node, cost) });
    }
    const least = whole.reduce((a, b) => Math.min(a, b), Infinity);
    const found: { readonly parts: readonly [Part, Part]; readonly total: number }[] = [];
    const likeliest = [...firsts].sort(([, [a]], [, [b]]) => (a as Part).total - (b as Part).total).slice(0, CUTS);
    for (const [place, parts] of likeliest) {
      if ((parts[0] as Part).total > least + SPLIT_WIDEST) continue;
      const seconds = new Map<number, Part[]>();
      for (const [node, cost] of this.find({ channel, input: input.slice(place), open: false, anyEnd: false }))
        keepBest(seconds, 0, { node, cost, total: total(node, cost) });
      for (const first of parts) {
        for (const second of seconds.get(0) ?? []) found.push({ parts: [first, second], total: first.total + second.total + SPLIT_COST });
      }
    }
    const kept = found.filter((one) => one.total < least + SPLIT_WIDEST).sort((a, b) => a.total - b.total);
    const mass = (sum: number, each: number): number => sum + Math.exp(-each);
    const sum = kept.map((one) => one.total).reduce(mass, whole.reduce(mass, 0));
    const splits = new Map<string, Split>();
    for (const { parts, total: each } of kept) {
      const terms = [this.termOf(parts[0].node), this.termOf(parts[1].node)] as const;
      const key = terms.join(' ');
      if (splits.has(key)) continue;
      splits.set(key, { terms, score: Math.exp(-each) / sum, fit: Math.exp(-(parts[0].cost + parts[1].cost) / (1 + input.length)) });
      if (splits.size === limit) break;
    }
    return Array.from(splits.values());
  }

  private child(node: number, letter: number): number {
    let at = this.firstChild[node] as number;
    while (at !== 0) {
      if (this.letters[at] === letter) return at;
      at = this.nextSibling[at] as number;
    }
    if (this.nodes === this.letters.length) this.grow();
    at = this.nodes++;
    this.letters[at] = letter;
    this.parent[at] = node;
    this.nextSibling[at] = this.firstChild[node] as number;
    this.firstChild[node] = at;
    return at;
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

  private termOf(node: number): string {
    let term = '';
    for (let at = node; at !== ROOT; at = this.parent[at] as number) term = (TERM_LETTERS[this.letters[at] as number] ?? '') + term;
    return term;
  }

  private rank(found: ReadonlyMap<number, number>, input: string, limit: number, direct: readonly string[] | undefined): Candidate[] {
    const top = this.best[ROOT] as number;
    const all = Array.from(found, ([node, cost]) => {
      const documents = this.documents[node] as number;
      return { node, documents, cost, total: cost + PRIOR * (top - Math.log(1 + documents)) };
    });
    if (direct) {
      const nodes = direct.map((term) => this.nodeOf(term));
      for (const [i, node] of nodes.entries()) {
        if (node === ROOT) continue;
        const documents = this.documents[node] as number;
        const known = all.find((one) => one.node === node);
        const placed = { node, documents, cost: 0, total: -6 + i };
        if (known) Object.assign(known, placed);
        else all.push(placed);
      }
    }
    // Of those that are equally near and frequent the shorter is meant more often: قوالی before قوالوں.
    all.sort((a, b) => a.total - b.total || this.termOf(a.node).length - this.termOf(b.node).length || a.node - b.node);
    const least = all[0]?.total ?? 0;
    const sum = all.reduce((mass, { total }) => mass + Math.exp(least - total), 0);
    return all.slice(0, limit).map(({ node, documents, cost, total }) => ({
      term: this.termOf(node),
      score: Math.exp(least - total) / sum,
      fit: Math.exp(-cost / (1 + input.length)),
      documents,
    }));
  }

  private nodeOf(term: string): number {
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

  /** Words and their cost of spelling, unsorted. */
  private find(search: Search): Map<number, number> {
    const { channel, input, open, anyEnd } = search;
    const found = new Map<number, number>();
    const end = input.length;
    if (end === 0 || end > LONGEST_INPUT || this.words === 0) return found;
    const lattice = prepare(search);
    const top = this.best[ROOT] as number;
    const beams = Array.from({ length: end + 1 }, (_, i) => borrowBeam(i));
    (beams[0] as Beam).put(ROOT, 0, 0);
    const isVowelAt = Uint8Array.from(input, (character) => (/[aeiou]/.test(character) ? 1 : 0));
    const { endPlaces, endCosts } = lattice;
    for (let at = 0; at <= end; at++) {
      const beam = beams[at] as Beam;
      beam.prune();
      for (let i = 0; i < beam.count; i++) {
        const cost = beam.costs[i] as number;
        if (cost + (beam.futures[i] as number) > beam.limit) continue;
        const key = beam.keys[i] as number;
        const node = key >> 1;
        const voiced = (key & 1) === 1;
        const letter = this.letters[node] as number;
        const started = node !== ROOT;
        if (at < end) {
          // A typed character for nothing, and vowels that Urdu does not write.
          const future = beam.futures[i] as number;
          const stray = lattice.strays[at] as number;
          if (started || at === 0) (beams[at + 1] as Beam).put(key, cost + stray, future);
          if (started && !voiced) {
            for (let length = 1; length <= 2 && at + length <= end; length++) {
              const vowel = lattice.vowels[at * 3 + length] as number;
              if (vowel === Infinity) continue;
              const after = NOT_BEFORE_VOWEL[letter] === 1 ? 2.5 : 0;
              (beams[at + length] as Beam).put(key | 1, cost + vowel + after, future);
            }
          }
        }
        if (open && at === end && started) {
          const known = found.get(node);
          if (known === undefined || cost < known) found.set(node, cost);
        }
        const afterVowel = started && (letter === ALEF || letter === WAW);
        const onVowel = voiced && isVowelAt[at] === 1;
        const muteStart = at === 0 && started;
        const place = (started ? (afterVowel && !muteStart ? AFTER_VOWEL : MEDIAL) : INITIAL) * LETTERS;
        for (let child = this.firstChild[node] as number; child !== 0; child = this.nextSibling[child] as number) {
          const next = this.letters[child] as number;
          // A first letter that nothing was typed for carries a vowel: ایمان iman, عام aam, یونین union.
          // اسکول is said and typed without its ا.
          if (muteStart && LETTER_KIND[next] !== VOWEL && !(letter === ALEF && next === SEEN)) continue;
          const gap = started && !voiced && LETTER_KIND[letter] === CONSONANT && LETTER_KIND[next] === CONSONANT ? channel.noVowel : 0;
          const future = PRIOR * (top - (this.best[child] as number));
          // Two vowels together are one letter's, not an unwritten one and a letter: bhai is بھائی, not بھی.
          const so = cost + gap + (onVowel && LETTER_KIND[next] === VOWEL ? HIATUS : 0);
          const row = place + next;
          if (this.firstChild[child] !== 0 || open) {
            const skipped = so + (channel.silent[row] as number);
            if (skipped + future <= beam.limit) beam.put(child << 1, skipped, future);
            let lengths = lattice.lengths[at * ROWS + row] as number;
            for (let length = 1; lengths !== 0; length++, lengths >>= 1) {
              if ((lengths & 1) === 0) continue;
              (beams[at + length] as Beam).put(
                child << 1,
                so + (lattice.costs[(at * LONGEST_CHUNK + length - 1) * ROWS + row] as number),
                future,
              );
            }
          }
          if (open || (this.documents[child] as number) === 0) continue;
          const lastRow = FINAL * LETTERS + next;
          for (let nth = 0; nth < endPlaces.length; nth++) {
            const last = endPlaces[nth] as number;
            const length = last - at;
            if (length < 0 || length > LONGEST_CHUNK) continue;
            const step = (
              length === 0 ? channel.silent[lastRow] : lattice.costs[(at * LONGEST_CHUNK + length - 1) * ROWS + lastRow]
            ) as number;
            if (step === Infinity) continue;
            // A final ہ is mostly a vowel itself.
            const total = (next === HEH ? cost : so) + step + (endCosts[nth] as number);
            const key = anyEnd ? child * PLACES + last : child;
            const known = found.get(key);
            if (known === undefined || total < known) found.set(key, total);
          }
        }
      }
    }
    return open ? this.complete(found) : found;
  }

  /** From where beginnings end, the most frequent words below them. */
  private complete(beginnings: ReadonlyMap<number, number>): Map<number, number> {
    const top = this.best[ROOT] as number;
    const starts = Array.from(beginnings, ([node, cost]) => ({ node, cost, total: cost + PRIOR * (top - (this.best[node] as number)) }))
      .sort((a, b) => a.total - b.total)
      .slice(0, 24);
    const found = new Map<number, number>();
    for (const { node, cost } of starts) {
      // Down the most frequent branches first; a few words of each beginning are enough to choose from.
      const queue = [node];
      let steps = 0;
      while (queue.length > 0 && steps++ < 24) {
        let heaviest = 0;
        for (let i = 1; i < queue.length; i++)
          if ((this.best[queue[i] as number] as number) > (this.best[queue[heaviest] as number] as number)) heaviest = i;
        const at = queue.splice(heaviest, 1)[0] as number;
        if ((this.documents[at] as number) > 0) {
          const known = found.get(at);
          if (known === undefined || cost < known) found.set(at, cost);
        }
        for (let child = this.firstChild[at] as number; child !== 0; child = this.nextSibling[child] as number) queue.push(child);
      }
    }
    return found;
  }
}

/** Each word once, the likeliest first. */
function eachOnce(candidates: readonly Candidate[], limit: number): Candidate[] {
  const all = [...candidates].sort((one, other) => other.score - one.score || other.fit - one.fit);
  const known = new Set<string>();
  return all.filter(({ term }) => !known.has(term) && known.add(term)).slice(0, limit);
}

/** Keeps the few best parts of each place, best first. */
function keepBest(parts: Map<number, Part[]>, place: number, part: Part): void {
  const best = parts.get(place) ?? [];
  parts.set(place, best);
  if (best.length === HALVES && (best[HALVES - 1] as Part).total <= part.total) return;
  best.push(part);
  best.sort((a, b) => a.total - b.total);
  best.length = Math.min(best.length, HALVES);
}

/** What each place of the input may stand for. */
interface Lattice {
  /** By place, length - 1 and row; only where `lengths` has the bit. */
  readonly costs: Float32Array;
  /** By place and row: bit n for a piece of n + 1 characters. */
  readonly lengths: Uint8Array;
  /** By place and length. */
  readonly vowels: Float32Array;
  readonly strays: Float32Array;
  /** Where the word may end, and at what cost. */
  readonly endPlaces: Uint8Array;
  readonly endCosts: Float64Array;
}

const latticeCosts = new Float32Array((LONGEST_INPUT + 1) * LONGEST_CHUNK * ROWS);
const latticeLengths = new Uint8Array((LONGEST_INPUT + 1) * ROWS);

/** What it costs that a character stands for nothing. A doubled consonant is one letter in Urdu; a doubled vowel is a long one. */
function strayAt(channel: Channel, input: string, at: number): number {
  const character = input[at] as string;
  return character === input[at - 1] && !/[aeiou]/i.test(character) ? channel.doubled : channel.stray(character);
}

function prepare({ channel, input, open, anyEnd }: Search): Lattice {
  const end = input.length;
  const costs = latticeCosts.fill(Infinity, 0, (end + 1) * LONGEST_CHUNK * ROWS);
  const lengths = latticeLengths.fill(0, 0, (end + 1) * ROWS);
  const vowels = new Float32Array((end + 1) * 3).fill(Infinity);
  const strays = new Float32Array(end + 1).fill(Infinity);
  const ends = anyEnd ? Array.from({ length: end }, (_, i) => ({ place: i + 1, cost: 0 })) : [{ place: end, cost: 0 }];
  for (const [chunk, cost] of channel.tails)
    if (end > chunk.length + 1 && input.endsWith(chunk)) ends.push({ place: end - chunk.length, cost });
  if (end > 2) ends.push({ place: end - 1, cost: strayAt(channel, input, end - 1) });
  const emit = (at: number, length: number, { rows, costs: each }: Emissions): void => {
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i] as number;
      const slot = (at * LONGEST_CHUNK + length - 1) * ROWS + row;
      costs[slot] = Math.min(costs[slot] as number, each[i] as number);
      lengths[at * ROWS + row] = (lengths[at * ROWS + row] as number) | (1 << (length - 1));
    }
  };
  for (let at = 0; at < end; at++) {
    strays[at] = strayAt(channel, input, at);
    for (let length = 1; length <= LONGEST_CHUNK && at + length <= end; length++) {
      const chunk = input.slice(at, at + length);
      const emitted = channel.emissions.get(chunk);
      if (emitted) emit(at, length, emitted);
      const begun = open && at + length === end ? channel.begun.get(chunk) : undefined;
      if (begun) emit(at, length, begun);
      if (length <= 2) vowels[at * 3 + length] = channel.shortVowels.get(chunk) ?? Infinity;
    }
  }
  const endPlaces = Uint8Array.from(ends, ({ place }) => place);
  const endCosts = Float64Array.from(ends, ({ cost }) => cost);
  return { costs, lengths, vowels, strays, endPlaces, endCosts };
}

const SLOTS = CAPACITY * 2;
const BUCKETS = 64;

/** The states at one place of the input: node and whether a vowel was just read, the cheapest way to each. */
class Beam {
  count = 0;
  limit = Infinity;
  readonly keys = new Int32Array(CAPACITY);
  readonly costs = new Float32Array(CAPACITY);
  readonly futures = new Float32Array(CAPACITY);
  private readonly slots = new Int32Array(SLOTS).fill(-1);
  private least = Infinity;

  clear(): void {
    this.slots.fill(-1);
    this.count = 0;
    this.limit = Infinity;
    this.least = Infinity;
  }

  put(key: number, cost: number, future: number): void {
    const total = cost + future;
    if (total > this.least + WIDEST || total > this.limit) return;
    if (total < this.least) this.least = total;
    let slot = Math.imul(key, 0x9e3779b1) >>> 19;
    for (;;) {
      const at = this.slots[slot] as number;
      if (at < 0) break;
      if (this.keys[at] === key) {
        if (cost < (this.costs[at] as number)) this.costs[at] = cost;
        return;
      }
      slot = (slot + 1) % SLOTS;
    }
    if (this.count === CAPACITY) return;
    this.slots[slot] = this.count;
    this.keys[this.count] = key;
    this.costs[this.count] = cost;
    this.futures[this.count] = future;
    this.count++;
  }

  /** Sets the limit so that some `BEAM` states stay under it. */
  prune(): void {
    this.limit = this.least + WIDEST;
    if (this.count <= BEAM) return;
    const histogram = new Int32Array(BUCKETS + 1);
    for (let i = 0; i < this.count; i++) {
      const over = (this.costs[i] as number) + (this.futures[i] as number) - this.least;
      const bucket = Math.min(BUCKETS, Math.floor((over / WIDEST) * BUCKETS));
      histogram[bucket] = (histogram[bucket] as number) + 1;
    }
    let kept = 0;
    for (let bucket = 0; bucket <= BUCKETS; bucket++) {
      kept += histogram[bucket] as number;
      if (kept >= BEAM) {
        this.limit = this.least + ((bucket + 1) * WIDEST) / BUCKETS;
        return;
      }
    }
  }
}

const beams: Beam[] = [];

/** Beams are used again: searching is synchronous, one search at a time. */
function borrowBeam(at: number): Beam {
  const beam = beams[at] ?? new Beam();
  beams[at] = beam;
  beam.clear();
  return beam;
}
