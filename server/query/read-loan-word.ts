import type { Token } from '@justuju/urdu';
import { englishSingulars } from '../vocabulary/english-plurals.js';
import { englishAsSaid, isByHeart, saidByHeart, saidOfBegun } from '../vocabulary/english-said.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { beginsAsEnglish, mayBeEnglish } from '../vocabulary/roman.js';
import { hasLongVowels, likenessOf } from '../vocabulary/skeleton.js';
import type { Candidate } from '../vocabulary/sound-index.js';
import { isSpeltOtherwise } from '../vocabulary/spelt-otherwise.js';
import { CLOSE, LOAN } from '../weights.js';
import { isOfGrammar, type Reading, type Slot, searchedTerms, slotOf } from './slots.js';

/*
 * English words that Urdu has taken over, typed as English spells them: camera کیمرہ, television ٹیلیویژن. They sound like Urdu words by chance only, so they are heard by the letters of English alone.
 */

/** What has fewer letters begins too much. */
const SHORTEST = 3;
/** From so many on what begins so is searched whatever else it sounds like. */
const SURELY_BEGUN = 4;
/** So many words that begin so are looked at, and so many searched. */
const MOST_BEGUN = 64;
const MOST_SEARCHED = 20;
/** What a word that begins so is worth beside a finished one. */
const AS_BEGUN = 0.8;

/** Whether a word of the collection, as English would spell it, is what was typed, or begins so. */
function isLoan(text: string, { term, fit }: Candidate, knowledge: Knowledge, isBegun: boolean): boolean {
  if (fit < LOAN.ofMany || knowledge.vocabulary.documentsWithTerm(term) === 0) return false;
  // Nor is what the analyzer cuts into words of grammar: hocke is not ہوکر.
  if ([term, ...searchedTerms([term], knowledge).terms].some((word) => isOfGrammar(word, knowledge))) return false;
  const { others, shared } = likenessOf(text, term, { isBegun });
  if (others > 0 || shared < LOAN.consonants || fit < (isBegun && shared >= LOAN.many ? LOAN.ofMany : LOAN.fit)) return false;
  return hasLongVowels(text, term, shared) && !isSpeltOtherwise(text, term, isBegun, true);
}

function loanReading({ term, fit, score }: Candidate, knowledge: Knowledge): Reading {
  const read = searchedTerms([term], knowledge);
  return { ...read, reason: 'transliterated', weight: fit, share: score, ...(read.terms.length > 1 && { isTogether: true as const }) };
}

/**
 * A slot with the loan words that a Latin word is in English. Where no word of Urdu sounds clearly like it the loan is what is read, and nothing far-fetched beside it (virus وائرس, not ورثہ). What the finished word
 * finds is found from its fourth letter on: all loans that begin so are searched at once; not where the collection holds the word as it was typed.
 *
 * @param heard how well the finished word sounds like one of Urdu, see `Candidate.fit`
 */
export function withLoans(slot: Slot, { text }: Token, knowledge: Knowledge, isPrefix: boolean, heard: number): Slot {
  const { sound } = knowledge;
  if (sound === undefined || text.length < SHORTEST) return slot;
  const whole = wholeLoans(text, knowledge);
  const [best] = whole;
  const isHeld = slot.readings[0]?.reason === 'exact' && slot.rarity > 0;
  const isEnglish = isEnglishByHeart(text) || beginsAsEnglish(text.toLowerCase()) || mayBeEnglish(text.toLowerCase());
  const isNearly = best !== undefined && best.fit >= heard * CLOSE.share;
  const isLikelier =
    best !== undefined &&
    (isEnglishByHeart(text) ||
      (isNearly && beginsAsEnglish(text.toLowerCase())) ||
      (best.fit >= heard && (isEnglish || heard < LOAN.heard)));
  const isMeant = isLikelier || (isEnglish && isNearly);
  const same = isMeant ? whole.map((candidate): Reading => ({ ...loanReading(candidate, knowledge), isSame: true })) : [];
  if (isHeld) return withReadings(slot, same, knowledge);
  const read = isLikelier ? readAsLoans(slot, same, knowledge) : withReadings(slot, same, knowledge);
  const isOpen = isPrefix && (text.length >= SURELY_BEGUN || heard < CLOSE.fit) && !(best && isFinished(text, best.term));
  const begun = isOpen ? begunLoans(text, knowledge, soundsLike(slot, heard)) : [];
  return begun.length > 0 && isInPieces(read, knowledge) ? readAsLoans(read, begun, knowledge) : withReadings(read, begun, knowledge);
}

/** Whether a word, or what it is the plural of, is English by heart, whatever it sounds like. */
export const isEnglishByHeart = (text: string): boolean => [text, ...englishSingulars(text)].some(isByHeart);

/** Whether it is read as nothing but little words that stand together somewhere: hocke is the beginning of ہاکی before it is ہو کر. */
const isInPieces = ({ readings: [first] }: Slot, knowledge: Knowledge): boolean =>
  first !== undefined && first.terms.length > 1 && first.terms.every((term) => isOfGrammar(term, knowledge));

