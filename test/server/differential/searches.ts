/** Requests that read: searches of all kinds, and documents. */

import type { Draw } from '../../support/draw.js';
import { type Collection, LOCALES, vectorOf } from './collections.js';
import type { Caller, Request } from './request.js';

type Body = Record<string, unknown>;

/** Each language's books stand in two indexes: with Meilisearch's own settings, and with settings of a shop's. */
export const plainIndex = ({ language }: Collection): string => language;
export const setIndex = ({ language }: Collection): string => `${language}_set`;
const anyIndex = (draw: Draw, collection: Collection): string => draw.of([plainIndex(collection), setIndex(collection)]);

const SHOWN = ['id', 'title', 'body', 'author', 'genre', 'year', 'tags', 'place', 'place.city', 'rating'];
const SEARCHED = ['title', 'body', 'tags'];

const callers: readonly (readonly [number, Caller])[] = [
  [5, 'master'],
  [2, 'admin'],
  [4, 'search'],
  [2, 'tenant'],
];

/** What a person types: words of the collection, whole, begun or misspelled. */
export function drawQuery(draw: Draw, { words }: Collection): string {
  const word = (): string => draw.of(words);
  return draw.weighted<() => string>([
    [5, word],
    [4, () => draw.some(words, 3).join(' ')],
    [3, () => word().slice(0, draw.whole(1, 4))],
    [2, () => `"${word()}"`],
    [2, () => `${word()} -${word()}`],
    [2, () => misspelled(draw, word())],
    [1, () => word().toUpperCase()],
    [1, () => `${word()} ${draw.whole(1975, 2022)}`],
    [1, () => String(draw.whole(1975, 2022))],
    [1, () => ''],
    [1, () => '  '],
  ])();
}

function misspelled(draw: Draw, word: string): string {
  const letters = [...word];
  const at = draw.whole(0, letters.length - 1);
  if (draw.chance(0.5)) letters.splice(at, 1);
  else letters.splice(at, 0, letters[at] as string);
  return letters.join('');
}

export function drawFilter(draw: Draw, collection: Collection): unknown {
  const { genres, authors, cities, tags } = collection;
  const quoted = (text: string): string => `"${text}"`;
  const one = (): string =>
    draw.weighted<() => string>([
      [4, () => `genre = ${quoted(draw.of(genres))}`],
      [2, () => `author != ${quoted(draw.of(authors))}`],
      [3, () => `year ${draw.of(['>', '>=', '<', '<=', '='])} ${draw.whole(1980, 2018)}`],
      [2, () => `year ${draw.whole(1980, 1999)} TO ${draw.whole(2000, 2020)}`],
      [2, () => `tags IN [${draw.some(tags, 3).map(quoted).join(', ')}]`],
      [1, () => `NOT genre IN [${draw.some(genres, 2).map(quoted).join(', ')}]`],
      [2, () => `place.city = ${quoted(draw.of(cities))}`],
      [1, () => `inPrint = ${draw.of(['true', 'false'])}`],
      [1, () => `rating EXISTS`],
      [1, () => `genre IS NOT EMPTY AND rating IS NOT NULL`],
      [1, () => `_geoRadius(${drawPoint(draw)}, ${draw.whole(10, 3000) * 1000})`],
      [1, () => `_geoBoundingBox([60, 150], [10, -10])`],
      [1, () => `author STARTS WITH ${quoted(draw.of(authors).slice(0, 2))}`],
      [1, () => `title CONTAINS ${quoted(draw.of(genres).slice(0, 1))}`],
    ])();
  return draw.weighted<() => unknown>([
    [4, one],
    [2, () => `(${one()}) ${draw.of(['AND', 'OR'])} (${one()})`],
    [2, () => [one(), one()]],
    [1, () => [[one(), one()], one()]],
    [1, () => null],
  ])();
}

const drawPoint = (draw: Draw): string => `${draw.whole(20, 60)}.5, ${draw.whole(-9, 140)}`;

const drawSort = (draw: Draw): string[] =>
  draw.some(['year:desc', 'year:asc', 'rating:desc', 'title:asc', 'place.floor:asc', '_geoPoint(31.5, 74.3):asc'], 2);

/** Fields to mark or to crop, with and without a length, or all of them. */
const drawMarked = (draw: Draw, withLength = false): string[] =>
  draw.chance(0.3)
    ? ['*']
    : draw
        .some(['title', 'body', 'tags', 'place.city', 'year'], 3)
        .map((name) => (withLength && draw.chance(0.4) ? `${name}:${draw.whole(1, 12)}` : name));

type Choice = (draw: Draw, collection: Collection) => Body;

