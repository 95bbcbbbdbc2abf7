import { isKnownWord, isStopWord, rootOf, type Token } from '@justuju/urdu';
import { ARTICLE, behindArticle, inOtherCases } from '../vocabulary/article.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { type Candidate, SoundIndex } from '../vocabulary/sound-index.js';
import { type Reading, type Slot, searchedTerms, slotOf } from './slots.js';

/*
 * Names with the Arabic article, as Roman letters write them. Urdu always writes ال, and says (and types) its vowel with the word before, its ل as the letter after it where that is
 * one of the sun letters: عبدالرحمن abdul rehman, abdur rahman, abdurrehman; ضیاء الحق zia ul haq, ziaul haq; صلاح الدین salahuddin.
 */

/** How the article is typed: its vowel, and its ل as it is said before each sun letter (ت ث د ذ ر ز س ش ص ض ط ظ ل ن), the longer ones first. */
const SAID = /^([aeiu])(sh|dh|th|[ldrznst])/;
/** The article by itself, behind another word: zia ul haq; and at the beginning, where us and un are words of their own: al quran, ad-din. */
const BETWEEN = /^[aeiu](?:l|sh|dh|th|[drznst])$/;
const AT_BEGINNING = /^[ae](?:l|sh|dh|th|[drznst])$/;
/** Letters before an article that stands inside a word, and of the word behind it. */
const SHORTEST_FIRST = 2;
const SHORTEST_SECOND = 3;
const LONGEST = 28;
/** Candidates of each word that are tried with one another. */
const TRIED = 6;
/** How well each word must sound like what was typed, see `Candidate.fit`: that they stand together says the rest. */
const FIT = 0.42;
/** ... and a name that the collection writes as one word. */
const WHOLE_FIT = 0.5;

/** What was typed around an article. */
interface Parts {
  /** Empty: the article begins the name. */
  readonly first: string;
  /** Empty, or the letter as which the ل is said: nothing is typed behind the article yet. */
  readonly second: string;
  readonly isOnlyArticle?: true;
}

/** Whether the word behind the article is so little of one that any name may go on so: abdul s, ziaul ha, nizamud. */
const isBegun = ({ first, second, isOnlyArticle }: Parts, isPrefix: boolean): boolean =>
  first !== '' && (isOnlyArticle === true || (isPrefix && second.length < SHORTEST_SECOND));

interface Found {
  readonly isBegun?: true;
  readonly terms: readonly string[];
  readonly fit: number;
  readonly documents: number;
}

/**
 * The name with an article from token `at` on, as the collection writes it: of three words (zia ul haq), of two (abdul rehman, zia uddin, al quran) or of one (salahuddin). Undefined
 * where it holds none such.
 */
export function readArticle(
  tokens: readonly Token[],
  at: number,
  knowledge: Knowledge,
  lastIsPrefix: boolean,
): { readonly slot: Slot; readonly count: number } | undefined {
  const { sound } = knowledge;
  if (sound === undefined || sound.size === 0) return undefined;
  for (let count = Math.min(3, tokens.length - at); count > 0; count -= 1) {
    const run = tokens.slice(at, at + count);
    if (!run.every(isName)) continue;
    const typed = run.map(({ text }) => text.toLowerCase());
    const isPrefix = lastIsPrefix && at + count === tokens.length;
    const found = partsOf(typed)
      .flatMap((parts) => (isBegun(parts, isPrefix) ? begunIn(parts, sound, knowledge) : inCollection(parts, sound, knowledge, isPrefix)))
      .flatMap((one) => [one, ...inAllCases(one, knowledge)])
      .sort((a, b) => b.fit - a.fit || b.documents - a.documents);
    const [best] = found;
    if (best === undefined || isBetterWithout(typed, best, sound)) continue;
    return { slot: slotOf(run.map(({ text }) => text).join(' '), readingsOf(found, knowledge), knowledge, isPrefix), count };
  }
  return undefined;
}

/** The same name as the collection writes it in other cases of Arabic. */
const inAllCases = (found: Found, knowledge: Knowledge): readonly Found[] =>
  inOtherCases(found.terms.length > 1 ? (found.terms[0] as string) : '')
    .map((first) => ({ ...found, terms: [first, ...found.terms.slice(1)] }))
    .filter(({ terms }) => knowledge.together(terms) > 0);

