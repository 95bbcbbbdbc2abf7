import { analyze, isKnownWord, isStopWord, normalize, type Token } from '@justuju/urdu';
import { namedAs } from '../fields/field-names.js';
import type { EngineAnswer } from '../meilisearch/http.js';
import { isOtherLanguage } from '../query/other-language.js';
import { isPlausible } from '../query/read-foreign.js';
import { type Slot, searchedTerms } from '../query/slots.js';
import { type UnderstandOptions, type Understood, understand, understandInTurns } from '../query/understand.js';
import type { IndexState } from '../settings/index-state.js';
import { hasArabicScript, rootOfVersion, toShadow } from '../shadow/shadow.js';
import type { Dictionary } from '../store/dictionary.js';
import { behindArticle } from '../vocabulary/article.js';
import { Knowledge } from '../vocabulary/knowledge.js';
import { usualRoot } from '../vocabulary/loan-spellings.js';
import { nearBeginnings } from '../vocabulary/near-beginnings.js';
import { wordsBegunOtherwise } from '../vocabulary/other-beginnings.js';
import { shownPhrase, shownTerm } from '../vocabulary/shown.js';
import { type Candidate as Heard, SoundIndex } from '../vocabulary/sound-index.js';
import type { Following } from '../vocabulary/together.js';
import { FIT } from '../weights.js';
import { type Caller, confirm, type Found } from './confirm.js';
import { QUERY_LOCALES } from './prepare.js';
import type { SearchDeps } from './search.js';
import { type Candidate, completeFigures } from './suggest-figures.js';

export type { Candidate } from './suggest-figures.js';

export interface Suggestion {
  readonly text: string;
  readonly kind: 'words' | 'title';
  /** Documents in which the caller finds the completed word, in any form, or the words that stand together; of a title: not known. */
  readonly documents?: number;
}

/** A completion that fewer documents hold is a slip of somebody's. Of so few documents most words stand in one: they are told where there is room. */
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
  const { answer, words: found, rare, titles } = await ask(typed, limit, caller);
  if (answer.status !== 200) return { status: answer.status, body: answer.json() };
  const words = found.length + rare.length + titles.length > 0 ? found : await nearWords(typed, limit, caller);
  // Half and half, words first: they are short, and lead to many documents. Rare ones where there is room.
  const few = Math.ceil(limit / 2);
  const common = words.slice(0, Math.max(few, limit - titles.length));
  const chosen = unique([...common, ...rare.slice(0, Math.max(0, limit - common.length - titles.length)), ...titles]).slice(0, limit);
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
    .map(({ text, words }) => ({ text: text(), kind: 'words', documents: found.get(words.at(-1) as string) ?? 0 }));

/** A caller, and the field that holds titles, where the operator says so; null: none does. */
interface Asker extends Caller {
  readonly headline: string | null | undefined;
}

interface Asked {
  /** Meilisearch's answer to the question for titles: where it refuses, so do we. */
  readonly answer: EngineAnswer;
  readonly words: readonly Suggestion[];
  /** Words that only one document holds, in a small collection. */
  readonly rare: readonly Suggestion[];
  readonly titles: readonly Suggestion[];
}

