import { analyze, isStopWord, type Token } from '@justuju/urdu';
import { hasArabicScript, toShadow } from '../documents/shadow.js';
import type { Knowledge } from '../vocabulary/knowledge.js';
import { isOtherLanguage } from './other-language.js';
import { QUERY_LOCALES } from './prepare.js';
import type { SearchDeps } from './search.js';
import { isTenantToken } from './tenant.js';
import { type UnderstandOptions, understand } from './understand.js';

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
  const roots = [
    ...query.fixed.filter(({ kind }) => kind === 'phrase').flatMap(({ tokens }) => tokens.map(({ root }) => root)),
    ...query.slots.flatMap((slot) => slot.readings[0]?.roots ?? []),
  ];
  const isAnalyzed = state.analyzerVersion !== undefined;
  const isUrdu = isAnalyzed && query.isUrdu && !isOtherLanguage({ q: typed }, state, knowledge);
  const answer = await deps.http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, {
    q: isUrdu ? roots.slice(-10).join(' ') : typed,
    // Without a word every title would be found.
    limit: titleField === undefined || roots.length === 0 ? 0 : limit,
    ...(titleField === undefined
      ? {}
      : { attributesToRetrieve: [titleField], attributesToSearchOn: [isAnalyzed ? toShadow(titleField) : titleField] }),
    matchingStrategy: 'all',
    ...(isUrdu ? { locales: QUERY_LOCALES } : {}),
  });
  if (answer.status !== 200) return { status: answer.status, body: answer.json() };
  const { hits } = answer.json() as { hits: Record<string, unknown>[] };
  const titles = hits
    .map((hit) => hit[titleField ?? ''])
    .filter((title) => typeof title === 'string' && title !== '')
    .map((text): Suggestion => ({ text: text as string, kind: 'title' }));
  // A tenant sees only some of the documents; the vocabulary knows all of them.
  const words = isTenantToken(authorization) ? [] : complete(typed, knowledge, limit, state);
  // Half and half, words first: they are short, and lead to many documents.
  const few = Math.ceil(limit / 2);
  const chosen = unique([...words.slice(0, Math.max(few, limit - titles.length)), ...titles]).slice(0, limit);
  return { status: 200, body: { query: typed, suggestions: chosen, processingTimeMs: Math.round(performance.now() - started) } };
}

/** The query with its last word completed: as it was typed before the same word in other letters, then the most frequent first. */
export function complete(typed: string, knowledge: Knowledge, limit: number, reading: UnderstandOptions = {}): Suggestion[] {
  if (typed === '' || /\s$/.test(typed)) return [];
  const last = analyze(typed).at(-1);
  if (last === undefined) return [];
  const { vocabulary } = knowledge;
  const before = writeBefore(typed.slice(0, last.start), last, knowledge, reading);
  const roots = new Set<string>();
  return completionsOf(last, knowledge, limit * MORE)
    .filter(({ term, documents }) => documents >= Math.min(FEWEST_DOCUMENTS, vocabulary.documents) && (before !== '' || !isStopWord(term)))
    .filter(({ term }) => {
      const root = vocabulary.rootOf(term) ?? term;
      if (roots.has(root)) return false;
      roots.add(root);
      return true;
    })
    .slice(0, limit)
    .map(({ term, documents }) => ({ text: before + vocabulary.spellingOf(term), kind: 'words', documents }));
}

interface Completion {
  readonly term: string;
  readonly documents: number;
}

/** Completions fetched for one that is shown: rare ones fall, and of the forms of a word the most frequent speaks for all, since each finds them all. */
const MORE = 4;

function completionsOf(last: Token, knowledge: Knowledge, limit: number): readonly Completion[] {
  const { sound, vocabulary } = knowledge;
  if (hasArabicScript(last.text)) {
    const all = knowledge.completions(last.term, limit);
    // آ and ا are one letter of a term: who has typed آ means آج rather than اور.
    const isAsTyped = ({ term }: Completion): boolean => vocabulary.spellingOf(term).startsWith(last.text.normalize('NFC'));
    return [...all.filter(isAsTyped), ...all.filter((one) => !isAsTyped(one))];
  }
  if (last.type === 'latin') {
    const sounding = sound?.romanPrefix(last.text, limit) ?? [];
    const asTyped = knowledge.completions(last.term, limit);
    return /^\p{Lu}{2,}$/u.test(last.text) ? [...asTyped, ...sounding] : [...sounding, ...asTyped];
  }
  return sound?.devanagariPrefix(last.text, limit) ?? [];
}

/** What stands before the last word: as typed in Urdu, in the collection's letters where it was typed in others. */
function writeBefore(before: string, last: Token, knowledge: Knowledge, reading: UnderstandOptions): string {
  if (before.trim() === '' || hasArabicScript(last.text)) return before.replace(/\s+/g, ' ').trimStart();
  const words = understand(before, knowledge, reading).slots.map(({ text, readings: [best] }) =>
    best?.reason === 'transliterated' ? best.terms.map((term) => knowledge.vocabulary.spellingOf(term)).join(' ') : text,
  );
  return `${words.join(' ')} `;
}

function unique(suggestions: readonly Suggestion[]): Suggestion[] {
  return [...new Map(suggestions.map((suggestion) => [suggestion.text, suggestion])).values()];
}
