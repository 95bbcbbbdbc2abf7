/** What the operator says of his collections: `GET /page-config`. What cannot be read is as if it were not said. */
import { list, record, textOf } from './read.js';

export const LANGUAGES = ['ur', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];
export type Numerals = 'urdu' | 'latin';
/** A name in each language of the interface. */
export type Named = Readonly<Record<Language, string>>;

export interface Fields {
  /** Without one, the first line of the text stands in its place. */
  readonly headline: string | undefined;
  readonly text: readonly string[];
  readonly date: string | undefined;
  readonly source: string | undefined;
  readonly author: string | undefined;
  readonly link: string | undefined;
  readonly image: string | undefined;
}

export type DateUnit = 'iso' | 'seconds' | 'milliseconds';

export interface IndexConfig {
  readonly uid: string;
  readonly name: Named;
  readonly primaryKey: string | undefined;
  readonly fields: Fields;
  /** Lines are kept. */
  readonly verse: boolean;
  readonly facets: readonly { readonly field: string; readonly label: Named }[];
  readonly dateFilter: { readonly field: string; readonly unit: DateUnit } | undefined;
  readonly sorts: readonly { readonly by: string; readonly label: Named }[];
  readonly examples: readonly string[];
  readonly maxTotalHits: number;
}

export interface PageConfig {
  readonly title: Named | undefined;
  readonly languages: readonly Language[];
  /** Made for the page, for searching only; `undefined` where none is needed. */
  readonly key: string | undefined;
  readonly numerals: Numerals;
  readonly indexes: readonly IndexConfig[];
}

/** The facet that is shown with each hit: of what kind it is. */
export const topicOf = ({ facets, fields }: IndexConfig): string | undefined =>
  facets.find(({ field }) => field !== fields.source && field !== fields.author && field !== fields.date)?.field;

/** Meilisearch's own default. */
const MAX_TOTAL_HITS = 1000;

export const NO_FIELDS: Fields = {
  headline: undefined,
  text: [],
  date: undefined,
  source: undefined,
  author: undefined,
  link: undefined,
  image: undefined,
};

/** A server without `/page-config`: nothing is known, and everything has to be seen from the documents. */
export const NO_CONFIG: PageConfig = { title: undefined, languages: LANGUAGES, key: undefined, numerals: 'urdu', indexes: [] };

export function readConfig(value: unknown): PageConfig {
  const config = record(value);
  const languages = list(config.languages).flatMap((name) => LANGUAGES.filter((known) => known === name));
  return {
    title: named(config.title),
    languages: languages.length === 0 ? LANGUAGES : [...new Set(languages)],
    key: textOf(config.key) || undefined,
    numerals: config.numerals === 'latin' ? 'latin' : 'urdu',
    indexes: list(config.indexes).flatMap(readIndex),
  };
}

function readIndex(value: unknown): IndexConfig[] {
  const index = record(value);
  const uid = textOf(index.uid);
  if (uid === '') return [];
  const date = record(index.dateFilter);
  const unit = (['iso', 'seconds', 'milliseconds'] as const).find((known) => known === date.unit);
  return [
    {
      uid,
      name: named(index.name) ?? { ur: uid, en: uid },
      primaryKey: textOf(index.primaryKey) || undefined,
      fields: readFields(record(index.fields)),
      verse: index.verse === true,
      facets: list(index.facets)
        .map(record)
        .flatMap(({ field, label }) => labelled(textOf(field), label, 'field')),
      dateFilter: unit === undefined || textOf(date.field) === '' ? undefined : { field: textOf(date.field), unit },
      sorts: list(index.sorts)
        .map(record)
        .flatMap(({ by, label }) => labelled(textOf(by), label, 'by')),
      examples: list(index.examples).map(textOf).filter(Boolean),
      maxTotalHits: typeof index.maxTotalHits === 'number' && index.maxTotalHits > 0 ? index.maxTotalHits : MAX_TOTAL_HITS,
    },
  ];
}

