import { analyze } from '@justuju/urdu';

/*
 * Two consonants with which English words begin and Urdu ones do not: Urdu writes an alef before them, or none (اسپیکر, سپیکر). The analyzer joins those that its tables know; inside a compound (لاؤڈسپیکر)
 * and of all other words only the collection tells.
 */

const ALEF = '\u0627';
const CLUSTER = /^\u0627?\u0633[\u067E\u0679\u06A9]/;

/** The word without the alef that it has before such consonants, or with one; undefined where it does not begin so. */
export const withOrWithoutAlef = (term: string): string | undefined =>
  CLUSTER.test(term) ? (term.startsWith(ALEF) ? term.slice(1) : ALEF + term) : undefined;

/** The term of a part of a compound by itself: اسپیکر for the سپیکر of لاؤڈسپیکر. */
export function termOfPart(part: string): string {
  if (!CLUSTER.test(part)) return part;
  const [token, ...more] = analyze(part);
  return token === undefined || more.length > 0 ? part : token.term;
}
