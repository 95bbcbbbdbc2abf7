import { analyze, isKnownWord, isStopWord, normalize, type Token } from '@justuju/urdu';
import { namedAs } from '../fields/field-names.js';
import type { EngineAnswer } from '../meilisearch/http.js';
import { isOtherLanguage } from '../query/other-language.js';
import { isPlausible } from '../query/read-foreign.js';
import { type Slot, searchedTerms } from '../query/slots.js';
import { type UnderstandOptions, type Understood, understand } from '../query/understand.js';
import type { IndexState } from '../settings/index-state.js';
import { hasArabicScript, rootOfVersion, toShadow } from '../shadow/shadow.js';
import type { Dictionary } from '../store/dictionary.js';
import { Knowledge } from '../vocabulary/knowledge.js';
import { usualRoot } from '../vocabulary/loan-spellings.js';
import { nearBeginnings } from '../vocabulary/near-beginnings.js';
import { type Candidate as Heard, SoundIndex } from '../vocabulary/sound-index.js';
import type { Following } from '../vocabulary/together.js';
import { wordsWithWawHamza } from '../vocabulary/waw-hamza.js';
import { FIT } from '../weights.js';
import { type Caller, confirm, type Found } from './confirm.js';
import { QUERY_LOCALES } from './prepare.js';
import type { SearchDeps } from './search.js';

export interface Suggestion {
  readonly text: string;
  readonly kind: 'words' | 'title';
  /** Documents in which the caller finds the completed word, in any form, or the words that stand together; of a title: not known. */
  readonly documents?: number;
}

/** A completion that fewer documents hold is a slip of somebody's. Of so few documents most words stand in one: they are told where nothing else is. */
const FEWEST_DOCUMENTS = 2;
const SMALL_COLLECTION = 50;
/** Completions that are looked up for one that is shown: some are of documents that are gone, or not the caller's. */
const SPARE = 2;
/** Words that are looked up for one answer. */
const MOST_CONFIRMED = 60;

/**
 * What a reader may be typing: titles that hold the words, and completions of the last word, in the script and spelling of the
 * collection, also from Roman letters. Both are asked from Meilisearch with the caller's own key, so nobody is told what he could not find.
 *
 * @param headline the field that holds titles; undefined: one that is called as titles are; null: none does
 * @returns the suggestions, or Meilisearch's refusal
 */
export async function suggest(
  uid: string,
  typed: string,
  limit: number,
  authorization: string | undefined,
  deps: SearchDeps,
  headline?: string | null,
): Promise<{ status: number; body: unknown }> {
  const started = performance.now();
  const caller: Asker = { uid, authorization, deps, headline, state: await deps.states.of(uid) };
  const { answer, words: found, titles } = await ask(typed, limit, caller);
  if (answer.status !== 200) return { status: answer.status, body: answer.json() };
  const words = found.length + titles.length > 0 ? found : await nearWords(typed, limit, caller);
  // Half and half, words first: they are short, and lead to many documents.
  const few = Math.ceil(limit / 2);
  const chosen = unique([...words.slice(0, Math.max(few, limit - titles.length)), ...titles]).slice(0, limit);
  return { status: 200, body: { query: typed, suggestions: chosen, processingTimeMs: Math.round(performance.now() - started) } };
}

/** Where nothing begins as it was typed: completions of what is one slip away. A word of the tables is no slip. */
async function nearWords(typed: string, limit: number, caller: Caller): Promise<Suggestion[]> {
  const knowledge = (await caller.deps.collections.of(caller.uid))?.knowledge;
  const last = analyze(typed).at(-1);
  if (knowledge === undefined || last === undefined || last.type !== 'word' || last.end < typed.length || isKnownWord(last.term)) return [];
  const before = typed.slice(0, last.start);
  const candidates = nearBeginnings(last.term, knowledge, MOST_NEAR).flatMap((near) =>
    complete(before + near, knowledge, limit, caller.state),
  );
  return suggestionsOf(candidates, await confirmed(candidates, caller)).slice(0, limit);
}

/** Near beginnings that are completed. */
const MOST_NEAR = 4;

const confirmed = (candidates: readonly Candidate[], caller: Caller): Promise<Found> =>
  confirm(
    candidates.flatMap(({ words }) => words),
    caller,
    { most: MOST_CONFIRMED },
  );