async function ask(typed: string, limit: number, caller: Asker, mayAskAgain = true): Promise<Asked> {
  const { uid, deps, state } = caller;
  const knowledge = (await deps.collections.of(uid))?.knowledge ?? new Knowledge();
  const query = await understandInTurns(typed, knowledge, state);
  const candidates = complete(typed, knowledge, limit * SPARE, state);
  const [answers, found] = await Promise.all([
    titlesFor(typed, query, limit, caller, knowledge, candidates),
    confirmed(candidates, caller),
  ]);
  const [first] = answers as [EngineAnswer, ...EngineAnswer[]];
  const answer = answers.find(({ status }) => status !== 200) ?? first;
  if (answer.status === 400 && mayAskAgain) {
    // Titles are no longer searched: what is believed of the index is up to a second old.
    deps.states.forget(uid);
    return ask(typed, limit, { ...caller, state: await deps.states.of(uid) }, false);
  }
  if (answer.status !== 200) return { answer, words: [], rare: [], titles: [] };
  const rankOf = ranking(query);
  const titles = answers
    .flatMap((one) => (one.json() as { hits: Record<string, unknown>[] }).hits)
    .flatMap(textsIn)
    .map((text): Suggestion => ({ text, kind: 'title' }))
    .map((title) => ({ title, rank: rankOf(title.text) }))
    .sort((a, b) => b.rank - a.rank)
    .map(({ title }) => title)
    .slice(0, limit);
  const held = candidates.filter(({ words: own }) => own.every((word) => found.has(word)));
  const [rare, words] = [true, false].map((isRare) =>
    suggestionsOf(held.filter((one) => one.isRare === isRare).slice(0, limit), found),
  ) as [Suggestion[], Suggestion[]];
  return { answer, words, rare, titles };
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
  query: Understood,
  limit: number,
  { uid, authorization, deps, state, headline }: Asker,
  knowledge: Knowledge,
  candidates: readonly Candidate[],
): Promise<readonly EngineAnswer[]> {
  const root = state.analyzerVersion === undefined ? undefined : rootOfVersion(state.analyzerVersion);
  const named = headline === undefined ? namedAs(['title'], state.fields) : [headline ?? []].flat();
  const isThere = (field: string): boolean => state.fields.includes(field) || state.fields.includes(field.split('.')[0] ?? '');
  const titleField = named.find((field) => isThere(field) && isSearchedAndShown(field, state));
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
    ...candidates.flatMap(({ words }) => completedOf(words.flatMap((word) => word.split(' ')))),
    ...completions.map(({ term }) => knowledge.vocabulary.rootOf(term) ?? term),
  ];
  const forms = [...(begun.length > 1 ? roots : []), ...others].filter((root) => !root.startsWith(begun)).slice(0, MOST_COMPLETED);
  const apart = partsBegun(begun, knowledge).map((parts) => ask([...before, ...parts]));
  return [...new Set([...[begun, ...forms].map((root) => ask([...before, root])), ...apart])];

  /** The word that was completed; of a completion that goes on with further words none: رسول اللہ is no reason for titles with اللہ alone. */
  function completedOf(words: readonly string[]): readonly string[] {
    return words.length <= before.length + 1 ? words.slice(-1) : [];
  }

  /** Meilisearch reads ten words. */
  function ask(words: readonly string[]): string {
    return [...new Set(words)].slice(-10).join(' ');
  }
}

/** Compounds that begin as was typed, as a title holds them: by the roots of their parts, and of the last so much as was typed. عبدال of عبدالقدیر is عبد ال there. */
function partsBegun(begun: string, knowledge: Knowledge): readonly (readonly string[])[] {
  const ways = knowledge.completions(begun, MOST_COMPOUNDS).flatMap(({ term }) => {
    const parts = analyze(term);
    if (parts.length < 2 || parts.map((part) => part.term).join('') !== term) return [];
    const pieces: string[] = [];
    let left = begun.length;
    for (const { term: part, root } of parts) {
      if (left <= 0) break;
      const piece = part.slice(0, left);
      pieces.push(left < part.length && root.startsWith(piece) ? piece : root);
      left -= part.length;
    }
    return pieces.length > 1 ? [pieces] : [];
  });
  return [...new Map(ways.map((pieces) => [pieces.join(' '), pieces])).values()].slice(0, MOST_COMPLETED);
}

/** Compounds that are looked at. */
const MOST_COMPOUNDS = 16;

/** Completions by which titles are asked for, of another script, or with another root than they begin with. */
const MOST_COMPLETED = 2;

const isSearchedAndShown = (field: string, { searchable, told }: IndexState): boolean =>
  (told ?? searchable).some((one) => one === field || one === '*');

