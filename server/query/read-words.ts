import { isKnownWord, isStopWord, rootOf, type Token } from '@justuju/urdu';
import { Synonyms } from '../settings/synonyms.js';
import { type Correction, DEFAULT_CORRECTION } from '../settings/typos.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import type { Steps } from '../vocabulary/turns.js';
import { wordsWithWawHamza } from '../vocabulary/waw-hamza.js';
import { readInitials, readJoinedNames, readNames } from './read-abbreviations.js';
import { readArticle } from './read-article.js';
import { readBehind } from './read-behind.js';
import { readBelowZero } from './read-below-zero.js';
import { readCode } from './read-code.js';
import { type How, isRomanUrdu, readForeign } from './read-foreign.js';
import { withFormula } from './read-formula.js';
import { withGlued } from './read-glued.js';
import { withApart, withJoined, withJoinedSounds } from './read-joint.js';
import { readLatinName, withLatinNames } from './read-latin-name.js';
import { withOtherSpellings } from './read-loan.js';
import { withSameNumbers } from './read-number.js';
import { NO_OWN_WORDS, type OwnWords, readOwnWord } from './read-own-words.js';
import { readPhone } from './read-phone.js';
import { readRomanFormula } from './read-roman-formula.js';
import { joinWords, splitUnfinished, splitWord } from './read-spacing.js';
import { besideOf, correctUnknown, doubtRare } from './read-spelling.js';
import { firstSums, readSum } from './read-sum.js';
import { readUrduArticle, withBareName } from './read-urdu-article.js';
import {
  documentsBeginningWith,
  isKnown,
  justFinishedSlot,
  letterSlot,
  plainSlot,
  type Reading,
  type Slot,
  searchedTerms,
  slotOf,
  unfinishedSlot,
} from './slots.js';

const DEVANAGARI = /\p{Script=Devanagari}/u;

interface ReadOptions extends Correction {
  readonly synonyms?: Synonyms;
  /** That the tokens are of. */
  readonly text?: string;
  readonly own?: OwnWords;
}

/**
 * Reads the unquoted words of a query with what the collection knows: which are two words or half a word, which are misspelled, which are
 * written in another script. A word that the collection holds stays the first reading of its slot; it is never corrected away. Neither are words
 * that have synonyms in the settings, whether the collection holds them or not.
 *
 * Behind each word it may be left for a while: a guess at one takes milliseconds.
 */
