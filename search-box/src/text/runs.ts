/** Stretches of a text that want another direction, another typeface or more room than the Urdu around them. */

export type RunKind = 'urdu' | 'latin' | 'number' | 'quranic' | 'stacked' | 'honorific';

export interface Run {
  readonly text: string;
  readonly kind: RunKind;
}

const STRONG = '[\\p{Script=Latin}\\p{Script=Devanagari}\\p{Script=Greek}\\p{Script=Cyrillic}\\p{Nd}]';
const WORD = `${STRONG}(?:${STRONG}|[\\p{M}\\u200C\\u200D])*`;
/** A word or number with the signs that belong to it: C++, 3.5%, $4,100,000, 2024–25, 10:30, name@example.org, +92-300-1234567. */
const ATOM = `(?:(?<![\\p{L}\\p{N}])[+\\-\\u2212]?[$£€₹₨#@]?[+\\-\\u2212]?)${WORD}(?:[.,:/\\-\\u2013+_'\\u2019&@=?#%\\u066B\\u066C]+${WORD})*(?:[%\\u066A°]|\\+{1,2}(?![\\p{L}\\p{N}])|#(?![\\p{L}\\p{N}]))?`;
/** Signs of the Quran and letters of other languages that Noto Nastaliq Urdu lacks. A sign alone in another typeface would tear its word apart. */
const NOT_IN_NASTALIQ = '\\u0616-\\u061A\\u06D6-\\u06DC\\u06DF\\u06E2-\\u06E8\\u06EA-\\u06ED\\u08C8-\\u08E1';
/** Letters around a sign, bounded: an unbroken text of a megabyte would be walked again from each of its letters. */
const LETTERS = '[\\p{Script=Arabic}\\p{M}]{0,40}';
const QURANIC = `${LETTERS}[${NOT_IN_NASTALIQ}]${LETTERS}`;
/** Two marks on one letter stand higher than a line of Nastaliq has room for: لّٰ. */
const TWO_MARKS = '[\\u0610-\\u061A\\u064B-\\u065F\\u0670]{2}';
const STACKED = `${LETTERS}${TWO_MARKS}${LETTERS}`;
/** Whole sentences in one sign, which Nastaliq writes three lines high: U+FDFA, the blessing on the Prophet, and U+FDFB. */
const HONORIFIC = '[\\uFDFA\\uFDFB]';
const RUN = new RegExp(`(?<quranic>${QURANIC})|(?<stacked>${STACKED})|(?<honorific>${HONORIFIC})|(?<ltr>${ATOM})`, 'gu');
const PLAIN_RUN = new RegExp(ATOM, 'gu');
const HAS_MORE = new RegExp(`[${NOT_IN_NASTALIQ}]|${TWO_MARKS}|${HONORIFIC}`, 'u');
const KINDS = ['quranic', 'stacked', 'honorific'] as const;
const LETTER = /[\p{Script=Latin}\p{Script=Devanagari}\p{Script=Greek}\p{Script=Cyrillic}]/u;
/** Groups of a telephone number are one run: 0300 1234567. Other numbers with a space between are read from the right in Urdu. */
const TELEPHONE = /^(?:\+|0|[\u06F0\u0660])/;

/** Controls that turn the direction of what follows them. Each run is isolated here, so that none is needed, and a stray one would turn the page around. */
const BIDI_CONTROLS = /[\u202A-\u202E\u2066-\u2069]/g;

export const withoutControls = (text: string): string => text.replace(BIDI_CONTROLS, '');

/** The runs of a text, which together are the text. Latin words with one space between are one run. */
export function runsOf(text: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  const add = (piece: string, kind: RunKind): void => {
    if (piece !== '') runs.push({ text: piece, kind });
  };
  for (const found of text.matchAll(HAS_MORE.test(text) ? RUN : PLAIN_RUN)) {
    const between = text.slice(at, found.index);
    const [piece] = found;
    at = found.index + piece.length;
    const kind = KINDS.find((one) => found.groups?.[one] !== undefined);
    if (kind !== undefined) {
      add(between, 'urdu');
      add(piece, kind);
      continue;
    }
    const before = runs.at(-1);
    const goesOn = between === ' ' && before !== undefined && belongsTo(before);
    if (goesOn) runs[runs.length - 1] = ltr(`${before.text} ${piece}`);
    else {
      add(between, 'urdu');
      runs.push(ltr(piece));
    }
  }
  add(text.slice(at), 'urdu');
  return runs;
}

const belongsTo = ({ kind, text }: Run): boolean => kind === 'latin' || (kind === 'number' && TELEPHONE.test(text));

const ltr = (text: string): Run => ({ text, kind: LETTER.test(text) ? 'latin' : 'number' });
