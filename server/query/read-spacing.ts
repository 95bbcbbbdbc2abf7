import { analyze, isStopWord, stopWordClass, type Token } from '@justuju/urdu';
import type { Dictionary } from '../store/dictionary.js';
import { isGoodWord } from '../vocabulary/good-word.js';
import { withOrWithoutAlef } from '../vocabulary/initial-cluster.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { SMALL } from './read-spelling.js';
import { documentsBeginningWith, type Reading, searchedTerms } from './slots.js';

/** Natural logarithm of how often a document holds the word by chance; unknown words count as half a document. */
const logShare = (documents: number, vocabulary: Dictionary): number => Math.log((documents + 0.5) / (vocabulary.documents + 1));

/** What most documents hold that hold a word which begins so is not taken for the beginning of another. */
const FINISHED = 0.5;

/** Below this difference of log likelihoods (a factor of e^4, some fifty) the less likely reading is searched too. */
const IN_DOUBT = 4;

export interface JoinedReading {
  readonly reading: Reading;
  /** Whether the joined word is likelier than the two words as typed. */
  readonly isLikelier: boolean;
}

/**
 * Words of the query that may be one: عنا صر → عناصر. Undefined when the collection has no such word, or when the words are
 * so much more frequent than the joined one that nobody means it (ان کار is not انکار).
 *
 * @param isOpen the last word is still being typed: it is any word that begins so
 */
export function joinWords(words: readonly Token[], knowledge: Knowledge, isOpen = false): JoinedReading | undefined {
  const { vocabulary } = knowledge;
  if (words.length < 2 || words.some(({ type }) => type !== 'word')) return undefined;
  const joined = waysToJoin(words).find(({ term }) => vocabulary.documentsWithTerm(term) > 0);
  if (joined === undefined) return undefined;
  const together = vocabulary.documentsWithTerm(joined.term);
  const apart = words.map(({ term }) => vocabulary.documentsWithTerm(term));
  if (isOpen) {
    const [last, begun] = [apart.at(-1) as number, documentsBeginningWith((words.at(-1) as Token).term, knowledge)];
    if (last < FINISHED * begun) apart[apart.length - 1] = begun;
  }
  const gain = apart.reduce((log, documents) => log - logShare(documents, vocabulary), logShare(together, vocabulary));
  const isUnknownApart = apart.includes(0);
  if (!isUnknownApart && gain < -IN_DOUBT) return undefined;
  // Words of grammar that the collection writes so are meant so: آپ نے is not اپنے, nor کا جو کاجو.
  if (words.every(({ term }) => isStopWord(term)) && knowledge.together(words.map(({ term }) => term)) > 0) return undefined;
  // Words that belong together (چیمپئنز ٹرافی) stand side by side more often than by chance, so a gain alone proves nothing: half a word is rarer than the whole.
  const isLikelier = isUnknownApart || (gain > 0 && together >= Math.min(...apart));
  return { reading: { terms: [joined.term], roots: [joined.root], reason: 'joined', weight: isLikelier ? 1 : 0.9 }, isLikelier };
}

/** The words as one, if that is one to the analyzer, also without the alef of اسپیکر: لاؤڈسپیکر. */
function waysToJoin(words: readonly Token[]): readonly Token[] {
  const terms = words.map(({ term }) => term);
  const bare = terms.map((term, nth) => (nth > 0 && term.startsWith(ALEF) ? (withOrWithoutAlef(term) ?? term) : term));
  return [...new Set([terms.join(''), bare.join('')])].flatMap((way) => {
    const read = analyze(way);
    return read.length === 1 ? read : [];
  });
}

const ALEF = '\u0627';

/** At most so many words in a run-together string, and letters in a part. */
const MOST_PARTS = 5;
const SHORTEST_PART = 2;
/** Longer strings are no words run together, in letters. */
const LONGEST_RUN = 60;

export interface SplitReading {
  readonly reading: Reading;
  /** Log likelihood of the parts, for comparison with other readings of the same word. */
  readonly logLikelihood: number;
}

/** The likeliest way to cut a run-together string into words of the collection: بنگالیوںمحرومی → بنگالیوں محرومی. */
export function splitWord(word: string, knowledge: Knowledge): SplitReading | undefined {
  const { vocabulary } = knowledge;
  if (word.length < 2 * SHORTEST_PART || word.length > LONGEST_RUN) return undefined;
  // best[i]: the likeliest cut of the first i letters.
  const best: ({ readonly log: number; readonly from: number; readonly parts: number } | undefined)[] = [{ log: 0, from: 0, parts: 0 }];
  for (let end = 1; end <= word.length; end += 1) {
    for (let start = Math.max(0, end - 25); start < end; start += 1) {
      const before = best[start];
      if (before === undefined || before.parts >= MOST_PARTS) continue;
      const part = word.slice(start, end);
      if (part.length < SHORTEST_PART && part !== '\u0648') continue;
      const documents = vocabulary.documentsWithTerm(part);
      // A part seen once may be a slip of the collection's own.
      if (documents < 2) continue;
      const log = before.log + logShare(documents, vocabulary) - (part.length < 3 ? 1.5 : 0);
      const known = best[end];
      if (known === undefined || log > known.log) best[end] = { log, from: start, parts: before.parts + 1 };
    }
  }
  const whole = best[word.length];
  if (whole === undefined || whole.parts < 2) return undefined;
  const terms: string[] = [];
  for (let end = word.length; end > 0; end = best[end]?.from ?? 0) terms.unshift(word.slice(best[end]?.from, end));
  // A small collection holds so few words that many a good one it does not hold is made of scraps: انتہائی is not ان تہ آئی. Words that were run together stand together somewhere.
  if (knowledge.unseenShare >= SMALL && (isGoodWord(word) || !standTogether(terms, knowledge))) return undefined;
  return { reading: { ...searchedTerms(terms, knowledge), reason: 'split', weight: 0.9 }, logLikelihood: whole.log };
}

