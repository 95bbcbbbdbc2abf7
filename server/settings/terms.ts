/**
 * Index settings in two forms: as the client sets and reads them, in terms of its own fields and spellings, and as Meilisearch gets them,
 * in terms of the shadow fields and of what they hold. What the second form loses is kept in a note (`note.ts`).
 */

import { indexedText } from '../documents/document-encoder.js';
import type { Language } from '../documents/language.js';
import { isObject } from '../json/is-object.js';
import { fromShadow, hasArabicScript, isShadow, stampUnder, toShadow } from '../shadow/shadow.js';
import { keyedFields, withSortShadows } from '../shadow/sort-keys.js';
import { plainTerms, wholeInAnyLanguage } from '../shadow/whole-terms.js';
import { appliedChat, type Chat, clientChat, isChat } from './chat.js';
import { appliedEmbedders, clientEmbedders, type Embedders, isEmbedders, namedEmbedders } from './embedders.js';
import { isRules, type LocalizedRule, languageIn, saysUrdu } from './languages.js';
import { areDefaultSomewhere, DEFAULT_RULES, fromLean, modeAfter, toLean, toPlain } from './lean.js';
import { keepNote, NOTE_KEY, type Note, type Originals, readNote } from './note.js';
import { arePins, PINS_SETTING, type Pin } from './pins.js';
import { type Filterable, isFilterable, withoutStampFilter, withStampFilter } from './stamp-filter.js';

export type Settings = Record<string, unknown>;

/** The settings that differ between the two forms. All others go through as they are. */
export const TRANSLATED = [
  'searchableAttributes',
  'displayedAttributes',
  'filterableAttributes',
  'sortableAttributes',
  'localizedAttributes',
  'rankingRules',
  'stopWords',
  'dictionary',
  'synonyms',
  'typoTolerance',
  'embedders',
  'chat',
] as const;

type Synonyms = Readonly<Record<string, readonly string[]>>;
interface TypoTolerance {
  readonly enabled?: boolean | null;
  readonly disableOnWords?: readonly string[] | null;
  readonly disableOnAttributes?: readonly string[] | null;
  readonly [other: string]: unknown;
}

const isStrings = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string');
const isSynonyms = (value: unknown): value is Synonyms => isObject(value) && Object.values(value).every(isStrings);
const isTypoTolerance = (value: unknown): value is TypoTolerance =>
  isObject(value) &&
  (value['enabled'] == null || typeof value['enabled'] === 'boolean') &&
  (value['disableOnWords'] == null || isStrings(value['disableOnWords'])) &&
  (value['disableOnAttributes'] == null || isStrings(value['disableOnAttributes']));

const FORMS: Readonly<Record<(typeof TRANSLATED)[number], (value: unknown) => boolean>> = {
  searchableAttributes: isStrings,
  displayedAttributes: isStrings,
  filterableAttributes: isFilterable,
  sortableAttributes: isStrings,
  localizedAttributes: isRules,
  rankingRules: isStrings,
  stopWords: isStrings,
  dictionary: isStrings,
  synonyms: isSynonyms,
  typoTolerance: isTypoTolerance,
  embedders: isEmbedders,
  chat: isChat,
};

/** Whether we can read what is to be translated. Where not, Meilisearch refuses the request in its own words. */
export const isWellFormed = (settings: unknown): settings is Settings => isObject(settings) && unreadable(settings) === undefined;

/** The first of the settings that we cannot read, or that no client may set: pins have a route of their own. */
export const unreadable = (settings: Settings): string | undefined =>
  PINS_SETTING in settings ? PINS_SETTING : TRANSLATED.find((name) => settings[name] != null && !FORMS[name](settings[name]));

/** A searchable list must name something under the root, since that is how an analyzed index is known; no document has this field. */
const NOTHING = '-';

/**
 * What is sent to Meilisearch so that `given` holds.
 *
 * @param wanted settings in the client's terms; under `PINS_SETTING` the pins that are to take the place of those of the note
 * @param current what holds in Meilisearch now (or will, when the tasks in its queue are done)
 * @param askedFor the settings that the client named; what we add to them is not shown in the task
 * @param language of the documents that the index is to hold, null for none of Arabic script; as it is now unless told
 * @param defaultRules what this Meilisearch gives an index without ranking rules of its own
 * @param isEmpty whether all documents are still to come: only then do all have sort keys, and without those of all none is used
 */
