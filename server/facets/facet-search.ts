import { hasArabicScript } from '../shadow/shadow.js';
import { type FacetHit, inOrderOf, mergeAlike } from './distribution.js';
import { foldValue } from './fold.js';
import type { Spellings } from './spellings.js';

/** Beginnings asked for beside the one that was typed. */
const MOST_BEGINNINGS = 8;

/** The beginnings under which Meilisearch knows what was typed in a facet search box: `كتا` for `کتا`. The typed one comes first. */
export async function beginningsOf(uid: string, facet: string, typed: string, spellings: Spellings): Promise<readonly string[]> {
  if (!hasArabicScript(typed)) return [typed];
  const wanted = foldValue(typed);
  const values = await spellings.such(uid, facet, (fold) => fold.startsWith(wanted));
  return [...new Set([typed, ...values.map((value) => beginningOf(value, wanted))])].slice(0, MOST_BEGINNINGS);
}

/** The shortest beginning of a value that already folds to what is wanted, or the value. */
function beginningOf(value: string, wanted: string): string {
  const letters = [...value];
  for (let length = 1; length < letters.length; length += 1) {
    const beginning = letters.slice(0, length).join('');
    if (foldValue(beginning).startsWith(wanted)) return beginning;
  }
  return value;
}

/**
 * The hits of several facet searches as of one, spellings of one value merged, in the order in which Meilisearch gives them.
 *
 * @param answers for each question, whose documents are all different, the answers for each beginning that was asked for
 */
export function mergeFacetHits(answers: readonly (readonly (readonly FacetHit[])[])[]): FacetHit[] {
  const counts = new Map<string, number>();
  for (const ofQuestion of answers) {
    // Several beginnings may find the same value.
    const once = new Map(ofQuestion.flat().map(({ value, count }) => [value, count]));
    for (const [value, count] of once) counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return inOrderOf(answers.flat(), mergeAlike([...counts].map(([value, count]) => ({ value, count }))));
}
