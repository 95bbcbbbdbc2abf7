/** What stands on both sides before the requests. */
import { type Collection, DIMENSIONS, LOCALES } from './collections.js';
import type { Request } from './request.js';
import { plainIndex, setIndex } from './searches.js';
import type { Side } from './sides.js';
import { writtenIndex } from './writes.js';

const FEATURES = { containsFilter: true, editDocumentsByFunction: true, network: true, chatCompletions: true };

/** What the requests filter and sort by; everything else is Meilisearch's default. */
const PLAIN = {
  filterableAttributes: ['genre', 'year', 'author', 'tags', 'place', 'inPrint', 'rating', 'title', '_geo'],
  sortableAttributes: ['year', 'rating', 'title', 'place.floor', '_geo'],
  embedders: { own: { source: 'userProvided', dimensions: DIMENSIONS } },
};

/** An index as a shop has it, with most settings set. */
const asSet = ({ language, words, genres }: Collection): object => ({
  ...PLAIN,
  searchableAttributes: ['title', 'tags', 'body'],
  displayedAttributes: ['id', 'title', 'body', 'author', 'genre', 'year', 'tags', 'place', 'rating', '_geo', '_vectors'],
  rankingRules: ['words', 'typo', 'proximity', 'attribute', 'sort', 'exactness', 'year:desc'],
  stopWords: words.slice(3, 5),
  synonyms: { [genres[0] ?? '']: [genres[1] ?? ''] },
  localizedAttributes: [{ attributePatterns: ['*'], locales: [LOCALES[language]] }],
  typoTolerance: { minWordSizeForTypos: { oneTypo: 4, twoTypos: 8 }, disableOnAttributes: ['tags'] },
  faceting: { maxValuesPerFacet: 20, sortFacetValuesBy: { '*': 'count' } },
  pagination: { maxTotalHits: 25 },
});

/** Settings before documents for one index, documents before settings for the other: clients do both. */
export async function prepareSide(side: Side, collections: readonly Collection[]): Promise<void> {
  await side.ask({ method: 'PATCH', path: '/experimental-features', body: FEATURES, caller: 'master', about: [] });
  for (const collection of collections) {
    const { books } = collection;
    await write(side, 'PATCH', `/indexes/${setIndex(collection)}/settings`, asSet(collection));
    await write(side, 'POST', `/indexes/${setIndex(collection)}/documents`, books);
    await write(side, 'POST', `/indexes/${plainIndex(collection)}/documents`, books);
    await write(side, 'PATCH', `/indexes/${plainIndex(collection)}/settings`, PLAIN);
    await write(side, 'POST', `/indexes/${writtenIndex(collection)}/documents`, books.slice(0, 16));
    await write(side, 'PATCH', `/indexes/${writtenIndex(collection)}/settings`, PLAIN);
  }
}

async function write(side: Side, method: string, path: string, body: unknown): Promise<void> {
  const request: Request = { method, path, body, caller: 'master', about: [] };
  const { body: task } = await side.finished(await side.ask(request));
  const { status, error } = task as { status: string; error: unknown };
  if (status !== 'succeeded') throw new Error(`${method} ${path} ended as ${status}: ${JSON.stringify(error)}`);
}