export function* readEachWord(
  tokens: readonly Token[],
  knowledge: Knowledge,
  lastIsPrefix: boolean,
  { synonyms = Synonyms.NONE, text = '', own = NO_OWN_WORDS, ...correction }: ReadOptions = DEFAULT_CORRECTION,
): Steps<Slot[]> {
  const how: How = { ...correction, beside: () => [], inCompany: yield* isRomanUrdu(tokens.slice(0, MOST_GUESSED), knowledge) };
  const slots: Slot[] = [];
  const last = tokens.at(-1);
  const joinable = lastIsPrefix && last !== undefined && isScrap(last) ? tokens.slice(0, -1) : tokens;
  const isLong = tokens.length > MOST_GUESSED;
  const justFinished = !lastIsPrefix && tokens.length <= FEW_WORDS && tokens.length > 1 && SPACE_BEHIND.test(text) ? tokens.length - 1 : -1;
  let guessed = 0;
  const isSumAt = firstSums(tokens);
  for (let i = 0; i < tokens.length; i += 1) {
    yield;
    const token = tokens[i] as Token;
    const isPrefix = lastIsPrefix && i === tokens.length - 1;
    const named = synonyms.longestAt(tokens, i);
    if (named > 1 || (named === 1 && !(token.type === 'word' && isKnown(token, knowledge)))) {
      for (const one of tokens.slice(i, i + named)) slots.push(readNamed(one, knowledge, lastIsPrefix && one === tokens.at(-1), how));
      i += named - 1;
      continue;
    }
    const isSum = isSumAt(i);
    const code =
      readOwnWord(text, tokens, i, own, knowledge, lastIsPrefix) ??
      readPhone(text, tokens, i, knowledge) ??
      readBelowZero(text, tokens, i, knowledge) ??
      readCode(text, tokens, i, knowledge, lastIsPrefix) ??
      (isSum ? readSum(text, tokens, i, knowledge, lastIsPrefix) : undefined);
    if (code !== undefined) {
      slots.push(code.slot);
      i += code.length - 1;
      continue;
    }
    const name = guessed < MOST_GUESSED ? nameAt(tokens, i, knowledge, lastIsPrefix) : undefined;
    if (name !== undefined) {
      slots.push(name.slot);
      i += name.count - 1;
      continue;
    }
    // An article that belongs to no name of the collection: its two words are searched.
    if (i > 0 && i < tokens.length - 1 && token.type === 'latin' && /^ul$/i.test(token.text)) continue;
    if (isPrefix && i > 0 && isScrap(token)) {
      slots.push(letterSlot(token, knowledge));
      continue;
    }
    const run = runAt(joinable, i, knowledge, lastIsPrefix && joinable === tokens);
    const isOpen = lastIsPrefix && i + run.length === tokens.length;
    const joined = joinWords(run, knowledge, isOpen);
    if (joined !== undefined) {
      const apart: Reading = {
        terms: run.map(({ term }) => term),
        roots: run.map(({ root }) => root),
        reason: 'exact',
        weight: joined.isLikelier ? 0.6 : 1,
      };
      // Both are the same word: شاہ جہاں is found where it is joined, and شاہجہاں where it is not.
      const both = joined.isLikelier
        ? [joined.reading, { ...apart, isSame: true as const }]
        : [apart, { ...joined.reading, isSame: true as const }];
      const readings = joined.isLikelier && !run.every((one) => isKnown(one, knowledge)) ? [joined.reading] : both;
      slots.push(slotOf(run.map(({ text }) => text).join(' '), readings, knowledge, isOpen));
      i += run.length - 1;
      continue;
    }
    const isGuess = isForeign(token) || (token.type === 'word' && !isKnown(token, knowledge));
    if (isGuess) guessed += 1;
    // In a long text the other words decide: known ones are not doubted, and guessing costs a millisecond a word.
    const isAsTyped = token.term.length > LONGEST_WORD || (isLong && (!isGuess || guessed > MOST_GUESSED));
    if (isAsTyped) {
      slots.push(plainSlot(token, knowledge, isPrefix));
      continue;
    }
    const asRead = readWord(token, knowledge, isPrefix, { ...how, beside: () => besideOf(tokens, i, knowledge) });
    const read = asRead.isStop && i === justFinished ? justFinishedSlot(asRead, token, knowledge) : asRead;
    slots.push(readBehind(withSameWords(read, tokens, i, knowledge), token, slots.at(-1), knowledge));
  }
  const read = isLong ? slots : withJoinedSounds(slots, knowledge);
  return lastIsPrefix && !isLong ? [...withJoined(read, tokens, knowledge)] : [...read];
}

/** A slot with what is the same word in other writing: no guess, so it is found beside it. */
function withSameWords(slot: Slot, tokens: readonly Token[], at: number, knowledge: Knowledge): Slot {
  const token = tokens[at] as Token;
  const named = withLatinNames(withApart(withGlued(slot, token, knowledge), token, knowledge), token, knowledge);
  return withFormula(
    withSameNumbers(withOtherSpellings(withBareName(named, token, knowledge), token, knowledge), token, knowledge),
    tokens,
    at,
    knowledge,
  );
}

/** A name from `at` on that the collection writes in other words or letters. */
const nameAt = (
  tokens: readonly Token[],
  at: number,
  knowledge: Knowledge,
  lastIsPrefix: boolean,
): { readonly slot: Slot; readonly count: number } | undefined =>
  readRomanFormula(tokens, at, knowledge, lastIsPrefix) ??
  readArticle(tokens, at, knowledge, lastIsPrefix) ??
  readUrduArticle(tokens, at, knowledge, lastIsPrefix) ??
  readNames(tokens, at, knowledge) ??
  readInitials(tokens, at, knowledge) ??
  readLatinName(tokens, at, knowledge);

