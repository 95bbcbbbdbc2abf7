import { analyze, isStopWord, type Token } from '@justuju/urdu';
import type { EngineAnswer } from '../meilisearch/http.js';
import { isOtherLanguage } from '../query/other-language.js';
import { type UnderstandOptions, understand } from '../query/understand.js';
import type { IndexState } from '../settings/index-state.js';
import { hasArabicScript, rootOfVersion, toShadow } from '../shadow/shadow.js';
import { Knowledge } from '../vocabulary/knowledge.js';
import { type Caller, confirm } from './confirm.js';
import { QUERY_LOCALES } from './prepare.js';
import type { SearchDeps } from './search.js';

export interface Suggestion {
  readonly text: string;
  readonly kind: 'words' | 'title';
  /** Documents in which the caller finds the completed word, in any form; of a title: not known. */
  readonly documents?: number;
}

/** Fields that are asked for titles, the first that the index has. */
const TITLE_FIELDS = ['title', 'name', 'headline'];
/** A completion that so few documents hold is a slip of somebody's. */
const FEWEST_DOCUMENTS = 2;
/** Completions that are looked up for one that is shown: some are of documents that are gone, or not the caller's. */
const SPARE = 2;
/** Words that are looked up for one answer. */
const MOST_CONFIRMED = 60;

/**
 * What a reader may be typing: titles that hold the words, and completions of the last word, in the script and spelling of the
 * collection, also from Roman letters. Both are asked from Meilisearch with the caller's own key, so nobody is told what he could not find.
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
  const { answer, words, titles } = await ask(typed, limit, { uid, authorization, deps, state: await deps.states.of(uid) });
  if (answer.status !== 200) return { status: answer.status, body: answer.json() };
  // Half and half, words first: they are short, and lead to many documents.
  const few = Math.ceil(limit / 2);
  const chosen = unique([...words.slice(0, Math.max(few, limit - titles.length)), ...titles]).slice(0, limit);
  return { status: 200, body: { query: typed, suggestions: chosen, processingTimeMs: Math.round(performance.now() - started) } };
}

interface Asked {
  /** Meilisearch's answer to the question for titles: where it refuses, so do we. */
  readonly answer: EngineAnswer;
  readonly words: readonly Suggestion[];
  readonly titles: readonly Suggestion[];
}

async function ask(typed: string, limit: number, caller: Caller, mayAskAgain = true): Promise<Asked> {
  const { uid, deps, state } = caller;
  const knowledge = (await deps.collections.of(uid))?.knowledge ?? new Knowledge();
  const candidates = complete(typed, knowledge, limit * SPARE, state);
  const [answer, found] = await Promise.all([
    titlesFor(typed, limit, caller, knowledge),
    confirm(
      candidates.flatMap(({ last, before }) => [...before, last]),
      caller,
      { most: MOST_CONFIRMED },
    ),
  ]);
  if (answer.status === 400 && mayAskAgain) {
    // Titles are no longer searched: what is believed of the index is up to a second old.
    deps.states.forget(uid);
    return ask(typed, limit, { ...caller, state: await deps.states.of(uid) }, false);
  }
  if (answer.status !== 200) return { answer, words: [], titles: [] };
  const { hits } = answer.json() as { hits: Record<string, unknown>[] };
  const titles = hits
    .flatMap((hit) => Object.values(hit))
    .filter((title) => typeof title === 'string' && title !== '')
    .map((text): Suggestion => ({ text: text as string, kind: 'title' }));
  const words = candidates
    .filter(({ last, before }) => [last, ...before].every((word) => found.has(word)))
    .map(({ text, last }): Suggestion => ({ text, kind: 'words', documents: found.get(last) ?? 0 }));
  return { answer, words, titles };
}