/** Every parameter of a search, each by itself or with those that go with it. */
const PARAMETERS: readonly (readonly [number, Choice])[] = [
  [3, (draw) => ({ limit: draw.whole(0, 8) })],
  [2, (draw) => ({ offset: draw.whole(0, 5), limit: draw.whole(1, 30) })],
  [2, (draw) => ({ page: draw.whole(1, 3), hitsPerPage: draw.whole(1, 6) })],
  [1, (draw) => ({ hitsPerPage: draw.whole(0, 3) })],
  [3, (draw) => ({ attributesToRetrieve: draw.chance(0.2) ? ['*'] : draw.some(SHOWN, 4) })],
  [3, (draw) => ({ attributesToHighlight: drawMarked(draw) })],
  [1, (draw) => ({ attributesToHighlight: drawMarked(draw), highlightPreTag: '<mark>', highlightPostTag: '</mark>' })],
  [2, (draw) => ({ attributesToCrop: drawMarked(draw, true), ...(draw.chance(0.5) ? { cropLength: draw.whole(1, 15) } : {}) })],
  [1, (draw) => ({ attributesToCrop: ['body'], cropMarker: draw.of(['', '...', ' … ']) })],
  [2, () => ({ showMatchesPosition: true })],
  [2, () => ({ showRankingScore: true })],
  [1, () => ({ showRankingScoreDetails: true })],
  [5, (draw, collection) => ({ filter: drawFilter(draw, collection) })],
  [3, (draw) => ({ sort: drawSort(draw) })],
  [1, (draw) => ({ distinct: draw.of(['author', 'genre', 'place.city']) })],
  [3, (draw) => ({ facets: draw.chance(0.25) ? ['*'] : draw.some(['genre', 'year', 'author', 'tags', 'place.city', 'inPrint'], 3) })],
  [2, (draw) => ({ matchingStrategy: draw.of(['last', 'all', 'frequency']) })],
  [2, (draw) => ({ attributesToSearchOn: draw.chance(0.2) ? ['*'] : draw.some(SEARCHED, 2) })],
  [1, (draw) => ({ rankingScoreThreshold: draw.of([0, 0.2, 0.5, 0.9]) })],
  [1, (_draw, { language }) => ({ locales: [LOCALES[language]] })],
  [2, (draw) => ({ vector: vectorOf(draw.whole(1, 60)), hybrid: { embedder: 'own', semanticRatio: draw.of([0, 0.3, 0.5, 0.8, 1]) } })],
  [1, () => ({ retrieveVectors: true })],
];

/** Those that a query of a federated search may have. */
const NOT_FEDERATED = ['limit', 'offset', 'page', 'hitsPerPage', 'facets'];

function drawBody(draw: Draw, collection: Collection): Body {
  const body: Body = draw.chance(0.1) ? {} : { q: draw.chance(0.05) ? null : drawQuery(draw, collection) };
  for (
    let left = draw.weighted([
      [2, 0],
      [4, 1],
      [4, 2],
      [3, 3],
      [1, 5],
    ]);
    left > 0;
    left -= 1
  )
    Object.assign(body, draw.weighted(PARAMETERS)(draw, collection));
  // Pages are counted in one way or in the other.
  if ('page' in body || 'hitsPerPage' in body) {
    delete body['limit'];
    delete body['offset'];
  }
  return body;
}

/** The query string of the equal `GET`. */
function toQuery(body: Body): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    if (value === null) continue;
    if (name === 'hybrid') {
      const { embedder, semanticRatio } = value as { embedder: string; semanticRatio: number };
      query.set('hybridEmbedder', embedder);
      query.set('hybridSemanticRatio', String(semanticRatio));
    } else if (Array.isArray(value) && name !== 'filter') query.set(name, value.join(','));
    else query.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return query.size === 0 ? '' : `?${query.toString()}`;
}

/** What the search finds depends on words when there are some. */
const hasWords = ({ q }: Body): boolean => typeof q === 'string' && q.trim() !== '';

export function drawSearch(draw: Draw, collection: Collection): Request {
  const body = drawBody(draw, collection);
  const path = `/indexes/${anyIndex(draw, collection)}/search`;
  const about = { caller: draw.weighted(callers), about: [collection.language], findsByWords: hasWords(body) || 'filter' in body };
  return draw.chance(0.4) ? { method: 'GET', path: path + toQuery(body), ...about } : { method: 'POST', path, body, ...about };
}

export function drawMultiSearch(draw: Draw, collections: readonly Collection[]): Request {
  const searched = Array.from({ length: draw.whole(1, 4) }, () => draw.of(collections));
  const queries = searched.map((collection) => ({ indexUid: anyIndex(draw, collection), ...drawBody(draw, collection) }));
  return {
    method: 'POST',
    path: '/multi-search',
    body: { queries },
    caller: draw.weighted(callers),
    about: searched.map(({ language }) => language),
    findsByWords: true,
  };
}