/**
 * The words from `at` on that may be one: three, where one of them is no word and all together are (اس کو اش, of which اسکو was taken for two words already), otherwise two.
 */
function runAt(tokens: readonly Token[], at: number, knowledge: Knowledge, lastIsPrefix: boolean): readonly Token[] {
  const three = tokens.slice(at, at + 3);
  const hasScrap = three.length === 3 && three.some((token) => !isKnown(token, knowledge));
  const isOpen = lastIsPrefix && at + 3 === tokens.length;
  return hasScrap && joinWords(three, knowledge, isOpen) !== undefined ? three : tokens.slice(at, at + 2);
}

/** The last word has just been finished. */
const SPACE_BEHIND = /\s$/;
/** In a longer query the other words decide. */
const FEW_WORDS = 4;

/** The first letter of a word that is still being typed: see `letterSlot`. */
const isScrap = ({ term, type }: Token): boolean => term.length === 1 && (type === 'word' || type === 'latin');

/** So many words of a query are corrected, cut or transliterated: more than Meilisearch is asked, and than any reader types. */
export const MOST_GUESSED = 32;

/** Meilisearch keeps no word of more bytes, so that none of more letters is found, however it is read; to compare one of thousands with others takes a tenth of a second. */
const LONGEST_WORD = 250;

const isForeign = ({ type, text }: Token): boolean => type === 'latin' || (type === 'other' && DEVANAGARI.test(text));

function readWord(token: Token, knowledge: Knowledge, isPrefix: boolean, correction: How): Slot {
  if (isForeign(token)) return readForeign(token, knowledge, isPrefix, correction);
  const names = readJoinedNames(token, knowledge);
  if (names.length > 0) return readAsNames(token, names, knowledge, isPrefix);
  const unfinished = isPrefix ? unfinishedSlot(token, knowledge) : undefined;
  const withHamza = isPrefix ? readWawHamza(token, knowledge) : [];
  if (unfinished !== undefined) {
    const slot = withCompounds(withCorrections(unfinished, token, knowledge, correction), token, knowledge);
    return withHamza.length === 0 ? slot : { ...slot, readings: [...slot.readings, ...withHamza] };
  }
  const [likeliest, ...others] = withHamza;
  if (likeliest !== undefined) return slotOf(token.text, [{ ...likeliest, weight: 1 }, ...others], knowledge, true);
  const plain = plainSlot(token, knowledge, isPrefix);
  if (token.type !== 'word') return plain;
  if (isKnown(token, knowledge)) {
    const others = [...writtenApart(token, knowledge), ...doubtRare(token, knowledge, correction.typos, correction.beside())];
    return others.length === 0 ? plain : slotOf(token.text, [...plain.readings, ...others], knowledge, isPrefix);
  }
  const corrections = correctUnknown(token, knowledge, correction.typos, { beside: correction.beside() });
  const split = splitWord(token.term, knowledge);
  const begun = isPrefix ? splitUnfinished(token.term, knowledge) : undefined;
  // Of a string that goes on the last part is seldom a whole word: شمسیتوانا is شمسی and the beginning of توانائی, not شمسی تو انا.
  if (begun !== undefined && (split === undefined || split.reading.terms.length > begun.terms.length)) {
    const isLikelier = (corrections[0]?.weight ?? 0) < NEAR_CORRECTION;
    return slotOf(token.text, isLikelier ? [begun, ...corrections] : [...corrections, begun], knowledge, true);
  }
  const best = corrections[0];
  if (best === undefined && split === undefined) return withRelative(token, plain, knowledge, isPrefix);
  if (split === undefined) return best === undefined ? plain : slotOf(token.text, corrections, knowledge, false);
  if (best === undefined) return slotOf(token.text, [split.reading], knowledge, false);
  // A string of whole words is run together; a word with a slip in it is more often cut into scraps by chance (صونا is سونا, not صو نا).
  const isOfWholeWords = split.reading.terms.every((part) => part.length >= SHORTEST_WHOLE_WORD) && best.weight < NEAR_CORRECTION;
  return slotOf(token.text, isOfWholeWords ? [split.reading, ...corrections] : [...corrections, split.reading], knowledge, false);
}

