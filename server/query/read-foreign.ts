import { analyze, isStopWord, stopWordClass, type Token } from '@justuju/urdu';
import type { Correction, Typos } from '../settings/typos.js';
import { behindArticle } from '../vocabulary/article.js';
import { englishSingulars, takesEnglishPlural } from '../vocabulary/english-plurals.js';
import { englishAsSaid } from '../vocabulary/english-said.js';
import { endsOtherwise, saidWithAlef } from '../vocabulary/final-alef.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { hasLongVowels, likenessOf } from '../vocabulary/skeleton.js';
import { type Candidate, SoundIndex } from '../vocabulary/sound-index.js';
import { isSpeltOtherwise } from '../vocabulary/spelt-otherwise.js';
import type { Steps } from '../vocabulary/turns.js';
import { BEGUN, CLOSE, FIT, FULL_OF_VOWELS, fitWithConsonants, GRAMMAR } from '../weights.js';
import { isInCapitals, looksAbbreviated, readLetters } from './read-abbreviations.js';
import { isVowelBehindArticle, withArticle } from './read-article.js';
import { isEnglishByHeart, withLoans } from './read-loan-word.js';
import { type Beside, correctLatin } from './read-spelling.js';
import { documentsBeginningWith, isOfGrammar, plainSlot, type Reading, type Slot, searchedTerms, slotOf } from './slots.js';

/** Candidates of another script that are searched beside the best. */
const TRANSLITERATIONS = 4;
/** Below this a candidate hardly sounds like what was typed, and two words are tried. See `Candidate.fit`. */
const POOR_FIT = 0.55;
/** A completion must fit so much better than a finished word to be meant. */
const CLEARLY_BETTER = 0.1;
/** Below this what the collection writes in Latin letters is meant, be it ever so rare there. */
const DOUBTFUL_FIT = 0.5;
/** What a Latin word with a slip is worth beside what sounds like Urdu: kebab for ketab. */
const UNLIKELY = 0.5;
/** From here on it sounds just like it. */
const GOOD_FIT = 0.65;

/** How a word is read: corrections, and whether its neighbours are Roman Urdu, which makes it likelier that it is. */
export interface How extends Correction {
  readonly inCompany: boolean;
  /** What else was asked; looked up only where a word is doubted. */
  readonly beside: () => Beside;
}

/**
 * A word in Roman letters or Devanagari: the names of its letters, or what it sounds like in the collection, if that is plausible; or a Latin word of the collection with a slip in it.
 * What the collection holds as it was typed is read in Urdu only where that is clearly the same name.
 */
export function readForeign(token: Token, knowledge: Knowledge, isPrefix: boolean, how: How): Slot {
  const isKnownEnglish = token.type === 'latin' && isEnglishByHeart(token.text);
  // What is known to be English is nothing else that sounds so: audio is not ویڈیو.
  const isNothingElse = isKnownEnglish && !how.inCompany;
  const slot = isNothingElse ? plainSlot(token, knowledge, isPrefix) : readAlone(token, knowledge, isPrefix, how);
  if (token.type !== 'latin' || (how.inCompany && !isKnownEnglish) || isInCapitals(token)) return slot;
  const [heard] = sounding(token, knowledge).filter((candidate) => isMeant(token, candidate, knowledge, false));
  return withLoans(slot, token, knowledge, isPrefix, heard?.fit ?? 0);
}

