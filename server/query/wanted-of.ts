import type { Knowledge } from '../vocabulary/knowledge.js';
import type { Slot } from './slots.js';
import type { Fixed } from './understand.js';
import type { Reason, Wanted, WantedSequence, WantedWord } from './wanted.js';

/** What texts are compared with, from what was read. */
export function wantedOf(slots: readonly Slot[], fixed: readonly Fixed[], { vocabulary }: Knowledge): Wanted {
  const rarest = Math.log(1 + (vocabulary.documents + 0.5) / 0.5);
  return {
    words: slots.map((slot) => wantedWord(slot, rarest)),
    phrases: fixed.filter(({ kind }) => kind === 'phrase').map(({ text, tokens }) => ({ text, terms: tokens.map((token) => token.term) })),
  };
}

function wantedWord({ text, readings, isPrefix, isStop, rarity }: Slot, rarest: number): WantedWord {
  const terms = new Map<string, Reason>();
  const roots = new Map<string, Reason>();
  const prefixes: string[] = [];
  const sequences: WantedSequence[] = [];
  for (const { terms: read, roots: readRoots, reason, isTogether } of readings) {
    const [term, ...more] = read;
    if (term === undefined) continue;
    // The engine finds a synonym of several words as a phrase of roots; its parts are nothing by themselves.
    if (more.length > 0 && reason === 'synonym') {
      sequences.push({ terms: read, roots: readRoots, reason });
      continue;
    }
    if (more.length > 0 && isTogether) {
      sequences.push({ terms: read, reason });
      continue;
    }
    if (more.length > 0) {
      sequences.push({ terms: read, reason: reason === 'exact' ? 'split' : reason });
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
    // کی would mark every کا and کے: of function words only the form that was asked.
    if (!isStop && !roots.has(root)) roots.set(root, reason === 'exact' ? 'inflected' : reason);
    if (isPrefix && (reason === 'exact' || reason === 'transliterated')) prefixes.push(term);
  }
  return { text, terms, roots, prefixes, sequences, weight: rarest === 0 ? 1 : Math.min(1, rarity / rarest) };
}
