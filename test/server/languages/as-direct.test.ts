/**
 * Collections of other languages: the same documents in Meilisearch alone and through Justuju, the same queries, the same hits in the same order.
 * Both are one real engine; `alone` is written past Justuju.
 */
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { COLLECTIONS } from './collections.js';

let justuju: TestJustuju;
const asAdmin = (): Record<string, string> => (justuju.adminKey === undefined ? {} : { authorization: `Bearer ${justuju.adminKey}` });

beforeAll(async () => {
  justuju = await startJustuju();
});
afterAll(() => justuju.stop());

/** Two indexes with the same documents and settings. */
async function twice(uid: string, documents: readonly object[], settings: object = {}): Promise<void> {
  for (const [base, name] of [
    [justuju.engineUrl, `${uid}_alone`],
    [justuju.url, uid],
  ] as const) {
    if (Object.keys(settings).length > 0) await done(base, 'PATCH', `/indexes/${name}/settings`, settings);
    await done(base, 'POST', `/indexes/${name}/documents`, documents);
  }
}

async function done(base: string, method: string, path: string, body: unknown): Promise<void> {
  const { body: task } = await call(base, method, path, body, asAdmin());
  expect(await finished(base, task.taskUid, asAdmin())).toMatchObject({ status: 'succeeded' });
}

interface Found {
  readonly alone: unknown;
  readonly through: unknown;
}

async function search(uid: string, body: object): Promise<Found> {
  const marked = { attributesToHighlight: ['*'], showRankingScore: true, ...body };
  const [alone, through] = await Promise.all([
    call(justuju.engineUrl, 'POST', `/indexes/${uid}_alone/search`, marked, asAdmin()),
    call(justuju.url, 'POST', `/indexes/${uid}/search`, marked, asAdmin()),
  ]);
  const shown = ({ status, body: answer }: typeof alone): unknown => ({ status, hits: answer.hits, total: answer.estimatedTotalHits });
  return { alone: shown(alone), through: shown(through) };
}

describe.each(COLLECTIONS)('a collection in $language', ({ language, documents, queries }) => {
  beforeAll(() => twice(language, documents));

  it.each(queries)('finds for %s what Meilisearch finds alone', async (q) => {
    const { alone, through } = await search(language, { q });
    expect(through).toEqual(alone);
  });
});
