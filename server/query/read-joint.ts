import { analyze, isStopWord, type Token } from '@justuju/urdu';
import { termOfPart, withOrWithoutAlef } from '../vocabulary/initial-cluster.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { documentsBeginningWith, isKnown, type Reading, rarityOf, type Slot, searchedTerms, withSame } from './slots.js';

/*
 * Words that one writer joins and another writes apart (شاہجہاں, شاہ جہاں): who types the one means the other too, from the letter behind the joint on. What the collection holds is the proof. Words of
 * grammar join with anything, and are none of this; compounds that the analyzer knows are two words everywhere.
 */

/** Letters of a part, and of a first part behind which the collection is asked what follows. */
const SHORTEST_PART = 2;
const SHORTEST_FIRST = 3;
/** Letters of a word that is looked for apart: no two words of a language have so many, and each cut of what is longer would be looked up. */
const LONGEST = 64;
/** Letters of a second part that is a word of grammar by itself. */
const SHORTEST_GRAMMAR = 4;
/** Documents in which two parts stand together; once may be a slip (حا دثہ), but in a small collection, in documents. */
const FEWEST_TOGETHER = 2;
const SMALL = 1_000;
/** What more documents hold, and a greater share of them, needs no other way to be found: most words of a query are frequent, and each cut of one is looked up. */
const FEW = 20;
const SHARE = 0.005;
/** Words that begin so, and that follow a first part, which are looked at. */
const MOST_COMPLETIONS = 3;
const MOST_FOLLOWING = 2;
const SAME = { isSame: true, isUntold: true } as const;
/** What it is worth: apart may be a slip (حا دثہ), which stands behind what was written as it was typed. */
const APART = 0.8;
const JOINED = 0.9;

/** A slot with its word as the collection writes it apart. */
export function withApart(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  const [best] = slot.readings;
  const [term, ...more] = best?.terms ?? [];
  const isUrdu = token.type === 'word';
  if (best === undefined || term === undefined || more.length > 0 || term.length > LONGEST || !(isUrdu || best.reason === 'transliterated'))
    return slot;
  const known = new Set(slot.readings.map(({ terms }) => terms.join(' ')));
  const pairs = isUrdu ? apartOf(token, knowledge, slot.isPrefix) : cutsOf(term, term.length, knowledge);
  const others = pairs
    .filter((terms) => !known.has(terms.join(' ')))
    .map((terms): Reading => ({ ...searchedTerms(terms, knowledge), reason: 'split', weight: APART, isTogether: true, ...SAME }));
  const isHeld = !isUrdu || isKnown(token, knowledge) || slot.beginning !== undefined;
  return withSame(slot, others, { isHeld, typed: slot.readings }, knowledge);
}

/** The pairs of words that the collection writes one behind the other where this one was typed. */
function apartOf({ term }: Token, knowledge: Knowledge, isPrefix: boolean): readonly (readonly string[])[] {
  const { vocabulary } = knowledge;
  const isRare = (documents: number): boolean => documents <= Math.max(FEW, vocabulary.documents * SHARE);
  const wholes = isPrefix ? knowledge.completions(term, MOST_COMPLETIONS).map((found) => found.term) : [];
  const rare = [...new Set([term, ...wholes])].filter((whole) => isRare(vocabulary.documentsWithTerm(whole)));
  const pairs = rare.flatMap((whole) => cutsOf(whole, term.length, knowledge));
  const isUnknown = isPrefix && vocabulary.documentsWithTerm(term) === 0;
  const begun = isUnknown && isRare(documentsBeginningWith(term, knowledge)) ? begunBehind(term, knowledge) : [];
  return [...new Map([...pairs, ...begun].map((pair) => [pair.join(' '), pair])).values()];
}

/** The ways to cut a word in two that stand together somewhere. @param typed letters that were typed of it */
function cutsOf(word: string, typed: number, knowledge: Knowledge): readonly (readonly string[])[] {
  const { vocabulary } = knowledge;
  const fewest = vocabulary.documents < SMALL ? 1 : FEWEST_TOGETHER;
  const pairs: (readonly string[])[] = [];
  for (let cut = SHORTEST_PART; cut <= Math.min(typed - 1, word.length - SHORTEST_PART); cut += 1) {
    const pair = [word.slice(0, cut), termOfPart(word.slice(cut))];
    // جہاں is a word of grammar, and the second part of شاہجہاں.
    if (isStopWord(pair[0] as string) || (isStopWord(pair[1] as string) && (pair[1] as string).length < SHORTEST_GRAMMAR)) continue;
    if (pair.some((part) => vocabulary.documentsWithTerm(part) === 0)) continue;
    if (knowledge.together(pair) >= fewest) pairs.push(pair);
  }
  return pairs;
}