/** Asks for the documents whose title holds the words, where the index has titles that are both shown and searched. */
function titlesFor(typed: string, limit: number, { uid, authorization, deps, state }: Caller, knowledge: Knowledge): Promise<EngineAnswer> {
  const root = state.analyzerVersion === undefined ? undefined : rootOfVersion(state.analyzerVersion);
  const titleField = TITLE_FIELDS.find((field) => state.fields.includes(field) && isSearchedAndShown(field, state));
  const query = understand(typed, knowledge, state);
  const roots = [
    ...query.fixed.filter(({ kind }) => kind === 'phrase').flatMap(({ tokens }) => tokens.map((token) => token.root)),
    ...query.slots.flatMap((slot) => slot.readings[0]?.roots ?? []),
  ];
  const isUrdu = root !== undefined && query.isUrdu && !isOtherLanguage({ q: typed }, state, knowledge);
  const titles = {
    attributesToRetrieve: [titleField],
    ...(titleField !== undefined && { attributesToSearchOn: [root === undefined ? titleField : toShadow(titleField, root)] }),
  };
  return deps.http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, {
    q: isUrdu ? roots.slice(-10).join(' ') : typed,
    // Without a word every title would be found.
    limit: titleField === undefined || roots.length === 0 ? 0 : limit,
    ...(titleField === undefined ? {} : titles),
    matchingStrategy: 'all',
    ...(isUrdu ? { locales: QUERY_LOCALES } : {}),
  });
}

const isSearchedAndShown = (field: string, { searchable, told }: IndexState): boolean =>
  (told ?? searchable).some((one) => one === field || one === '*');

/** A completion that may be told once Meilisearch finds its words for the caller. */
export interface Candidate {
  readonly text: string;
  /** The completed word as the index holds it. */
  readonly last: string;
  /** The words before it that were not written so by the caller, as the index holds them. */
  readonly before: readonly string[];
}

/** The query with its last word completed: as it was typed before the same word in other letters, then the most frequent first. */
export function complete(typed: string, knowledge: Knowledge, limit: number, reading: IndexReading = {}): Candidate[] {
  if (typed === '' || /\s$/.test(typed)) return [];
  const last = analyze(typed).at(-1);
  if (last === undefined) return [];
  const { vocabulary } = knowledge;
  const { text, roots: before } = writeBefore(typed.slice(0, last.start), last, knowledge, reading);
  const known = new Set<string>();
  return completionsOf(last, knowledge, limit * MORE)
    .filter(({ term, documents }) => documents >= Math.min(FEWEST_DOCUMENTS, vocabulary.documents) && (text !== '' || !isStopWord(term)))
    .map(({ term }) => ({ term, root: vocabulary.rootOf(term) ?? term }))
    .filter(({ root }) => {
      const isNew = !known.has(root);
      known.add(root);
      return isNew;
    })
    .slice(0, limit)
    .map(({ term, root }) => {
      const spelling = vocabulary.spellingOf(term);
      // An index that was never analyzed holds words as they are written.
      return { text: text + spelling, last: reading.analyzerVersion === undefined ? spelling : root, before };
    });
}

/** How the words of an index are read, and whether it holds roots. */
type IndexReading = UnderstandOptions & Partial<Pick<IndexState, 'analyzerVersion'>>;

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

/** What stands before the last word: as typed in Urdu, in the collection's letters where it was typed in others; and which words of the collection it tells. */
function writeBefore(
  before: string,
  last: Token,
  knowledge: Knowledge,
  reading: UnderstandOptions,
): { readonly text: string; readonly roots: readonly string[] } {
  if (before.trim() === '' || hasArabicScript(last.text)) return { text: before.replace(/\s+/g, ' ').trimStart(), roots: [] };
  const { slots, retyped } = understand(before, knowledge, reading);
  const words = slots.map(({ text, readings: [best] }) => {
    if (best?.reason === 'transliterated')
      return { text: best.terms.map((term) => knowledge.vocabulary.spellingOf(term)).join(' '), roots: best.roots };
    return { text, roots: retyped === undefined ? [] : (best?.roots ?? []) };
  });
  return { text: `${words.map(({ text }) => text).join(' ')} `, roots: words.flatMap(({ roots }) => roots) };
}

function unique(suggestions: readonly Suggestion[]): Suggestion[] {
  return [...new Map(suggestions.map((suggestion) => [suggestion.text, suggestion])).values()];
}
