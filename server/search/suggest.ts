import { analyze, isStopWord } from '@justuju/urdu';
import { hasArabicScript, toShadow } from '../documents/shadow.js';
import type { Correction } from '../settings/typos.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import type { SearchDeps } from './search.js';
import { isTenantToken } from './tenant.js';
import { understand } from './understand.js';

export interface Suggestion {
  readonly text: string;
  readonly kind: 'words' | 'title';
  /** Documents that hold the completed word; of a title: not known. */
  readonly documents?: number;
}

/** Fields that are asked for titles, the first that the index has. */
const TITLE_FIELDS = ['title', 'name', 'headline'];
/** A completion that so few documents hold is a slip of somebody's. */
const FEWEST_DOCUMENTS = 2;

/**
 * What a reader may be typing: titles that hold the words, and completions of the last word, in the script and spelling of the
 * collection, also from Roman letters. Titles are asked from Meilisearch with the caller's own key, so nobody is told what he may not read;
 * completions of words are given only to those whose key may search the index.
 *
 * @returns the suggestions, or Meilisearch's refusal
 */
export async function suggest(
  uid: string,
  typed: string,
  limit: number,
  authorization: string | undefined,
  deps: SearchDeps,
): Promise<{ status: number; body: unknown }> {
  const started = performance.now();
  const [state, knowledge] = await Promise.all([deps.states.of(uid), deps.vocabularies.of(uid)]);
  const titleField = TITLE_FIELDS.find((field) => state.fields.includes(field));
  const query = understand(typed, knowledge, state);
  const roots = query.slots.flatMap((slot) => slot.readings[0]?.roots ?? []);
  const isAnalyzed = state.analyzerVersion !== undefined;
  const answer = await deps.http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, {
    q: isAnalyzed ? roots.slice(-10).join(' ') : typed,
    limit: titleField === undefined || typed.trim() === '' ? 0 : limit,
    ...(titleField === undefined
      ? {}
      : { attributesToRetrieve: [titleField], attributesToSearchOn: [isAnalyzed ? toShadow(titleField) : titleField] }),
    matchingStrategy: 'all',
    ...(isAnalyzed ? { locales: ['urd'] } : {}),
  });
  if (answer.status !== 200) return { status: answer.status, body: answer.json() };
  const { hits } = answer.json() as { hits: Record<string, unknown>[] };
  const titles = hits
    .map((hit) => hit[titleField ?? ''])
    .filter((title) => typeof title === 'string' && title !== '')
    .map((text): Suggestion => ({ text: text as string, kind: 'title' }));
  // A tenant sees only some of the documents; the vocabulary knows all of them.
  const words = isTenantToken(authorization) ? [] : completeLast(typed, knowledge, state, limit);
  // Half and half, words first: they are short, and lead to many documents.
  const few = Math.ceil(limit / 2);
  const chosen = [...words.slice(0, Math.max(few, limit - titles.length)), ...titles].slice(0, limit);
  return { status: 200, body: { query: typed, suggestions: unique(chosen), processingTimeMs: Math.round(performance.now() - started) } };
}

/** The query with its last word completed, the most frequent completion first. */
function completeLast(typed: string, knowledge: Knowledge, correction: Correction, limit: number): Suggestion[] {
  if (typed === '' || /\s$/.test(typed)) return [];
  const tokens = analyze(typed);
  const last = tokens.at(-1);
  if (last === undefined) return [];
  const { vocabulary, sound } = knowledge;
  const isRoman = !hasArabicScript(typed);
  const completions = isRoman ? (sound?.romanPrefix(last.text, limit * 2) ?? []) : knowledge.completions(last.term, limit * 2);
  const before = isRoman
    ? understand(typed.slice(0, last.start), knowledge, correction)
        .slots.map(({ text, readings: [best] }) =>
          best?.reason === 'transliterated' ? best.terms.map((term) => vocabulary.spellingOf(term)).join(' ') : text,
        )
        .join(' ')
    : typed.slice(0, last.start).trim();
  return completions
    .filter(({ term, documents }) => documents >= Math.min(FEWEST_DOCUMENTS, vocabulary.documents) && (before !== '' || !isStopWord(term)))
    .map(({ term, documents }): Suggestion => ({ text: `${before} ${vocabulary.spellingOf(term)}`.trim(), kind: 'words', documents }))
    .slice(0, limit);
}

function unique(suggestions: readonly Suggestion[]): Suggestion[] {
  return [...new Map(suggestions.map((suggestion) => [suggestion.text, suggestion])).values()];
}
