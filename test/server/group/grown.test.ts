/** From one Meilisearch to two and to three: an index goes over all of them when it is built anew. */
import { rm } from 'node:fs/promises';
import { placeOf } from '../../../server/group/place.js';
import { analyzeAnew } from '../../../server/indexing/analyze-anew.js';
import { type Answer, call, finished } from '../../support/call.js';
import { MASTER_KEY, startGroupJustuju, type TestGroup, TestServer } from '../../support/group.js';
import { eventually } from '../../support/processes.js';

const AUTH = { authorization: `Bearer ${MASTER_KEY}` };
const notes = Array.from({ length: 60 }, (_, i) => ({ id: i, title: `لاہور میں دن ${i}`, number: i }));
const servers: TestServer[] = [];
let justuju: TestGroup | undefined;

beforeAll(async () => {
  servers.push(...(await Promise.all([0, 1, 2].map(() => TestServer.start()))));
});

afterAll(async () => {
  await justuju?.stop();
  for (const server of servers) await server.remove();
  if (justuju !== undefined) await rm(justuju.dataDir, { recursive: true, force: true });
});

const ask = (url: string, path: string, body?: unknown, method = 'POST'): Promise<Answer> => call(url, method, path, body, AUTH);

async function startWith(count: number): Promise<TestGroup> {
  const dataDir = justuju?.dataDir;
  await justuju?.stop();
  justuju = await startGroupJustuju(servers.slice(0, count), dataDir === undefined ? {} : { dataDir });
  return justuju;
}

async function write({ url }: TestGroup, documents: unknown): Promise<void> {
  const answer = await ask(url, '/indexes/notes/documents', documents);
  expect(answer).toMatchObject({ status: 202 });
  expect(await finished(url, answer.body.taskUid, AUTH)).toMatchObject({ status: 'succeeded' });
}

const counts = async (): Promise<number[]> => {
  const answers = await Promise.all(servers.map((server) => ask(server.url, '/indexes/notes/stats', undefined, 'GET')));
  return answers.map(({ body }) => body.numberOfDocuments ?? 0);
};
const expected = (count: number, documents = 60): number[] => {
  const places = [0, 0, 0];
  for (let i = 0; i < documents; i += 1) {
    const place = placeOf(String(i), count);
    places[place] = (places[place] as number) + 1;
  }
  return places;
};
const total = async ({ url }: TestGroup): Promise<number> =>
  (await ask(url, '/indexes/notes/search', { q: 'لاہور', page: 1, hitsPerPage: 1 })).body.totalHits;

it('goes on with what one server holds, and spreads it when it is built anew', async () => {
  await write(await startWith(1), notes.slice(0, 50));
  expect(await counts()).toEqual([50, 0, 0]);
  for (const count of [2, 3]) {
    const group = await startWith(count);
    const before = count === 2 ? [50, 0, 0] : expected(2);
    expect(await counts()).toEqual(before);
    // Found where it is, and written there, as long as it is not built anew.
    await eventually('all are found', async () => (await total(group)) === (count === 2 ? 50 : 60));
    if (count === 2) await write(group, notes.slice(50));
    expect(await counts()).toEqual(count === 2 ? [60, 0, 0] : before);
    await analyzeAnew({ url: group.engineUrl, adminKey: MASTER_KEY }, 'notes', {});
    expect(await counts()).toEqual(expected(count));
    await eventually('all are found', async () => (await total(group)) === 60);
    await write(group, [{ ...notes[7], title: 'کراچی میں دن 7' }]);
    expect(await counts()).toEqual(expected(count));
    await eventually('the change is found', async () => (await total(group)) === 59);
    await write(group, [notes[7]]);
    await eventually('and the change back', async () => (await total(group)) === 60);
  }
});

it('finds out where an index lies when what it has written down is lost', async () => {
  const { dataDir } = await startWith(3);
  await justuju?.stop();
  await rm(dataDir, { recursive: true, force: true });
  const group = await startGroupJustuju(servers, { dataDir });
  justuju = group;
  await eventually('all are found', async () => (await total(group)) === 60);
  await write(group, [{ ...notes[9], number: 900 }]);
  expect(await counts()).toEqual(expected(3));
});