/** Whether somebody wrote these words so: scraps of two letters more than once; long words in any form, in one sentence. */
function standTogether(terms: readonly string[], knowledge: Knowledge): boolean {
  // پر and کا are glued to any word.
  const shortest = Math.min(...terms.filter((term) => stopWordClass(term) !== 'postposition').map(({ length }) => length));
  if (knowledge.together(terms) >= (shortest < SHORTEST_FINISHED ? 2 : 1)) return true;
  const roots = terms.map((term) => knowledge.vocabulary.rootOf(term) ?? term);
  return shortest > SHORTEST_FINISHED && knowledge.areInOneSentence(roots);
}

/** Letters of a word before one that is still being typed, and of the beginning of that one; shorter pieces begin anything. */
const SHORTEST_FINISHED = 3;
const SHORTEST_BEGUN = 2;

/** A word seen once may be a slip; hardly so in a small collection, where most words are seen once. */
const isWord = (word: string, documents: number, vocabulary: Dictionary): boolean =>
  documents > 1 || (documents === 1 && word.length >= SHORTEST_FINISHED && vocabulary.documents < SMALL_COLLECTION);
/** In documents. */
const SMALL_COLLECTION = 1_000;

/** A word and the beginning of the next, without a space between: آتشفش → آتش and what begins with فش. The likeliest, if any. */
export function splitUnfinished(word: string, knowledge: Knowledge): Reading | undefined {
  const { vocabulary } = knowledge;
  const isSmall = knowledge.unseenShare >= SMALL;
  if (isSmall && isGoodWord(word)) return undefined;
  let best: { readonly terms: readonly string[]; readonly roots: readonly string[]; readonly log: number } | undefined;
  for (let cut = SHORTEST_FINISHED; cut <= Math.min(word.length, LONGEST_RUN) - SHORTEST_BEGUN; cut += 1) {
    const [finished, begun] = [word.slice(0, cut), word.slice(cut)];
    const documents = vocabulary.documentsWithTerm(finished);
    const [next] = isWord(finished, documents, vocabulary) ? knowledge.completions(begun, 1) : [];
    if (next === undefined || !isWord(next.term, next.documents, vocabulary)) continue;
    const log = logShare(documents, vocabulary) + logShare(next.documents, vocabulary);
    if (best !== undefined && best.log >= log) continue;
    // See `splitWord`.
    if (isSmall && !knowledge.following([finished]).some((one) => one.term.startsWith(begun))) continue;
    const root = vocabulary.rootOf(next.term) ?? next.term;
    // The engine goes on from a beginning by itself, where the root begins so too.
    best = { terms: [finished, begun], roots: [vocabulary.rootOf(finished) ?? finished, root.startsWith(begun) ? begun : root], log };
  }
  const found = best ?? goneOnAsTyped(word, knowledge);
  return found && { terms: found.terms, roots: found.roots, reason: 'split', weight: 0.8 };
}

/**
 * A little word and the first letters of one that follows it somewhere: دلچ → دل چسپ. Such pieces begin anything, so only what stands behind counts. بی is بے before a word, as the analyzer
 * reads it: بیروزگا → بے روزگار.
 */
function goneOnAsTyped(word: string, knowledge: Knowledge): Pick<Reading, 'terms' | 'roots'> | undefined {
  const finished = word.slice(0, LITTLE);
  const begun = word.slice(LITTLE);
  if (finished.length < LITTLE || begun === '') return undefined;
  for (const term of finished === BE_WITH_YEH ? [finished, BE] : [finished]) {
    // Anything stands behind کا.
    if (term !== BE && isStopWord(term)) continue;
    const next = knowledge.following([term]).find((one) => one.term.startsWith(begun));
    if (next === undefined) continue;
    const { vocabulary } = knowledge;
    const root = vocabulary.rootOf(next.term) ?? next.term;
    return { terms: [term, begun], roots: [vocabulary.rootOf(term) ?? term, root.startsWith(begun) ? begun : root] };
  }
  return undefined;
}

/** Letters of a little word: دل, بے. */
const LITTLE = 2;
/** بی of بیروزگاری, and بے, which it is. */
const BE_WITH_YEH = '\u0628\u06CC';
const BE = '\u0628\u06D2';