const readFields = (fields: Record<string, unknown>): Fields => ({
  headline: textOf(fields.headline) || undefined,
  text: (Array.isArray(fields.text) ? fields.text : [fields.text]).map(textOf).filter(Boolean),
  date: textOf(fields.date) || undefined,
  source: textOf(fields.source) || undefined,
  author: textOf(fields.author) || undefined,
  link: textOf(fields.link) || undefined,
  image: textOf(fields.image) || undefined,
});

function labelled<Key extends string>(name: string, label: unknown, key: Key): (Record<Key, string> & { label: Named })[] {
  return name === '' ? [] : [{ [key]: name, label: named(label) ?? { ur: name, en: name } } as Record<Key, string> & { label: Named }];
}

/** One language's name serves for the other. */
function named(value: unknown): Named | undefined {
  if (typeof value === 'string' && value !== '') return { ur: value, en: value };
  const { ur, en } = record(value);
  const either = textOf(ur) || textOf(en);
  return either === '' ? undefined : { ur: textOf(ur) || either, en: textOf(en) || either };
}

/** Usual names of fields, the likeliest first. */
const USUAL: Readonly<Record<'headline' | 'text' | 'date' | 'source' | 'author' | 'link', readonly string[]>> = {
  headline: ['title', 'headline', 'name', 'heading', 'عنوان'],
  text: ['body', 'text', 'content', 'lines', 'verse', 'description', 'متن'],
  date: ['date', 'published', 'publishedAt', 'created', 'timestamp'],
  source: ['source', 'publisher', 'paper', 'ماخذ'],
  author: ['author', 'poet', 'writer', 'byline', 'مصنف'],
  link: ['url', 'link', 'href', 'permalink'],
};

/** From a few documents, where no configuration says what their fields are. */
export function guessIndex(uid: string, documents: readonly Record<string, unknown>[], facets: readonly string[]): IndexConfig {
  const present = new Set(documents.flatMap((document) => Object.keys(document)));
  const first = (names: readonly string[]): string | undefined => names.find((name) => present.has(name));
  const text = first(USUAL.text) ?? longestField(documents);
  return {
    uid,
    name: { ur: uid, en: uid },
    primaryKey: guessKey(documents, present),
    fields: {
      headline: first(USUAL.headline),
      text: text === undefined ? [] : [text],
      date: first(USUAL.date),
      source: first(USUAL.source),
      author: first(USUAL.author),
      link: first(USUAL.link),
      image: undefined,
    },
    verse: documents.length > 0 && documents.every((document) => isVerse(textOf(document[text ?? '']))),
    facets: facets.map((field) => ({ field, label: { ur: field, en: field } })),
    dateFilter: undefined,
    sorts: [],
    examples: [],
    maxTotalHits: MAX_TOTAL_HITS,
  };
}

/** As Meilisearch infers it: the field whose name ends in "id". Otherwise the first whose values differ and may be a key. */
function guessKey(documents: readonly Record<string, unknown>[], present: ReadonlySet<string>): string | undefined {
  const names = [...present];
  const isKey = (name: string): boolean => {
    const values = documents.map((document) => textOf(document[name]));
    return values.every((value) => /^[\w-]{1,511}$/.test(value)) && new Set(values).size === values.length;
  };
  return names.find((name) => name.toLowerCase().endsWith('id') && isKey(name)) ?? names.find(isKey);
}

function longestField(documents: readonly Record<string, unknown>[]): string | undefined {
  const lengths = Object.entries(documents[0] ?? {}).map(([name, value]) => [name, textOf(value).length] as const);
  return lengths.sort((a, b) => b[1] - a[1])[0]?.[0];
}

/** Characters of a line of verse, at most; lines of prose are paragraphs. */
const LINE_OF_VERSE = 80;

function isVerse(text: string): boolean {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  return lines.length > 1 && lines.every((line) => line.length <= LINE_OF_VERSE);
}