export function toApplied(
  wanted: Settings,
  current: Settings,
  askedFor: readonly string[],
  root: string,
  language: Language | null = languageIn(current) ?? null,
  defaultRules: readonly string[] = DEFAULT_RULES,
  isEmpty = true,
): Settings {
  const { [PINS_SETTING]: newPins, ...given } = wanted;
  const asked = askedFor.filter((name) => name !== PINS_SETTING);
  const before = readNote(current['synonyms']);
  const isUrdu = language === 'urd';
  const other = isUrdu ? undefined : (language ?? undefined);
  // Documents in Arabic or Persian stand in their shadows as they are, and so do words of settings.
  const { translated, synonyms, originals } = translate(given, current, root, other === undefined ? URDU_TERMS : AS_WRITTEN);
  Object.assign(translated, appliedFields(given, current, root, isEmpty));
  let applied: Settings = translated;
  const mode = isUrdu || before.urdu !== undefined ? modeAfter(given, toClient(current, defaultRules), defaultRules) : undefined;
  if (mode !== undefined) applied = isUrdu ? toLean(applied, mode, before.urdu === undefined) : toPlain(applied, mode);
  if ('chat' in given) applied = { ...applied, chat: appliedChat(given['chat'] as Chat | null, current['chat'], root) };
  // Where stamps can be filtered a reset leaves a list.
  const isReset = (name: string): boolean => name === 'filterableAttributes' && given[name] === null;
  const overruled = asked.filter((name) => applied[name] !== translated[name] || isReset(name));
  const pins: readonly Pin[] = arePins(newPins) ? newPins : (before.pins ?? []);
  const note: Note = {
    asked,
    ...(overruled.length > 0 && { given: Object.fromEntries(overruled.map((name) => [name, given[name]])) }),
    ...(isUrdu && mode !== undefined && { urdu: mode }),
    ...(other !== undefined && { language: other }),
    originals,
    ...(pins.length > 0 && { pins }),
  };
  const hidesSomething = overruled.length > 0 || Object.keys(applied).some((name) => !asked.includes(name));
  // The note is part of the synonyms, and they are replaced whole.
  if (hidesSomething || isToBeSaid(note, before, given)) applied['synonyms'] = { ...synonyms, [NOTE_KEY]: keepNote(note) };
  return applied;
}

/** Whether the note must be written: it is another one, or would be lost with the synonyms, or the task is to show spellings that only the note holds. */
function isToBeSaid(note: Note, before: Note, given: Settings): boolean {
  const isKept = isWorthKeepingAll(note);
  const told = ({ originals, urdu, language, pins = [] }: Note): string => JSON.stringify([originals, urdu, language, pins]);
  if ((isKept || isWorthKeepingAll(before)) && told(note) !== told(before)) return true;
  // Said again as they are in the note already: the task shows them by its own.
  const named = { ...given, ...(given['typoTolerance'] as TypoTolerance | null | undefined) };
  const isNamed = ([name, own]: readonly [string, object]): boolean => name in named && Object.keys(own).length > 0;
  return ('synonyms' in given && isKept) || Object.entries(note.originals as Record<string, object>).some(isNamed);
}

/** Whether a note says anything of the index. */
const isWorthKeepingAll = ({ originals, urdu, language, pins = [] }: Note): boolean =>
  urdu !== undefined || language !== undefined || isWorthKeeping(originals) || pins.length > 0;

/** The settings that hold words or texts, in Meilisearch's terms; the synonyms that are to hold; and what was written otherwise, so that it can be read back. */
function translate(
  given: Settings,
  current: Settings,
  root: string,
  terms: Terms,
): { readonly translated: Settings; readonly synonyms: Synonyms; readonly originals: Originals } {
  const translated: Settings = { ...given };
  const originals: { -readonly [K in keyof Originals]: Originals[K] } = { ...readNote(current['synonyms']).originals };
  for (const name of ['stopWords', 'dictionary'] as const) {
    if (!(name in given)) continue;
    const words = given[name] as readonly string[] | null;
    if (words !== null) translated[name] = terms.words(words, name === 'stopWords');
    originals[name] = terms.originals(words ?? []);
  }
  if ('typoTolerance' in given) {
    const typos = given['typoTolerance'] as TypoTolerance | null;
    translated['typoTolerance'] = appliedTypos(typos, root, terms);
    if (typos === null || 'disableOnWords' in typos) originals.disableOnWords = terms.originals(typos?.disableOnWords ?? []);
  }
  if ('embedders' in given) translated['embedders'] = appliedEmbedders(given['embedders'] as Embedders | null, current['embedders'], root);
  if (!('synonyms' in given)) return { translated, synonyms: withoutNote(current['synonyms']), originals };
  const synonymsGiven = (given['synonyms'] ?? {}) as Synonyms;
  const synonyms = terms.synonyms(synonymsGiven);
  const own = Object.entries(synonymsGiven).filter(([word, others]) => terms.originals([word, ...others]).length > 0);
  originals.synonyms = Object.fromEntries(own);
  translated['synonyms'] = given['synonyms'] === null ? null : synonyms;
  return { translated, synonyms, originals };
}

