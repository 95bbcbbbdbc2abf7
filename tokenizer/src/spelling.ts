/**
 * Second spellings: words that people spell in two ways which no letter rule can join (اسمٰعیل and اسماعیل, گذشتہ and گزشتہ, سکول and اسکول).
 * The rarer spelling gets the term of the usual one. From data/alef-spellings.tsv; a verb there brings its forms with it.
 */
import { foldWord } from './fold.js';
import { ALEF_SPELLINGS } from './tables.generated.js';
import { unpack } from './tables.js';
import { verbForms } from './verbs.js';

let usualOf: ReadonlyMap<string, string> | undefined;

function spellings(): ReadonlyMap<string, string> {
  if (usualOf) return usualOf;
  const found = new Map<string, string>();
  const put = (spelling: string, usual: string): void => {
    const [from, to] = [foldWord(spelling), foldWord(usual)];
    if (from !== to && !found.has(from)) found.set(from, to);
  };
  const pairs = unpack(ALEF_SPELLINGS);
  for (const [spelling = '', usual = ''] of pairs) put(spelling, usual);
  for (const [spelling = '', usual = ''] of pairs) {
    if (!spelling.endsWith('نا') || !usual.endsWith('نا')) continue;
    const usualForms = verbForms(usual).forms;
    for (const [i, form] of verbForms(spelling).forms.entries()) put(form, usualForms[i] ?? usual);
  }
  // A usual spelling must not have a more usual one: terms would change when they are analysed again.
  for (const usual of found.values()) found.delete(usual);
  usualOf = found;
  return found;
}

/** The usual spelling of a folded word, or undefined if it has no other. */
export const usualSpelling = (letters: string): string | undefined => spellings().get(letters);