/** What the caller finds, with the number of documents. */
const suggestionsOf = (candidates: readonly Candidate[], found: Found): Suggestion[] =>
  candidates
    .filter(({ words }) => words.every((word) => found.has(word)))
    .map(({ text, words }) => ({ text, kind: 'words', documents: found.get(words.at(-1) as string) ?? 0 }));

/** A caller, and the field that holds titles, where the operator says so; null: none does. */
interface Asker extends Caller {
  readonly headline: string | null | undefined;
}

interface Asked {
  /** Meilisearch's answer to the question for titles: where it refuses, so do we. */
  readonly answer: EngineAnswer;
  readonly words: readonly Suggestion[];
  readonly titles: readonly Suggestion[];
}

async function ask(typed: string, limit: number, caller: Asker, mayAskAgain = true): Promise<Asked> {
  const { uid, deps, state } = caller;
  const knowledge = (await deps.collections.of(uid))?.knowledge ?? new Knowledge();
  const candidates = complete(typed, knowledge, limit * SPARE, state);
  const [answers, found] = await Promise.all([titlesFor(typed, limit, caller, knowledge, candidates), confirmed(candidates, caller)]);
  const [first] = answers as [EngineAnswer, ...EngineAnswer[]];
  const answer = answers.find(({ status }) => status !== 200) ?? first;
  if (answer.status === 400 && mayAskAgain) {
    // Titles are no longer searched: what is believed of the index is up to a second old.
    deps.states.forget(uid);
    return ask(typed, limit, { ...caller, state: await deps.states.of(uid) }, false);
  }
  if (answer.status !== 200) return { answer, words: [], titles: [] };
  const titles = answers
    .flatMap((one) => (one.json() as { hits: Record<string, unknown>[] }).hits)
    .flatMap(textsIn)
    .map((text): Suggestion => ({ text, kind: 'title' }))
    .sort((a, b) => rankOfTitle(b.text, typed, knowledge, state) - rankOfTitle(a.text, typed, knowledge, state))
    .slice(0, limit);
  const held = candidates.filter(({ words: own }) => own.every((word) => found.has(word)));
  const frequent = held.filter(({ isRare }) => !isRare);
  return { answer, words: suggestionsOf(frequent.length === 0 && titles.length === 0 ? held : frequent, found), titles };
}

/** A headline may lie in a part of the document: `content.headline`. */
const textsIn = (value: unknown): string[] =>
  typeof value === 'string'
    ? value === ''
      ? []
      : [value]
    : typeof value === 'object' && value !== null
      ? Object.values(value).flatMap(textsIn)
      : [];

/** Asks for the documents whose title holds the words, where the index has titles that are both shown and searched: an answer for each way to ask. */
function titlesFor(
  typed: string,
  limit: number,
  { uid, authorization, deps, state, headline }: Asker,
  knowledge: Knowledge,
  candidates: readonly Candidate[],
): Promise<readonly EngineAnswer[]> {
  const root = state.analyzerVersion === undefined ? undefined : rootOfVersion(state.analyzerVersion);
  const named = headline === undefined ? namedAs(['title'], state.fields) : [headline ?? []].flat();
  const isThere = (field: string): boolean => state.fields.includes(field) || state.fields.includes(field.split('.')[0] ?? '');
  const titleField = named.find((field) => isThere(field) && isSearchedAndShown(field, state));
  const query = understand(typed, knowledge, state);
  const isUrdu = root !== undefined && query.isUrdu && !isOtherLanguage({ q: typed }, state, knowledge);
  const asked = titleQuestions(query, candidates, knowledge);
  const titles = {
    attributesToRetrieve: [titleField],
    ...(titleField !== undefined && { attributesToSearchOn: [root === undefined ? titleField : toShadow(titleField, root)] }),
  };
  return Promise.all(
    (isUrdu && asked.length > 0 ? asked : [typed]).map((q) =>
      deps.http.send('POST', `/indexes/${encodeURIComponent(uid)}/search`, authorization, {
        q,
        // Without a word every title would be found.
        limit: titleField === undefined || asked.length === 0 ? 0 : limit,
        ...(titleField === undefined ? {} : titles),
        matchingStrategy: 'all',
        ...(isUrdu ? { locales: QUERY_LOCALES } : {}),
      }),
    ),
  );
}