/** The settings that name fields. */
function appliedFields(given: Settings, current: Settings, root: string, isEmpty: boolean): Settings {
  const applied: Settings = {};
  if ('searchableAttributes' in given)
    applied['searchableAttributes'] = shadowsOf(given['searchableAttributes'] as readonly string[] | null, root);
  if (isStrings(given['displayedAttributes']) && !given['displayedAttributes'].includes('*'))
    // Hits must show the stamp to Justuju, whatever they show to the client; and a refusal to sort says that there are hidden fields where a key is not displayed.
    applied['displayedAttributes'] = [...withSortShadows(given['displayedAttributes'], root, () => true), stampUnder(root)];
  if ('filterableAttributes' in given)
    applied['filterableAttributes'] = withStampFilter(given['filterableAttributes'] as Filterable | null, root);
  if (isStrings(given['sortableAttributes'])) {
    const before = isStrings(current['sortableAttributes']) ? keyedFields(current['sortableAttributes'], root) : [];
    applied['sortableAttributes'] = withSortShadows(given['sortableAttributes'], root, (field) => isEmpty || before.includes(field));
  }
  if ('localizedAttributes' in given)
    applied['localizedAttributes'] = (saysUrdu(current) ? rulesSayingUrdu : localizedRules)(
      given['localizedAttributes'] as readonly LocalizedRule[] | null,
      root,
    );
  return applied;
}

/** The client's words that stand in its settings by their terms: said again where these are to be others. */
export function respelled(current: Settings): Settings {
  const { originals } = readNote(current['synonyms']);
  const client = toClient(current);
  const { disableOnWords } = (client['typoTolerance'] ?? {}) as TypoTolerance;
  const hasArabic = (value: unknown): boolean => hasArabicScript(JSON.stringify(value ?? ''));
  return {
    ...Object.fromEntries(
      (['stopWords', 'dictionary', 'synonyms'] as const)
        .filter((name) => hasArabic(originals[name] ?? client[name]))
        .map((name) => [name, client[name]]),
    ),
    ...(hasArabic(disableOnWords) && { typoTolerance: { disableOnWords } }),
  };
}

/**
 * What the client set, from what holds in Meilisearch. Also for the part of the settings that a task names.
 *
 * @param defaultRules what this Meilisearch gives an index without ranking rules of its own
 */
export function toClient(applied: Settings, defaultRules: readonly string[] = DEFAULT_RULES): Settings {
  const { originals, urdu } = readNote(applied['synonyms']);
  const client: Settings = urdu === undefined ? { ...applied } : fromLean(applied, urdu, defaultRules);
  if (isStrings(applied['searchableAttributes'])) client['searchableAttributes'] = fieldsOf(applied['searchableAttributes']);
  if (isStrings(applied['displayedAttributes']))
    client['displayedAttributes'] = applied['displayedAttributes'].filter((name) => !isShadow(name));
  if (isStrings(applied['sortableAttributes']))
    client['sortableAttributes'] = applied['sortableAttributes'].filter((name) => !isShadow(name));
  if (isFilterable(applied['filterableAttributes'])) client['filterableAttributes'] = withoutStampFilter(applied['filterableAttributes']);
  if (isRules(applied['localizedAttributes'])) {
    const own = applied['localizedAttributes']
      .map((rule) => ({ ...rule, attributePatterns: rule.attributePatterns.filter((pattern) => !isShadowPattern(pattern)) }))
      .filter(({ attributePatterns }) => attributePatterns.length > 0);
    client['localizedAttributes'] = own.length === 0 ? null : own;
  }
  for (const name of ['stopWords', 'dictionary'] as const) {
    if (isStrings(applied[name])) client[name] = originalWords(applied[name], originals[name], name === 'stopWords');
  }
  if (isTypoTolerance(applied['typoTolerance'])) {
    const { disableOnWords, disableOnAttributes } = applied['typoTolerance'];
    client['typoTolerance'] = {
      ...(client['typoTolerance'] as TypoTolerance),
      ...(isStrings(disableOnWords) && { disableOnWords: originalWords(disableOnWords, originals.disableOnWords, true) }),
      ...(isStrings(disableOnAttributes) && { disableOnAttributes: disableOnAttributes.map(fromShadow) }),
    };
  }
  if (isEmbedders(applied['embedders'])) client['embedders'] = clientEmbedders(applied['embedders']);
  if (isChat(applied['chat'])) client['chat'] = clientChat(applied['chat']);
  if (isSynonyms(applied['synonyms'])) client['synonyms'] = originalSynonyms(applied['synonyms'], originals.synonyms);
  return client;
}

