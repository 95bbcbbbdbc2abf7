import { hashOf, needOf, type ReadWords, readText } from '../settings/need.js';

/** One search as it is counted. */
export interface Asked {
  readonly index: string;
  /** When: milliseconds since 1970. */
  readonly at: number;
  /** See `hashOf`. */
  readonly hash: string;
  /** As it was typed; shown to editors. */
  readonly text: string;
  /** What it was corrected, spelled or transliterated into. */
  readonly meant?: string;
  /** Nothing was found. */
  readonly isEmpty: boolean;
}

/** What is read of an answer to a search; see `server/search/describe.ts`. */
interface Answered {
  readonly totalHits?: number;
  readonly estimatedTotalHits?: number;
  readonly hits?: readonly unknown[];
  readonly urdu?: {
    readonly didYouMean?: string;
    readonly understood?: {
      readonly retyped?: string;
      readonly words: readonly { readonly readings: readonly ReadWords[] }[];
      readonly phrases: readonly string[];
      readonly unwanted: readonly string[];
    };
  };
}

/** Longer texts are pasted, not asked: no row is made of them. In UTF-16 code units. */
const LONGEST = 200;
/** What a reader may not have wanted to tell anybody: addresses of mail, and so many digits as phones and identity cards have, also with what stands between them (0300.123.4567, (0300) 123-4567); a day or two years have eight. */
const PERSONAL = /@\S+\.|(?:\p{Nd}[\s./()-]{0,3}){9,}/u;

/**
 * What an answer says of the query that it answers. What was understood is read from the answer's `urdu`, so the search flow knows nothing of it; where there is none, the words are taken as they
 * were typed.
 *
 * @returns undefined for a search without words, or one that is not to be written down
 */
export function askedIn(index: string, q: unknown, answer: Readonly<Record<string, unknown>>, at: number): Asked | undefined {
  if (typeof q !== 'string') return undefined;
  const text = q.trim();
  if (text.length < 2 || text.length > LONGEST || PERSONAL.test(text)) return undefined;
  const { urdu, totalHits, estimatedTotalHits, hits } = answer as Answered;
  const understood = urdu?.understood;
  const need =
    understood === undefined
      ? needOf({ words: [readText(text)] })
      : needOf({
          words: understood.words.flatMap(({ readings: [best] }) => best ?? []),
          phrases: understood.phrases.map(readText),
          unwanted: understood.unwanted.map(readText),
        });
  if (need === '') return undefined;
  const meant = urdu?.didYouMean;
  return {
    index,
    at,
    hash: hashOf(need),
    text,
    ...(meant !== undefined && meant !== text && meant.length <= LONGEST && { meant }),
    isEmpty: (totalHits ?? estimatedTotalHits ?? hits?.length ?? 0) === 0,
  };
}
