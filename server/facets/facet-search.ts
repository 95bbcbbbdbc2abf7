import { hasArabicScript } from '../shadow/shadow.js';
import { type FacetHit, mergeAlike } from './distribution.js';
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

/** The hits of several facet searches as of one: each value once, spellings of one value merged. */
export function mergeFacetHits(answers: readonly (readonly FacetHit[])[]): FacetHit[] {
  const each = new Map<string, FacetHit>();
  for (const hit of answers.flat()) if (!each.has(hit.value)) each.set(hit.value, hit);
  return mergeAlike([...each.values()]);
}

/** The hits of facet searches among different documents: counts add up. */
export function sumFacetHits(answers: readonly (readonly FacetHit[])[]): FacetHit[] {
  const counts = new Map<string, number>();
  for (const { value, count } of answers.flat()) counts.set(value, (counts.get(value) ?? 0) + count);
  return [...counts].map(([value, count]) => ({ value, count }));
}