/**
 * The words that a title must hold, as it is indexed: by its roots. What is still being typed is a beginning of them, whatever it means by itself (ا is no آنا), and a word with a root of its own besides;
 * in another script it is what it was completed to.
 */
function titleQuestions({ fixed, slots, hasCode }: Understood, candidates: readonly Candidate[], knowledge: Knowledge): readonly string[] {
  const last = slots.at(-1);
  // A title holds the parts of a code, as the analyzer cuts it.
  const rootsOf = ({ readings }: Slot): readonly string[] =>
    ((hasCode && readings.find((one) => one.isTogether)) || readings[0])?.roots ?? [];
  const before = [
    ...fixed.filter(({ kind }) => kind === 'phrase').flatMap(({ tokens }) => tokens.map((token) => token.root)),
    ...slots.slice(0, -1).flatMap(rootsOf),
  ];
  if (last === undefined) return before.length === 0 ? [] : [ask(before)];
  if (last.isPrefix && !hasArabicScript(last.text) && candidates.length > 0)
    return candidates.slice(0, MOST_COMPLETED).map(({ words }) => ask(words.flatMap((word) => word.split(' '))));
  const roots = rootsOf(last);
  const begun = hasCode ? undefined : last.beginning?.text;
  if (begun === undefined) return [ask([...before, ...roots])];
  // گئے begins as گئ does, its root جانا does not.
  const completions = begun.length > 1 ? knowledge.completions(begun, MOST_COMPLETED) : [];
  const others = [
    ...candidates.map(({ words }) => words.at(-1)?.split(' ').at(-1) ?? begun),
    ...completions.map(({ term }) => knowledge.vocabulary.rootOf(term) ?? term),
  ];
  const forms = [...(begun.length > 1 ? roots : []), ...others].filter((root) => !root.startsWith(begun)).slice(0, MOST_COMPLETED);
  return [...new Set([begun, ...forms].map((root) => ask([...before, root])))];

  /** Meilisearch reads ten words. */
  function ask(words: readonly string[]): string {
    return [...new Set(words)].slice(-10).join(' ');
  }
}

/** Completions by which titles are asked for, of another script, or with another root than they begin with. */
const MOST_COMPLETED = 2;

const isSearchedAndShown = (field: string, { searchable, told }: IndexState): boolean =>
  (told ?? searchable).some((one) => one === field || one === '*');

/** Titles that begin as was typed, then those that hold the words as they were typed, then those that hold them somewhere. */
function rankOfTitle(title: string, typed: string, knowledge: Knowledge, reading: UnderstandOptions): number {
  const termsOf = (text: string): string =>
    ` ${analyze(text)
      .map(({ term }) => term)
      .join(' ')}`;
  const read = understand(typed, knowledge, reading).slots.flatMap(({ readings: [best], beginning }) =>
    beginning ? [beginning.text] : (best?.terms ?? []),
  );
  const at = termsOf(title).indexOf(` ${read.join(' ')}`);
  return at === 0 ? 2 : at > 0 ? 1 : 0;
}

/** A completion that may be told once Meilisearch finds its words for the caller. */
export interface Candidate {
  readonly text: string;
  /** What it tells the caller of the collection, as the index holds it: words, or several that stand together as one text. The completed one last. */
  readonly words: readonly string[];
  /** Told only where nothing else is. */
  readonly isRare: boolean;
}

/**
 * The query completed as the collection holds it: words that somewhere follow those before it, the most frequent first, then words of the same document. A single word is completed to the most frequent
 * ones; one that is finished also goes on as it does in the collection. What finds nothing as it stands is no suggestion.
 */