/** Letters of a word that an unfinished one has grown out of, and how many were typed behind it. */
const SHORTEST_GROWN = 3;
const MOST_GROWN = 2;
/** What another form of a word is worth that the collection does not hold itself. */
const RELATIVE = 0.6;
/** What endings of inflection begin with: قوالیا is going to be قوالیاں. بلال has not grown out of بلا, nor مالک out of مال. */
const BEGUN_ENDING = /^(?:\u0627[\u062A\u06BA]?|\u0648|\u06CC[\u0627\u0648]?|[\u0626\u0624]|\u06D2)$/;
const YEH = '\u06CC';
const NOON_GHUNNA = '\u06BA';

/**
 * A word that the collection does not hold, by what it holds of its family: فلم by فلمی, the only form of it there; قوالیا, still being typed, by قوالی. Neither is a correction, so they come
 * behind the word itself, and only what is no word of its own in the tables: پان is not پانی.
 */
function withRelative(token: Token, plain: Slot, knowledge: Knowledge, isPrefix: boolean): Slot {
  const { vocabulary } = knowledge;
  const grown = isPrefix && !isKnownWord(token.term) ? grownOf(token.term, knowledge) : undefined;
  // مشاعرو is going to be مشاعروں.
  const inflected =
    isPrefix && vocabulary.documentsWithRoot(rootOf(token.term + NOON_GHUNNA)) > 0 ? rootOf(token.term + NOON_GHUNNA) : undefined;
  const related = token.term + YEH;
  const relative = vocabulary.documentsWithTerm(related) > 0 && !isKnownWord(related) ? related : (inflected ?? grown);
  if (relative === undefined) return plain;
  const reading: Reading = { terms: [relative], roots: [vocabulary.rootOf(relative) ?? relative], reason: 'inflected', weight: RELATIVE };
  return { ...plain, readings: [...plain.readings, reading], rarity: vocabulary.rarity(reading.roots[0] as string) };
}

/** What an unfinished word has grown out of: a word whose ending is being typed, or one behind which the collection writes a word that is begun against it (عجائبگ). */
function grownOf(term: string, knowledge: Knowledge): string | undefined {
  for (let typed = 1; typed <= MOST_GROWN && term.length - typed >= SHORTEST_GROWN; typed += 1) {
    const shorter = term.slice(0, -typed);
    const rest = term.slice(-typed);
    if (knowledge.vocabulary.documentsWithTerm(shorter) === 0) continue;
    if (BEGUN_ENDING.test(rest) || knowledge.following([shorter]).some((next) => next.term.startsWith(rest))) return shorter;
  }
  return undefined;
}

/** پیٹیآئی is پی ٹی آئی, and itself where the collection writes it so too. */
function readAsNames(token: Token, names: readonly Reading[], knowledge: Knowledge, isPrefix: boolean): Slot {
  const plain = plainSlot(token, knowledge, isPrefix);
  return isKnown(token, knowledge) ? { ...plain, readings: [...plain.readings, ...names] } : slotOf(token.text, names, knowledge, isPrefix);
}

/**
 * What is being typed is not misspelled yet: corrections come behind the words that begin so, and are looked for only where those find too little. Unless next to nothing
 * begins so, and a near word is frequent.
 */
