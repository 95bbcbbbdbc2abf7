import { analyze, isStopWord, normalize, rootOf, type Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { wordsWrittenSo } from '../vocabulary/other-beginnings.js';
import type { Reason } from './wanted.js';

/** One way to read a stretch of the query: the terms searched for it, in order. */
export interface Reading {
  readonly terms: readonly string[];
  /** What the index is asked: the terms' roots. */
  readonly roots: readonly string[];
  readonly reason: Reason;
  /** How sure it is that this was meant, 0 to 1. */
  readonly weight: number;
  /** Its share among all readings of the slot, 0 to 1, where several compete; undefined: the weight says it all. */
  readonly share?: number;
  /** Its words answer only together, one behind the other: the letters of an abbreviation, the parts of a code. */
  readonly isTogether?: true;
  /** The same name in another script or spelling, no guess: what holds it answers as well, and is found at once. */
  readonly isSame?: true;
  /** A slip of who wrote the text, searched but not told: readers would learn nothing from it, and Meilisearch would have to be asked whether this one may be told of it. */
  readonly isUntold?: true;
}

/** Whether a reading is searched beside the likeliest from the start: it is sure to be meant too. */
export const isMeantToo = ({ reason, isSame }: Reading): boolean => reason === 'synonym' || isSame === true;

/** A reading whose words answer only together. */
export function togetherReading(terms: readonly string[], reason: Reason, weight: number, { vocabulary }: Knowledge): Reading {
  const roots = terms.map((term) => vocabulary.rootOf(term) ?? rootOf(term));
  return { terms, roots, reason, weight, ...(terms.length > 1 && { isTogether: true as const }) };
}

/** So many ways to go on with what was begun are read. */
const MOST_BEGUN = 8;

/**
 * What the collection writes behind these terms and begins as `last` does, but `last` itself: how a name or figures go on whose last part is still being typed.
 *
 * @param isWanted which of the words that begin so are meant
 */
export function begunFollowers(
  before: readonly string[],
  last: string,
  isWanted: (term: string) => boolean,
  knowledge: Knowledge,
): string[] {
  return knowledge
    .following(before)
    .map(({ term }) => term)
    .filter((term) => term !== last && term.startsWith(last) && isWanted(term))
    .slice(0, MOST_BEGUN);
}

/** One reading for each way in which the last of a run of terms may go on: all of them are the same, as far as it was typed. */
export const goingOn = (before: readonly string[], lasts: readonly string[], knowledge: Knowledge): Reading[] =>
  lasts.map((last, nth) => ({ ...togetherReading([...before, last], 'exact', 1, knowledge), ...(nth > 0 && { isSame: true as const }) }));

/** How likely a reading is the one that was meant. */
export const likelihood = ({ share, weight }: Reading): number => share ?? weight;

/** What an unfinished word begins with, and what a word that begins so is worth beside the finished one. */
export interface Beginning {
  readonly text: string;
  readonly weight: number;
  /** Words that begin so as they are written, though their terms do not: القرآن for قر. */
  readonly others?: readonly string[];
}

/** A stretch of the query that asks for one thing, with the ways to read it, the likeliest first. Never without a reading. */
export interface Slot {
  readonly text: string;
  readonly readings: readonly Reading[];
  /** A function word: it may be missing where other words decide. */
  readonly isStop: boolean;
  /** It stands at the end, and was finished just now: it is compared as it was while it was being typed, so that a space behind it changes no order. */
  readonly isJustFinished?: true;
  /** How rare the word is; see `Vocabulary.rarity`. */
  readonly rarity: number;
  /** The word may still be being typed. */
  readonly isPrefix: boolean;
  /** Then it stands for every word that begins so, as these are written, whatever their roots. Undefined: for none but its readings. */
  readonly beginning?: Beginning;
  /** Terms that are marked in texts, one after the other, where they are not those that were found. */
  readonly marked?: readonly string[];
}

/**
 * Terms of the collection as they are searched. One that is a compound written as one (خوبصورت) is known as a whole, so that it can be completed and guessed, but documents are searched
 * for its parts: that is how the analyzer reads it everywhere.
 */
export function searchedTerms(found: readonly string[], { vocabulary }: Knowledge): Pick<Reading, 'terms' | 'roots'> {
  const terms = found.flatMap((term) => {
    const parts = analyze(term);
    return parts.length > 1 ? parts.map((part) => part.term) : [term];
  });
  return { terms, roots: terms.map((term) => vocabulary.rootOf(term) ?? rootOf(term)) };
}

/** A slot that is read as it was typed. */
export function plainSlot(token: Token, knowledge: Knowledge, isPrefix: boolean): Slot {
  const reading: Reading = { terms: [token.term], roots: [token.root], reason: 'exact', weight: 1 };
  return slotOf(token.text, [reading], knowledge, isPrefix);
}

export function slotOf(text: string, readings: readonly Reading[], knowledge: Knowledge, isPrefix: boolean): Slot {
  const best = readings[0] as Reading;
  return {
    text,
    readings,
    isStop: best.terms.every((term) => isStopWord(term)),
    rarity: rarityOf(best.roots, knowledge),
    isPrefix,
  };
}

/**
 * A word that is still being typed: the finished word, and every word that begins so. It is no rarer than these are together: what happens to be a rare word form (امری of امریکہ)
 * must not push out what the other words of the query find.
 *
 * @returns undefined where the collection holds neither
 */
export function unfinishedSlot(token: Token, knowledge: Knowledge): Slot | undefined {
  const text = begunBy(token, knowledge);
  const found = wordsWrittenSo(token, knowledge, MOST_OTHERS);
  const begun = found.reduce((sum, { documents }) => sum + documents, documentsBeginningWith(text, knowledge));
  const plain = plainSlot(token, knowledge, true);
  if (begun === 0) return isKnown(token, knowledge) ? plain : undefined;
  const others = found.length > 0 && { others: found.map(({ term }) => term) };
  return { ...plain, rarity: knowledge.vocabulary.rarityOf(begun), beginning: { text, weight: BEGINNING, ...others } };
}

/** What a word that is still being typed begins with: its letters as they were typed, where these go on and its usual spelling ends otherwise. پنجا is پنجہ (a paw), but begins پنجاب. */
function begunBy({ text, term, type }: Token, knowledge: Knowledge): string {
  const typed = type === 'word' ? normalize(text, 'search') : term;
  const endsOtherwise = typed.length === term.length && typed !== term && typed.slice(0, -1) === term.slice(0, -1);
  return endsOtherwise && documentsBeginningWith(typed, knowledge) > 0 ? typed : term;
}

/** Words whose terms do not begin as they are written: so many are found by their beginning. */
const MOST_OTHERS = 8;

/**
 * A function word with a space behind it, the last of the query: as rare as it was while it was being typed. By its root, of which every document holds a form, it would tell nothing,
 * and a space would take away what was found by it (ہندوستان ہونا).
 */
export function justFinishedSlot(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  const rarity = unfinishedSlot(token, knowledge)?.rarity;
  return rarity === undefined ? slot : { ...slot, rarity, isJustFinished: true };
}

/** What a word that begins so is worth beside the finished one: of documents that are alike else, those come first that hold what was typed. */
const BEGINNING = 0.99;

/**
 * The first letter of a word behind others: it tells nothing by itself (rarity 0), so that what the others found stays found, and what stands beside the word before it comes first.
 */
export const letterSlot = (token: Token, knowledge: Knowledge): Slot => ({
  ...plainSlot(token, knowledge, true),
  rarity: 0,
  ...(token.type === 'word' && { beginning: { text: token.term, weight: 1 } }),
});

/** Whether the collection holds nothing of a word, however it is read: an answer has to leave it out. One that is still being typed may become a word yet. */
export function isLeftOut({ rarity, isPrefix, text, readings, beginning }: Slot, knowledge: Knowledge): boolean {
  const [first] = readings;
  if (knowledge.vocabulary.documents === 0 || !/[\p{L}\p{N}]/u.test(text)) return false;
  // That the parts of a code are there says nothing.
  if (readings.every(({ isTogether }) => isTogether))
    return beginning === undefined && readings.every(({ terms }) => knowledge.together(terms) === 0);
  if (rarity > 0) return false;
  return !isPrefix || (text.length > 1 && documentsBeginningWith(first?.terms.at(-1) ?? text, knowledge) === 0);
}

/** How many documents hold a word that begins so, or more: one with several such words counts several times. */
export const documentsBeginningWith = (text: string, { vocabulary }: Knowledge): number =>
  vocabulary.documentsBeginningWith(text, vocabulary.documents);

/** A phrase of parts is as rare as its rarest part. A word that no document holds decides nothing: it finds nothing. */
export const rarityOf = (roots: readonly string[], { vocabulary }: Knowledge): number =>
  Math.max(...roots.map((root) => (vocabulary.documentsWithRoot(root) === 0 ? 0 : vocabulary.rarity(root))));

/**
 * A slot with what is the same in other writing, no guess: beside what was typed, where the collection holds that; else it leads, and what was typed stands behind it.
 *
 * @param others the likeliest first
 */
export function withSame(
  slot: Slot,
  others: readonly Reading[],
  { isHeld, typed }: { readonly isHeld: boolean; readonly typed: readonly Reading[] },
  knowledge: Knowledge,
): Slot {
  const [first, ...more] = others;
  if (first === undefined) return slot;
  if (isHeld) return { ...slot, readings: [...slot.readings, ...others] };
  return { ...slot, readings: [{ ...first, weight: 1 }, ...more, ...typed], rarity: rarityOf(first.roots, knowledge) };
}

/** Whether the collection holds the word in any form. */
export const isKnown = ({ term, root }: Pick<Token, 'term' | 'root'>, { vocabulary }: Knowledge): boolean =>
  vocabulary.documentsWithTerm(term) > 0 || vocabulary.documentsWithRoot(root) > 0;

/** A function word, or a form of a verb. */
export function isOfGrammar(term: string, { vocabulary }: Knowledge): boolean {
  const root = vocabulary.rootOf(term) ?? rootOf(term);
  return isStopWord(term) || root.endsWith(INFINITIVE);
}

const INFINITIVE = '\u0646\u0627';
