/** What the server answers, checked before anything uses it. */
import { ApiError } from '../client/api-error.js';
import { type IndexConfig, topicOf } from './config.js';
import { plain } from './marks.js';
import { list, numberOf, record, textOf } from './read.js';
import { REASONS, type WordReason } from './why.js';

export interface Hit {
  /** The primary key, whatever its name. */
  readonly id: string;
  /** These with the markers of `marks.ts`. Without a headline, the beginning of the text. */
  readonly headline: string;
  readonly texts: readonly string[];
  readonly source: string;
  readonly author: string;
  /** The value of `topicOf`. */
  readonly topic: string;
  /** As stored: a text or a number. */
  readonly date: string | number | undefined;
  readonly link: string;
  readonly image: string;
  /** Whether the document has a headline of its own. */
  readonly isNamed: boolean;
  /** Empty where nobody asked, or there was nothing to match. */
  readonly why: readonly WordReason[];
}

export type Counts = Readonly<Record<string, number>>;

export interface Answer {
  readonly hits: readonly Hit[];
  readonly total: number;
  readonly milliseconds: number;
  readonly facets: Readonly<Record<string, Counts>>;
  readonly facetStats: Readonly<Record<string, { readonly min: number; readonly max: number }>>;
  readonly didYouMean: Meant | undefined;
  /** Words of the query that no article holds. */
  readonly notFound: readonly string[];
}

export interface Meant {
  readonly text: string;
  /** The same words in Urdu letters, from Roman ones or another keyboard's: nothing to ask back about. Otherwise a correction. */
  readonly isSameInUrdu: boolean;
}

/** What the reader may be typing: words, or the title of an article. */
export interface Completion {
  readonly text: string;
  readonly kind: 'words' | 'title';
}

export function readAnswer(body: unknown, index: IndexConfig): Answer {
  const answer = record(body);
  if (!Array.isArray(answer.hits)) throw new ApiError('garbled', 'no "hits" in the answer');
  const hits = answer.hits.map((hit) => readHit(hit, index));
  return {
    hits,
    total: numberOf(answer.estimatedTotalHits) ?? numberOf(answer.totalHits) ?? hits.length,
    milliseconds: numberOf(answer.processingTimeMs) ?? 0,
    facets: Object.fromEntries(Object.entries(record(answer.facetDistribution)).map(([name, counts]) => [name, readCounts(counts)])),
    facetStats: Object.fromEntries(Object.entries(record(answer.facetStats)).flatMap(readStats)),
    didYouMean: readMeant(answer.urdu),
    notFound: list(record(answer.urdu).wordsNotFound).map(textOf).filter(Boolean),
  };
}

export function readCompletions(body: unknown): Completion[] {
  const { suggestions } = record(body);
  if (!Array.isArray(suggestions)) throw new ApiError('garbled', 'no "suggestions" in the answer');
  return suggestions.map(record).flatMap(({ text, kind }): Completion[] => {
    const readable = textOf(text).trim();
    return readable === '' ? [] : [{ text: readable, kind: kind === 'title' ? 'title' : 'words' }];
  });
}

function readMeant(urdu: unknown): Meant | undefined {
  const text = textOf(record(urdu).didYouMean).trim();
  if (text === '') return undefined;
  const { retyped, words } = record(record(urdu).understood);
  const reasons = list(words).map((word) => textOf(record(list(record(word).readings)[0]).reason));
  return { text, isSameInUrdu: textOf(retyped) !== '' || (reasons.includes('transliterated') && !reasons.includes('corrected')) };
}

/** Characters that stand for a missing headline, at most. */
const LEAD = 90;

export function readHit(value: unknown, index: IndexConfig): Hit {
  const { primaryKey, fields } = index;
  const hit = record(value);
  const formatted = record(hit._formatted);
  const shown = (field: string | undefined): string => (field === undefined ? '' : textOf(formatted[field]) || textOf(hit[field]));
  const date = fields.date === undefined ? undefined : hit[fields.date];
  const texts = fields.text.map(shown).filter(Boolean);
  const headline = shown(fields.headline);
  return {
    id: primaryKey === undefined ? '' : textOf(hit[primaryKey]),
    headline: plain(headline).trim() === '' ? firstLine(texts[0] ?? '') : headline,
    texts,
    source: plain(shown(fields.source)),
    author: plain(shown(fields.author)),
    topic: plain(shown(topicOf(index))),
    date: typeof date === 'string' || typeof date === 'number' ? date : undefined,
    link: fields.link === undefined ? '' : textOf(hit[fields.link]),
    image: fields.image === undefined ? '' : textOf(hit[fields.image]),
    isNamed: plain(headline).trim() !== '',
    why: readWhy(record(hit._urdu).why),
  };
}

/** The first line with anything on it, up to a whole word. Marks are whole words, so that none is cut. */
export function firstLine(text: string): string {
  const line = text.split(/[\n\r\u2028\u2029]/).find((each) => plain(each).trim() !== '') ?? '';
  if (line.length <= LEAD) return line.trim();
  const space = line.lastIndexOf(' ', LEAD);
  return `${line.slice(0, space > 0 ? space : LEAD).trim()}…`;
}

/** A reason that is not known here yet is left out. */
const readWhy = (value: unknown): WordReason[] =>
  list(value)
    .map(record)
    .flatMap(({ word, reason, field, form }) => {
      const known = REASONS.find((name) => name === reason);
      return known === undefined ? [] : [{ word: textOf(word), reason: known, field: textOf(field), form: textOf(form) }];
    });

const readCounts = (value: unknown): Counts =>
  Object.fromEntries(Object.entries(record(value)).flatMap(([name, count]) => (typeof count === 'number' ? [[name, count]] : [])));

function readStats([name, value]: [string, unknown]): [string, { min: number; max: number }][] {
  const min = numberOf(record(value).min);
  const max = numberOf(record(value).max);
  return min === undefined || max === undefined ? [] : [[name, { min, max }]];
}
