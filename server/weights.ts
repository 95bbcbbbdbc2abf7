/**
 * All numbers by which documents are found and ordered, in one place. Those of the second pass and the depths were chosen on the development queries of
 * docs/relevance.md (which says which kinds each of them moves); a value from the literature names its source.
 */

/** What each part of the second pass weighs. Scores are sums of rarities (natural logarithms), so that all of them are in the same unit. */
export interface Weights {
  /** Saturation of repeated words, and influence of length: BM25 (Robertson & Zaragoza 2009). */
  readonly k1: number;
  readonly b: number;
  /** Of neighbours of the query that stand together, relative to the rarity of the rarer of them. */
  readonly proximity: number;
  /** Of words side by side in the query that stand near one another, whatever they say by themselves, relative to the rarity of all of them. */
  readonly nearness: number;
  /** Of the sentence that holds most of the query. */
  readonly sentence: number;
  /** Of the place where most of the query stands together, the nearer the more. */
  readonly density: number;
  /** What is taken off a word that stands there in another form. */
  readonly otherForm: number;
  /** What is taken off one in Arabic letters: of documents that answer alike those in the letters of Urdu come first. */
  readonly otherLetters: number;
  /** Of the only word at the head of the first field: who begins to type begins mostly as a heading does. */
  readonly head: number;
  /** Of a first field that begins as the query does, word for word as it was typed: of who types a heading nothing else is meant. */
  readonly heading: number;
  /** Of a word early in the document, of several words each its share: reports say first what they are about. */
  readonly lead: number;
}

/** A few words are a phrase or a name: they stand together. In a long question rarity decides. */
const FOR_FEW_WORDS: Weights = {
  k1: 0.9,
  b: 0.75,
  proximity: 5,
  nearness: 10,
  sentence: 8,
  density: 9,
  otherForm: 0.35,
  otherLetters: 0.01,
  head: 2,
  heading: 3,
  lead: 0.7,
};
const FOR_QUESTIONS: Weights = {
  k1: 1.1,
  b: 0.9,
  proximity: 1.5,
  nearness: 0,
  sentence: 0.75,
  density: 0,
  otherForm: 0.35,
  otherLetters: 0.01,
  head: 0,
  heading: 0,
  lead: 0,
};
const FEW = 4;
const MANY = 9;

/** Between the two, in proportion to the number of words. */
export function weightsFor(words: number): Weights {
  const share = Math.min(1, Math.max(0, (words - FEW) / (MANY - FEW)));
  const between = (name: keyof Weights): number => FOR_FEW_WORDS[name] + (FOR_QUESTIONS[name] - FOR_FEW_WORDS[name]) * share;
  return {
    k1: between('k1'),
    b: between('b'),
    proximity: between('proximity'),
    nearness: between('nearness'),
    sentence: between('sentence'),
    density: between('density'),
    otherForm: between('otherForm'),
    otherLetters: between('otherLetters'),
    head: between('head'),
    heading: between('heading'),
    lead: between('lead'),
  };
}

/** What a word in the first searched field counts more than one in a field far behind, and how fast that falls from field to field. */
const FIRST_FIELD = 1.5;
const FIELD_DECAY = 0.15;

/**
 * The weight of a field by its place in `searchableAttributes` (BM25F: a word counts so many times). A title counts because the publisher put it first, never
 * because it is short: `source: جنگ` would lift every article of that paper for the query "war".
 *
 * @param place from 0
 */
export const fieldWeight = (place: number): number => 1 + FIRST_FIELD * FIELD_DECAY ** place;

/** Typical terms in a document, for length normalization; the exact mean matters little. */
export const TYPICAL_LENGTH = 320;

/**
 * The first pass: saturation and influence of length. Much lower than in the second pass: here it is only chosen which documents are looked at closely, and holding all
 * words of a query matters more for that than holding one of them often.
 */
export const FIRST_PASS = { k1: 0.25, b: 0.2 } as const;

/** What a word that is searched alone is worth in the first pass where it stands in no heading: many documents hold it, and those are looked at that name it first. */
export const OUTSIDE_HEADING = 0.95;

/**
 * The first pass: what two neighbours of the query are worth that may stand side by side, as a share of what they are worth in the second pass; and a heading that may begin
 * as the query does, as a share of its first word's rarity.
 */
export const PAIRS = { words: 0.2, start: 0.1 } as const;

/** What another form of it is worth there beside the one that was typed. */
export const OTHER_FORM = 0.93;

