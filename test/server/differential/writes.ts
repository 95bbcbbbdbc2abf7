/** Requests that change documents, settings and indexes. Each language has an index for them, so that searches of others stay as they are. */

import type { Draw } from '../../support/draw.js';
import { type Book, type Collection, DIMENSIONS, LOCALES } from './collections.js';
import type { Request } from './request.js';
import { drawFilter } from './searches.js';

export const writtenIndex = ({ language }: Collection): string => `${language}_written`;

type Fields = Record<string, unknown>;

const about = ({ language }: Collection): Pick<Request, 'caller' | 'about'> => ({ caller: 'master', about: [language] });

/** A few books, some of them new, some with their numbers only in part. */
function drawBooks(draw: Draw, { books }: Collection, isPartial: boolean): Fields[] {
  return draw.some(books, 4).map((book) => {
    const id = draw.chance(0.3) ? draw.whole(100, 110) : book.id;
    if (!isPartial) return { ...book, id };
    const names = draw.some<keyof Book>(['title', 'body', 'year', 'rating', 'tags', 'place', 'inPrint'], 3);
    return { id, ...Object.fromEntries(names.map((name) => [name, draw.chance(0.1) ? null : book[name]])) };
  });
}

const flat = ({ id, title, body, author, year, inPrint }: Fields): Fields => ({ id, title, body, author, year, inPrint });

/** Fields that Meilisearch reads from a table: text, numbers and flags. */
function toCsv(books: readonly Fields[], delimiter: string): string {
  const cell = (value: unknown): string =>
    typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : value == null ? '' : JSON.stringify(value);
  const rows = books.map((book) => Object.values(flat(book)).map(cell).join(delimiter));
  return [['id:number', 'title', 'body:string', 'author', 'year:number', 'inPrint:boolean'].join(delimiter), ...rows].join('\n');
}

export function drawAddition(draw: Draw, collection: Collection): Request {
  const uid = writtenIndex(collection);
  const method = draw.of(['POST', 'PUT']);
  const books = drawBooks(draw, collection, method === 'PUT');
  const query = draw.chance(0.3) ? '?primaryKey=id' : '';
  const path = `/indexes/${uid}/documents${query}`;
  const request = { method, path, ...about(collection), writesTo: uid, isCompressed: draw.chance(0.15) };
  return draw.weighted<() => Request>([
    [4, () => ({ ...request, body: books })],
    [1, () => ({ ...request, body: books[0] })],
    [1, () => ({ ...request, raw: { type: 'application/json; charset=utf-8', text: JSON.stringify(books, null, 2) } })],
    [3, () => ({ ...request, raw: { type: 'application/x-ndjson', text: `${books.map((book) => JSON.stringify(book)).join('\n')}\n` } })],
    [
      3,
      () => {
        const delimiter = draw.of([',', ';', '|']);
        const option = delimiter === ',' ? '' : `${query === '' ? '?' : '&'}csvDelimiter=${encodeURIComponent(delimiter)}`;
        return { ...request, path: path + option, raw: { type: 'text/csv', text: toCsv(books, delimiter) } };
      },
    ],
  ])();
}

export function drawRemoval(draw: Draw, collection: Collection): Request {
  const uid = writtenIndex(collection);
  const path = `/indexes/${uid}/documents`;
  const ids = draw.some(
    collection.books.map(({ id }) => id),
    3,
  );
  const request = { method: 'POST', ...about(collection), writesTo: uid };
  return draw.weighted<() => Request>([
    [3, () => ({ ...request, method: 'DELETE', path: `${path}/${ids[0]}` })],
    [2, () => ({ ...request, path: `${path}/delete-batch`, body: draw.chance(0.5) ? ids : ids.map(String) })],
    [2, () => ({ ...request, path: `${path}/delete`, body: { filter: drawFilter(draw, collection) ?? 'year < 1985' } })],
    [1, () => ({ ...request, method: 'DELETE', path })],
    [
      2,
      () => ({
        ...request,
        path: `${path}/edit`,
        body: {
          function: draw.of(['doc.rating = 5', 'doc.title = doc.title + " " + context.word', 'if doc.year > 2000 { doc = () }']),
          context: { word: draw.of(collection.words) },
          ...(draw.chance(0.5) ? { filter: drawFilter(draw, collection) } : {}),
        },
      }),
    ],
  ])();
}

type Value = (draw: Draw, collection: Collection) => unknown;

interface Setting {
  /** Its route below `settings/`. */
  readonly path: string;
  /** Its name in the whole. */
  readonly name: string;
  readonly method: 'PUT' | 'PATCH';
  readonly value: Value;
}

const setting = (path: string, value: Value, method: 'PUT' | 'PATCH' = 'PUT'): Setting => ({
  path,
  name: path.replace(/-(\w)/g, (_all, letter: string) => letter.toUpperCase()),
  method,
  value,
});

const FIELDS = ['id', 'title', 'body', 'author', 'genre', 'year', 'tags', 'place.city', 'rating'];
const FILTERABLE = ['genre', 'year', 'author', 'tags', 'place', 'inPrint', 'rating', 'title', '_geo'];
const SORTABLE = ['year', 'rating', 'title', 'place.floor', '_geo'];
const RULES = ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness'];

