/** Why a hit was found, word by word. */
import type { Token } from '@justuju/urdu';
import type { Reason, Wanted } from '../query/wanted.js';
import { sharedAnalyses as analyses, isLong, PIECE } from './analyses.js';
import { boundaryTo } from './graphemes.js';
import { createMatcher } from './match.js';
import type { Match } from './span.js';
import { isBetter } from './wanted-index.js';

/** Why a word of the query made a document match. */
export interface WordReason {
  /** The word, or the phrase, as typed. */
  readonly word: string;
  readonly reason: Reason;
  /** The field it was found in: the first with the best reason. Inner fields by their path: `author.name`. */
  readonly field: string;
  /** As it stands in the document, to the code unit. */
  readonly form: string;
}

/** For each word and phrase of the query, in its order, the best reason found in the document. Words it does not hold are left out. */
export function explainHit(document: Readonly<Record<string, unknown>>, wanted: Wanted): WordReason[] {
  const match = createMatcher(wanted, { prefix: 'whole' });
  const typed = [...wanted.words.map(({ text }) => text), ...wanted.phrases.map(({ text }) => text)];
  const best = new Map<number, WordReason>();
  for (const { text: whole, field } of texts(document, '')) {
    // A long text is explained by its beginning: a page of answers must not wait for a book.
    const text = isLong(whole) ? whole.slice(0, boundaryTo(whole, PIECE)) : whole;
    const tokens = analyses.get(text);
    for (const mark of match(text, tokens)) {
      const form = text.slice(mark.start, mark.end);
      for (const { word, reason: found } of mark.answers) {
        const reason = refine(found, typed[word] ?? '', tokens, mark);
        const known = best.get(word);
        if (known === undefined || isBetter(reason, known.reason)) best.set(word, { word: typed[word] ?? '', reason, field, form });
      }
    }
  }
  return typed.flatMap((_, word) => best.get(word) ?? []);
}

/**
 * The same term is 'exact' only where it stands as typed; written into one word with its neighbour it is 'joined', in other letters
 * it is the same 'spelling' class.
 */
function refine(reason: Reason, typed: string, tokens: readonly Token[], { first, last }: Match): Reason {
  if (reason !== 'exact') return reason;
  const parts = tokens.slice(first, last + 1);
  const plainTyped = plain(typed);
  if (plain(parts.map(({ text }) => text).join(' ')) === plainTyped) return 'exact';
  const own = parts.find(({ text }) => plain(text) === plainTyped);
  const isFused =
    tokens[first - 1]?.end === tokens[first]?.start ||
    tokens[last]?.end === tokens[last + 1]?.start ||
    parts.some((part, i) => part.end === parts[i + 1]?.start);
  if (isFused) return 'joined';
  return own === undefined ? 'spelling' : 'exact';
}

/** What cannot be seen does not make another spelling: composed or not, a ZWNJ at the end of a token, upper case. */
const plain = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\u200C/g, '')
    .toLowerCase();

function* texts(value: unknown, field: string): Generator<{ text: string; field: string }> {
  if (typeof value === 'string') yield { text: value, field };
  else if (typeof value === 'number') yield { text: String(value), field };
  else if (Array.isArray(value)) for (const item of value as unknown[]) yield* texts(item, field);
  else if (value !== null && typeof value === 'object') {
    for (const [key, item] of Object.entries(value)) yield* texts(item, field === '' ? key : `${field}.${key}`);
  }
}
