import { isKnownWord, isStopWord, rootOf, type Token } from '@justuju/urdu';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { isKnown, plainSlot, type Reading, rarityOf, type Slot } from './slots.js';

/**
 * Words of grammar that careless typing leaves without a space behind them: کاباہمی, اورفروعی. Those in ے and ں are not here, since the analyzer cuts behind these letters
 * always; nor پر, ہر, نہ, کر, تو, which begin too many words (پردیس is not پر دیس, تونسہ not تو نسہ).
 */
const GLUED = ['کا', 'کی', 'کو', 'اور', 'اپنا', 'اپنی', 'یہ', 'وہ', 'جو', 'بھی', 'تھا', 'تھی'];
/** Letters of the word behind, at least: شی, کر and the like stand behind any two letters. */
const SHORTEST_WORD = 3;
/** In so many documents a typing error may be, of a word that is nowhere else; and in so great a share of the documents that hold the word. Otherwise it is a word of its own: کامران. */
const MOST_SLIPS = 2;
const SLIP_SHARE = 0.1;
const WEIGHT = 0.85;

/**
 * A word of the query as it stands in texts whose writer left out the space before it: باہمی in کاباہمی. The word of grammar is known, the query or the collection proves the
 * other; whatever the analyzer knows as a word, or most documents write so, is none of that.
 */
function gluedReadings({ term, type }: Token, { vocabulary }: Knowledge): Reading[] {
  if (type !== 'word' || term.length < SHORTEST_WORD || isStopWord(term)) return [];
  const most = Math.max(MOST_SLIPS, vocabulary.documentsWithTerm(term) * SLIP_SHARE);
  return GLUED.map((before) => before + term)
    .filter((glued) => {
      const documents = vocabulary.documentsWithTerm(glued);
      return documents > 0 && documents <= most && !isKnownWord(glued);
    })
    .map((glued) => ({
      terms: [glued],
      roots: [vocabulary.rootOf(glued) ?? rootOf(glued)],
      reason: 'joined',
      weight: WEIGHT,
      isSame: true,
      isUntold: true,
    }));
}

/** A slot with what texts write glued: behind the word as it was typed, before any guess at other letters. */
export function withGlued(slot: Slot, token: Token, knowledge: Knowledge): Slot {
  const glued = gluedReadings(token, knowledge);
  if (glued.length === 0) return slot;
  const typed = plainSlot(token, knowledge, slot.isPrefix).readings;
  const others = slot.readings.filter(({ reason }) => reason !== 'exact');
  // A word that no document holds decides nothing by itself; where it stands glued it does.
  const rarity = isKnown(token, knowledge) ? slot.rarity : Math.max(...glued.map(({ roots }) => rarityOf(roots, knowledge)));
  return { ...slot, readings: [...typed, ...glued, ...others], rarity };
}
