import type { Token } from '@justuju/urdu';
import { DEFAULT_TYPOS, type Typos } from '../settings/typos.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { likeliness, type SpellingCandidate } from '../vocabulary/spelling-index.js';
import { type Reading, searchedTerms } from './slots.js';

/** Within this distance a word is off by one slip. See `letterDistance`. */
const ONE_SLIP = 1.1;

/** How far a correction may be from what was typed, by the length of the word; 0: it is not corrected. See `letterDistance`. */
function bound({ term }: Token, typos: Typos): number {
  const { length } = term;
  const ours = length <= 3 ? 0.75 : length <= 5 ? ONE_SLIP : 1.5;
  const edits = editsIn(term, typos);
  // Meilisearch's default would leave short words alone, where Urdu has most of its words; our distance is strict enough for them.
  if (edits === 2 || hasDefaultSizes(typos)) return isCorrected(term, typos) ? ours : 0;
  return edits === 0 ? 0 : Math.min(ours, ONE_SLIP);
}

const isCorrected = (term: string, { enabled, disableOnWords }: Typos): boolean => enabled && !disableOnWords.includes(term);

/** How many letters of a word may be wrong, as Meilisearch counts them. */
function editsIn(term: string, typos: Typos): number {
  const { oneTypo, twoTypos } = typos.minWordSizeForTypos;
  if (!isCorrected(term, typos)) return 0;
  return term.length >= twoTypos ? 2 : term.length >= oneTypo ? 1 : 0;
}

function hasDefaultSizes({ minWordSizeForTypos: { oneTypo, twoTypos } }: Typos): boolean {
  const usual = DEFAULT_TYPOS.minWordSizeForTypos;
  return oneTypo === usual.oneTypo && twoTypos === usual.twoTypos;
}

/** A known word is doubted only when so many times more documents hold the near one. */
const MUCH_MORE_FREQUENT = 25;
/** ... and only when it is as rare as this: a word of many documents is meant. */
const RARE_SHARE = 0.0006;

/** Of words near in spelling those that some document still holds: the index of spellings may lag behind. */
const isThere =
  ({ vocabulary }: Knowledge) =>
  ({ term }: SpellingCandidate): boolean =>
    vocabulary.documentsWithTerm(term) > 0;

/** Corrections of a word that the collection does not know, likeliest first. */
export function correctUnknown(token: Token, knowledge: Knowledge, typos = DEFAULT_TYPOS, limit = 3): Reading[] {
  const { spelling } = knowledge;
  const farthest = bound(token, typos);
  if (spelling === undefined || token.type !== 'word' || token.term.length < 3 || farthest === 0) return [];
  const near = spelling.near(token.term, farthest, limit).filter(isThere(knowledge));
  const best = near[0];
  if (best === undefined) return [];
  return near
    .filter((candidate) => likeliness(candidate) > likeliness(best) - 0.45)
    .map((candidate) => ({
      ...searchedTerms([candidate.term], knowledge),
      reason: 'corrected' as const,
      weight: Math.max(0.3, 0.85 - candidate.distance * 0.3),
    }));
}

/** A correction is surer the fewer letters were wrong: its weight, by their number. */
const LATIN_WEIGHT = [1, 0.6, 0.45] as const;

/** Corrections of a Latin word that the collection does not know: letters left out, put in, replaced or swapped, in Meilisearch's measure. */
export function correctLatin(token: Token, knowledge: Knowledge, typos = DEFAULT_TYPOS, limit = 2): Reading[] {
  const { spelling } = knowledge;
  const edits = editsIn(token.term, typos);
  if (spelling === undefined || token.type !== 'latin' || edits === 0) return [];
  const near = spelling.nearLatin(token.term, edits, limit).filter(isThere(knowledge));
  return near
    .filter(({ distance }) => distance === near[0]?.distance)
    .map(({ term, distance }) => ({
      ...searchedTerms([term], knowledge),
      reason: 'corrected' as const,
      weight: LATIN_WEIGHT[distance] ?? 0,
    }));
}

/** Corrections of a word that the collection does hold, but so seldom that it may be a slip itself. */
export function doubtRare(token: Token, knowledge: Knowledge, typos = DEFAULT_TYPOS): Reading[] {
  const { spelling, vocabulary } = knowledge;
  const farthest = bound(token, typos) * 0.75;
  if (spelling === undefined || token.type !== 'word' || token.term.length < 3 || farthest === 0) return [];
  const documents = Math.max(vocabulary.documentsWithTerm(token.term), vocabulary.documentsWithRoot(token.root));
  if (documents > Math.max(3, vocabulary.documents * RARE_SHARE)) return [];
  return spelling
    .near(token.term, farthest, 4)
    .filter(isThere(knowledge))
    .filter((candidate) => candidate.documents >= documents * MUCH_MORE_FREQUENT && vocabulary.rootOf(candidate.term) !== token.root)
    .slice(0, 2)
    .map((candidate) => ({
      ...searchedTerms([candidate.term], knowledge),
      reason: 'corrected' as const,
      weight: 0.5,
    }));
}