export function complete(typed: string, knowledge: Knowledge, limit: number, reading: IndexReading = {}): Candidate[] {
  if (typed === '' || /\s$/.test(typed)) return [];
  const last = analyze(typed).at(-1);
  if (last === undefined) return [];
  const { vocabulary } = knowledge;
  const before = writeBefore(typed.slice(0, last.start), last, knowledge, reading);
  const found =
    before.terms.length === 0 ? completeAlone(last, before.text, knowledge, limit) : completeBehind(before.terms, last, knowledge, limit);
  const known = new Set<string>();
  const wholes = found.map(({ terms }) => terms.at(-1) as string).filter((term) => analyze(term).length > 1);
  return found
    .filter(({ terms }) => !wholes.some((whole) => isOnlyPartOf(terms.at(-1) as string, whole, vocabulary)))
    .filter(({ terms }) => {
      const roots = terms.map((term) => usualRoot(vocabulary.rootOf(term) ?? term)).join(' ');
      const isNew = !known.has(roots);
      known.add(roots);
      return isNew;
    })
    .slice(0, limit)
    .map(({ terms, behind, isRare = false }) => {
      const spelled = terms.map((term) => spellingOf(term, knowledge));
      // An index that was never analyzed holds words as they are written.
      const told = (words: readonly string[]): readonly string[] =>
        reading.analyzerVersion === undefined ? words.map((word) => vocabulary.spellingOf(word)) : searchedTerms(words, knowledge).roots;
      return { text: before.text + spelled.join(' '), words: [...before.roots, told([...behind, ...terms]).join(' ')], isRare };
    });
}

/** Whether a word stands nowhere but in a compound that is suggested too: حیدر of حیدرآباد. */
const isOnlyPartOf = (term: string, whole: string, vocabulary: Dictionary): boolean =>
  whole !== term && analyze(whole)[0]?.term === term && vocabulary.documentsWithTerm(whole) >= vocabulary.documentsWithTerm(term);

/** A compound that the analyzer cuts is known as a whole by its letters alone; its parts are known as they are written. */
function spellingOf(term: string, { vocabulary }: Knowledge): string {
  const parts = analyze(term);
  return parts.length > 1 ? parts.map((part) => vocabulary.spellingOf(part.term)).join('') : vocabulary.spellingOf(term);
}

/** What completes a query: mostly one term, and the terms right before it that it was found behind. */
interface Completed {
  readonly terms: readonly string[];
  readonly behind: readonly string[];
  /** Told only where nothing else is. */
  readonly isRare?: boolean;
}

function completeAlone(last: Token, text: string, knowledge: Knowledge, limit: number): Completed[] {
  const { documents: all } = knowledge.vocabulary;
  const fewest = all < SMALL_COLLECTION ? 1 : FEWEST_DOCUMENTS;
  const words = completionsOf(last, knowledge, limit * MORE)
    .filter(({ term, documents }) => documents >= fewest && (text !== '' || !isStopWord(term)))
    .map(({ term, documents }): Completed => ({ terms: [term], behind: [], isRare: documents < Math.min(FEWEST_DOCUMENTS, all) }));
  if (words.length === 0 && last.type === 'latin') return heardApart(last.text, knowledge);
  if (!hasArabicScript(last.text) || last.term.length < SHORTEST_FINISHED) return words;
  return [...words.filter(({ terms }) => terms[0] === last.term), ...goneOn([], last, knowledge), ...words];
}

/** What Roman letters write as one and the collection apart, as its words follow one another: islamab, of اسلام آباد. */
function heardApart(typed: string, knowledge: Knowledge): Completed[] {
  const { sound } = knowledge;
  if (sound === undefined) return [];
  const found: Completed[] = [];
  for (let cut = SHORTEST_FINISHED; cut <= typed.length - SHORTEST_BEGUN; cut += 1) {
    const [first] = sound.roman(typed.slice(0, cut), 1);
    if (first === undefined || first.fit < FIT.sure) continue;
    const begun = new Set(sound.romanPrefix(typed.slice(cut), MOST_HEARD).map(({ term }) => term));
    for (const { term } of knowledge.following([first.term])) if (begun.has(term)) found.push({ terms: [first.term, term], behind: [] });
  }
  return found;
}

/** Letters of the second of two words that are typed as one. */
const SHORTEST_BEGUN = 2;
/** Words before the one that is typed by which it is chosen, and how a finished one may go on. */
const MOST_BEFORE = 3;
const MOST_GONE_ON = 2;
/** Found behind more of the words before: those found behind fewer need not be looked for. */
const ENOUGH = 4;
/** Letters of a word that may be finished. */
const SHORTEST_FINISHED = 3;
/** Completions of another script that may follow the words before; words that follow these, among which they are looked for; and letters by which one can be judged. */
const MOST_HEARD = 48;
const MOST_FOLLOWING = 200;
/** How well a first letter or two must sound, see `Candidate.fit`. */
const FIRST_LETTERS = 0.25;
const SHORTEST_HEARD = 3;
/** Completions that stand somewhere in a document with the words before: each must be looked for. */
const MOST_ELSEWHERE = 4;

