/**
 * How a line is compared with labels, headlines and other lines. Never stored: what is stored is the author's spelling.
 *
 * A fold of its own, smaller than the analyzer's: what counts as noise or as a duplicate, and the golden files that hold it,
 * must not move when the analyzer learns something. Rules are written in plain Urdu and go through the same fold (`pattern`).
 */
const LETTERS: Readonly<Record<string, string>> = {
  '\u064A': '\u06CC', // Arabic yeh, from Arabic keyboards
  '\u0649': '\u06CC', // alef maksura
  '\u0626': '\u06CC', // yeh with hamza: mostly typed, often forgotten
  '\u0643': '\u06A9', // Arabic kaf
  '\u0647': '\u06C1', // Arabic heh
  '\u06BE': '\u06C1', // heh doachashmee: pages from Arabic keyboards have one heh for both
  '\u06C2': '\u06C1', // heh with hamza: izafat, mostly not typed
  '\u06C0': '\u06C1', // heh with yeh above, the same from Arabic keyboards
  '\u06D5': '\u06C1', // ae, shaped as a final heh
  '\u0629': '\u06C1', // teh marbuta
  '\u06C3': '\u06C1', // teh marbuta goal
  '\u0622': '\u0627', // alef madda
  '\u0623': '\u0627', // alef with hamza above
  '\u0625': '\u0627', // alef with hamza below
  '\u0671': '\u0627', // alef wasla
  '\u0624': '\u0648', // waw with hamza
  '\u06D3': '\u06D2', // yeh barree with hamza
};

/** Cf: zero-width and direction marks; Mn: vowel marks and combining hamza; Cc: control characters but not white space; U+0640: tatweel. */
const INVISIBLE = /[\p{Cf}\p{Mn}\u0640]|(?!\s)\p{Cc}/gu;
const FOLDED_LETTERS = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');
const DIGITS = /[\u0660-\u0669\u06F0-\u06F9]/g;

/**
 * Letters and signs that NFKC leaves as they are and that are seen: ASCII, and of the Arabic block what is neither a mark, nor tatweel, nor composed of others (0675 to 0678).
 * Nearly every line is made of them alone, and the rest is most of the time that a seed takes.
 */
const NOT_PLAIN =
  /[^\t\n\r -~\u060C\u061B\u061F\u0621-\u063F\u0641-\u064A\u0660-\u0669\u066E\u066F\u0671-\u0674\u0679-\u06D5\u06EE-\u06FF\u2018\u2019\u201C\u201D]/u;

function foldLetters(text: string): string {
  if (!NOT_PLAIN.test(text)) return mapLetters(text);
  return mapLetters(text.normalize('NFKC').replace(INVISIBLE, ''));
}

function mapLetters(text: string): string {
  return text.replace(FOLDED_LETTERS, (letter) => LETTERS[letter] ?? letter).replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
}

const ODD_SPACE = /\s\s|[^\S ]|^\s|\s$/;

/** Urdu letters, ASCII digits, lower case, single spaces, nothing invisible. An ellipsis becomes three dots (NFKC). */
export function fold(text: string): string {
  const folded = foldLetters(text).toLowerCase();
  return ODD_SPACE.test(folded) ? folded.replace(/\s+/g, ' ').trim() : folded;
}

/** A regular expression over folded text, written with whatever letters: the Urdu in it is folded. A space stands for one space. */
export function pattern(source: string): RegExp {
  return new RegExp(
    source.replace(/[\u0600-\u06FF]+/g, (letters) => foldLetters(letters)),
    'u',
  );
}

/** Words as a set of folded forms. */
export function foldedSet(words: string): ReadonlySet<string> {
  return new Set(
    words
      .split(/[\n,]+/)
      .map(fold)
      .filter((word) => word !== ''),
  );
}
