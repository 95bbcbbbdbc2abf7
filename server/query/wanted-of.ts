import { hasVowelMarks } from '../store/vowel-marks.js';
import { spellingOf } from '../store/words.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import type { Slot } from './slots.js';
import type { Fixed } from './understand.js';
import type { Reason, Wanted, WantedPhrase, WantedSequence, WantedWord } from './wanted.js';

/** What texts are compared with, from what was read. */
export function wantedOf(slots: readonly Slot[], fixed: readonly Fixed[], knowledge: Knowledge): Wanted {
  const { vocabulary } = knowledge;
  const isOfGrammar = slots.every(({ isStop }) => isStop);
  const rarest = Math.log(1 + (vocabulary.documents + 0.5) / 0.5);
  return {
    words: slots.map((slot) => wantedWord(slot, rarest, isOfGrammar, knowledge)),
    phrases: fixed.filter(({ kind }) => kind === 'phrase').map(wantedPhrase),
  };
}

function wantedPhrase({ text, tokens }: Fixed): WantedPhrase {
  const spellings = tokens.map(spellingOf).map((spelling) => (hasVowelMarks(spelling) ? spelling : undefined));
  const isSpelt = spellings.some((spelling) => spelling !== undefined);
  return { text, terms: tokens.map(({ term }) => term), ...(isSpelt && { spellings }) };
}

function wantedWord(
  { text, readings, isPrefix, beginning, isStop, rarity, marked }: Slot,
  rarest: number,
  isOfGrammar: boolean,
  knowledge: Knowledge,
): WantedWord {
  const terms = new Map<string, Reason>();
  const roots = new Map<string, Reason>();
  const grammar = new Map<string, Reason>();
  const prefixes: string[] = [];
  const sequences: WantedSequence[] = [];
  for (const { terms: read, roots: readRoots, reason, isTogether } of readings) {
    const [term, ...more] = read;
    if (term === undefined) continue;
    // A synonym of several words is found as a phrase of roots; its parts are nothing by themselves. Nor are those of a code or a sum, or the letters of an abbreviation.
    if (more.length > 0 && (reason === 'synonym' || isTogether === true)) {
      sequences.push({ terms: read, reason, roots: readRoots });
      if (isPrefix && isTogether === true && reason === 'exact') sequences.push(...begunSequences(read, knowledge));
      continue;
    }
    if (more.length > 0) {
      sequences.push({ terms: read, reason: reason === 'exact' ? 'split' : reason });
      if (isPrefix && reason === 'split') sequences.push(...begunSequences(read, knowledge));
      // The parts of a run-together query are words of their own too.
      read.forEach((part, i) => {
        if (!terms.has(part)) terms.set(part, reason);
        const root = readRoots[i];
        if (root !== undefined && !roots.has(root)) roots.set(root, reason === 'exact' ? 'inflected' : reason);
      });
      continue;
    }
    if (!terms.has(term)) terms.set(term, reason);
    const root = readRoots[0] ?? term;
    // Of function words only the form that was asked is marked, but where nothing else is.
    const answering = isStop && !isOfGrammar ? grammar : roots;
    if (!answering.has(root)) answering.set(root, reason === 'exact' ? 'inflected' : reason);
    if (isPrefix && (reason === 'exact' || reason === 'transliterated')) prefixes.push(term);
  }
  for (const other of beginning?.others ?? []) if (!terms.has(other)) terms.set(other, 'prefix');
  // پنجا is read as پنجہ, but begins پنجاب.
  if (isPrefix && prefixes.length > 0 && beginning !== undefined && !prefixes.includes(beginning.text)) prefixes.push(beginning.text);
  if (marked !== undefined) sequences.push({ terms: marked, reason: 'exact' });
  const isGrammar = grammar.size > 0 && { grammar };
  return { text, terms, roots, ...isGrammar, prefixes, sequences, weight: rarest === 0 ? 1 : Math.min(1, rarity / rarest) };
}

/** Words that the last part of a code may become: as many are marked. */
const MOST_COMPLETIONS = 50;

/** A code or a word run together with the one before it, still being typed: PK-30 is marked in PK-303, بیروز in بے روزگار. */
const begunSequences = (parts: readonly string[], knowledge: Knowledge): WantedSequence[] =>
  knowledge
    .completions(parts.at(-1) ?? '', MOST_COMPLETIONS)
    .map(({ term }) => ({ terms: [...parts.slice(0, -1), term], reason: 'prefix' }));
