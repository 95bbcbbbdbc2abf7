import type { Slot } from '../query/slots.js';
import type { Dictionary } from '../store/dictionary.js';

/**
 * The word on which a query rests: every document that holds it is a hit, whatever else it holds. The rarest finished word that the collection knows, as it was most likely
 * meant; a function word only where nothing else is asked. So that the store and Meilisearch count the same documents it must be one that both look up exactly:
 * roots, no beginnings and no near spellings.
 */
export interface Anchor {
  /** Of several roots a document must hold all. */
  readonly roots: readonly string[];
  /**
   * Whether the store and Meilisearch surely look it up alike. Of words in other letters, and of numbers, Meilisearch reads texts in its own way (`59*`, `1-0`): only it can say
   * which documents hold them.
   */
  readonly isCertain: boolean;
}

const ARABIC_LETTERS = /^[\p{Script=Arabic}\p{M}]+$/u;

export function anchorOf(slots: readonly Slot[], dictionary: Dictionary): Anchor | undefined {
  let best: { readonly roots: readonly string[]; readonly rank: readonly number[] } | undefined;
  for (const slot of slots) {
    const roots = [...new Set(slot.readings[0]?.roots ?? [])];
    // Only together are they what was asked, and that no question counts.
    if (slot.readings[0]?.isTogether === true) continue;
    if (roots.length === 0 || !roots.every((root) => dictionary.documentsWithRoot(root) > 0)) continue;
    // A word that stands by itself before one in parts, which Meilisearch may find elsewhere in a text.
    const rank = [slot.isStop ? 0 : 1, slot.isPrefix ? 0 : 1, roots.length === 1 ? 1 : 0, slot.rarity];
    if (best === undefined || isHigher(rank, best.rank)) best = { roots, rank };
  }
  return best === undefined ? undefined : { roots: best.roots, isCertain: best.roots.every((root) => ARABIC_LETTERS.test(root)) };
}

function isHigher(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, i) => value !== other[i]);
  return at !== -1 && (one[at] as number) > (other[at] as number);
}
