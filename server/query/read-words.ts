import { isStopWord, type Token } from '@justuju/urdu';
import { Synonyms } from '../settings/synonyms.js';
import { type Correction, DEFAULT_CORRECTION, type Typos } from '../settings/typos.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import type { Candidate } from '../vocabulary/sound-index.js';
import { readCode } from './read-code.js';
import { withGlued } from './read-glued.js';
import { NO_OWN_WORDS, type OwnWords, readOwnWord } from './read-own-words.js';
import { joinWords, splitUnfinished, splitWord } from './read-spacing.js';
import { correctLatin, correctUnknown, doubtRare } from './read-spelling.js';
import {
  documentsBeginningWith,
  isKnown,
  letterSlot,
  plainSlot,
  type Reading,
  type Slot,
  searchedTerms,
  slotOf,
  unfinishedSlot,
} from './slots.js';

const DEVANAGARI = /\p{Script=Devanagari}/u;

/** Candidates of another script that are searched beside the best. */
const TRANSLITERATIONS = 4;
/** Below this a candidate hardly sounds like what was typed. See `Candidate.fit`. */
const POOR_FIT = 0.55;
/** A completion must fit so much better than a finished word to be meant. */
const CLEARLY_BETTER = 0.1;
/** Below this what the collection writes in Latin letters is meant, be it ever so rare there. */
const DOUBTFUL_FIT = 0.5;
/** What a Latin word with a slip is worth beside what sounds like Urdu: kebab for ketab. */
const UNLIKELY = 0.5;
/** From here on it sounds just like it. */
const GOOD_FIT = 0.65;

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
 */
export function readWords(
  tokens: readonly Token[],
  knowledge: Knowledge,
  lastIsPrefix: boolean,
  { synonyms = Synonyms.NONE, text = '', own = NO_OWN_WORDS, ...correction }: ReadOptions = DEFAULT_CORRECTION,
): Slot[] {
  const slots: Slot[] = [];
  const last = tokens.at(-1);
  const joinable = lastIsPrefix && last !== undefined && isScrap(last) ? tokens.slice(0, -1) : tokens;
  const isLong = tokens.length > MOST_GUESSED;
  let guessed = 0;
  for (let i = 0; i < tokens.length; i += 1) {
    const token = tokens[i] as Token;
    const isPrefix = lastIsPrefix && i === tokens.length - 1;
    const named = synonyms.longestAt(tokens, i);
    if (named > 1 || (named === 1 && !(token.type === 'word' && isKnown(token, knowledge)))) {
      for (const one of tokens.slice(i, i + named))
        slots.push(readNamed(one, knowledge, lastIsPrefix && one === tokens.at(-1), correction));
      i += named - 1;
      continue;
    }
    if (isPrefix && i > 0 && isScrap(token)) {
      slots.push(letterSlot(token, knowledge));
      continue;
    }
    const code = readOwnWord(text, tokens, i, own, knowledge, lastIsPrefix) ?? readCode(text, tokens, i, knowledge, lastIsPrefix);
    if (code !== undefined) {
      slots.push(code.slot);
      i += code.length - 1;
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
      const both = joined.isLikelier ? [joined.reading, apart] : [apart, joined.reading];
      const readings = joined.isLikelier && !run.every((one) => isKnown(one, knowledge)) ? [joined.reading] : both;
      slots.push(slotOf(run.map(({ text }) => text).join(' '), readings, knowledge, isOpen));
      i += run.length - 1;
      continue;
    }
    const isGuess = isForeign(token) || (token.type === 'word' && !isKnown(token, knowledge));
    if (isGuess) guessed += 1;
    // In a long text the other words decide: known ones are not doubted, and guessing costs a millisecond a word.
    const isAsTyped = isLong && (!isGuess || guessed > MOST_GUESSED);
    slots.push(
      isAsTyped ? plainSlot(token, knowledge, isPrefix) : withGlued(readWord(token, knowledge, isPrefix, correction), token, knowledge),
    );
  }
  return slots;
}

/**
 * The words from `at` on that may be one: three, where one of them is no word and all together are (اس کو اش, of which اسکو was taken for two words already), otherwise two.
 */