function readAlone(token: Token, knowledge: Knowledge, isPrefix: boolean, how: How): Slot {
  const { sound, vocabulary } = knowledge;
  if (sound === undefined) return plainSlot(token, knowledge, isPrefix);
  const asTyped = vocabulary.documentsWithTerm(token.term);
  const letters = how.inCompany && !looksAbbreviated(token) ? [] : readLetters(token, knowledge);
  // USB is said letter by letter: what else sounds a little like it was not meant.
  if (letters.length > 0 && (looksAbbreviated(token) || isOftenerInLetters(token, letters, knowledge))) {
    const plain = plainSlot(token, knowledge, isPrefix);
    return asTyped === 0 ? slotOf(token.text, letters, knowledge, isPrefix) : { ...plain, readings: [...plain.readings, ...letters] };
  }
  if (asTyped === 0) return readUnknown(token, knowledge, isPrefix, how, letters);
  // Of a word that Urdu writes a hundred times in its own letters one in Latin is the exception: film.
  const best = sounding(token, knowledge).find((candidate) => isMeant(token, candidate, knowledge, how.inCompany));
  const isUrdu = best !== undefined && asTyped * 4 <= best.documents;
  const isName = token.type === 'latin' && (isInCapitals(token) || (!how.inCompany && token.text.length < SHORTEST_ALONE));
  if (!isUrdu || isName) return readHeld(token, knowledge, isPrefix, letters);
  const slot = readUnknown(token, knowledge, isPrefix, how, letters);
  const latin = plainSlot(token, knowledge, isPrefix).readings.map((reading) =>
    how.inCompany || token.type !== 'latin' ? reading : { ...reading, weight: SAME_NAME, isSame: true as const },
  );
  return { ...slot, readings: unique([...slot.readings, ...latin]) };
}

/** Whether the collection holds the letters (pti, of پی ٹی آئی) in no fewer documents than any word that sounds so. Little words are words: us is اس. */
function isOftenerInLetters(token: Token, letters: readonly Reading[], knowledge: Knowledge): boolean {
  const [best] = sounding(token, knowledge);
  return best === undefined || (best.fit < 1 && knowledge.together((letters[0] as Reading).terms) >= Math.min(MANY, best.documents));
}

/** See `Knowledge.together`: it counts no further. */
const MANY = 20;

/** By itself a shorter word is no Roman Urdu where the collection has it in Latin. */
const SHORTEST_ALONE = 3;

/** A word of another script that the collection does not hold as it is. */
function readUnknown(
  token: Token,
  knowledge: Knowledge,
  isPrefix: boolean,
  { isUrdu, typos, inCompany, beside }: How,
  letters: readonly Reading[],
): Slot {
  const isLatin = token.type === 'latin';
  const bare = soundingAs(token, knowledge, inCompany);
  const sounded = [...bare, ...(inCompany && bare.length > 0 ? [] : articled(token, knowledge, inCompany))];
  // In Devanagari words are written as they sound: शेर is شیر and شعر.
  const candidates = inCompany || token.type !== 'latin' ? sounded : closest(sounded);
  const best = candidates[0];
  const heard = candidates
    .filter((candidate) => candidate.score > (best?.score ?? 0) * 0.08)
    .map((candidate) => soundReading(candidate, knowledge));
  if (best === undefined || best.fit < POOR_FIT) heard.push(...soundApart(token, knowledge, inCompany));
  // A word that is still being typed: birya is not بڑا but the beginning of بریانی.
  const begunWords = isPrefix || (isLatin && best === undefined) ? completed(token, knowledge) : [];
  const plausible = begunWords.filter(
    (candidate) => isMeant(token, candidate, knowledge, inCompany, true) && (isPrefix || isFinishedAs(token, candidate, knowledge)),
  );
  const others = inCompany || plausible.length === 0 ? [] : beside();
  const isHeard = !inCompany && best !== undefined && best.fit >= CLOSE.fit;
  const completions = plausible
    .filter((candidate) => isSureBeside(candidate, others, knowledge))
    .filter(({ term, fit }) => !(isHeard && (likenessOf(token.text, term).others === 0 || fit < best.fit * CLOSE.share)));
  const begun = completions.map((candidate) => ({
    ...soundReading(candidate, knowledge),
    // Devanagari is written as it sounds: each of them begins so.
    ...(!isLatin && { isSame: true as const }),
  }));
  const isFinished = best !== undefined && best.fit >= Math.min(GOOD_FIT, (completions[0]?.fit ?? 0) - CLEARLY_BETTER);
  const all = isFinished ? [...heard, ...begun.slice(0, 2)] : [...begun, ...heard];
  const isMisspelled = isUrdu && isLatin && knowledge.vocabulary.documentsWithTerm(token.term) === 0;
  const latin = isMisspelled ? readLatin(token, knowledge, isPrefix, typos) : [];
  // Who writes zindgi means what it sounds like; Meilisaerch sounds like nothing.
  const soundsWell = Math.max(best?.fit ?? 0, completions[0]?.fit ?? 0) >= DOUBTFUL_FIT;
  const unlikely = latin.slice(0, 1).map((reading) => ({ ...reading, weight: reading.weight * UNLIKELY }));
  const joint = isPrefix && isLatin && all.length === 0 ? begunBehind(token, knowledge) : [];
  const readings = unique(soundsWell ? [...all, ...letters, ...unlikely] : [...letters, ...latin, ...all, ...joint]);
  const slot = readings.length === 0 ? plainSlot(token, knowledge, isPrefix) : slotOf(token.text, readings, knowledge, isPrefix);
  return isPrefix && isLatin ? withLatinBeginning(slot, token, knowledge, inCompany) : slot;
}