/**
 * The details of a settings task: as the client asked, without what we added.
 *
 * @param tasks how many tasks the details are of: a batch shows several as one, with the note of the last
 */
export function toClientDetails(details: Settings, tasks = 1): Settings {
  const { asked, given } = readNote(details['synonyms']);
  const translated = toClient(details);
  if (isEmbedders(details['embedders'])) translated['embedders'] = namedEmbedders(details['embedders']);
  if (asked === undefined) return translated;
  const client = { ...translated, ...(tasks === 1 && given) };
  const isShown = ([name, value]: readonly [string, unknown]): boolean =>
    asked.includes(name) || (tasks > 1 && (!(TRANSLATED as readonly string[]).includes(name) || !isDefault(name, value)));
  // A reset of the synonyms leaves the note alone.
  return Object.fromEntries(
    Object.entries(client)
      .filter(isShown)
      .map(([name, value]) => [name, name === 'synonyms' && isEmpty(value) ? null : value]),
  );
}

const isEmpty = (value: unknown): boolean => isObject(value) && Object.keys(value).length === 0;

function isDefault(name: string, value: unknown): boolean {
  if (value === null) return true;
  if (name === 'searchableAttributes' || name === 'displayedAttributes') return JSON.stringify(value) === '["*"]';
  if (name === 'rankingRules') return areDefaultSomewhere(value);
  if (name === 'typoTolerance') {
    const { enabled = true, disableOnWords = [], disableOnAttributes = [], ...others } = value as TypoTolerance;
    return enabled === true && Object.keys(others).length === 0 && disableOnWords?.length === 0 && disableOnAttributes?.length === 0;
  }
  return Array.isArray(value) ? value.length === 0 : isEmpty(value);
}

const isWorthKeeping = (originals: Originals): boolean => Object.values(originals).some((value) => Object.keys(value as object).length > 0);

function shadowsOf(fields: readonly string[] | null, root: string): readonly string[] {
  // Meilisearch reads a list with `*` anywhere as all fields.
  if (fields === null || fields.includes('*')) return [root];
  return fields.length === 0 ? [toShadow(NOTHING, root)] : fields.map((field) => toShadow(field, root));
}

function fieldsOf(shadows: readonly string[]): readonly string[] {
  const fields = shadows.map(fromShadow);
  return fields.includes('*') ? ['*'] : fields.filter((field) => field !== NOTHING);
}

/**
 * The client's rules, each for its own fields and for their shadows. Meilisearch takes the first that fits, so a rule stays before those that came after it; a
 * pattern that begins with `*` fits the shadows as it is. The terms of Urdu are safe from every language (`wholeInAnyLanguage`), so nothing of ours is needed.
 */
function localizedRules(rules: readonly LocalizedRule[] | null, root: string): readonly LocalizedRule[] | null {
  return (
    rules?.map(({ attributePatterns, locales }) => ({
      attributePatterns: attributePatterns.flatMap((pattern) => (pattern.startsWith('*') ? [pattern] : [pattern, toShadow(pattern, root)])),
      locales,
    })) ?? null
  );
}

/** Languages for which Meilisearch cuts ال off Arabic script. */
const CUTTING = new Set(['ara', 'ar', 'pes', 'fa', 'fas']);

/** Where all shadows are told to be Urdu they stay so: their terms would be cut otherwise. Our rules come first. */
function rulesSayingUrdu(rules: readonly LocalizedRule[] | null, root: string): readonly LocalizedRule[] {
  const own = rules ?? [];
  const shadowed = own
    .filter(({ attributePatterns }) => !attributePatterns.includes('*'))
    .map(({ attributePatterns, locales }) => ({
      attributePatterns: attributePatterns.map((pattern) => (pattern.startsWith('*') ? `${root}.${pattern}` : toShadow(pattern, root))),
      locales: locales.length === 0 ? [] : [...new Set([...locales.filter((locale) => !CUTTING.has(locale)), 'urd'])],
    }));
  const all = own.find(({ attributePatterns }) => attributePatterns.includes('*'));
  const forAll = [...new Set([...(all?.locales ?? []).filter((locale) => !CUTTING.has(locale)), 'urd'])];
  return [...shadowed, { attributePatterns: [`${root}.*`], locales: forAll }, ...own];
}

