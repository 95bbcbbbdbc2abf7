import { analyze, type Token } from '@justuju/urdu';
import { Synonyms } from '../settings/synonyms.js';
import { type Correction, DEFAULT_TYPOS } from '../settings/typos.js';
import { hasArabicScript } from '../shadow/shadow.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { atOnce, inTurns, type Steps, Turns } from '../vocabulary/turns.js';
import { withSignedFigures } from './read-below-zero.js';
import { hasCode } from './read-code.js';
import { readExact } from './read-exact.js';
import { NO_OWN_WORDS, type OwnWords } from './read-own-words.js';
import { respell, retype } from './read-script.js';
import { readSynonyms } from './read-synonyms.js';
import { readEachWord } from './read-words.js';
import { isLeftOut, type Reading, type Slot } from './slots.js';
import { withFigureInOne } from './unfinished-figure.js';
import type { Wanted } from './wanted.js';
import { wantedOf } from './wanted-of.js';

/** A quoted phrase, or an unwanted word or phrase: neither is ever rewritten. */
export interface Fixed {
  readonly kind: 'phrase' | 'unwanted';
  readonly text: string;
  readonly tokens: readonly Token[];
}

/** A query as Justuju reads it. */
export interface Understood {
  readonly original: string;
  /** The unquoted, wanted words, in order, each with the ways to read it. */
  readonly slots: readonly Slot[];
  readonly fixed: readonly Fixed[];
  /** What texts are compared with, for marks and snippets. */
  readonly wanted: Wanted;
  /** Whether the last word may go on: nothing follows it. */
  readonly isPrefix: boolean;
  /** The query as it would have been with the right keyboard layout, if that was the trouble. */
  readonly retyped?: string;
  /** Words of which the collection holds nothing, in any reading: an answer had to leave them out. */
  readonly leftOut: readonly Slot[];
  /** Whether codes are among the words: they are found as they were typed, whole, or not at all. */
  readonly hasCode: boolean;
  /** Whether Justuju has something to say: otherwise Meilisearch answers alone, marks included. */
  readonly isUrdu: boolean;
}

