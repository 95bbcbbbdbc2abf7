import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';

/** Displayed attributes may name a field inside an object: hits then show so much of it, as Meilisearch's do. */
let justuju: TestJustuju;
const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.url, method, path, body);

const BOOKS = [{ id: 1, title: 'لاہور کی راتیں', place: { city: 'لاہور', floor: 2 } }];

beforeAll(async () => {
  justuju = await startJustuju();
  const added = await call('POST', '/indexes/books/documents', BOOKS);
  expect((await finished(justuju.url, added.body.taskUid)).status).toBe('succeeded');
  const set = await call('PUT', '/indexes/books/settings/displayed-attributes', ['title', 'place.city']);
  expect((await finished(justuju.url, set.body.taskUid)).status).toBe('succeeded');
});
afterAll(() => justuju?.stop());

const SHOWN = { title: 'لاہور کی راتیں', place: { city: 'لاہور' } };

it.each<[what: string, body: object]>([
  ['no words', {}],
  ['Urdu words', { q: 'راتیں' }],
  ['Urdu words, of a page', { q: 'راتیں', page: 1 }],
  ['Latin words', { q: '2', matchingStrategy: 'last' }],
  ['a field of the object', { q: 'راتیں', attributesToRetrieve: ['title', 'place.city'] }],
])('shows the field of an object in hits of %s', async (_what, body) => {
  const { body: found } = await call('POST', '/indexes/books/search', body);
  expect(found.hits).toEqual([SHOWN]);
});

it('marks it where all is to be marked', async () => {
  for (const q of ['', 'لاہور']) {
    const { body: found } = await call('POST', '/indexes/books/search', { q, attributesToHighlight: ['*'] });
    expect(found.hits[0]._formatted.place).toEqual({ city: q === '' ? 'لاہور' : '<em>لاہور</em>' });
  }
});