/** Titles that begin as was typed, then those that hold the words as they were typed, then those that hold them somewhere. */
function ranking({ slots }: Understood): (title: string) => number {
  const termsOf = (text: string): string =>
    ` ${analyze(text)
      .map(({ term }) => term)
      .join(' ')}`;
  const read = slots.flatMap(({ readings: [best], beginning }) => (beginning ? [beginning.text] : (best?.terms ?? [])));
  return (title) => {
    const terms = termsOf(title);
    const at = terms.indexOf(` ${read.join(' ')}`);
    // The parts of a compound are typed as one: عبدال.
    const isBegun = at === 0 || (read.length > 0 && terms.replaceAll(' ', '').startsWith(read.join('')));
    return isBegun ? 2 : at > 0 ? 1 : 0;
  };
}

/**
 * The query completed as the collection holds it: words that somewhere follow those before it, the most frequent first. A single word is completed to the most frequent ones; one that is finished also goes
 * on as it does in the collection. What finds nothing as it stands is no suggestion, nor are words that stand together nowhere.
 */
export function complete(typed: string, knowledge: Knowledge, limit: number, reading: IndexReading = {}): Candidate[] {
  const joined = JOINED_ON.exec(typed);
  if (joined === null && (typed === '' || /\s$/.test(typed))) return [];
  const last = analyze(joined?.[1] ?? typed).at(-1);
  if (last === undefined) return [];
  const figures = last.type === 'number' ? completeFigures(typed, knowledge, limit) : [];
  if (figures.length > 0) return [...figures];
  const { vocabulary } = knowledge;
  const before = writeBefore(joined === null ? typed.slice(0, last.start) : `${joined[1] as string} `, last, knowledge, reading);
  const found =
    joined !== null
      ? joinedOn(before.terms, joined[2], knowledge)
      : before.terms.length === 0
        ? completeAlone(last, before.text, knowledge, limit)
        : completeBehind(before.terms, last, knowledge);
  const known = new Set<string>();
  const wholes = found.map(({ terms }) => terms.at(-1) as string).filter((term) => analyze(term).length > 1);
  return found
    .filter(({ terms }) => !wholes.some((whole) => isOnlyPartOf(terms.at(-1) as string, whole, vocabulary)))
    .filter(({ terms }) => {
      // ہم سفر and ہمسفر are one.
      const roots = terms.map((term) => usualRoot(vocabulary.rootOf(term) ?? term)).join('');
      const isNew = !known.has(roots);
      known.add(roots);
      return isNew;
    })
    .slice(0, limit)
    .map(({ terms, behind, isRare = false }) => {
      // An index that was never analyzed holds words as they are written.
      const told = (words: readonly string[]): readonly string[] =>
        reading.analyzerVersion === undefined ? words.map((word) => vocabulary.spellingOf(word)) : searchedTerms(words, knowledge).roots;
      const words = [...before.roots, told([...behind, ...terms]).join(' ')];
      return { text: () => textOf(before, { terms, behind }, knowledge), words, isRare };
    });
}

/** A completed query as the collection writes it, where all of it stands together there; else what was typed before stays as it was. */
function textOf({ text, terms: before }: Before, { terms, behind }: Completed, knowledge: Knowledge): string {
  const isAll = behind.length === before.length && !/[^\p{L}\p{M}\s\u200C]/u.test(text);
  const phrase = [...(isAll ? behind : []), ...terms];
  const shown = phrase.length > 1 ? shownPhrase(phrase, knowledge) : undefined;
  if (shown !== undefined) return isAll ? shown : text + shown;
  return text + terms.map((term) => shownTerm(term, knowledge)).join(' ');
}

/** Whether a word stands nowhere but in a compound that is suggested too: حیدر of حیدرآباد. */
const isOnlyPartOf = (term: string, whole: string, vocabulary: Dictionary): boolean =>
  whole !== term && analyze(whole)[0]?.term === term && vocabulary.documentsWithTerm(whole) >= vocabulary.documentsWithTerm(term);

