import type { Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { likeliness } from '../vocabulary/spelling-index.js';
import type { Reading } from './slots.js';

/** How far a correction may be from what was typed, by the length of the word. See `letterDistance`. */
const bound = (length: number): number => (length <= 3 ? 0.75 : length <= 5 ? 1.1 : 1.5);

/** A known word is doubted only when so many times more documents hold the near one. */
const MUCH_MORE_FREQUENT = 25;
/** ... and only when it is as rare as this: a word of many documents is meant. */
const RARE_SHARE = 0.0006;

/** Corrections of a word that the collection does not know, likeliest first. */
export function correctUnknown(token: Token, { spelling, vocabulary }: Knowledge, limit = 3): Reading[] {
  if (spelling === undefined || token.type !== 'word' || token.term.length < 3) return [];
  const near = spelling.near(token.term, bound(token.term.length), limit);
  const best = near[0];
  if (best === undefined) return [];
  return near
    .filter((candidate) => likeliness(candidate) > likeliness(best) - 0.45)
    .map((candidate) => ({
      terms: [candidate.term],
      roots: [vocabulary.rootOf(candidate.term) ?? candidate.term],
      reason: 'corrected' as const,
      weight: Math.max(0.3, 0.85 - candidate.distance * 0.3),
    }));
}

/** Corrections of a word that the collection does hold, but so seldom that it may be a slip itself. */
export function doubtRare(token: Token, knowledge: Knowledge): Reading[] {
  const { spelling, vocabulary } = knowledge;
  if (spelling === undefined || token.type !== 'word' || token.term.length < 3) return [];
  const documents = Math.max(vocabulary.documentsWithTerm(token.term), vocabulary.documentsWithRoot(token.root));
  if (documents > Math.max(3, vocabulary.documents * RARE_SHARE)) return [];
  return spelling
    .near(token.term, bound(token.term.length) * 0.75, 4)
    .filter((candidate) => candidate.documents >= documents * MUCH_MORE_FREQUENT && vocabulary.rootOf(candidate.term) !== token.root)
    .slice(0, 2)
    .map((candidate) => ({
      terms: [candidate.term],
      roots: [vocabulary.rootOf(candidate.term) ?? candidate.term],
      reason: 'corrected' as const,
      weight: 0.5,
    }));
}