/** What was typed also stands for the Latin words of the collection that begin so: phil for Philips, whatever else it sounds like; and for the same names in Urdu letters. */
function withLatinBeginning(slot: Slot, token: Token, knowledge: Knowledge, inCompany: boolean): Slot {
  const words = token.term.length < SHORTEST_LATIN ? [] : knowledge.completions(token.term, MOST_NAMES);
  if (words.length === 0) return slot;
  const plain = plainSlot(token, knowledge, true).readings.map((reading) => ({ ...reading, weight: SAME_NAME }));
  // Among words of Roman Urdu it is one of them: aya is not Ayaan.
  const names = (inCompany ? [] : words).flatMap(({ term }) => {
    const [name] = term.length < SHORTEST_NAME ? [] : analyze(term);
    return name === undefined ? [] : readHeld(name, knowledge, false, []).readings.slice(1);
  });
  const isUrdu = slot.readings[0]?.reason !== 'exact';
  return {
    ...slot,
    readings: unique([...slot.readings, ...names, ...(isUrdu ? plain : [])]),
    beginning: { text: token.term, weight: isUrdu ? SAME_NAME : 1 },
    ...(slot.rarity === 0 && { rarity: knowledge.vocabulary.rarityOf(documentsBeginningWith(token.term, knowledge)) }),
  };
}

/** Letters of a Latin beginning. */
const SHORTEST_LATIN = 2;

/** Two words that stand one behind the other, typed as one, the second still being typed: faisalab of فیصل آباد. */
function begunBehind(token: Token, knowledge: Knowledge): Reading[] {
  const { text } = token;
  const { sound } = knowledge;
  const found: Reading[] = [];
  if (text.length > LONGEST_CUT) return found;
  for (let cut = SHORTEST_CUT; cut < text.length && found.length < MOST_NAMES; cut += 1) {
    const [first] = sound?.roman(text.slice(0, cut), 1) ?? [];
    if (first === undefined || first.fit < FIT.sure || !isPlausible({ ...token, text: text.slice(0, cut) }, first, false)) continue;
    const following = new Set(knowledge.following([first.term]).map(({ term }) => term));
    const rest = { ...token, text: text.slice(cut) };
    const begun = (sound?.romanPrefix(rest.text, MOST_BEHIND) ?? []).filter(
      (next) => following.has(next.term) && isPlausible(rest, next, true, true),
    );
    for (const { term } of begun.slice(0, 1))
      found.push({ ...searchedTerms([first.term, term], knowledge), reason: 'transliterated', weight: first.fit, isTogether: true });
  }
  return found;
}

