/**
 * The words that stand in one: spacing and spelling together, since each may need the other. ہوجاے is cut once it is spelt ہوجائے, and the parts of
 * a cut word have usual spellings of their own (عبدالرحمن: رحمان).
 */
import type { Lexicon } from './lexicon.js';
import { cutJoined, type Part, type SpacingRule } from './spacing.js';
import { usualSpelling } from './spelling.js';

export interface Parts {
  /** Why the word was cut first; undefined if it is one word. */
  readonly rule: SpacingRule | undefined;
  /** At least one. Their lengths add up to the letters of the word; their terms analyse to themselves. */
  readonly parts: readonly Part[];
}

/** What stands in a folded word. */
export function partsOf(letters: string, lexicon: Lexicon | undefined): Parts {
  const cut = cutJoined(letters, lexicon);
  if (cut) return { rule: cut.rule, parts: cut.parts.flatMap((piece) => partsOfPiece(piece, lexicon)) };
  const usual = usualSpelling(letters);
  if (usual === undefined) return { rule: undefined, parts: [{ length: letters.length, term: letters }] };
  const { rule, parts } = partsOf(usual, lexicon);
  return { rule, parts: measured(parts, usual, letters) };
}

function partsOfPiece({ length, term }: Part, lexicon: Lexicon | undefined): readonly Part[] {
  const { parts } = partsOf(term, lexicon);
  const last = parts.at(-1) as Part;
  // What the piece has more or less than its term (a silent hamza, کی for کے) goes with its last part.
  return [...parts.slice(0, -1), { ...last, length: last.length + length - term.length }];
}

/** The same parts, their lengths counted in `letters`, of which `usual` is the usual spelling. */
function measured(parts: readonly Part[], usual: string, letters: string): Part[] {
  let at = 0;
  let from = 0;
  return parts.map(({ length, term }, i) => {
    at += length;
    const to = i === parts.length - 1 ? letters.length : placeIn(letters, usual, at);
    const measuredPart = { length: to - from, term };
    from = to;
    return measuredPart;
  });
}

/** Where in `letters` the place `at` of the usual spelling is: by what stands before it, or behind it, or by the runs of one letter each. */
function placeIn(letters: string, usual: string, at: number): number {
  if (letters.startsWith(usual.slice(0, at))) return at;
  if (letters.endsWith(usual.slice(at))) return letters.length - (usual.length - at);
  const runs = runsOf(usual.slice(0, at)).length;
  return Math.min(letters.length, runsOf(letters).slice(0, runs).join('').length);
}

const runsOf = (word: string): readonly string[] => word.match(/(.)\1*/g) ?? [];