/** Quotes that open or close a phrase: ASCII, typographic, guillemets, and the doubled single quotes of Urdu papers. */
const QUOTES = /["\u201C\u201D\u201E\u00AB\u00BB\uFF02]|\u2018\u2018|\u2019\u2019/g;
/** Dashes people type for minus; Meilisearch knows only the ASCII one. */
const NEGATIVE = /(^|\s)[-\u2010-\u2015\u2212](?=["\p{L}\p{N}])/gu;
/** Direction marks and other characters without width say nothing about what is searched. ZWNJ stays: it parts words. */
// biome-ignore lint/suspicious/noMisleadingCharacterClass: each character by itself
const INVISIBLE = /[\u200B\u200D-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u061C\u00AD]/g;
/** After these nothing more of the last word is typed. */
const ENDED = /[\s\u200C\u06D4\u061F!?.,\u060C]$/;
/** A query may be as long as the caller likes; this many words of it are read, and as many in quotes and behind a minus, in milliseconds rather than minutes. */
const MOST_WORDS = 200;
/** In UTF-16 code units: 200 words, quotes and spaces of any kind among them. */
const LONGEST_QUERY = 50_000;

/** How a query is to be read. */
export interface UnderstandOptions extends Partial<Correction> {
  /** Each word as it was typed. Synonyms are the index's settings, no rewriting: they hold all the same, as in Meilisearch. */
  readonly exact?: boolean;
  readonly synonyms?: Synonyms;
  readonly own?: OwnWords;
}

/** Of a query, in milliseconds: none that a reader types is left in the middle, and of the longest others wait so long. */
const READING_TURN_MS = 20;

/** Reads a query: quotes, negatives, and then its words with what the collection knows. */
export const understand = (...asked: Parameters<typeof steps>): Understood => atOnce(steps(...asked));

/** The same, so that others have their turn while a long query is read: two hundred words in Latin letters take half a second. */
export const understandInTurns = (
  original: string,
  knowledge: Knowledge,
  options?: UnderstandOptions,
  turnMs = READING_TURN_MS,
): Promise<Understood> => inTurns(steps(original, knowledge, options), new Turns(turnMs));

function* steps(
  original: string,
  knowledge: Knowledge,
  { exact = false, isUrdu = false, typos = DEFAULT_TYPOS, synonyms = Synonyms.NONE, own = NO_OWN_WORDS }: UnderstandOptions = {},
): Steps<Understood> {
  const clean = withSignedFigures(original.slice(0, LONGEST_QUERY).replace(INVISIBLE, '').replace(QUOTES, '"').replace(NEGATIVE, '$1-'));
  const text = exact ? clean : withFigureInOne(clean, knowledge);
  const { wanted, fixed } = readClauses(text);
  const words = tokensOf(wanted);
  const isPrefix = !ENDED.test(text) && !text.endsWith('"') && words.length > 0;
  if (exact) return finish(readExact(words, wanted, knowledge, isPrefix));

  // What the settings name is a word, whatever its keys spell; nor does a code spell any.
  const isMeant = hasCode(wanted, words) || words.some((_, i) => synonyms.longestAt(words, i) > 0);
  const retyped = isMeant ? undefined : retype(words, knowledge);
  const respelt = retyped === undefined ? respell(wanted, knowledge) : retyped;
  yield;
  return finish(yield* readEachWord(tokensOf(respelt), knowledge, isPrefix, { isUrdu, typos, synonyms, text: respelt, own }), retyped);

  function finish(read: readonly Slot[], withRightKeyboard?: string): Understood {
    const slots = readSynonyms(read, synonyms, knowledge);
    const isReadAnew =
      [...words, ...fixed.flatMap(({ tokens }) => tokens)].some(isReadInItsWay) || read.some(({ marked }) => marked !== undefined);
    const isRewritten = slots.some((slot) => slot.readings.some(isOurs));
    const leftOut = slots.filter((slot) => isLeftOut(slot, knowledge));
    return {
      original,
      slots,
      fixed,
      wanted: wantedOf(slots, fixed, knowledge),
      isPrefix,
      ...(withRightKeyboard === undefined ? {} : { retyped: withRightKeyboard }),
      leftOut,
      hasCode: hasCode(wanted, words),
      isUrdu: hasArabicScript(text) || isRewritten || withRightKeyboard !== undefined || (isUrdu && isReadAnew),
    };
  }
}

/** Figures, codes and signs are read otherwise by Meilisearch (0.5 as 0 and 5, $5 as one word): in an index of Urdu a query is read as the texts were. */
const isReadInItsWay = ({ type, term }: Token): boolean => type === 'number' || type === 'word' || (type === 'latin' && /[0-9]/.test(term));

/** Whether a reading is none of Meilisearch's own: of synonyms without Urdu it knows as much as we do. */
const isOurs = ({ reason, terms }: Reading): boolean =>
  reason !== 'exact' && (reason !== 'synonym' || terms.some((term) => hasArabicScript(term)));

/** The words of a text, as many of them as are read of a query. */
export const tokensOf = (text: string): Token[] => analyze(text.slice(0, MOST_WORDS * 30)).slice(0, MOST_WORDS);

/** The words that are wanted, as one text, and what is quoted or unwanted. */
function readClauses(text: string): { wanted: string; fixed: Fixed[] } {
  const wanted: string[] = [];
  const fixed: Fixed[] = [];
  let words = 0;
  const addFixed = (kind: Fixed['kind'], piece: string): void => {
    if (words >= MOST_WORDS) return;
    const tokens = tokensOf(piece).slice(0, MOST_WORDS - words);
    words += tokens.length;
    if (tokens.length > 0) fixed.push({ kind, text: piece, tokens });
  };
  let at = 0;
  // A phrase runs to its closing quote or to the end, as in Meilisearch; an unquoted negative is one word.
  for (const match of text.matchAll(/(^|\s)(-?)"([^"]*)(?:"|$)|(^|\s)-([^\s"-][^\s"]*)|"([^"]*)(?:"|$)/g)) {
    wanted.push(text.slice(at, match.index));
    const [, , minus, phrase, , word, glued] = match;
    if (word !== undefined) addFixed('unwanted', word);
    else addFixed(minus === '-' ? 'unwanted' : 'phrase', phrase ?? glued ?? '');
    at = match.index + match[0].length;
  }
  wanted.push(text.slice(at));
  return { wanted: wanted.join(' '), fixed };
}