/** What completes a query: mostly one term, and the terms right before it that it was found behind. */
interface Completed {
  readonly terms: readonly string[];
  readonly behind: readonly string[];
  /** Told where there is room. */
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
const MOST_BEFORE = 6;
const MOST_GONE_ON = 2;
/** Letters of a word that may be finished. */
const SHORTEST_FINISHED = 3;
/** Completions of another script that may follow the words before; words that follow these, among which they are looked for; and letters by which one can be judged. */
const MOST_HEARD = 48;
const MOST_FOLLOWING = 200;
/** How well a first letter or two must sound, see `Candidate.fit`. */
const FIRST_LETTERS = 0.25;
const SHORTEST_HEARD = 3;
/** Completions behind the last of many words: each must be looked for in a document with the others. */
const MOST_LOOKED_FOR = 8;

function completeBehind(before: readonly string[], last: Token, knowledge: Knowledge): Completed[] {
  const { vocabulary } = knowledge;
  const isUrdu = hasArabicScript(last.text);
  const otherwise = isUrdu ? wordsBegunOtherwise(last, knowledge, MOST_FOLLOWING).map(({ term }) => term) : [];
  const isBegun = (term: string): boolean => term.startsWith(last.term) || otherwise.includes(term);
  const wantedBehind = (run: readonly string[]): readonly string[] => {
    const following = knowledge.following(run);
    return isUrdu ? following.map(({ term }) => term).filter(isBegun) : heardAmong(following, last);
  };
  const { behind, found: wanted } = firstFound(waysBehind(before.slice(-MOST_BEFORE), isUrdu), wantedBehind);
  // Behind the last words alone may stand what no document holds with the first ones.
  const content = before.filter((term) => !isStopWord(term)).map((term) => vocabulary.rootOf(term) ?? term);
  const isWithAll = (term: string): boolean => knowledge.areInOneDocument([...content, vocabulary.rootOf(term) ?? term]);
  const terms = behind.length === before.length ? wanted : wanted.slice(0, MOST_LOOKED_FOR).filter(isWithAll);
  const found = terms.map((term): Completed => ({ terms: [term], behind }));
  const isFinished = isUrdu && terms[0] === last.term;
  return [...(isFinished ? [...found.slice(0, 1), ...goneOn(before, last, knowledge)] : []), ...found];
}

/** The words before, and in another script the same with the izafat that Urdu writes behind a last ا or و: دریائے, of darya e sindh. */
function waysBehind(before: readonly string[], isUrdu: boolean): readonly (readonly string[])[] {
  const last = before.at(-1) ?? '';
  return isUrdu || !/[\u0627\u0648]$/.test(last) ? [before] : [before, [...before.slice(0, -1), last + WRITTEN_IZAFAT]];
}

/** ئے, in the letters of terms. */
const WRITTEN_IZAFAT = '\u06CC\u06D2';

/** The first of these runs of words behind which something is found; else the first of all. */
function firstFound<T>(
  runs: readonly (readonly string[])[],
  find: (run: readonly string[]) => readonly T[],
): { readonly behind: readonly string[]; readonly found: readonly T[] } {
  const all = runs.map((behind) => ({ behind, found: find(behind) }));
  return all.find(({ found }) => found.length > 0) ?? { behind: runs[0] ?? [], found: [] };
}

/** Of the words that follow others those that may begin as was typed in another script, in their order: one letter is enough, since they are few (karachi u, मिर्ज़ा ग). */
function heardAmong(following: readonly Following[], last: Token): readonly string[] {
  const known = following.slice(0, MOST_FOLLOWING).map(({ term, count }) => [term, count] as const);
  // sahih bukhari is صحیح البخاری.
  const behindArticles = known.flatMap(([term, count]) => (ARTICLE.test(term) ? [[behindArticle(term), count] as const] : []));
  const sound = SoundIndex.build([...known, ...behindArticles]);
  const isSure = (one: Heard): boolean =>
    last.text.length < SHORTEST_HEARD ? one.fit >= FIRST_LETTERS : isPlausible(last, one, true, true);
  const heard =
    last.type === 'latin'
      ? [...sound.romanPrefix(last.text, MOST_HEARD), ...sound.romanBeginnings(last.text, MOST_HEARD)].filter(isSure)
      : sound.devanagariPrefix(last.text, MOST_HEARD);
  const wanted = new Set(heard.map(({ term }) => term));
  const isWanted = (term: string): boolean => wanted.has(term) || (ARTICLE.test(term) && wanted.has(behindArticle(term)));
  return following.map(({ term }) => term).filter((term) => isWanted(term) || term.startsWith(last.term));
}

/** The Arabic article, and letters of a word behind it. */
const ARTICLE = /^\u0627\u0644.{3}/;

/** A finished word and the one that follows it most often. */
function goneOn(before: readonly string[], { term }: Token, knowledge: Knowledge): Completed[] {
  const behind = before.slice(1 - MOST_BEFORE);
  return knowledge
    .following([...behind, term])
    .filter(({ term: next }) => isTelling(next))
    .slice(0, MOST_GONE_ON)
    .map(({ term: next }) => ({ terms: [term, next], behind }));
}

/** Whether a word that follows says something: no function word, nor several written as one (پاک ہوچکے). */
const isTelling = (next: string): boolean =>
  next.length > 1 && hasArabicScript(next) && !analyze(next).every(({ term: part }) => isStopWord(part));

/** The e of bang-e-dara, typed last, perhaps with a link behind it: the words before go on. It may also begin a word (karachi e). */
const JOINED_ON = /^(.*[a-z\p{Script=Devanagari}])(?:[\s-]+|-)(?:([ei])|[ei][\s-]+|\u090F[\s-]*)$/iu;

/** How the words before go on behind an izafat: what begins with its letter first, if that may be all that was meant. */
function joinedOn(before: readonly string[], letter: string | undefined, knowledge: Knowledge): Completed[] {
  const { behind, found: following } = firstFound(waysBehind(before.slice(-MOST_BEFORE), false), (run) => knowledge.following(run));
  const [only] = letter === undefined ? [] : analyze(letter);
  const begun = only === undefined ? [] : heardAmong(following, only);
  const others = following.map(({ term }) => term).filter((term) => isTelling(term) && !begun.includes(term));
  return [...begun, ...others.slice(0, MOST_JOINED)].map((term) => ({ terms: [term], behind }));
}

/** Words behind an izafat that are told before it is known how they begin. */
const MOST_JOINED = 4;

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
    const all = [...knowledge.completions(last.term, limit), ...wordsBegunOtherwise(last, knowledge, limit)].sort(
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

/** The e of quaid-e-azam, in Roman letters or Devanagari, right before the word that is typed: Urdu leaves it unwritten. */
const IZAFAT = /(?<=[a-z\p{Script=Devanagari}])[\s-]+(?:[ei]|\u090F)[\s-]+$/iu;

/** What stands before the last word: as typed in Urdu, in the collection's letters where it was typed in others; its terms; and which words of the collection it tells. */
interface Before {
  readonly text: string;
  readonly roots: readonly string[];
  readonly terms: readonly string[];
}

function writeBefore(typed: string, last: Token, knowledge: Knowledge, reading: UnderstandOptions): Before {
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
      return { text: best.terms.map((term) => shownTerm(term, knowledge)).join(' '), roots: best.roots };
    return { text, roots: retyped === undefined ? [] : (best?.roots ?? []) };
  });
  return {
    text: hasArabicScript(last.text) ? written : `${words.map(({ text }) => text).join(' ')} `,
    roots: hasArabicScript(last.text) ? [] : words.flatMap(({ roots }) => roots),
    terms: isApart ? [] : slots.flatMap(({ readings: [best] }) => best?.terms ?? []),
  };
}

/** Each text once, in whatever spelling, joined or apart. */
function unique(suggestions: readonly Suggestion[]): Suggestion[] {
  const termsOf = (text: string): string =>
    analyze(text)
      .map(({ term }) => term)
      .join('');
  const known = new Set<string>();
  return suggestions.filter(({ text }) => {
    const key = termsOf(text) || text;
    const isNew = !known.has(key);
    known.add(key);
    return isNew;
  });
}