/** Letters of the first of them and of both, and beginnings among which what follows it is looked for. */
const SHORTEST_CUT = 3;
const LONGEST_CUT = 24;
const MOST_BEHIND = 48;

/** A word of another script that the collection holds as it is (PTI, DNA, Honda): that is meant, and the same name in Urdu letters. Nothing else is searched or marked beside it. */
function readHeld(token: Token, knowledge: Knowledge, isPrefix: boolean, letters: readonly Reading[]): Slot {
  const plain = plainSlot(token, knowledge, isPrefix);
  const isLong = token.text.length >= SHORTEST_NAME;
  const heard = isLong ? sounding(token, knowledge).filter((candidate) => isMeant(token, candidate, knowledge, false)) : [];
  const names = heard.slice(0, MOST_NAMES).map((candidate) => soundReading(candidate, knowledge));
  if (isLong && heard.length === 0) names.push(...soundApart(token, knowledge, false));
  const others = [...names, ...letters].map((reading) => ({
    ...reading,
    weight: SAME_NAME,
    isSame: true as const,
    ...(reading.terms.length > 1 && { isTogether: true as const }),
  }));
  return { ...plain, readings: [...plain.readings, ...others] };
}

/** Shorter words sound like many: Wi and Fi are no names. */
const SHORTEST_NAME = 4;
const MOST_NAMES = 2;
/** What the same name in the other script is worth. */
const SAME_NAME = 0.88;

/** A word that sounds just like it leaves none beside it that sounds much less so, nor one that would have but a vowel more: sattar is عبدالستار, and not ستارہ. */
function closest(candidates: readonly Candidate[]): readonly Candidate[] {
  const most = Math.max(0, ...candidates.map(({ fit }) => fit));
  if (most < CLOSE.fit) return candidates;
  return candidates.filter(({ fit }) => fit >= most * CLOSE.share);
}

/** Whether a finished word that sounds like none is one that it begins, less an ending: of the same consonants, and as close as a beginning can be. kisan is کسانوں where کسان stands nowhere. */
function isFinishedAs({ text }: Token, { term, fit }: Candidate, knowledge: Knowledge): boolean {
  const { others, shared } = likenessOf(text, term);
  return others === 0 && shared >= FIT.sharedBegun && fit >= CLOSE.fit && !isOfGrammar(term, knowledge);
}

/** Words of the collection with the article, typed without it. */
function articled(token: Token, knowledge: Knowledge, inCompany: boolean): readonly Candidate[] {
  if (token.type !== 'latin' || knowledge.sound === undefined) return [];
  return withArticle(token.text, knowledge.sound)
    .filter(isThere(knowledge))
    .filter(({ term, fit }) => isPlausible(token, { term: behindArticle(term), fit }, inCompany))
    .slice(0, MOST_NAMES);
}

const isThere =
  ({ vocabulary }: Knowledge) =>
  ({ term }: Candidate): boolean =>
    vocabulary.documentsWithTerm(term) > 0;

/** What a word of another script sounds like in the collection, the likeliest first. */
function sounding({ type, text }: Token, knowledge: Knowledge): readonly Candidate[] {
  const { sound } = knowledge;
  const found = type === 'latin' ? sound?.roman(text, TRANSLITERATIONS) : sound?.devanagari(text, TRANSLITERATIONS);
  return (found ?? []).filter(isThere(knowledge));
}

/** What is meant by a word of another script; where the collection writes no such word, the dictionary form of one that it writes, or of the English plural that was typed. */
function soundingAs(token: Token, knowledge: Knowledge, inCompany: boolean): readonly Candidate[] {
  const meant = (word: Token, candidates: readonly Candidate[]): readonly Candidate[] =>
    candidates.filter((candidate) => isMeant(word, candidate, knowledge, inCompany));
  const bare = meant(token, sounding(token, knowledge));
  if (bare.length > 0 || token.type !== 'latin') return bare;
  const { soundOfUnwritten } = knowledge;
  const singulars = englishSingulars(token.text).map((text): Token => ({ ...token, text }));
  return [
    ...meant(token, soundOfUnwritten?.roman(token.text, TRANSLITERATIONS) ?? []),
    ...singulars.flatMap((word) => {
      const found = [...sounding(word, knowledge), ...(soundOfUnwritten?.roman(word.text, TRANSLITERATIONS) ?? [])];
      return meant(word, found).filter(({ term }) => takesEnglishPlural(term));
    }),
  ];
}

