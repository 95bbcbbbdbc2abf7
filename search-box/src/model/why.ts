/** From the server's reasons for a hit to what a reader is told. Pure. */
import type { Strings } from '../text/strings.js';

type Labels = Pick<Strings, 'reasons' | 'marksDiffer' | 'sameAsTyped'>;

export const REASONS = ['exact', 'spelling', 'prefix', 'inflected', 'joined', 'split', 'synonym', 'transliterated', 'corrected'] as const;
export type Reason = (typeof REASONS)[number];

export interface WordReason {
  /** As typed. */
  readonly word: string;
  readonly reason: Reason;
  readonly field: string;
  /** As it stands in the document. */
  readonly form: string;
}

export interface Explanation {
  /** Words of the query that stand in the document as they were typed. */
  readonly exact: readonly string[];
  readonly others: readonly { readonly word: string; readonly form: string; readonly how: string }[];
}

/** The commonest words without a meaning of their own: that they stand in a text explains nothing. */
const FUNCTION_WORDS = new Set(
  (
    'کا کے کی کو سے میں پر نے تک ہے ہیں تھا تھے تھی ہو ہوں اور یا کہ جو یہ وہ اس ان بھی ہی نہیں نہ کیا کر ایک ' +
    'تو جس جن کسی کچھ لیے گا گے گی ساتھ اپنے اپنا اپنی the of a an in and to'
  ).split(' '),
);

export function explain(reasons: readonly WordReason[], query: string, t: Labels): Explanation {
  const typed = new Set(query.normalize('NFC').split(/\s+/));
  // A compound that the analyzer takes apart is 'joined' in every part, also when the reader joined it himself.
  const joined = joinCompounds(reasons).map((found) =>
    found.reason === 'joined' && typed.has(found.form.normalize('NFC')) ? { ...found, word: found.form, reason: 'exact' as const } : found,
  );
  const exact = distinct(joined.flatMap((found) => (found.reason === 'exact' ? [found.word] : [])));
  const others = joined.flatMap(({ word, reason, form }) => {
    if (reason === 'exact') return [];
    return [{ word, form, how: howFound({ word, reason, form }, t) }];
  });
  const meaningful = exact.filter((word) => !isFunctionWord(word));
  // «کیا ہے» is all function words: then they are the reason.
  return { exact: meaningful.length === 0 && others.length === 0 ? exact : meaningful, others };
}

const howFound = ({ word, reason, form }: Omit<WordReason, 'field'>, t: Labels): string => {
  if (reason === 'exact') return t.sameAsTyped;
  return reason === 'spelling' && withoutMarks(word) === withoutMarks(form) ? t.marksDiffer : t.reasons[reason];
};

/**
 * Tells of a marked text what it is doing there: whether it is shown marked, and why it was found. Function words are marked only where the
 * query has nothing else.
 */
export function markReasons(
  reasons: readonly WordReason[],
  query: string,
  t: Labels,
): (text: string) => { isShown: boolean; reason: string | undefined } {
  const isAllFunction = words(query).every(isFunctionWord);
  const byForm = new Map(reasons.map((found) => [found.form.normalize('NFC'), found]));
  return (text) => {
    const found = byForm.get(text.normalize('NFC'));
    const isShown = isAllFunction || !words(text).every(isFunctionWord);
    return { isShown, reason: found === undefined ? undefined : `${found.word}: ${howFound(found, t)}` };
  };
}

const words = (text: string): string[] =>
  text
    .normalize('NFC')
    .split(/[\s"“”«»]+/)
    .filter(Boolean);
const isFunctionWord = (word: string): boolean => FUNCTION_WORDS.has(word.toLowerCase());

/** «وزیر» and «اعظم», both for «وزیراعظم», are told as one: «وزیر اعظم». */
function joinCompounds(reasons: readonly WordReason[]): WordReason[] {
  const told: WordReason[] = [];
  for (const next of reasons) {
    const last = told.at(-1);
    const goesOn = last !== undefined && last.reason !== 'exact' && last.reason === next.reason && last.form === next.form;
    if (goesOn) told[told.length - 1] = { ...last, word: `${last.word} ${next.word}` };
    else told.push(next);
  }
  return told;
}

const withoutMarks = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u064B-\u0652\u0656\u0657\u0670\u0640]/g, '')
    .normalize('NFC');

const distinct = (words: readonly string[]): string[] => [...new Set(words)];