/** The loans that a finished word may be, also of what it is the plural; the likeliest first. Of two forms that are known by heart both are meant, however well each fits. */
function wholeLoans(text: string, knowledge: Knowledge): readonly Candidate[] {
  const words = [text, ...englishSingulars(text)];
  const byHeart = words.flatMap(saidByHeart).flatMap((said) => closest(loansSaid(said, knowledge)));
  const found =
    byHeart.length > 0 || isEnglishByHeart(text)
      ? byHeart
      : closest(words.flatMap(englishAsSaid).flatMap((said) => loansSoundingAs(said, knowledge)));
  return [...found].sort((one, other) => other.score - one.score);
}

/** Without those that fit much less well than the best. */
function closest(found: readonly Candidate[]): readonly Candidate[] {
  const most = Math.max(0, ...found.map(({ fit }) => fit));
  return found.filter(({ fit }) => fit >= most * CLOSE.share);
}

/** How well what was typed sounds like a word, or one with the article; of two words that stand together by chance it says nothing (hocke is not ہو کر). */
const soundsLike = ({ readings: [first] }: Slot, heard: number): number =>
  first?.reason === 'transliterated' && first.terms.length === 1 ? Math.max(heard, first.weight) : heard;

/** The loans that begin so. What sounds like a word of Urdu does not begin another of the same consonants: sattar is not ستارہ. */
const begunLoans = (text: string, knowledge: Knowledge, heard: number): readonly Reading[] =>
  [...beginningAs(text, knowledge, heard), ...saidOfBegun(text).flatMap((said) => loansSaid(said, knowledge))]
    .slice(0, MOST_SEARCHED)
    .map((candidate) => ({ ...loanReading(candidate, knowledge), weight: AS_BEGUN * candidate.fit, isSame: true }));

const beginningAs = (text: string, knowledge: Knowledge, heard: number): readonly Candidate[] =>
  // What is known by heart is said otherwise: iron does not begin as ایران.
  (isEnglishByHeart(text) ? [] : englishAsSaid(text))
    // The b of comb may be that of combine.
    .filter((said) => said.length >= text.length)
    .flatMap((said) => (knowledge.sound?.englishPrefix(said, MOST_BEGUN) ?? []).filter((one) => isLoan(said, one, knowledge, true)))
    .filter(({ term }) => heard < CLOSE.fit || likenessOf(text, term).others > 0);

const loansSoundingAs = (word: string, knowledge: Knowledge): readonly Candidate[] =>
  (knowledge.sound?.english(word) ?? []).filter((candidate) => isLoan(word, candidate, knowledge, false));

/** What a respelt word by heart is, however few its consonants (adio آڈیو): it is heard as it is spelt. */
const loansSaid = (said: string, knowledge: Knowledge): readonly Candidate[] =>
  (knowledge.sound?.english(said) ?? []).filter(
    ({ term, fit }) => fit >= LOAN.fit && likenessOf(said, term).others === 0 && knowledge.vocabulary.documentsWithTerm(term) > 0,
  );

/** Loans in place of what only sounds a little like the word, and of what differs from a loan in a letter that English says in one way: grid is گرڈ, not گرد. */
function readAsLoans(slot: Slot, [first, ...more]: readonly Reading[], knowledge: Knowledge): Slot {
  const loans = new Set([first as Reading, ...more].map(({ terms }) => withDentals(terms)));
  const others = slot.readings.filter(
    ({ terms, reason, weight, isSame }) => reason === 'exact' || isSame === true || (weight >= CLOSE.fit && !loans.has(withDentals(terms))),
  );
  return withReadings({ ...slot, ...slotOf(slot.text, [first as Reading], knowledge, slot.isPrefix) }, [...more, ...others], knowledge);
}

/** The ٹ and ڈ of English as ت and د. */
const withDentals = (terms: readonly string[]): string => terms.join(' ').replaceAll('\u0679', '\u062A').replaceAll('\u0688', '\u062F');

/** A word that ends in a vowel, as the loan does, goes on no more: camera کیمرہ is no beginning of کامران. Not a short one, nor by e, i and u, with which English words seldom end. */
const isFinished = (text: string, term: string): boolean =>
  text.length > SURELY_BEGUN && /[aoy]$/i.test(text) && /[\u0627\u0648\u06C1\u06CC\u06D2]$/.test(term);

/** A slot with more readings behind its own; one that it has is searched at once where the other is. What it does not hold leads no longer. */
function withReadings(slot: Slot, more: readonly Reading[], knowledge: Knowledge): Slot {
  if (more.length === 0) return slot;
  const keyOf = ({ terms }: Reading): string => terms.join(' ');
  const all = new Map(slot.readings.map((reading) => [keyOf(reading), reading]));
  for (const reading of more) {
    const known = all.get(keyOf(reading));
    all.set(keyOf(reading), known === undefined ? reading : { ...known, ...(reading.isSame && { isSame: true as const }) });
  }
  const readings = [...all.values()];
  const [first] = readings;
  const isUnknown = first?.reason === 'exact' && slot.rarity === 0;
  if (!isUnknown) return { ...slot, readings };
  const [lead, ...others] = readings.slice(1) as [Reading, ...Reading[]];
  return { ...slot, ...slotOf(slot.text, [lead, ...others], knowledge, slot.isPrefix) };
}