/** What it may become. */
function completed({ type, text }: Token, knowledge: Knowledge): readonly Candidate[] {
  const { sound } = knowledge;
  const found = type === 'latin' ? sound?.romanPrefix(text, TRANSLITERATIONS) : sound?.devanagariPrefix(text, MOST_BEGUN);
  return (found ?? []).filter(isThere(knowledge));
}

/** Words that begin as was typed in Devanagari. */
const MOST_BEGUN = 8;

/**
 * Whether what was typed may be this word of the collection. A word among others of Roman Urdu is one of them, typed as carelessly; one by itself may be of any language, and must have the
 * consonants of the Urdu word: kubernetes is no word of a small collection, however much its letters look like some.
 */
export function isPlausible(
  { type, text }: Token,
  { term, fit }: { readonly term: string; readonly fit: number },
  inCompany: boolean,
  isBegun = false,
): boolean {
  if (type !== 'latin') return true;
  if ((!inCompany && endsOtherwise(text, term)) || (isBegun && isVowelBehindArticle(text, term))) return false;
  const whole = likenessOf(text, term);
  // What has all consonants of the word is that word, or another: mushroom does not begin مشران.
  const { others, shared } = isBegun && whole.others > 0 ? likenessOf(text, term, { isBegun }) : whole;
  const goesOn = isBegun && whole.others > 0;
  if (!inCompany && isSpeltOtherwise(text, term, isBegun)) return false;
  if (inCompany && fit >= (goesOn && shared < FIT.sharedBegun - 1 ? FIT.begunInCompany : FIT.inCompany)) return true;
  if (others > 0) return others === 1 && fit >= FIT.oneOther && (!isBegun || shared >= FIT.sharedBegun);
  if (!hasLongVowels(text, term, shared)) return false;
  if (goesOn) return fit >= (shared >= BEGUN.shared ? BEGUN.fit : Math.max(BEGUN.ofFew, fitWithConsonants(shared)));
  const isFullOfVowels = text.length >= FULL_OF_VOWELS.shortest && text.length >= FULL_OF_VOWELS.letters * shared;
  const said = saidWithAlef(term);
  const isWhole = said !== undefined || (isBegun && !mayGoOn(text, term));
  const sounds = isWhole ? fitAlone(text, said ?? term) : fit;
  return sounds >= Math.max(fitWithConsonants(shared), isFullOfVowels ? FULL_OF_VOWELS.fit : 0);
}

/**
 * Whether this word of the collection may be meant. Words of grammar are short and stand everywhere, so something of another language sounds like one by chance (over, lion): by itself such a
 * word must sound so closely, however it may go on.
 */
function isMeant(token: Token, { term, fit }: Candidate, knowledge: Knowledge, inCompany: boolean, isBegun = false): boolean {
  if (!isPlausible(token, { term, fit }, inCompany, isBegun)) return false;
  const { type, text } = token;
  if (type !== 'latin' || inCompany || !isOfGrammar(term, knowledge)) return true;
  const { others, shared } = likenessOf(text, term);
  if (shared > GRAMMAR.consonants) return true;
  const isWhole = isBegun && others === 0 && !(VOWEL_TO_COME.text.test(text) && VOWEL_TO_COME.term.test(term));
  return (isWhole ? fitAlone(text, term) : fit) >= GRAMMAR.fit;
}

/** How well what was typed sounds like all of a word, which a beginning need not. */
const fitAlone = (text: string, term: string): number => SoundIndex.build([[term, 1]]).romanFit(text);