function runAt(tokens: readonly Token[], at: number, knowledge: Knowledge, lastIsPrefix: boolean): readonly Token[] {
  const three = tokens.slice(at, at + 3);
  const hasScrap = three.length === 3 && three.some((token) => !isKnown(token, knowledge));
  const isOpen = lastIsPrefix && at + 3 === tokens.length;
  return hasScrap && joinWords(three, knowledge, isOpen) !== undefined ? three : tokens.slice(at, at + 2);
}

/** The first letter of a word that is still being typed: see `letterSlot`. */
const isScrap = ({ term, type }: Token): boolean => term.length === 1 && (type === 'word' || type === 'latin');

/** So many words of a query are corrected, cut or transliterated: more than Meilisearch is asked, and than any reader types. */
export const MOST_GUESSED = 32;

const isForeign = ({ type, text }: Token): boolean => type === 'latin' || (type === 'other' && DEVANAGARI.test(text));

function readWord(token: Token, knowledge: Knowledge, isPrefix: boolean, correction: Correction): Slot {
  if (isForeign(token)) return readForeign(token, knowledge, isPrefix, correction);
  const unfinished = isPrefix ? unfinishedSlot(token, knowledge) : undefined;
  if (unfinished !== undefined) return withCorrections(unfinished, token, knowledge, correction);
  const plain = plainSlot(token, knowledge, isPrefix);
  if (token.type !== 'word') return plain;
  if (isKnown(token, knowledge)) {
    const others = [...writtenApart(token, knowledge), ...doubtRare(token, knowledge, correction.typos)];
    return others.length === 0 ? plain : slotOf(token.text, [...plain.readings, ...others], knowledge, isPrefix);
  }
  const corrections = correctUnknown(token, knowledge, correction.typos);
  const split = splitWord(token.term, knowledge);
  const begun = isPrefix ? splitUnfinished(token.term, knowledge) : undefined;
  // Of a string that goes on the last part is seldom a whole word: شمسیتوانا is شمسی and the beginning of توانائی, not شمسی تو انا.
  if (begun !== undefined && (split === undefined || split.reading.terms.length > begun.terms.length)) {
    const isLikelier = (corrections[0]?.weight ?? 0) < NEAR_CORRECTION;
    return slotOf(token.text, isLikelier ? [begun, ...corrections] : [...corrections, begun], knowledge, true);
  }
  const best = corrections[0];
  if (split === undefined) return best === undefined ? plain : slotOf(token.text, corrections, knowledge, false);
  if (best === undefined) return slotOf(token.text, [split.reading], knowledge, false);
  // A string of whole words is run together; a word with a slip in it is more often cut into scraps by chance (صونا is سونا, not صو نا).
  const isOfWholeWords = split.reading.terms.every((part) => part.length >= SHORTEST_WHOLE_WORD) && best.weight < NEAR_CORRECTION;
  return slotOf(token.text, isOfWholeWords ? [split.reading, ...corrections] : [...corrections, split.reading], knowledge, false);
}

/**
 * What is being typed is not misspelled yet: corrections come behind the words that begin so, and are looked for only where those find too little. Unless next to nothing
 * begins so, and a near word is frequent.
 */