/** Readings of a word: any but the likeliest counts so much of it at most; one part of a word written apart. */
export const READING = { second: 0.9, partAlone: 0.5 } as const;

/** A word of which nearly every document holds a form decides nothing, and stands everywhere: it is not looked for. See `Dictionary.rarity`. */
export const NEGLIGIBLE = 0.1;

/** Documents that are compared with a query closely: of one word, of a few, of a sentence, and of common words, among which only their places tell. */
export const DEPTH = { oneWord: 150, fewWords: 120, sentence: 120, commonWords: 500 } as const;
/** A query is of common words when they are together less rare than this; a sentence from so many words on. */
export const COMMON_RARITY = 12;
export const SENTENCE_WORDS = 6;

/** Documents without the query's anchor are hits only so far up: each of them must be verified and counted by itself. */
export const MOST_WITHOUT_ANCHOR = 60;

/** Of one word, what a document must hold beside the best one: no other word confirms an unlikely reading of the only one. */
export const LIKELY = 0.75;

/**
 * When the best document holds this share of the query's rarity, no other readings are looked for: it is what was meant. Of a sentence so many documents must hold
 * so much of it, unless one quotes it.
 */
export const ENOUGH = { share: 0.9, sentenceDocuments: 3, sentenceShare: 0.9 } as const;

/**
 * How well a Latin word must sound like an Urdu one of the same consonants to be read as it (see `Candidate.fit`), by how many consonants they share: the more, the less their vowels matter.
 * Measured with 3,636 attested Roman spellings of words of the development collection (96 in 100 have the very consonants and a fit of .4; half a fit of .69) against 270 English and 800
 * made-up words that it does not hold (made-up ones: 2 in 100 with the same consonants and .4). Over the samples 3 in 100 long English words pass.
 */
const SAME_CONSONANTS = [0.48, 0.48, 0.48, 0.44, 0.42, 0.36] as const;
export const fitWithConsonants = (shared: number): number => SAME_CONSONANTS[Math.min(shared, SAME_CONSONANTS.length - 1)] as number;

/**
 * The same where the consonants do not prove it: with one that differs; of two words that stand together in the collection, which says as much as so much better a fit; among other words of Roman Urdu, which are typed carelessly.
 * Chosen on the development queries of docs/relevance.md (roman, wiki_roman, verse_roman). A beginning among others with one consonant says less (edhi is no beginning of ڈرامہ), and one with a consonant of its own must share
 * so many.
 */
export const FIT = { oneOther: 0.65, together: 0.1, sure: 0.5, inCompany: 0.3, begunInCompany: 0.4, sharedBegun: 3 } as const;

/**
 * Of a word with so many letters for each of its consonants most are vowels, and Urdu would write some of them: then it must sound so well, whatever its consonants (lighthouse is not لائٹس). Of 16,560
 * attested spellings that pass without, 30 do not with it.
 */
export const FULL_OF_VOWELS = { letters: 3, shortest: 7, fit: 0.55 } as const;

/**
 * A beginning with so many consonants, all of them those of the word, may sound like it only so well: English vowels tell little (comput, technolo). One with fewer must sound so well: tiger is no beginning of تجربہ.
 * With the long vowels and soft letters of `skeleton.ts` this takes 2 in 100 attested beginnings and half of one in 100 whole words, and of 368 English words over three small collections 3.1 in 100 find something in place of 5.3.
 */
export const BEGUN = { shared: 4, fit: 0.3, ofFew: 0.52 } as const;

/**
 * How well a word must fit, by the letters of English alone, to be the loan word that was typed, or to begin as it does: less well if it shares `many` consonants, each of which must be there. One of fewer than `consonants` sounds like
 * anything. Roman Urdu that sounds less well than `heard` was not meant where a loan fits better.
 */
export const LOAN = { fit: 0.48, ofMany: 0.42, many: 4, consonants: 2, heard: 0.62 } as const;

/** What sounds so well is meant, and what sounds less well by more than this share is not, where no other word of Roman Urdu stands beside it. */
export const CLOSE = { fit: 0.7, share: 0.8 } as const;

/**
 * A Latin word by itself is read as a word of grammar with at most so many consonants only where it sounds so well: over is not اور (.52), nor war (.56). Usual spellings of function words are known to the
 * letter (aur, ke) and fit fully; of 2,000 attested ones 11 in 100 are below, nearly all typed once.
 */
export const GRAMMAR = { consonants: 3, fit: 0.58 } as const;
