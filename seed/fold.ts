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

function foldLetters(text: string): string {
  return text
    .normalize('NFKC')
    .replace(INVISIBLE, '')
    .replace(FOLDED_LETTERS, (letter) => LETTERS[letter] ?? letter)
    .replace(DIGITS, (digit) => String(digit.charCodeAt(0) & 0xf));
}

const foldFully = (text: string): string => foldLetters(text).toLowerCase().replace(/\s+/g, ' ').trim();

/** In PLAIN: nothing is left of this one; only `foldFully` knows. */
const GONE = 0;
const NOT_PLAIN = 0xffff;
const SPACE = 0x20;
const LAST_PLAIN = 0x206f;

/**
 * What becomes of each letter and sign that folds by itself, whatever stands beside it: ASCII, the Arabic block, general punctuation. The marks of the Arabic block compose with letters
 * (NFKC) to others that LETTERS takes back to the same. Nearly every line is made of these alone, and folding was most of the time that a seed takes.
 */
const PLAIN = Uint16Array.from({ length: LAST_PLAIN + 1 }, (_, code) => {
  if (code > 0x7e && (code < 0x600 || code > 0x6ff) && code < 0x2010) return NOT_PLAIN;
  const letter = String.fromCharCode(code);
  if (/\s/.test(letter)) return SPACE;
  const folded = foldFully(letter);
  return letter.normalize('NFKC') !== letter || folded.length > 1 ? NOT_PLAIN : folded === '' ? GONE : folded.charCodeAt(0);
});

/** Characters of a text that is worth remembering. */
const LONG = 200;
let last = { text: '', folded: '' };

/** Urdu letters, ASCII digits, lower case, single spaces, nothing invisible. An ellipsis becomes three dots (NFKC). */
export function fold(text: string): string {
  if (text.length < LONG) return foldNow(text);
  // The text of an article is folded as a line, for what is the same in all, and for what is nearly the same, one behind the other.
  if (text !== last.text) last = { text, folded: foldNow(text) };
  return last.folded;
}

/** Where text is folded: a buffer for each line would be garbage faster than it is collected. */
let folded = Buffer.allocUnsafe(1 << 16);

function foldNow(text: string): string {
  if (text.length * 2 > folded.length) folded = Buffer.allocUnsafe(text.length * 4);
  let end = 0;
  let before = SPACE;
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    const unit = code > LAST_PLAIN ? NOT_PLAIN : (PLAIN[code] ?? NOT_PLAIN);
    if (unit === NOT_PLAIN) return foldFully(text);
    if (unit === GONE || (unit === SPACE && before === SPACE)) continue;
    folded[end] = unit & 0xff;
    folded[end + 1] = unit >> 8;
    end += 2;
    before = unit;
  }
  return folded.toString('utf16le', 0, before === SPACE && end > 0 ? end - 2 : end);
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