function completeBehind(before: readonly string[], last: Token, knowledge: Knowledge, limit: number): Completed[] {
  const { vocabulary } = knowledge;
  const isUrdu = hasArabicScript(last.text);
  const withHamza = isUrdu ? wordsWithWawHamza(last, knowledge, MOST_FOLLOWING).map(({ term }) => term) : [];
  const isBegun = (term: string): boolean => term.startsWith(last.term) || withHamza.includes(term);
  const wantedOf = (following: readonly Following[]): readonly string[] =>
    isUrdu ? following.map(({ term }) => term).filter(isBegun) : heardAmong(following, last);
  const content = before.filter((term) => !isStopWord(term)).map((term) => vocabulary.rootOf(term) ?? term);
  const isWithAll = (term: string): boolean => knowledge.areInOneDocument([...content, vocabulary.rootOf(term) ?? term]);
  const found: Completed[] = [];
  // One letter is completed by what stands right behind the words, and by nothing else.
  const isLetter = last.term.length === 1;
  const most = Math.min(MOST_BEFORE, before.length);
  for (let count = most; count >= (isLetter ? most : 1) && found.length < ENOUGH; count -= 1) {
    const behind = before.slice(-count);
    // A function word alone says nothing.
    if (count < before.length && behind.every((term) => isStopWord(term))) continue;
    const terms = wantedOf(knowledge.following(behind));
    // Behind the last words alone may stand what no document holds with the first ones.
    for (const term of count === before.length ? terms : terms.slice(0, MOST_ELSEWHERE).filter(isWithAll))
      found.push({ terms: [term], behind });
  }
  if (found.length === 0 && !isLetter) {
    const completions = completionsOf(last, knowledge, isUrdu ? limit * MORE : MOST_ELSEWHERE, true);
    const elsewhere = completions.slice(0, MOST_ELSEWHERE).filter(({ term }) => isWithAll(term));
    return elsewhere.map(({ term }) => ({ terms: [term], behind: [] }));
  }
  const isFinished = isUrdu && found.some(({ terms }) => terms[0] === last.term);
  return [...(isFinished ? [...found.slice(0, 1), ...goneOn(before, last, knowledge)] : []), ...found];
}

/** Of the words that follow others those that may begin as was typed in another script, in their order: one letter is enough, since they are few (karachi u, मिर्ज़ा ग). */
function heardAmong(following: readonly Following[], last: Token): readonly string[] {
  const sound = SoundIndex.build(following.slice(0, MOST_FOLLOWING).map(({ term, count }) => [term, count]));
  const isSure = (one: Heard): boolean =>
    last.text.length < SHORTEST_HEARD ? one.fit >= FIRST_LETTERS : isPlausible(last, one, true, true);
  const heard =
    last.type === 'latin' ? sound.romanBeginnings(last.text, MOST_HEARD).filter(isSure) : sound.devanagariPrefix(last.text, MOST_HEARD);
  const wanted = new Set(heard.map(({ term }) => term));
  return following.map(({ term }) => term).filter((term) => wanted.has(term) || term.startsWith(last.term));
}

/** A finished word and the one that follows it most often. */
function goneOn(before: readonly string[], { term }: Token, knowledge: Knowledge): Completed[] {
  const behind = before.slice(1 - MOST_BEFORE);
  return (
    knowledge
      .following([...behind, term])
      // Nor function words written as one: پاک ہوچکے.
      .filter(({ term: next }) => next.length > 1 && hasArabicScript(next) && !analyze(next).every(({ term: part }) => isStopWord(part)))
      .slice(0, MOST_GONE_ON)
      .map(({ term: next }) => ({ terms: [term, next], behind }))
  );
}

/** How the words of an index are read, and whether it holds roots. */
type IndexReading = UnderstandOptions & Partial<Pick<IndexState, 'analyzerVersion'>>;

interface Completion {
  readonly term: string;
  readonly documents: number;
}

