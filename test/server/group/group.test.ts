/** Three real Meilisearch servers behind one Justuju, beside a Justuju with one: the same answers; and what is told while a server is gone. */
import { rm } from 'node:fs/promises';
import { placeOf } from '../../../server/group/place.js';
import { type Answer, call, finished } from '../../support/call.js';
import { MASTER_KEY, startGroupJustuju, type TestGroup, TestServer } from '../../support/group.js';
import { eventually } from '../../support/processes.js';
import { storeIsOpen } from '../../support/store-is-open.js';
import { tenantToken } from '../../support/credentials.js';

const AUTH = { authorization: `Bearer ${MASTER_KEY}` };
const QUERIES = ['پانی', 'پاکستان', 'کتابیں', 'cricket', 'kitab', 'لاہور کی تاریخ', 'سیاصت', '"پاکستان کی"', 'پانی -دریا', 'غالب', 'موسم کی خبر'];

const servers: TestServer[] = [];
let one: TestGroup;
let group: TestGroup;

beforeAll(async () => {
  servers.push(...(await Promise.all([0, 1, 2, 3].map(() => TestServer.start()))));
  one = await startGroupJustuju(servers.slice(3), { samples: true });
  group = await startGroupJustuju(servers.slice(0, 3), { samples: true });
  await Promise.all([storeIsOpen(one.url, MASTER_KEY), storeIsOpen(group.url, MASTER_KEY)]);
});

afterAll(async () => {
  for (const justuju of [one, group]) await justuju?.stop();
  for (const server of servers) await server.remove();
  for (const justuju of [one, group]) if (justuju !== undefined) await rm(justuju.dataDir, { recursive: true, force: true });
});

const ask = (url: string, path: string, body?: unknown, method = 'POST', headers = AUTH): Promise<Answer> => call(url, method, path, body, headers);
const search = (url: string, body: object, headers = AUTH): Promise<Answer> => ask(url, '/indexes/articles/search', body, 'POST', headers);
const write = async (path: string, body: unknown, method = 'POST'): Promise<Answer['body']> => {
  const answer = await ask(group.url, path, body, method);
  expect(answer).toMatchObject({ status: 202 });
  return finished(group.url, answer.body.taskUid, AUTH);
};
const holding = async (uid: string, id: string): Promise<number[]> => {
  const answers = await Promise.all(servers.slice(0, 3).map((server) => ask(server.url, `/indexes/${uid}/documents/${id}`, undefined, 'GET')));
  return answers.flatMap(({ status }, place) => (status === 200 ? [place] : []));
};
const ids = ({ body }: Answer): unknown[] => body.hits.map(({ id }: { id: unknown }) => id);
const comparable = ({ body }: Answer): object => {
  const { processingTimeMs: _time, requestUid: _uid, ...rest } = body;
  return rest;
};

describe('the same as with one server', () => {
  it('spreads the samples over all of them', async () => {
    const stats = await Promise.all(servers.slice(0, 3).map((server) => ask(server.url, '/indexes/articles/stats', undefined, 'GET')));
    const counts = stats.map(({ body }) => body.numberOfDocuments as number);
    const { body } = await ask(one.url, '/indexes/articles/stats', undefined, 'GET');
    expect(counts.reduce((a, b) => a + b)).toBe(body.numberOfDocuments);
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it.each(QUERIES)('finds, orders and counts %s', async (q) => {
    const asked = { q, limit: 30, attributesToRetrieve: ['id', 'title'], attributesToHighlight: ['title'], facets: ['source', 'topic'].slice(0, 0) };
    expect(comparable(await search(group.url, asked))).toEqual(comparable(await search(one.url, asked)));
  });

  it.each(QUERIES)('counts facets and pages of %s', async (q) => {
    const { body } = await ask(one.url, '/indexes/articles/settings', undefined, 'GET');
    const facets = body.filterableAttributes.filter((name: unknown) => typeof name === 'string');
    for (const page of [1, 2, 3]) {
      const asked = { q, page, hitsPerPage: 5, facets, attributesToRetrieve: ['id'] };
      expect(comparable(await search(group.url, asked))).toEqual(comparable(await search(one.url, asked)));
    }
  });
});