/** The likeliest; and where the collection writes the name both as one word and as two, both. */
function readingsOf(found: readonly Found[], knowledge: Knowledge): Reading[] {
  const best = found[0] as Found;
  const others = found.filter((one) => one !== best && (one.terms.length !== best.terms.length || one.fit >= best.fit * NEARLY));
  const readings = new Map<string, Reading>();
  for (const { terms, fit } of [best, ...others.slice(0, MOST_READINGS - 1)]) {
    const read = searchedTerms(terms, knowledge);
    // Many names have the same first or second word: only together are they this one.
    const isTogether = read.terms.length > 1 && { isTogether: true as const };
    const reading: Reading = { ...read, reason: 'transliterated', weight: Math.max(LEAST, fit), ...isTogether };
    const key = reading.terms.join(' ');
    if (!readings.has(key)) readings.set(key, readings.size === 0 ? reading : { ...reading, isSame: true });
  }
  return [...readings.values()];
}

/** Another reading must sound nearly as well. */
const NEARLY = 0.9;
const MOST_READINGS = 3;
/** That the words stand together makes up for what they do not sound like. */
const LEAST = 0.75;
/** Words that sound so much better as they stand have no article in them: bhul jane. */
const BETTER = 0.03;
/** ... and what sounds so well is a word of its own, where only the article of a name would have been typed. */
const SURE = 0.5;