/** Completions fetched for one that is shown: rare ones fall, and of the forms of a word the most frequent speaks for all, since each finds them all. */
const MORE = 4;

function completionsOf(last: Token, knowledge: Knowledge, limit: number, isBehind = false): readonly Completion[] {
  const { sound, vocabulary } = knowledge;
  if (hasArabicScript(last.text)) {
    // Of words in as many documents that comes first which finds more, by all forms of it: a slip of somebody's (ڈاکٹرزں) is no form of any.
    const documentsOf = ({ term, documents }: Completion): number =>
      vocabulary.documentsWithRoot(vocabulary.rootOf(term) ?? term) || documents;
    const isUsual = ({ term }: Completion): boolean => usualRoot(vocabulary.rootOf(term) ?? term) === (vocabulary.rootOf(term) ?? term);
    const all = [...knowledge.completions(last.term, limit), ...wordsWithWawHamza(last, knowledge, limit)].sort(
      (one, other) =>
        other.documents - one.documents || documentsOf(other) - documentsOf(one) || Number(isUsual(other)) - Number(isUsual(one)),
    );
    // آ and ا are one letter of a term: who has typed آ means آج rather than اور.
    const isAsTyped = ({ term }: Completion): boolean => vocabulary.spellingOf(term).startsWith(last.text.normalize('NFC'));
    return [...all.filter(isAsTyped), ...all.filter((one) => !isAsTyped(one))];
  }
  if (last.type === 'latin') {
    // kubernet is no beginning of کراچی, though it has some of its letters.
    const sounding = (sound?.romanPrefix(last.text, limit) ?? []).filter((one) => isPlausible(last, one, isBehind, true));
    const asTyped = knowledge.completions(last.term, limit);
    return /^\p{Lu}{2,}$/u.test(last.text) ? [...asTyped, ...sounding] : [...sounding, ...asTyped];
  }
  return sound?.devanagariPrefix(last.text, limit) ?? [];
}

/** The e of quaid-e-azam, right before the word that is typed: Urdu leaves it unwritten. */
const IZAFAT = /(?<=[a-z])[\s-]+[ei][\s-]+$/i;

/** What stands before the last word: as typed in Urdu, in the collection's letters where it was typed in others; its terms; and which words of the collection it tells. */
function writeBefore(
  typed: string,
  last: Token,
  knowledge: Knowledge,
  reading: UnderstandOptions,
): { readonly text: string; readonly roots: readonly string[]; readonly terms: readonly string[] } {
  const before = typed.replace(IZAFAT, ' ');
  // In letters of Urdu, whatever keyboard they were typed on.
  const written = normalize(before, 'canonical').replace(/\s+/g, ' ').trimStart();
  // What is not wanted, or begins a phrase, has nothing to do with the words before.
  const isApart = /["-]$/.test(before);
  if (before.trim() === '') return { text: written, roots: [], terms: [] };
  if (hasArabicScript(last.text) && !/\p{Script=Latin}|\p{Script=Devanagari}/u.test(before))
    return { text: written, roots: [], terms: isApart ? [] : analyze(before).map(({ term }) => term) };
  const { slots, retyped } = understand(before, knowledge, reading);
  const words = slots.map(({ text, readings: [best] }) => {
    if (best?.reason === 'transliterated')
      return { text: best.terms.map((term) => knowledge.vocabulary.spellingOf(term)).join(' '), roots: best.roots };
    return { text, roots: retyped === undefined ? [] : (best?.roots ?? []) };
  });
  return {
    text: hasArabicScript(last.text) ? written : `${words.map(({ text }) => text).join(' ')} `,
    roots: hasArabicScript(last.text) ? [] : words.flatMap(({ roots }) => roots),
    terms: isApart ? [] : slots.flatMap(({ readings: [best] }) => best?.terms ?? []),
  };
}

/** Each text once, in whatever spelling. */
function unique(suggestions: readonly Suggestion[]): Suggestion[] {
  const termsOf = (text: string): string =>
    analyze(text)
      .map(({ term }) => term)
      .join(' ');
  return [
    ...new Map(suggestions.toReversed().map((suggestion) => [termsOf(suggestion.text) || suggestion.text, suggestion])).values(),
  ].toReversed();
}
