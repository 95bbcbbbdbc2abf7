import { isKnownWord, type Token } from '@justuju/urdu';
import { devanagariPieces } from '../vocabulary/devanagari.js';
import { looksLikeWrongKeyboard, reverseKeyboard } from '../vocabulary/keyboard.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { romanPieces } from '../vocabulary/roman.js';
import { likenessOf } from '../vocabulary/skeleton.js';
import { isKnown } from './slots.js';

const LATIN_RUN = /\p{Script=Latin}[\p{Script=Latin}\p{M}\d'\u2019\-\u2010-\u2013 ]*/gu;
// biome-ignore lint/suspicious/noMisleadingCharacterClass: joiners stand inside Devanagari words, each by itself
const DEVANAGARI_RUN = /\p{Script=Devanagari}[\p{Script=Devanagari}\u200C\u200D'\u2019\-\u2010-\u2013 ]*/gu;
/** "and" between two words of a verse: shab-o-roz. */
const WAW = '\u0648';

/**
 * The words of another script in pieces that the collection may hold: husn-e-yaqeen is two words and an izafat that Urdu seldom writes,
 * dar-ul-uloom is one word, shab-o-roz three. A collection without words by sound is left alone.
 */
export function respell(text: string, { sound }: Knowledge): string {
  if (sound === undefined || sound.size === 0) return text;
  const write = (pieces: readonly { readonly text: string; readonly kind: string }[], run: string): string => {
    const words = pieces.filter(({ kind }) => kind !== 'izafat').map((piece) => (piece.kind === 'and' ? WAW : piece.text));
    return words.join(' ') + (/\s$/.test(run) ? ' ' : '');
  };
  const writeLatin = (run: string): string =>
    run.split(' ').some(isCode)
      ? run
          .split(' ')
          .map((word) => (isCode(word) ? word : write(romanPieces(word), word)))
          .join(' ')
      : write(romanPieces(run), run);
  return text.replace(LATIN_RUN, writeLatin).replace(DEVANAGARI_RUN, (run) => write(devanagariPieces(run), run));
}

/** PK-303: the hyphen is none of izafat. */
const isCode = (word: string): boolean => /\d/.test(word) && /[-\u2010-\u2013]/.test(word);

/** A word with a neighbour within this distance is misspelled rather than mistyped on another layout. See `letterDistance`. */
const FAR_SPELLING = 1.5;

/** Who types so many words has looked at the screen meanwhile. */
const MOST_RETYPED = 32;

/** The query as it would have been with the other keyboard layout, if that makes words of it and nothing else does. */
export function retype(words: readonly Token[], knowledge: Knowledge): string | undefined {
  const { vocabulary, sound } = knowledge;
  if (sound === undefined || sound.size === 0 || words.length === 0 || words.length > MOST_RETYPED) return undefined;
  const texts = words.map((token) => token.text);
  const known = (term: string): number => vocabulary.documentsWithTerm(term);
  const romanFit = (word: string): number => sound.roman(word, 1)[0]?.fit ?? 0;
  if (words.every((token) => token.type === 'latin' || token.type === 'number'))
    return looksLikeWrongKeyboard(texts, known, romanFit)?.join(' ');
  // A word of the tables is one, though the collection lacks it: شہری is not xori, and that not سوری. پاکستاان is a slip, though its keys spell a Roman word too: a near spelling goes first.
  const isGood = ({ term, root }: Token): boolean => isKnownWord(term) || isKnownWord(root);
  // What may become a word of the collection yet is none of another layout: م is not m because a text has M-2.
  const mayGoOn = (token: Token): boolean => token === words.at(-1) && knowledge.completions(token.term, 1).length > 0;
  const isNonsense = (token: Token): boolean =>
    token.type === 'word' &&
    !isGood(token) &&
    !isKnown(token, knowledge) &&
    !mayGoOn(token) &&
    knowledge.spelling?.near(token.term, FAR_SPELLING, 1).length === 0;
  // Keys of an Urdu word spell something always: only what has all consonants of a word is one.
  const sureFit = (word: string): number =>
    sound.roman(word, 1).some(({ term }) => likenessOf(word, term).others === 0) ? romanFit(word) : 0;
  if (words.every(isNonsense)) return reverseKeyboard(texts, known, sureFit)?.join(' ');
  return undefined;
}