/** Whether of a word with all its consonants a vowel at the end may still come: zindag. What is longer than the word itself, which leaves out short vowels, is finished by a letter or more (auliya is no beginning of اعلیٰ). */
const mayGoOn = (text: string, term: string): boolean =>
  text.length <= term.length + 1 || (VOWEL_TO_COME.text.test(text) && VOWEL_TO_COME.term.test(term));

/** What was typed ends in a consonant, and the word in a vowel. */
const VOWEL_TO_COME = { text: /[^aeiouwy]$/i, term: /[\u0627\u0648\u06C1\u06CC\u06D2\u06BA]$/ } as const;

/** Whether at least half of the Latin words of a query, and more than one, sound like words of the collection. It may be left behind each: what a word sounds like takes milliseconds. */
export function* isRomanUrdu(tokens: readonly Token[], knowledge: Knowledge): Steps<boolean> {
  const latin = tokens.filter(({ type, text }) => type === 'latin' && text.length > 1);
  if (latin.length < 2) return false;
  // museum is no Roman Urdu because a collection has موسم.
  const isSure = (token: Token): boolean =>
    sounding(token, knowledge)
      .slice(0, 1)
      .some(({ term, fit }) => fit >= FIT.sure && !isSpeltOtherwise(token.text, term, false));
  let sure = 0;
  for (const token of latin) {
    yield;
    if (isSure(token)) sure += 1;
  }
  return sure > 1 && sure * 2 >= latin.length;
}

/** A word that hardly sounds like what was typed is meant beside others where some document holds it with one of them. */
function isSureBeside({ term, fit }: Candidate, beside: Beside, knowledge: Knowledge): boolean {
  const others = beside.flatMap(([first]) => first ?? []);
  if (fit >= POOR_FIT || others.length === 0) return true;
  const root = knowledge.vocabulary.rootOf(term) ?? term;
  return others.some((other) => knowledge.areInOneDocument([other, root]));
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

/** price is not پر ایس: a word of grammar is in it, or nothing but verbs. */
const isOfLittleWords = (terms: readonly string[], knowledge: Knowledge): boolean =>
  terms.some((term) => isStopWord(term)) || terms.every((term) => isOfGrammar(term, knowledge));

/** Conjunctions stand between words and are part of none: tailor is not تیل اور. */
const hasConjunction = (terms: readonly string[]): boolean => terms.some((term) => stopWordClass(term) === 'conjunction');

/** What sounds like nothing may be two words that Urdu writes as one, or parts that the analyzer cuts: jaenge, hokar. That they stand together somewhere proves it. */
function soundApart(token: Token, knowledge: Knowledge, inCompany: boolean): Reading[] {
  const { type, text } = token;
  const { sound } = knowledge;
  // highway is ہائی وے as it is said.
  const splits =
    type === 'latin' ? englishAsSaid(text).flatMap((said) => sound?.romanSplit(said) ?? []) : (sound?.devanagariSplit(text) ?? []);
  const likely = splits.filter(
    ({ terms, fit }) =>
      isPlausible(token, { term: terms.join(''), fit: fit + FIT.together }, inCompany) &&
      (type !== 'latin' || knowledge.together(terms) > 0) &&
      (type !== 'latin' || inCompany || !hasConjunction(terms)) &&
      (type !== 'latin' || inCompany || fit >= GRAMMAR.fit || !isOfLittleWords(terms, knowledge)),
  );
  return likely.slice(0, 1).map(({ terms, fit }) => ({
    ...searchedTerms(terms, knowledge),
    reason: 'transliterated',
    weight: Math.max(0.4, fit),
    // By itself neither was meant: keyboard is کی بورڈ, and not every کی.
    ...(!inCompany && { isTogether: true as const }),
  }));
}

function unique(readings: readonly Reading[]): Reading[] {
  return [...new Map(readings.map((reading) => [reading.terms.join(' '), reading])).values()];
}
