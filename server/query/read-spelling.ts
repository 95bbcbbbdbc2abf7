import { isKnownWord, isStopWord, type Token } from '@justuju/urdu';
import { DEFAULT_TYPOS, type Typos } from '../settings/typos.js';
import { isGoodWord, isWellFormed } from '../vocabulary/good-word.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { COST } from '../vocabulary/letter-distance.js';
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

/** Where a share of so many words is seen once only, the collection is small for its language. See `Knowledge.unseenShare`; 96 articles have .18, 18,375 have .028. */
export const SMALL = 0.08;
/** There a slip is a letter of the same sound, one doubled, a do-chashmi heh forgotten; in a long word also another likely one. See `letterDistance`. */
const SURE_SLIP = 0.4;
const LIKELY_SLIP = 0.6;
const LONG_WORD = 6;
/** A word that several documents hold is likelier to have been meant: then another likely slip will do, or a letter left out of a word of four or more. */
const SEVERAL = 2;
const SHORTEST_CLIPPED = 4;
/** Endings that make one word of another: ایرانی is no slip for ایران, nor محرومی for محروم. */
const ENDING = /^(.{2,}?)(?:[ایےہں]|وں|یں|ات)$/;

/**
 * What else was asked: for each other word that says something the roots that it has, or may have where it is misspelled too. What no document holds beside any of them was not meant.
 */
export type Beside = readonly (readonly string[])[];

/** The words beside one of a query, as far as they say something. */
export function besideOf(tokens: readonly Token[], at: number, { vocabulary, spelling }: Knowledge): Beside {
  const neighbours = [tokens[at - 1], tokens[at + 1]];
  const others = tokens.filter((token, i) => i !== at && token.type === 'word' && token.term.length > 1 && !isStopWord(token.term));
  return others.slice(0, MOST_BESIDE).map((token) => {
    const { term, root } = token;
    if (vocabulary.documentsWithRoot(root) > 0) return [root];
    // What far words may be slips for says little, and takes time.
    const near = neighbours.includes(token) ? (spelling?.near(term, ONE_SLIP, MOST_NEAR) ?? []) : [];
    return near.map((candidate) => vocabulary.rootOf(candidate.term)).filter((one) => one !== undefined);
  });
}
const MOST_BESIDE = 6;
const MOST_NEAR = 3;

/** Whether some document holds a word beside one of the others; a likely slip must stand in one sentence with it. By itself, or among words that a large collection does not hold either, it has nothing to be beside. */
function isBeside(root: string, isClose: boolean, beside: Beside, knowledge: Knowledge): boolean {
  const stand = (other: string): boolean =>
    isClose ? knowledge.areInOneSentence([root, other]) : knowledge.areInOneDocument([root, other]);
  const isAlone = beside.length === 0 || (knowledge.unseenShare < SMALL && beside.every((roots) => roots.length === 0));
  if (isAlone) return true;
  return beside.some((roots) => roots.some((other) => other === root || stand(other))) && isWithAll(root, beside, knowledge);
}

/** In a small collection a good word that it lacks is near some other word always: only where one document holds that one with all words of the query that the collection knows it was meant. */
function isWithAll(root: string, beside: Beside, knowledge: Knowledge): boolean {
  if (knowledge.unseenShare < SMALL) return true;
  const others = beside.flatMap(([first, ...more]) => (first === undefined || more.length > 0 ? [] : [first]));
  return others.length === 1 ? knowledge.areInOneSentence([root, ...others]) : knowledge.areInOneDocument([root, ...others]);
}

/** A large collection holds what there is: a word that it lacks is a slip for one that sounds like it, whatever else was asked. */
const isSure = ({ distance }: SpellingCandidate, { unseenShare }: Knowledge): boolean => unseenShare < SMALL && distance <= SURE_SLIP;