function withCorrections(slot: Slot, token: Token, knowledge: Knowledge, { typos }: Correction): Slot {
  const isFinished = isKnown(token, knowledge);
  const corrections = isFinished ? doubtRare(token, knowledge, typos) : correctUnknown(token, knowledge, typos);
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

/** A correction that so many times more documents hold than a word that begins as typed is likelier than any of these. */
const SLIP = 25;

/** A word that the settings name is meant as it is typed: WHO is not وہ. */
function readNamed(token: Token, knowledge: Knowledge, isPrefix: boolean, correction: Correction): Slot {
  const plain = plainSlot(token, knowledge, isPrefix);
  if (token.type === 'word' || isAllCapitals(token)) return plain;
  const { readings } = readWord(token, knowledge, isPrefix, correction);
  return { ...plain, readings: [...plain.readings, ...readings.filter(({ reason }) => reason !== 'exact').slice(0, 2)] };
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

/**
 * A word in Roman letters or Devanagari: what it sounds like in the collection, unless the collection holds it as it is; or a Latin word of the
 * collection with a slip in it.
 */
function readForeign(token: Token, knowledge: Knowledge, isPrefix: boolean, { isUrdu, typos }: Correction): Slot {
  const plain = plainSlot(token, knowledge, isPrefix);
  const { sound, vocabulary } = knowledge;
  if (sound === undefined) return plain;
  const isLatin = token.type === 'latin';
  const isThere = ({ term }: Candidate): boolean => vocabulary.documentsWithTerm(term) > 0;
  const candidates = (isLatin ? sound.roman(token.text, TRANSLITERATIONS) : sound.devanagari(token.text, TRANSLITERATIONS)).filter(isThere);
  const best = candidates[0];
  const sounding = candidates
    .filter((candidate) => candidate.score > (best?.score ?? 0) * 0.08)
    .map((candidate) => soundReading(candidate, knowledge));
  if (best === undefined || best.fit < POOR_FIT) sounding.push(...soundApart(token, knowledge));
  // A word that is still being typed: birya is not بڑا but the beginning of بریانی.
  const completions = isPrefix && isLatin ? sound.romanPrefix(token.text, TRANSLITERATIONS).filter(isThere) : [];
  const begun = completions.map((candidate) => soundReading(candidate, knowledge));
  const isFinished = best !== undefined && best.fit >= Math.min(GOOD_FIT, (completions[0]?.fit ?? 0) - CLEARLY_BETTER);
  const heard = isFinished ? [...sounding, ...begun.slice(0, 2)] : [...begun, ...sounding];
  const asTyped = vocabulary.documentsWithTerm(token.term);
  const latin = isUrdu && isLatin && asTyped === 0 ? readLatin(token, knowledge, isPrefix, typos) : [];
  // Who writes zindgi means what it sounds like; Meilisaerch sounds like nothing.
  const soundsWell = Math.max(best?.fit ?? 0, completions[0]?.fit ?? 0) >= DOUBTFUL_FIT;
  const unlikely = latin.slice(0, 1).map((reading) => ({ ...reading, weight: reading.weight * UNLIKELY }));
  const readings = unique(soundsWell ? [...heard, ...unlikely] : [...latin, ...heard]);
  if (readings.length === 0) return plain;

  if (asTyped === 0) return slotOf(token.text, readings, knowledge, isPrefix);
  // The collection writes the word in Latin letters itself (PTI, DNA): then that is what is meant first.
  const isName = isLatin && token.text.length > 1 && token.text === token.text.toUpperCase();
  const isMeant = isName || best === undefined || best.fit < DOUBTFUL_FIT || asTyped * 4 > best.documents;
  return slotOf(token.text, isMeant ? [...plain.readings, ...readings.slice(0, 2)] : [...readings, ...plain.readings], knowledge, isPrefix);
}

/** A Latin word that the collection does not hold: the beginning of one that it holds, or one with a slip in it. */
function readLatin(token: Token, knowledge: Knowledge, isPrefix: boolean, typos: Typos): readonly Reading[] {
  const isBeginning = isPrefix && knowledge.completions(token.term, 1).length > 0;
  return isBeginning ? plainSlot(token, knowledge, true).readings : correctLatin(token, knowledge, typos);
}

const soundReading = ({ term, fit, score }: Candidate, knowledge: Knowledge): Reading => ({
  ...searchedTerms([term], knowledge),
  reason: 'transliterated',
  weight: Math.max(0.4, fit),
  share: score,
});

/** What sounds like nothing may be two words that Urdu writes as one, or parts that the analyzer cuts: jaenge, hokar. */
function soundApart({ type, text }: Token, knowledge: Knowledge): Reading[] {
  const { sound } = knowledge;
  const splits = (type === 'latin' ? sound?.romanSplit(text) : sound?.devanagariSplit(text)) ?? [];
  return splits.slice(0, 1).map(({ terms, fit }) => ({
    ...searchedTerms(terms, knowledge),
    reason: 'transliterated',
    weight: Math.max(0.4, fit),
  }));
}

function unique(readings: readonly Reading[]): Reading[] {
  return [...new Map(readings.map((reading) => [reading.terms.join(' '), reading])).values()];
}