/** A finished word and one that follows it somewhere and begins as what was typed behind it. */
function begunBehind(term: string, knowledge: Knowledge): readonly (readonly string[])[] {
  const pairs: (readonly string[])[] = [];
  for (let cut = SHORTEST_FIRST; cut < term.length; cut += 1) {
    const [first, rest] = [term.slice(0, cut), term.slice(cut)];
    if (knowledge.vocabulary.documentsWithTerm(first) === 0 || isStopWord(first)) continue;
    const following = knowledge.following([first]).filter((next) => next.term.startsWith(rest) && !isStopWord(next.term));
    for (const next of following.slice(0, MOST_FOLLOWING)) pairs.push([first, next.term]);
  }
  return pairs;
}

/**
 * The last two slots where the collection joins their words, or may: the second is still being typed (شاہ جہ), and what begins so as one word is cut there somewhere, or nothing that begins so stands behind
 * the first.
 */
export function withJoined(slots: readonly Slot[], tokens: readonly Token[], knowledge: Knowledge): readonly Slot[] {
  const [first, second] = tokens.slice(-2);
  const [one, other] = slots.slice(-2);
  if (first?.type !== 'word' || second?.type !== 'word' || one?.text !== first.text || other?.text !== second.text) return slots;
  if (first.term.length < SHORTEST_PART || isStopWord(first.term)) return slots;
  const completions = knowledge.completions(first.term + second.term, MOST_COMPLETIONS).filter(({ term }) => analyze(term).length === 1);
  if (completions.length === 0) return slots;
  const isApart = knowledge.following([first.term]).some(({ term }) => term.startsWith(second.term));
  // One letter behind another word says nothing (بات چیت آ is not چیتا), but where that word is none (خوشبو د).
  const needsProof = isApart || (second.term.length === 1 && isKnown(first, knowledge));
  const joined = completions.filter(({ term }) => !needsProof || knowledge.together([first.term, term.slice(first.term.length)]) > 0);
  const readings = joined.map(({ term }): Reading => ({ ...searchedTerms([term], knowledge), reason: 'joined', weight: JOINED, ...SAME }));
  if (readings.length === 0) return slots;
  return [...slots.slice(0, -2), withReadings(one, readings, knowledge), withReadings(other, readings, knowledge)];
}

/** Neighbours that were typed in another script, where the collection writes what they sound like as one word: shah jahan is شاہجہان too. */
export function withJoinedSounds(slots: readonly Slot[], knowledge: Knowledge): readonly Slot[] {
  const joined = slots.map((slot, at) =>
    joinedTerms(soundsOf(slot, SHORTEST_GRAMMAR + 1), soundsOf(slots[at + 1], SHORTEST_GRAMMAR), knowledge).map(
      (term): Reading => ({ ...searchedTerms([term], knowledge), reason: 'joined', weight: JOINED, ...SAME }),
    ),
  );
  return slots.map((slot, at) => {
    const readings = [...(joined[at - 1] ?? []), ...(joined[at] ?? [])];
    return readings.length === 0 ? slot : withReadings(slot, readings, knowledge);
  });
}

/** So many words that a slot in another script may be are joined with those beside it. */
const MOST_SOUNDS = 3;

/** The single words that a slot in another script may be; of grammar only from so many letters on. */
function soundsOf(slot: Slot | undefined, shortestOfGrammar: number): readonly string[] {
  const words = (slot?.readings ?? []).flatMap(({ terms, reason }) => (reason === 'transliterated' && terms.length === 1 ? terms : []));
  const isJoinable = (word: string): boolean => word.length >= (isStopWord(word) ? shortestOfGrammar : SHORTEST_PART);
  return words.filter(isJoinable).slice(0, MOST_SOUNDS);
}

const joinedTerms = (firsts: readonly string[], seconds: readonly string[], { vocabulary }: Knowledge): readonly string[] =>
  firsts
    .flatMap((first) => seconds.flatMap((second) => [first + second, first + (withOrWithoutAlef(second) ?? second)]))
    .filter((term, nth, all) => all.indexOf(term) === nth && vocabulary.documentsWithTerm(term) > 0 && analyze(term).length === 1);

/** A word that no document holds as it was typed is as rare as what it is a part of. */
const withReadings = (slot: Slot, readings: readonly Reading[], knowledge: Knowledge): Slot => ({
  ...slot,
  readings: [...slot.readings, ...readings],
  ...(slot.rarity === 0 && slot.text.length > 1 && { rarity: rarityOf((readings[0] as Reading).roots, knowledge) }),
});