function withCorrections(slot: Slot, token: Token, knowledge: Knowledge, { typos, beside }: How): Slot {
  const isFinished = isKnown(token, knowledge);
  const corrections = isFinished
    ? doubtRare(token, knowledge, typos, beside())
    : correctUnknown(token, knowledge, typos, { beside: beside() });
  const [best] = corrections;
  if (best === undefined) return slot;
  // That a function word is frequent says nothing: کبا begins کباب and is no slip for کیا.
  const isSlip =
    !isFinished &&
    !isStopWord(best.terms[0] as string) &&
    knowledge.vocabulary.documentsWithRoot(best.roots[0] as string) > SLIP * documentsBeginningWith(token.term, knowledge);
  if (!isSlip) return { ...slot, readings: [...slot.readings, ...corrections] };
  return {
    ...slotOf(slot.text, [...corrections, ...slot.readings], knowledge, true),
    ...(slot.beginning && { beginning: { ...slot.beginning, weight: 1 } }),
  };
}

/** What begins a word with waw with hamza as converters write it: گائ for گاؤں. */
const readWawHamza = (token: Token, knowledge: Knowledge): readonly Reading[] =>
  wordsWithWawHamza(token, knowledge, MOST_WITH_HAMZA).map(({ term }) => ({
    ...searchedTerms([term], knowledge),
    reason: 'spelling',
    weight: AS_HAMZA,
    isSame: true,
    isUntold: true,
  }));

/** So many of them are read, and what one is worth beside the words that begin as was typed. */
const MOST_WITH_HAMZA = 8;
const AS_HAMZA = 0.9;

/** What begins a compound that the analyzer cuts also stands for it where it is written apart: خوبصو for خوب صورت. */
function withCompounds(slot: Slot, { term }: Token, knowledge: Knowledge): Slot {
  if (term.length < SHORTEST_COMPOUND) return slot;
  const compounds = knowledge
    .completions(term, MOST_COMPOUNDS)
    .map((found) => searchedTerms([found.term], knowledge))
    .filter(({ terms }) => terms.length > 1 && (terms[0] as string).length < term.length && knowledge.together(terms) > 0)
    .map((parts): Reading => ({ ...parts, reason: 'split', weight: AS_COMPOUND, isTogether: true, isSame: true, isUntold: true }));
  return compounds.length === 0 ? slot : { ...slot, readings: [...slot.readings, ...compounds] };
}

/** Letters that begin a compound; completions that are looked at, and what one written apart is worth. */
const SHORTEST_COMPOUND = 3;
const MOST_COMPOUNDS = 3;
const AS_COMPOUND = 0.9;

/** A correction that so many times more documents hold than a word that begins as typed is likelier than any of these. */
const SLIP = 25;

/** A word that the settings name is meant as it is typed: WHO is not وہ. */
function readNamed(token: Token, knowledge: Knowledge, isPrefix: boolean, correction: How): Slot {
  const plain = plainSlot(token, knowledge, isPrefix);
  if (token.type === 'word' || isAllCapitals(token)) return plain;
  const { readings } = readWord(token, knowledge, isPrefix, correction);
  return {
    ...plain,
    readings: [...plain.readings, ...readings.filter(({ reason }) => reason !== 'exact').slice(0, 2)],
  };
}

const isAllCapitals = ({ type, text }: Token): boolean => type === 'latin' && text.length > 1 && text === text.toUpperCase();

/** Letters of a word that stands by itself; shorter ones are mostly function words, or scraps. */
const SHORTEST_WHOLE_WORD = 3;
/** Weight of a correction that is off by no more than one sound-alike or likely slip. */
const NEAR_CORRECTION = 0.65;

/** A word that the collection also writes apart: چیمپئنزٹرافی. */
function writtenApart(token: Token, knowledge: Knowledge): Reading[] {
  const documents = knowledge.vocabulary.documentsWithTerm(token.term);
  if (token.term.length < 6 || documents * 200 > knowledge.vocabulary.documents) return [];
  const split = splitWord(token.term, knowledge);
  if (split === undefined || split.reading.terms.some((part) => part.length < SHORTEST_WHOLE_WORD)) return [];
  return [{ ...split.reading, weight: 0.85 }];
}