export function drawFederated(draw: Draw, collections: readonly Collection[]): Request {
  const searched = draw.chance(0.5) ? [draw.of(collections)] : draw.some(collections);
  // One kind of order for all: queries that are sorted differently cannot be merged.
  const queries = [...searched, draw.of(searched)].map((collection) => {
    const body: Body = { indexUid: plainIndex(collection), ...drawBody(draw, collection) };
    for (const name of [...NOT_FEDERATED, 'sort', 'distinct', 'hybrid', 'vector']) delete body[name];
    if (draw.chance(0.4)) body['federationOptions'] = { weight: draw.of([0.5, 0.9, 2]) };
    return body;
  });
  const facets = Object.fromEntries(searched.map((collection) => [plainIndex(collection), draw.some(['genre', 'author', 'year'], 2)]));
  const federation: Body = {
    ...(draw.chance(0.6) ? { limit: draw.whole(1, 15), offset: draw.whole(0, 3) } : {}),
    ...(draw.chance(0.4)
      ? { facetsByIndex: facets, ...(draw.chance(0.5) ? { mergeFacets: { maxValuesPerFacet: draw.whole(2, 9) } } : {}) }
      : {}),
  };
  return {
    method: 'POST',
    path: '/multi-search',
    body: { queries, federation },
    caller: draw.weighted(callers),
    about: searched.map(({ language }) => language),
    findsByWords: true,
  };
}

export function drawFacetSearch(draw: Draw, collection: Collection): Request {
  const { genres, authors, tags } = collection;
  const [facetName, values] = draw.of([
    ['genre', genres],
    ['author', authors],
    ['tags', tags],
  ] as const);
  const start = draw.of(values).slice(0, draw.whole(1, 3));
  const body: Body = {
    facetName,
    ...(draw.chance(0.8) ? { facetQuery: start } : {}),
    ...(draw.chance(0.3) ? { q: drawQuery(draw, collection) } : {}),
    ...(draw.chance(0.3) ? { filter: drawFilter(draw, collection) } : {}),
    ...(draw.chance(0.2) ? { exhaustiveFacetCount: true } : {}),
    ...(draw.chance(0.2) ? { matchingStrategy: 'all' } : {}),
  };
  return {
    method: 'POST',
    path: `/indexes/${anyIndex(draw, collection)}/facet-search`,
    body,
    caller: draw.of(['master', 'search']),
    about: [collection.language],
    findsByWords: true,
  };
}

export function drawSimilar(draw: Draw, collection: Collection): Request {
  const body: Body = {
    id: draw.of(collection.books).id,
    embedder: 'own',
    ...(draw.chance(0.5) ? { limit: draw.whole(1, 10), offset: draw.whole(0, 3) } : {}),
    ...(draw.chance(0.4) ? { filter: drawFilter(draw, collection) } : {}),
    ...(draw.chance(0.4) ? { attributesToRetrieve: draw.some(SHOWN, 3) } : {}),
    ...(draw.chance(0.3) ? { showRankingScore: true } : {}),
    ...(draw.chance(0.2) ? { showRankingScoreDetails: true } : {}),
    ...(draw.chance(0.2) ? { retrieveVectors: true } : {}),
    ...(draw.chance(0.2) ? { rankingScoreThreshold: 0.6 } : {}),
  };
  const path = `/indexes/${anyIndex(draw, collection)}/similar`;
  const about = { caller: draw.of<Caller>(['master', 'search']), about: [collection.language], findsByWords: 'filter' in body };
  return draw.chance(0.4) ? { method: 'GET', path: path + toQuery(body), ...about } : { method: 'POST', path, body, ...about };
}

export function drawDocuments(draw: Draw, collection: Collection): Request {
  const path = `/indexes/${anyIndex(draw, collection)}/documents`;
  const about = { caller: draw.of<Caller>(['master', 'admin']), about: [collection.language] };
  if (draw.chance(0.25)) {
    const { id } = draw.of(collection.books);
    const query = draw.chance(0.3) ? '?retrieveVectors=true' : draw.chance(0.3) ? '?fields=title,year,id' : '';
    return { method: 'GET', path: `${path}/${draw.chance(0.1) ? 999 : id}${query}`, ...about };
  }
  const body: Body = {
    ...(draw.chance(0.6) ? { limit: draw.whole(0, 12), offset: draw.whole(0, 6) } : {}),
    ...(draw.chance(0.3) ? { fields: draw.some(SHOWN, 4) } : {}),
    ...(draw.chance(0.4) ? { filter: drawFilter(draw, collection) } : {}),
    ...(draw.chance(0.2) ? { retrieveVectors: true } : {}),
    ...(draw.chance(0.2)
      ? {
          ids: draw.some(
            collection.books.map(({ id }) => String(id)),
            4,
          ),
        }
      : {}),
    ...(draw.chance(0.2) ? { sort: draw.chance(0.5) ? ['year:desc'] : ['rating:asc', 'title:desc'] } : {}),
  };
  const wanted = { ...about, findsByWords: 'filter' in body };
  return draw.chance(0.5)
    ? { method: 'GET', path: path + toQuery(body), ...wanted }
    : { method: 'POST', path: `${path}/fetch`, body, ...wanted };
}
