/**
 * The words of a collection by how they sound: a trie of Urdu letters that is walked along what was typed, each step a letter of the word
 * and the piece typed for it (see `channel.ts`). Nothing is looked up by a key, so any mixture of alternates is found, and a word costs the
 * same whether there are a thousand words or a million, nearly.
 */

import { LRUCache } from 'lru-cache';
import type { Channel } from './channel.js';
import { DEVANAGARI, DEVANAGARI_LITTLE_WORDS, devanagariLetters } from './devanagari.js';
import { ENGLISH, englishSpellings, FUNCTION_WORDS, mayBeEnglish, ROMAN, romanLetters } from './roman.js';
import { PLACES } from './sound-lattice.js';
import { ROOT, SoundTrie } from './sound-trie.js';
import { PRIOR, walk } from './sound-walk.js';
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
/** Answers that are remembered, and candidates of each: some 5 MB. */
const MOST_ANSWERED = 4_096;
const MOST_KEPT = 10;

export class SoundIndex {
  private readonly trie = new SoundTrie();
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
    return this.trie.size;
  }

  /** Adds a word, or changes its documents; none takes the word away. Terms with other than Urdu letters are passed over. */
  add(term: string, documents: number): void {
    if (this.trie.add(term, documents)) this.answered = undefined;
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
    const found = walk(this.trie, { channel: ROMAN, input, open: false, anyEnd: false });
    if (mayBeEnglish(input)) {
      for (const [node, cost] of this.walkAsEnglish(input)) {
        if (NOT_ENGLISH.test(this.trie.termOf(node))) continue;
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

  /** The words meant by an English word, as Urdu spells English. See `mayBeEnglish` for `roman`, which weighs both. */
  english(word: string, limit = MOST_KEPT): readonly Candidate[] {
    const input = romanLetters(word);
    return this.once(`english ${input}`, limit, (most) =>
      this.rank(this.walkAsEnglish(input), input, MOST_TRIED, undefined).filter(mayBeLoan).slice(0, most),
    );
  }

  /** The words meant by the beginning of an English word. */
  englishPrefix(word: string, limit = MOST_KEPT): readonly Candidate[] {
    const input = romanLetters(word);
    return this.once(`english ${input}*`, limit, (most) => eachOnce(this.begunEnglish(input, most), most));
  }

  /** Each word that a whole input may be by the letters of English, with the least that it costs in any spelling. */
  private walkAsEnglish(input: string): ReadonlyMap<number, number> {
    const all = new Map<number, number>();
    for (const spelt of englishSpellings(input))
      for (const [node, cost] of walk(this.trie, { channel: ENGLISH, input: spelt, open: false, anyEnd: false }))
        all.set(node, Math.min(cost, all.get(node) ?? Infinity));
    return all;
  }

  private begunEnglish(input: string, limit: number, share = BEGINS_SO): readonly Candidate[] {
    return englishSpellings(input)
      .flatMap((spelt) => this.begun(ENGLISH, spelt, limit, share))
      .filter(mayBeLoan);
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
      this.rank(
        walk(this.trie, { channel: DEVANAGARI, input, open: false, anyEnd: false }),
        input,
        most,
        DEVANAGARI_LITTLE_WORDS.get(input),
      ),
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
    const all = this.rank(walk(this.trie, { channel, input, open: true, anyEnd: false }), input, limit, undefined);
    const best = all.reduce((fit, candidate) => Math.max(fit, candidate.fit), 0);
    return all.filter(({ fit }) => fit >= best * share);
  }

  private split(channel: Channel, input: string, limit: number): Split[] {
    if (input.length < 4) return [];
    const total = (node: number, cost: number): number =>
      cost + PRIOR * ((this.trie.best[ROOT] as number) - Math.log(1 + (this.trie.documents[node] as number)));
    const whole = Array.from(walk(this.trie, { channel, input, open: false, anyEnd: false }), ([node, cost]) => total(node, cost));
    const firsts = new Map<number, Part[]>();
    for (const [key, cost] of walk(this.trie, { channel, input, open: false, anyEnd: true })) {
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
      for (const [node, cost] of walk(this.trie, { channel, input: input.slice(place), open: false, anyEnd: false }))
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
      const terms = [this.trie.termOf(parts[0].node), this.trie.termOf(parts[1].node)] as const;
      const key = terms.join(' ');
      if (splits.has(key)) continue;
      splits.set(key, { terms, score: Math.exp(-each) / sum, fit: Math.exp(-(parts[0].cost + parts[1].cost) / (1 + input.length)) });
      if (splits.size === limit) break;
    }
    return Array.from(splits.values());
  }

  private rank(found: ReadonlyMap<number, number>, input: string, limit: number, direct: readonly string[] | undefined): Candidate[] {
    const top = this.trie.best[ROOT] as number;
    const all = Array.from(found, ([node, cost]) => {
      const documents = this.trie.documents[node] as number;
      return { node, documents, cost, total: cost + PRIOR * (top - Math.log(1 + documents)) };
    });
    if (direct) {
      const nodes = direct.map((term) => this.trie.nodeOf(term));
      for (const [i, node] of nodes.entries()) {
        if (node === ROOT) continue;
        const documents = this.trie.documents[node] as number;
        const known = all.find((one) => one.node === node);
        const placed = { node, documents, cost: 0, total: -6 + i };
        if (known) Object.assign(known, placed);
        else all.push(placed);
      }
    }
    all.sort((a, b) => a.total - b.total || compareTerms(this.trie.termOf(a.node), this.trie.termOf(b.node)));
    const least = all[0]?.total ?? 0;
    const sum = all.reduce((mass, { total }) => mass + Math.exp(least - total), 0);
    return all.slice(0, limit).map(({ node, documents, cost, total }) => ({
      term: this.trie.termOf(node),
      score: Math.exp(least - total) / sum,
      fit: Math.exp(-cost / (1 + input.length)),
      documents,
    }));
  }
}

/** Of words that are equally near and frequent the shorter is meant more often: قوالی before قوالوں. What is left is the same in whatever order words came. */
const compareTerms = (one: string, other: string): number => one.length - other.length || (one < other ? -1 : 1);

/** Letters of sounds that English has not: Urdu writes no word of it with them. */
const NOT_ENGLISH = /[\u062B\u062D\u062E\u0630\u0635\u0636\u0637\u0638\u0639\u063A\u0642\u0691]|(?<!\u062A)\u06BE/;
const mayBeLoan = ({ term }: Candidate): boolean => !NOT_ENGLISH.test(term);
/** Candidates among which loans are looked for. */
const MOST_TRIED = 32;

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