const isName = ({ type, text }: Token): boolean => type === 'latin' && /^[a-z']+$/i.test(text) && text.length <= LONGEST;

/** Whether what was typed is other words, without an article. An article by itself is no word. */
function isBetterWithout(typed: readonly string[], best: Found, sound: SoundIndex): boolean {
  if (typed.some((word) => BETWEEN.test(word))) return false;
  const fits = typed
    .map((word) => sound.roman(word, 1)[0])
    .map((found) => (found === undefined || found.term.includes(ARTICLE) ? 0 : found.fit));
  // Of so little of a name anything sounds right: maut is موت, not مع and a word with the article.
  const least = typed.length === 1 && best.isBegun === true ? SURE : best.fit + BETTER;
  return Math.min(...fits) > least;
}

/** The ways to find an article in one, two or three words. */
function partsOf(typed: readonly string[]): Parts[] {
  const [one = '', two = '', three] = typed;
  if (three !== undefined) return BETWEEN.test(two) && isSaidBefore(two, three) ? [{ first: one, second: three }] : [];
  if (typed.length === 1) return inside(one);
  return [
    ...(AT_BEGINNING.test(one) && isSaidBefore(one, two) ? [{ first: '', second: two }] : []),
    // abdul rehman, abdus salam
    ...inside(`${one}${two}`).filter(({ first, second }) => one.length > first.length && second === two),
    // zia uddin, zia ulhaq, zia ul
    ...begun(two).map((behind) => ({ first: one, ...behind })),
  ];
}

/** The ل of an article is said as the sun letter behind it or not at all: us salam, but no us waqt. Many type ul before any letter. */
const isSaidBefore = (article: string, second: string): boolean => article.endsWith('l') || second.startsWith(article.slice(1));

/** salahuddin: before and behind an article that stands inside, where it is said with u, or with another vowel before a doubled sun letter (muhyiddin). */
function inside(word: string): Parts[] {
  // zul qarnain: the و of ذو is said with the vowel of the article.
  const zul = /^(?:z|dh)(?=ul)/.exec(word)?.[0].length ?? 0;
  const parts: Parts[] = zul === 0 ? [] : begun(word.slice(zul)).map((behind) => ({ first: 'zu', ...behind }));
  for (let at = SHORTEST_FIRST; at < word.length - 1; at += 1)
    if (word[at] === 'u' || DOUBLED.test(word.slice(at)))
      for (const behind of begun(word.slice(at))) parts.push({ first: word.slice(0, at), ...behind });
  return parts;
}

const DOUBLED = /^[aei](?:dd|nn|rr|ss|zz)/;

/** What stands behind an article with which the text begins: uddin → din; usalam → salam, its ل said and typed only once. */
function begun(text: string): Pick<Parts, 'second' | 'isOnlyArticle'>[] {
  const [said, , consonant = ''] = SAID.exec(text) ?? [];
  if (said === undefined) return [];
  const rest = text.slice(said.length);
  const second = consonant === 'l' || rest.startsWith(consonant) ? rest : consonant + rest;
  return [{ second, ...(rest === '' && { isOnlyArticle: true as const }) }];
}

/** Words of the collection that may stand before the article. */
const before = (first: string, sound: SoundIndex, { vocabulary }: Knowledge): readonly Candidate[] =>
  unique(firstsOf(first).flatMap((one) => sound.roman(one, TRIED)))
    // A word of grammar begins no name: ka asar is کا اثر, and not کا السر (an ulcer).
    .filter(({ term, fit }) => fit >= FIT && !isStopWord(term) && vocabulary.documentsWithTerm(term) > 0)
    .slice(0, TRIED);

/** Names that go on as they were begun, by what the collection writes behind the first word. Of the article alone the first word is asked: any name goes on so. */
function begunIn({ first, second }: Parts, sound: SoundIndex, knowledge: Knowledge): Found[] {
  return before(first, sound, knowledge).flatMap((one): Found[] => {
    const behind = knowledge.following([one.term]).filter(({ term }) => term.startsWith(ARTICLE) && term.length > ARTICLE.length + 1);
    if (second === '') return behind.length === 0 ? [] : [{ terms: [one.term], fit: one.fit, documents: one.documents, isBegun: true }];
    return SoundIndex.build(behind.map(({ term, count }) => [behindArticle(term), count]))
      .romanPrefix(second)
      .filter(({ fit }) => fit >= FIT)
      .map(({ term, fit, documents }) => ({
        terms: [one.term, ARTICLE + term],
        fit: Math.sqrt(one.fit * fit),
        documents,
        isBegun: true as const,
      }));
  });
}

/** The names that the collection holds for these parts: as one word, or as two that stand together. */
function inCollection({ first, second }: Parts, sound: SoundIndex, knowledge: Knowledge, isPrefix: boolean): Found[] {
  if (second.length < SHORTEST_SECOND) return [];
  const { vocabulary } = knowledge;
  const isThere = ({ term }: Candidate): boolean => vocabulary.documentsWithTerm(term) > 0;
  const written = `al${second}`;
  const behind = unique([...sound.roman(written), ...(isPrefix ? sound.romanPrefix(written) : [])])
    .filter(({ term, fit }) => term.startsWith(ARTICLE) && term.length > ARTICLE.length + 1 && fit >= FIT)
    .filter(isThere)
    .slice(0, TRIED);
  if (first === '') return behind.map(({ term, fit, documents }) => ({ terms: [term], fit, documents }));
  const whole = firstsOf(first).flatMap((said) => {
    const all = unique([...sound.roman(said + written), ...(isPrefix ? sound.romanPrefix(said + written) : [])]);
    return all.filter(({ term, fit }) => fit >= WHOLE_FIT && term.indexOf(ARTICLE) > 0).filter(isThere);
  });
  const apart = before(first, sound, knowledge).flatMap((one) =>
    behind.map((other) => ({
      terms: [one.term, other.term],
      fit: Math.sqrt(one.fit * other.fit),
      documents: knowledge.together([one.term, other.term]),
    })),
  );
  return [
    ...whole.map(({ term, fit, documents }) => ({ terms: [term], fit, documents })),
    ...apart.filter(({ documents }) => documents > 0),
  ];
}

/** Words that the collection holds with the article and a reader types without: quran, of القرآن, and sattar, of عبدالستار. */
export function withArticle(word: string, sound: SoundIndex): readonly Candidate[] {
  if (word.length < SHORTEST_SECOND || word.length > LONGEST) return [];
  // A word that begins with a vowel is one behind it too: islam is not السلام. In uddin and elqadr it is the article's own.
  const isBegunSo = (term: string): boolean => !/^[ei]([^l])(?!\1)/i.test(word) || /^[\u0627\u0639\u0648\u06CC]/.test(behindArticle(term));
  return sound.roman(`al${word}`).filter(({ term }) => hasArticle(term) && isBegunSo(term));
}

/** Whether a term begins with the article: الدین, العلوم; not الیکشن, of which the tables know no rest. */
export function hasArticle(term: string): boolean {
  const rest = behindArticle(term);
  if (!term.startsWith(ARTICLE) || rest.length < SHORTEST_SECOND) return false;
  return isKnownWord(rest) || !rootOf(term).startsWith(ARTICLE) || NAMES.test(rest);
}

/** Names of God behind the article, as in عبدالستار, that are no word of their own in Urdu. */
const NAMES = /^(?:ستار|جبار|غفار|قہار|وہاب|رزاق|فتاح|صمد|باسط|ودود|قیوم|مجیب|معز|منان|حنان)$/;

/** Whether what was typed goes on behind the article as the term does not: ali is no beginning of الدین. */
export const isVowelBehindArticle = (word: string, term: string): boolean =>
  /^[aeiu]+l+[aeiou]/i.test(word) && !/^[\u0627\u0648\u06CC]/.test(behindArticle(term)) && hasArticle(term);

/** What the first word may be: its own ending is said with the article (abul kalam is ابو الکلام, zulfiqar ذو), and ۃ is said again (lailatul qadr لیلۃ القدر). */
const firstsOf = (first: string): string[] => [first, `${first}u`, ...(/[aei]t$/.test(first) ? [first.slice(0, -1)] : [])];

/** Each term once, best first. */
function unique(candidates: readonly Candidate[]): Candidate[] {
  const best = new Map<string, Candidate>();
  for (const candidate of [...candidates].sort((a, b) => b.fit - a.fit)) if (!best.has(candidate.term)) best.set(candidate.term, candidate);
  return [...best.values()];
}