const isShadowPattern = (pattern: string): boolean => isShadow(pattern) || /^_urdu\d+\.\*/.test(pattern);

/** The text as the shadow fields hold it; text of other scripts stays as it is. */
const indexed = (text: string): string => (hasArabicScript(text) ? indexedText(text) : text);

/** As they stand in shadows and queries: documents of an older Justuju, and queries, hold the plain terms. */
function indexedWords(words: readonly string[], singly: boolean): readonly string[] {
  const all = words.flatMap((word) => (singly && hasArabicScript(word) ? indexed(word).split(' ') : [indexed(word)]));
  return [...new Set(all.flatMap((word) => [word, plainTerms(word)]))].filter((word) => word !== '' && word !== '\u06D4');
}

const arabicOf = (words: readonly string[]): readonly string[] => words.filter(hasArabicScript);

/** Meilisearch gives lists of words in the order of their code points, each once. */
const inOrder = (words: readonly string[]): readonly string[] => [...new Set(words)].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));

function originalWords(applied: readonly string[], originals: readonly string[] | undefined, singly: boolean): readonly string[] {
  const arabic = applied.filter(hasArabicScript);
  // Set in Meilisearch itself, past Justuju: then the note is of another time.
  if (originals === undefined || !isSame(arabic, indexedWords(originals, singly).filter(hasArabicScript))) return applied;
  return originals.length === 0 && arabic.length === 0
    ? applied
    : inOrder([...applied.filter((word) => !hasArabicScript(word)), ...originals]);
}

const isSame = (one: readonly string[], other: readonly string[]): boolean =>
  JSON.stringify(inOrder(one.map(plainTerms))) === JSON.stringify(inOrder(other.map(plainTerms)));

function appliedTypos(typos: TypoTolerance | null, root: string, terms: Terms): TypoTolerance | null {
  if (typos === null) return null;
  const { disableOnWords, disableOnAttributes } = typos;
  return {
    ...typos,
    ...(isStrings(disableOnWords) && { disableOnWords: [...new Set(terms.words(disableOnWords, true).map(plainTerms))] }),
    ...(isStrings(disableOnAttributes) && { disableOnAttributes: disableOnAttributes.map((field) => toShadow(field, root)) }),
  };
}

function indexedSynonyms(synonyms: Synonyms): Synonyms {
  const merged = new Map<string, Set<string>>();
  for (const [word, others] of Object.entries(synonyms)) {
    const key = wholeInAnyLanguage(indexed(word));
    if (key === '' || key === NOTE_KEY) continue;
    const values = merged.get(key) ?? new Set<string>();
    for (const other of others) values.add(wholeInAnyLanguage(indexed(other)));
    merged.set(key, values);
  }
  return Object.fromEntries([...merged].map(([key, values]) => [key, [...values]]));
}

/** How words of settings stand in Meilisearch. */
interface Terms {
  words(words: readonly string[], singly: boolean): readonly string[];
  synonyms(synonyms: Synonyms): Synonyms;
  /** The words that do not stand there as the client wrote them. */
  originals(words: readonly string[]): readonly string[];
}
const URDU_TERMS: Terms = { words: indexedWords, synonyms: indexedSynonyms, originals: arabicOf };
const AS_WRITTEN: Terms = { words: (words) => words, synonyms: (synonyms) => synonyms, originals: () => [] };

function withoutNote(synonyms: unknown): Synonyms {
  if (!isSynonyms(synonyms)) return {};
  return Object.fromEntries(Object.entries(synonyms).filter(([key]) => key !== NOTE_KEY));
}

function originalSynonyms(applied: Synonyms, originals: Synonyms | undefined): Synonyms {
  const plain = withoutNote(applied);
  if (originals === undefined) return plain;
  const others = Object.entries(plain).filter(([word, values]) => ![word, ...values].some(hasArabicScript));
  const isOf =
    JSON.stringify(inOrder(Object.keys(indexedSynonyms(originals)))) ===
    JSON.stringify(inOrder(Object.keys(plain).filter((word) => !others.some(([other]) => other === word))));
  if (!isOf) return plain;
  const all = { ...Object.fromEntries(others), ...originals };
  return Object.fromEntries(inOrder(Object.keys(all)).map((word) => [word, all[word] as readonly string[]]));
}