/** Every setting of Meilisearch 1.21. */
const SETTINGS: readonly Setting[] = [
  setting('searchable-attributes', (draw) => (draw.chance(0.3) ? ['*'] : draw.some(FIELDS, 4))),
  setting('displayed-attributes', (draw) => (draw.chance(0.4) ? ['*'] : ['id', ...draw.some(FIELDS.slice(1), 6)])),
  setting('filterable-attributes', (draw) =>
    draw.chance(0.3)
      ? [...FILTERABLE, { attributePatterns: ['place.*'], features: { facetSearch: true, filter: { equality: true, comparison: false } } }]
      : FILTERABLE,
  ),
  setting('sortable-attributes', () => SORTABLE),
  setting('ranking-rules', (draw) => (draw.chance(0.5) ? [...RULES, 'year:desc'] : RULES)),
  setting('stop-words', (draw, { words }) => draw.some(words, 4)),
  setting('synonyms', (draw, { words }) => ({ [draw.of(words)]: draw.some(words, 2), [draw.of(words)]: [draw.of(words)] })),
  setting('dictionary', (draw, { words }) => draw.some(words, 2)),
  setting('separator-tokens', (draw) => draw.some(['&', '|', '<br>'], 2)),
  setting('non-separator-tokens', (draw) => draw.some(['@', '#', '/'], 2)),
  setting('distinct-attribute', (draw) => draw.of(['author', 'genre'])),
  setting('proximity-precision', (draw) => draw.of(['byWord', 'byAttribute'])),
  setting('search-cutoff-ms', (draw) => draw.whole(500, 3000)),
  setting('localized-attributes', (_draw, { language }) => [{ attributePatterns: ['title', 'body'], locales: [LOCALES[language]] }]),
  setting('facet-search', (draw) => draw.chance(0.7)),
  setting('prefix-search', (draw) => draw.of(['indexingTime', 'disabled'])),
  setting(
    'typo-tolerance',
    (draw, { words }) =>
      draw.of<unknown>([
        { enabled: false },
        { enabled: true, minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 } },
        { disableOnWords: [draw.of(words)] },
        { disableOnAttributes: ['title'] },
        { disableOnNumbers: true },
      ]),
    'PATCH',
  ),
  setting('faceting', (draw) => ({ maxValuesPerFacet: draw.whole(3, 50), sortFacetValuesBy: { genre: 'count' } }), 'PATCH'),
  setting('pagination', (draw) => ({ maxTotalHits: draw.whole(5, 500) }), 'PATCH'),
  setting(
    'embedders',
    (draw) => ({ own: { source: 'userProvided', dimensions: DIMENSIONS }, ...(draw.chance(0.3) ? { other: null } : {}) }),
    'PATCH',
  ),
];

export function drawSettings(draw: Draw, collection: Collection): Request {
  const uid = writtenIndex(collection);
  const path = `/indexes/${uid}/settings`;
  const request = { ...about(collection), writesTo: uid };
  const { path: name, method, value } = draw.of(SETTINGS);
  return draw.weighted<() => Request>([
    [6, () => ({ ...request, method, path: `${path}/${name}`, body: value(draw, collection) })],
    [1, () => ({ ...request, method, path: `${path}/${name}`, body: null })],
    [2, () => ({ ...request, method: 'DELETE', path: `${path}/${name}` })],
    [
      3,
      () => ({
        ...request,
        method: 'PATCH',
        path,
        body: Object.fromEntries(draw.some(SETTINGS, 5).map((one) => [one.name, draw.chance(0.15) ? null : one.value(draw, collection)])),
      }),
    ],
    [1, () => ({ ...request, method: 'DELETE', path })],
  ])();
}

/** What is set, read whole and by its own route. */
export function drawSettingsRead(draw: Draw, collection: Collection): Request {
  const uid = draw.of([collection.language, `${collection.language}_set`, writtenIndex(collection)]);
  const path = `/indexes/${uid}/settings`;
  return { method: 'GET', path: draw.chance(0.3) ? path : `${path}/${draw.of(SETTINGS).path}`, ...about(collection) };
}

const SCRATCH = ['scratch_a', 'scratch_b', 'scratch_c'];
const PAIRS = [
  ['scratch_a', 'scratch_b'],
  ['scratch_b', 'scratch_c'],
];

export function drawIndexChange(draw: Draw): Request {
  const uid = draw.of(SCRATCH);
  const request = { caller: 'master', about: [], writesTo: uid } as const;
  return draw.weighted<() => Request>([
    [4, () => ({ ...request, method: 'POST', path: '/indexes', body: { uid, ...(draw.chance(0.5) ? { primaryKey: 'id' } : {}) } })],
    [1, () => ({ ...request, method: 'DELETE', path: `/indexes/${uid}` })],
    [1, () => ({ ...request, method: 'PATCH', path: `/indexes/${uid}`, body: { primaryKey: draw.of(['id', 'isbn']) } })],
    [2, () => ({ ...request, method: 'POST', path: '/swap-indexes', body: [{ indexes: draw.of(PAIRS) }] })],
    [
      2,
      () => ({
        ...request,
        method: 'POST',
        path: `/indexes/${uid}/documents`,
        body: [{ id: draw.whole(1, 9), title: draw.of(['One', 'Two', 'Three']) }],
      }),
    ],
  ])();
}
