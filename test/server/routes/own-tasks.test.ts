import { type Answer, finished, call as request } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

/** What Justuju does in Meilisearch on its own account: hidden where the index is its own, marked where it is the client's. */
let justuju: TestJustuju;
const OWN = '_justuju_vocabulary';
const call = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.url, method, path, body);
const admin = (): Record<string, string> => ({ authorization: `Bearer ${justuju.adminKey ?? ''}` });
const direct = (method: string, path: string, body?: unknown): Promise<Answer> => request(justuju.engineUrl, method, path, body, admin());
const uidsOf = ({ body }: Answer): number[] => body.results.map(({ uid }: { uid: number }) => uid);

beforeAll(async () => {
  justuju = await startJustuju();
  for (let id = 1; id <= 4; id += 1) {
    const { body } = await call('POST', '/indexes/books/documents?primaryKey=id', [{ id, title: 'کتاب' }]);
    await finished(justuju.url, body.taskUid);
    // Between the client's: whatever Justuju keeps, there are tasks of an index of that name.
    for (const words of ['x', 'y'])
      await finished(
        justuju.engineUrl,
        (await direct('POST', `/indexes/${OWN}/documents?primaryKey=id`, [{ id: 'books', words }])).body.taskUid,
        admin(),
      );
  }
});
afterAll(() => justuju?.stop());

describe.each(['tasks', 'batches'])('GET /%s', (kind) => {
  let own: number[] = [];
  let mine: number[] = [];
  beforeAll(async () => {
    const all = (await direct('GET', `/${kind}?limit=1000`)).body.results as {
      uid: number;
      indexUid?: string;
      stats?: { indexUids: object };
    }[];
    const isOwn = (work: (typeof all)[number]): boolean => JSON.stringify([work.indexUid, work.stats?.indexUids]).includes('_justuju');
    own = all.filter(isOwn).map(({ uid }) => uid);
    mine = all.filter((work) => !isOwn(work)).map(({ uid }) => uid);
    expect(own.length).toBeGreaterThan(3);
    expect(mine.length).toBeGreaterThan(3);
  });

  it.each(['', 'reverse=true&'])('pages of every size hold each once, and end (%s)', async (order) => {
    const expected = order === '' ? mine : [...mine].reverse();
    for (const limit of [1, 2, 3, mine.length - 1, mine.length, 100]) {
      const seen: number[] = [];
      let from: number | null | undefined;
      do {
        const page: Answer = await call('GET', `/${kind}?${order}limit=${limit}${from === undefined ? '' : `&from=${from}`}`);
        expect(page.body).toMatchObject({ limit, total: mine.length, from: uidsOf(page)[0] });
        seen.push(...uidsOf(page));
        from = page.body.next as number | null;
      } while (from !== null);
      expect({ limit, seen }).toEqual({ limit, seen: expected });
    }
  });

  it('without a limit, of none, and by the name of an own index', async () => {
    expect((await call('GET', `/${kind}`)).body).toMatchObject({ limit: 20, total: mine.length, next: null });
    expect((await call('GET', `/${kind}?limit=0`)).body).toEqual({ results: [], limit: 0, total: mine.length, from: null, next: mine[0] });
    expect((await call('GET', `/${kind}?indexUids=${OWN}`)).body).toMatchObject({ results: [], total: 0, from: null, next: null });
    expect((await call('GET', `/${kind}?indexUids=books,${OWN}`)).body.total).toBe(mine.length);
    expect((await call('GET', `/${kind}?limit=x`)).body.code).toBe('invalid_task_limit');
  });

  it('an own one is not there', async () => {
    const theirs = await direct('GET', `/${kind}/99999`);
    const ours = await call('GET', `/${kind}/${own[0]}`);
    expect(ours.status).toBe(404);
    expect(JSON.stringify(ours.body)).toBe(JSON.stringify(theirs.body).replaceAll('99999', String(own[0])));
  });
});

it('the task that prepares an index is marked, and no other', async () => {
  const { results } = (await call('GET', '/tasks?limit=1000&reverse=true')).body as {
    results: { type: string; customMetadata?: string; details: unknown }[];
  };
  expect(results.slice(0, 2).map(({ type, customMetadata }) => [type, customMetadata])).toEqual([
    ['settingsUpdate', 'justuju'],
    ['documentAdditionOrUpdate', undefined],
  ]);
  expect(results[0]?.details).toEqual({});
});

describe('POST /tasks/cancel', () => {
  /** Many documents, so that Meilisearch is still busy when what comes after is canceled. */
  const busy = async (): Promise<void> => {
    const many = Array.from({ length: 30_000 }, (_one, id) => ({ id, title: `a book of number ${id} and of words ${id * 7} ${id * 11}` }));
    expect((await call('POST', '/indexes/busy/documents?primaryKey=id', many)).status).toBe(202);
  };

  it('takes the documents back and leaves the index prepared', async () => {
    await busy();
    const { body } = await call('POST', '/indexes/fresh/documents?primaryKey=id', [{ id: 1, title: 'کتاب' }]);
    const canceled = await call('POST', '/tasks/cancel?indexUids=fresh,busy');
    expect(canceled.status).toBe(200);
    expect((await finished(justuju.url, canceled.body.taskUid)).status).toBe('succeeded');
    expect((await finished(justuju.url, body.taskUid)).status).toBe('canceled');
    const ours = (await direct('GET', '/tasks?indexUids=fresh&types=settingsUpdate')).body.results[0];
    expect((await finished(justuju.engineUrl, ours.uid, admin())).status).toBe('succeeded');
  });

  it('of nothing but a preparation cancels nothing', async () => {
    await busy();
    await call('POST', '/indexes/fresher/documents?primaryKey=id', [{ id: 1, title: 'کتاب' }]);
    const canceled = await call('POST', '/tasks/cancel?indexUids=fresher&types=settingsUpdate');
    const task = await finished(justuju.url, canceled.body.taskUid);
    expect(task).toMatchObject({ status: 'succeeded', details: { canceledTasks: 0 } });
    await call('POST', '/tasks/cancel?statuses=enqueued,processing&types=documentAdditionOrUpdate');
  });

  it.each(['', '?foo=1', '?statuses=x', '?uids=99999', '?statuses=succeeded'])('%s is answered as by Meilisearch', async (query) => {
    const [ours, theirs] = [await call('POST', `/tasks/cancel${query}`), await direct('POST', `/tasks/cancel${query}`)];
    expect([ours.status, ours.body.code]).toEqual([theirs.status, theirs.body.code]);
  });
});