/** Whether a word that the collection does not hold may be a slip for a near one, by its letters alone. */
function isLikelySlip({ term }: Token, candidate: SpellingCandidate, beside: Beside, { unseenShare }: Knowledge): boolean {
  if (unseenShare < SMALL) return true;
  // Words of grammar are near to anything, and find nothing: کشی is not کسی.
  if (beside.length > 0 && isStopWord(candidate.term)) return false;
  const [, stem = term] = ENDING.exec(term) ?? [];
  const [, other = candidate.term] = ENDING.exec(candidate.term) ?? [];
  const isDoubled = term.at(-1) === term.at(-2);
  if (!isDoubled && (stem === candidate.term || other === term || stem === other)) return false;
  const isLonger = candidate.term.length === term.length + 1 && term.length >= SHORTEST_CLIPPED;
  // Of a word by itself nothing else tells what is meant.
  const isFrequent = candidate.documents >= SEVERAL || (beside.length === 0 && term.length >= SHORTEST_CLIPPED);
  if (isFrequent && isLonger && candidate.distance <= COST.insertion) return true;
  const isLikely = term.length >= LONG_WORD || (isFrequent && candidate.term.length === term.length);
  return candidate.distance <= (isLikely ? LIKELY_SLIP : SURE_SLIP);
}

/** Whether two words differ by doubled letters alone: زبردسست is no other word than زبردست. */
const isStretched = (one: string, other: string): boolean => withoutDoubled(one) === withoutDoubled(other);
const withoutDoubled = (word: string): string => word.replace(/(.)\1+/gu, '$1');

/**
 * Corrections of a word that the collection does not know, likeliest first. None of a word that the analyzer's tables know, however near another is: that this collection does not hold it does not
 * make it wrong. The other words of the query must have something to do with the correction.
 */
export function correctUnknown(
  token: Token,
  knowledge: Knowledge,
  typos = DEFAULT_TYPOS,
  { limit = 3, beside = [] }: { readonly limit?: number; readonly beside?: Beside } = {},
): Reading[] {
  const { spelling } = knowledge;
  const farthest = bound(token, typos);
  if (spelling === undefined || token.type !== 'word' || token.term.length < 3 || farthest === 0) return [];
  const isGood = knowledge.unseenShare >= SMALL ? isWellFormed(token.term) : isGoodWord(token.term);
  const near = spelling
    .near(token.term, farthest, limit)
    .filter(isThere(knowledge))
    .filter((candidate) => !isGood || isStretched(token.term, candidate.term))
    .filter((candidate) => isLikelySlip(token, candidate, beside, knowledge))
    .map((candidate) => ({ candidate, read: searchedTerms([candidate.term], knowledge) }))
    .filter(
      ({ candidate, read }) =>
        isSure(candidate, knowledge) || read.roots.some((root) => isBeside(root, candidate.distance > SURE_SLIP, beside, knowledge)),
    );
  const best = near[0];
  if (best === undefined) return [];
  return near
    .filter(({ candidate }) => likeliness(candidate) > likeliness(best.candidate) - 0.45)
    .map(({ candidate, read }) => ({ ...read, reason: 'corrected' as const, weight: Math.max(0.3, 0.85 - candidate.distance * 0.3) }));
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

/**
 * Corrections of a word that the collection does hold, but so seldom that it may be a slip itself. The other words decide: where one sentence holds it with them it was meant, and where there
 * are none nothing speaks against it.
 */
export function doubtRare(token: Token, knowledge: Knowledge, typos = DEFAULT_TYPOS, beside: Beside = []): Reading[] {
  const { spelling, vocabulary } = knowledge;
  const farthest = bound(token, typos) * 0.75;
  if (spelling === undefined || token.type !== 'word' || token.term.length < 3 || farthest === 0) return [];
  const documents = Math.max(vocabulary.documentsWithTerm(token.term), vocabulary.documentsWithRoot(token.root));
  if (documents > Math.max(3, vocabulary.documents * RARE_SHARE)) return [];
  if (isKnownWord(token.term) || isMeant(token, beside, knowledge)) return [];
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

/** Whether one sentence holds the word with all others that the collection knows, the rarest of them at least. */
function isMeant({ root }: Token, beside: Beside, knowledge: Knowledge): boolean {
  const others = beside.flatMap((roots) => (roots.length === 1 ? roots : []));
  const rarest = others
    .sort((a, b) => knowledge.vocabulary.documentsWithRoot(a) - knowledge.vocabulary.documentsWithRoot(b))
    .slice(0, MOST_TOGETHER);
  return others.length === 0 || knowledge.areInOneSentence([root, ...rarest]);
}
const MOST_TOGETHER = 3;
