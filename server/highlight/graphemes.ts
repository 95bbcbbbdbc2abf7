/** Where a mark or a snippet may begin and end: between grapheme clusters, and never inside a lam-alef. */
import { graphemeSegments } from 'unicode-segmenter/grapheme';
import type { Span } from './span.js';

const LAM = '\u0644';
/** Alef, with madda, with hamza above and below, wasla: what a font joins with a lam before it into one shape. */
const ALEFS = /^[\u0622\u0623\u0625\u0627\u0671]/;
const MARK = /^\p{M}$/u;

/**
 * Letters, digits and space of ASCII and the plain Arabic letters: nothing of these extends the character before, nor draws the
 * next one into its cluster. CR and LF are not among them.
 */
const isPlain = (unit: number): boolean =>
  (unit >= 0x20 && unit < 0x7f) ||
  (unit >= 0x0620 && unit <= 0x063f) ||
  (unit >= 0x0641 && unit <= 0x064a) ||
  (unit >= 0x0671 && unit <= 0x06d4) ||
  (unit >= 0x06f0 && unit <= 0x06f9);

/** Draws what stands behind it into its cluster: number signs and their kin (UAX #29, Prepend), and the surrogates that may write one. */
const isPrepended = (unit: number): boolean =>
  (unit >= 0x0600 && unit <= 0x0605) ||
  unit === 0x06dd ||
  unit === 0x070f ||
  (unit >= 0x0890 && unit <= 0x0891) ||
  unit === 0x08e2 ||
  unit === 0x0d4e ||
  (unit >= 0xdc00 && unit <= 0xdfff);

const HIGH_OF_FLAGS_AND_TONES = 0xd83c;
const ZWJ = 0x200d;

/** An emoji that is neither half a flag nor a skin tone, behind a character that does not join it. */
function startsEmoji(text: string, at: number): boolean {
  const unit = text.charCodeAt(at);
  const low = text.charCodeAt(at + 1);
  const isEmoji =
    unit === 0xd83d || unit === 0xd83e || (unit === HIGH_OF_FLAGS_AND_TONES && (low < 0xdde6 || (low > 0xddff && low < 0xdffb)));
  if (!isEmoji || !(low >= 0xdc00 && low <= 0xdfff)) return false;
  const before = text.charCodeAt(at - 1);
  const high = text.charCodeAt(at - 2);
  return before !== ZWJ && (!isPrepended(before) || (high >= HIGH_OF_FLAGS_AND_TONES && high <= 0xd83e));
}

/** Whether a cluster starts here without looking further; false means: not known. */
const isCertain = (text: string, at: number): boolean =>
  at <= 0 || at >= text.length || (isPlain(text.charCodeAt(at)) && !isPrepended(text.charCodeAt(at - 1))) || startsEmoji(text, at);

/** The cluster in which `at` lies, or that ends there. Reads as far as the cluster reaches, both ways, and each part of it once: a cluster has no longest length. */
function clusterAt(text: string, at: number): Span {
  let anchor = at - 1;
  while (anchor > 0 && !isCertain(text, anchor)) anchor -= 1;
  // A window that doubles: slicing the rest of the text for each mark would cost its square.
  for (let size = at - anchor + 32; ; size *= 2) {
    const window = text.slice(anchor, anchor + size);
    for (const { index, segment } of graphemeSegments(window)) {
      const end = anchor + index + segment.length;
      // The last cluster of a window may go on behind it.
      if (end >= at && (index + segment.length < window.length || anchor + size >= text.length)) return { start: anchor + index, end };
    }
  }
}

/** The first grapheme boundary at `at` or after it. */
export const boundaryFrom = (text: string, at: number): number => (isCertain(text, at) ? at : clusterAt(text, at).end);

/** The last grapheme boundary at `at` or before it. */
export function boundaryTo(text: string, at: number): number {
  if (isCertain(text, at)) return at;
  const { start, end } = clusterAt(text, at);
  return end === at ? at : start;
}

/** Whether a font draws what stands before and behind `at` as one shape: لا, also with marks on the lam. */
export function cutsLamAlef(text: string, at: number): boolean {
  if (!ALEFS.test(text.charAt(at))) return false;
  let before = at - 1;
  while (before > 0 && MARK.test(text.charAt(before))) before -= 1;
  return text[before] === LAM;
}
