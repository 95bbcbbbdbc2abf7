/**
 * A lexicon of one collection: words that it writes both joined and apart (وزیراعظم and وزیر اعظم), learned by counting.
 * An analyzer made with it cuts the joined spelling, so that both give the same terms.
 */
import { collectWords } from './scan.js';

/** Where joined words are cut. Immutable; safe to share between analyzers. */
export interface Lexicon {
  /** How many joined words it can cut. */
  readonly size: number;
  /** The parts of a joined word in folded letters, or undefined if it is not known as joined. */
  parts(joined: string): readonly string[] | undefined;
  /** Plain data for `JSON.stringify`; read it back with `lexiconFromJson`. */
  toJSON(): LexiconJson;
}

/** How a lexicon is stored. `version` goes up when an old file could no longer be read. */
export interface LexiconJson {
  readonly version: 1;
  /** Joined words with a space at each cut, sorted: `وزیر اعظم`. Joined is the same without the spaces. */
  readonly compounds: readonly string[];
  /** Joined words whose parts change when they are written apart: `[joined, apart]`. */
  readonly irregular: readonly (readonly [string, string])[];
}

/** When a word seen both ways counts as one compound. All in number of occurrences unless said otherwise. */
export interface LearnOptions {
  /** Joined at least this often. Default 2: a single one is as likely a slip of the space bar. */
  readonly minJoined?: number;
  /** Apart, as neighbours, at least this often. Default 2. */
  readonly minApart?: number;
  /** Apart divided by joined, at least. Default 0.1: below it the pair is chance (کرتے and کر تے). */
  readonly minApartShare?: number;
  /** Neighbours this many times more often than chance would bring them together. Default 3. */
  readonly minAttraction?: number;
}

const DEFAULTS = { minJoined: 2, minApart: 2, minApartShare: 0.1, minAttraction: 3 } as const satisfies Required<LearnOptions>;

/** The shortest part a learned compound may have, in letters. With 1, ایکسی could be cut anywhere a stray letter stands. */
const MIN_PART = 2;

/**
 * Learns a lexicon from texts. Reads each text once and keeps 4 bytes a word: 10 million words take 40 MB.
 * Texts may be given lazily (a generator over files).
 */
export function learnLexicon(texts: Iterable<string>, options: LearnOptions = {}): Lexicon {
  const settings = { ...DEFAULTS, ...options };
  const idOf = new Map<string, number>();
  const words: string[] = [];
  const counts: number[] = [];
  /** Word ids in reading order, -1 where neighbours are not neighbours (a sign between them, another text). */
  let sequence = new Int32Array(1024);
  let length = 0;
  const push = (id: number): void => {
    if (length === sequence.length) {
      const longer = new Int32Array(length * 2);
      longer.set(sequence);
      sequence = longer;
    }
    sequence[length] = id;
    length += 1;
  };
  for (const text of texts) {
    collectWords(text, (word, followsDirectly) => {
      let id = idOf.get(word);
      if (id === undefined) {
        id = words.length;
        idOf.set(word, id);
        words.push(word);
        counts.push(0);
      }
      counts[id] = (counts[id] ?? 0) + 1;
      if (!followsDirectly) push(-1);
      push(id);
    });
    push(-1);
  }
  const pairs = new Map<string, { joined: string; apart: string; times: number; left: number; right: number }>();
  for (let i = 1; i < length; i += 1) {
    const left = sequence[i - 1] ?? -1;
    const right = sequence[i] ?? -1;
    if (left < 0 || right < 0) continue;
    const a = words[left] ?? '';
    const b = words[right] ?? '';
    if (a.length < MIN_PART || b.length < MIN_PART) continue;
    const joined = a + b;
    if (!idOf.has(joined)) continue;
    const apart = `${a} ${b}`;
    const pair = pairs.get(apart);
    if (pair) pair.times += 1;
    else pairs.set(apart, { joined, apart, times: 1, left, right });
  }
  const best = new Map<string, { apart: string; times: number }>();
  for (const { joined, apart, times, left, right } of pairs.values()) {
    const joinedTimes = counts[idOf.get(joined) ?? -1] ?? 0;
    if (joinedTimes < settings.minJoined || times < settings.minApart || times / joinedTimes < settings.minApartShare) continue;
    const byChance = ((counts[left] ?? 0) * (counts[right] ?? 0)) / Math.max(1, length);
    if (times < byChance * settings.minAttraction) continue;
    const known = best.get(joined);
    // Cut in two ways? The one written more often; of equals the first in code point order, so that the order of texts does not matter.
    if (!known || times > known.times || (times === known.times && apart < known.apart)) best.set(joined, { apart, times });
  }
  return createLexicon(Array.from(best, ([joined, { apart }]) => [joined, apart] as const));
}

/** A lexicon read back from what `JSON.stringify(lexicon)` wrote. Throws `LexiconError` on anything else. */
export function lexiconFromJson(json: unknown): Lexicon {
  const data = (typeof json === 'string' ? JSON.parse(json) : json) as Partial<LexiconJson> | null;
  if (typeof data !== 'object' || data === null || data.version !== 1 || !Array.isArray(data.compounds) || !Array.isArray(data.irregular)) {
    throw new LexiconError(
      `not a lexicon of version 1: got ${JSON.stringify(json)?.slice(0, 60) ?? 'undefined'}. Make it anew with learnLexicon(texts).`,
    );
  }
  const compounds = data.compounds.map((apart: unknown) => {
    if (typeof apart !== 'string')
      throw new LexiconError(`a compound must be a string with spaces at its cuts, got ${JSON.stringify(apart)}`);
    return [apart.replaceAll(' ', ''), apart] as const;
  });
  return createLexicon([...compounds, ...(data.irregular as LexiconJson['irregular'])]);
}

/** What was given as a lexicon cannot be one. */
export class LexiconError extends Error {
  override readonly name = 'LexiconError';
  readonly code = 'invalid_lexicon';
}

/** A lexicon of `[joined, apart]` pairs in folded letters, `apart` with a space at each cut. */
export function createLexicon(entries: readonly (readonly [joined: string, apart: string])[]): Lexicon {
  const apartOf = new Map<string, string>(entries);
  return {
    size: apartOf.size,
    parts: (joined) => apartOf.get(joined)?.split(' '),
    toJSON() {
      const sorted = Array.from(apartOf).sort(([a], [b]) => (a < b ? -1 : 1));
      return {
        version: 1,
        compounds: sorted.filter(([joined, apart]) => apart.replaceAll(' ', '') === joined).map(([, apart]) => apart),
        irregular: sorted.filter(([joined, apart]) => apart.replaceAll(' ', '') !== joined),
      };
    },
  };
}
