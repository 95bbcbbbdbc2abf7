import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { ANALYZER_VERSION } from '@justuju/urdu';
import { type Article, readArticles } from '../../seed/articles.js';
import { type Loaded, type LoadOptions, load } from '../../seed/load.js';
import type { Config } from '../../server/config.js';
import { indexedText } from '../../server/documents/document-encoder.js';
import { backedUpIndex, readBackup, writeBackup } from '../../server/indexing/backup.js';
import { rollBack } from '../../server/indexing/beside.js';
import { clientSettings, clientSettingsOf } from '../../server/indexing/client-settings.js';
import { differences } from '../../server/indexing/differences.js';
import { holdIndex } from '../../server/indexing/index-lock.js';
import { planFor } from '../../server/indexing/plan.js';
import { adminAuthorization } from '../../server/meilisearch/client.js';
import { EngineHttp } from '../../server/meilisearch/http.js';
import type { Settings } from '../../server/settings/terms.js';
import { ownFields, rootOfVersion, stampUnder } from '../../server/shadow/shadow.js';
import { startTestEngine, type TestEngine, testConfig } from '../support/engine.js';

/** Articles into a real Meilisearch, by way of MEILI_URL. */
/** Seconds on an idle machine. */
const PATIENCE_MS = 120_000;

let engine: TestEngine;
let folder: string;
let config: Config;

beforeAll(async () => {
  engine = await startTestEngine();
  config = { ...testConfig(engine.dataDir), meiliUrl: engine.url, ...(engine.adminKey !== undefined && { meiliApiKey: engine.adminKey }) };
}, PATIENCE_MS);
afterAll(() => engine?.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'justuju-seed-'));
});
afterEach(async () => {
  rmSync(folder, { recursive: true, force: true });
  for (const uid of await uids()) await done(await ask('DELETE', `/indexes/${uid}`));
});

const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> =>
  (await (
    await fetch(engine.url + path, {
      method,
      headers: { authorization: `Bearer ${engine.adminKey ?? ''}`, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
  ).json()) as Record<string, unknown>;
const get = (path: string): Promise<Record<string, unknown>> => ask('GET', path);

async function planOf(settings: Settings): Promise<{ readonly signature: string }> {
  const http = new EngineHttp(engine.url);
  try {
    return await planFor({ http, authorization: adminAuthorization(engine) }, 'urd', settings, 'id');
  } finally {
    await http.close();
  }
}

/** Waits for a task. */
async function done({ taskUid }: Record<string, unknown>): Promise<void> {
  for (;;) {
    const { status } = await get(`/tasks/${String(taskUid)}`);
    if (status !== 'enqueued' && status !== 'processing') return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const run = (articles: AsyncGenerator<Article, void, undefined>, options: Partial<LoadOptions> = {}): Promise<Loaded | null> =>
  load(articles, 'articles', config, { signal: new AbortController().signal, onProgress: () => {}, ...options });

const put = (name: string, n: number | string): void =>
  writeFileSync(join(folder, name), `باغ نمبر ${n} کا افتتاح\n\nشہر کے نئے باغ میں ${n} ہزار درخت لگا دیے گئے ہیں۔\n`);
const putMany = (count: number): void => {
  for (let i = 0; i < count; i += 1) put(`${i}.txt`, i);
};

const titles = async (): Promise<string[]> => {
  const { results } = (await get('/indexes/articles/documents?limit=100')) as { results: Article[] };
  return results.map(({ title }) => title).sort();
};

/** Also half-built ones, which are named after it. */
const uids = async (): Promise<string[]> => {
  const { results } = (await get('/indexes')) as { results: { uid: string }[] };
  return results.map(({ uid }) => uid).filter((uid) => uid.startsWith('articles'));
};

async function* broken(): AsyncGenerator<Article, void, undefined> {
  for await (const article of readArticles([folder])) {
    yield article;
    throw new Error('the disk is gone');
  }
}

it('puts articles into a new index with their settings', async () => {
  putMany(5);
  expect(await run(readArticles([folder]))).toMatchObject({ documents: 5, sent: 5, unchanged: 0 });
  expect(await titles()).toHaveLength(5);
  expect(await get('/indexes/articles/settings/filterable-attributes')).toEqual(
    expect.arrayContaining(['source', 'topic', 'date', 'timestamp', 'place', 'author', 'tags']),
  );
  expect(await get('/indexes/articles/settings/sortable-attributes')).toEqual(expect.arrayContaining(['timestamp', 'title']));
  expect(await uids()).toEqual(['articles']);
});

describe('a second run', () => {
  it('sends what is new or changed, and nothing else', async () => {
    putMany(5);
    await run(readArticles([folder]));
    expect(await run(readArticles([folder]))).toMatchObject({ sent: 0, unchanged: 5, removed: 0, documents: 5 });
    put('3.txt', 'نو');
    put('9.txt', 9);
    expect(await run(readArticles([folder]))).toMatchObject({ sent: 2, unchanged: 4, documents: 6 });
    expect(await titles()).toContain('باغ نمبر نو کا افتتاح');
  });

  it('keeps what others wrote, into its articles too', async () => {
    putMany(2);
    await run(readArticles([folder]));
    const { results } = (await get('/indexes/articles/documents?limit=1')) as { results: Article[] };
    const [{ id }] = results as [Article];
    await done(await ask('PUT', '/indexes/articles/documents', [{ id, views: 7, _urdu1_stamp: 'theirs' }]));
    await done(await ask('POST', '/indexes/articles/documents', [{ id: 'theirs', title: 'ان کی خبر' }]));
    expect(await run(readArticles([folder]), { prune: true })).toMatchObject({ sent: 0, unchanged: 2, removed: 0, documents: 3 });
    putMany(2);
    for (const name of ['0.txt', '1.txt']) put(name, `بدلا ${name}`);
    expect(await run(readArticles([folder]))).toMatchObject({ sent: 2, documents: 3 });
    expect(await get(`/indexes/articles/documents/${id}`)).toMatchObject({ views: 7, title: expect.stringContaining('بدلا') as string });
  });

  it('removes what has vanished only when it is asked to, and not much of it without --force', async () => {
    putMany(10);
    await run(readArticles([folder]));
    rmSync(join(folder, '9.txt'));
    expect(await run(readArticles([folder]))).toMatchObject({ removed: 0, documents: 10 });
    expect(await run(readArticles([folder]), { prune: true })).toMatchObject({ removed: 1, documents: 9 });
    for (const name of ['1.txt', '2.txt', '3.txt', '4.txt']) rmSync(join(folder, name));
    await expect(run(readArticles([folder]), { prune: true })).rejects.toThrow(
      '"articles" holds 9 articles and would hold 5: 4 are missing. If that is right, say --force; if not, see whether all folders were given.',
    );
    expect(await titles()).toHaveLength(9);
    expect(await run(readArticles([folder]), { prune: true, force: true })).toMatchObject({ removed: 4, documents: 5 });
  });
});

describe('articles that an older version knew by other ids', () => {
  const renamed = (id: (article: Article) => string) =>
    async function* (): AsyncGenerator<Article, void, undefined> {
      for await (const article of readArticles([folder])) yield { ...article, id: id(article) };
    };
  const formerIdOf = ({ file }: Article): string => `old-${file.replace('.', '-')}`;

  it('move, with the fields that others gave them, and are known from then on', async () => {
    putMany(3);
    await run(renamed(formerIdOf)());
    await done(await ask('PUT', '/indexes/articles/documents', [{ id: 'old-1-txt', views: 7 }]));
    expect(await run(readArticles([folder]), { formerIdOf })).toMatchObject({ documents: 3, sent: 3, removed: 0 });
    const { results } = (await get('/indexes/articles/documents?limit=10')) as { results: (Article & { views?: number })[] };
    expect(results.filter(({ id }) => id.startsWith('old-'))).toEqual([]);
    expect(results.map(({ file, views }) => [file, views]).sort()).toEqual([
      ['0.txt', undefined],
      ['1.txt', 7],
      ['2.txt', undefined],
    ]);
    expect(await run(readArticles([folder]), { formerIdOf })).toMatchObject({ documents: 3, sent: 0, unchanged: 3 });
  });

  it('stay where another article has the old id', async () => {
    putMany(1);
    await run(renamed(formerIdOf)());
    put('0.txt', 'ایک اور');
    expect(await run(readArticles([folder]), { formerIdOf })).toMatchObject({ documents: 2, sent: 1 });
    expect(await titles()).toEqual(['باغ نمبر 0 کا افتتاح', 'باغ نمبر ایک اور کا افتتاح']);
  });
});

it('a new index is filled while articles are read; what a better one stands in for is gone before anybody sees it', async () => {
  putMany(3);
  const leftOut: string[] = [];
  const came: string[] = [];
  async function* collected(all: AsyncIterable<Article>, isEarly: boolean): AsyncGenerator<Article, void, undefined> {
    for await (const article of all) {
      came.push(String(isEarly));
      yield article;
      if (article.title.includes('نمبر 1 ')) leftOut.push(article.id);
    }
  }
  expect(await run(readArticles([folder]), { collected, leftOut })).toMatchObject({ documents: 2, sent: 2 });
  expect(await titles()).toEqual(['باغ نمبر 0 کا افتتاح', 'باغ نمبر 2 کا افتتاح']);
  leftOut.length = 0;
  await run(readArticles([folder]), { collected, leftOut });
  expect(came).toEqual(['true', 'true', 'true', 'false', 'false', 'false']);
});

describe('settings', () => {
  it('survive a run and a rebuild exactly', async () => {
    putMany(3);
    await run(readArticles([folder]));
    const own = {
      synonyms: { باغ: ['گلشن'] },
      stopWords: ['کا'],
      filterableAttributes: ['author', 'date'],
      sortableAttributes: ['date'],
      pagination: { maxTotalHits: 77 },
      faceting: { maxValuesPerFacet: 5, sortFacetValuesBy: { '*': 'count' } },
      displayedAttributes: ['title'],
      typoTolerance: { enabled: true },
    };
    await done(await ask('PATCH', '/indexes/articles/settings', own));
    const seen = (): Promise<Record<string, unknown>> => clientSettingsOf(engine, 'articles');
    const before = await seen();
    put('4.txt', 4);
    await run(readArticles([folder]));
    expect(await seen()).toEqual(before);
    await run(readArticles([folder]), { rebuild: true });
    expect(await seen()).toEqual(before);
    expect(before).toMatchObject({
      pagination: own.pagination,
      displayedAttributes: own.displayedAttributes,
      sortableAttributes: own.sortableAttributes,
    });
  });
});

describe('a rebuild', () => {
  it('is not swapped in when it is much smaller, or when many sources failed', async () => {
    putMany(10);
    await run(readArticles([folder]));
    for (const i of [5, 6, 7]) rmSync(join(folder, `${i}.txt`));
    await expect(run(readArticles([folder]), { rebuild: true })).rejects.toThrow('3 are missing');
    put('5.txt', 5);
    put('6.txt', 6);
    await expect(run(readArticles([folder]), { rebuild: true, sources: () => ({ read: 9, failed: 4 }) })).rejects.toThrow(
      '4 of 13 sources could not be read',
    );
    expect(await titles()).toHaveLength(10);
    expect(await run(readArticles([folder]), { rebuild: true, force: true })).toMatchObject({ documents: 9, removed: 1 });
    expect(await uids()).toEqual(['articles', expect.stringMatching(/^articles_former_\d{8}T\d{6}$/)]);
  });

  /** As `readArticles`, and then somebody else does something to the old index. */
  async function* then(...visits: (() => Promise<unknown>)[]): AsyncGenerator<Article, void, undefined> {
    yield* readArticles([folder]);
    for (const visit of visits) await visit();
  }

  it('takes over what others wrote, changed and removed meanwhile, and nothing of before', async () => {
    putMany(3);
    await run(readArticles([folder]));
    await done(await ask('POST', '/indexes/articles/documents', [{ id: 'before', title: 'پہلے کی خبر' }]));
    const [first, second] = ((await get('/indexes/articles/documents?limit=10')) as { results: Article[] }).results.filter(
      ({ file }) => file,
    );
    const rebuilt = run(
      then(
        async () => done(await ask('POST', '/indexes/articles/documents', [{ id: 'theirs', title: 'ان کی خبر' }])),
        async () => done(await ask('POST', '/indexes/articles/documents', [{ ...ownFields(first ?? {}), title: 'بدلی ہوئی سرخی' }])),
        () => ask('DELETE', `/indexes/articles/documents/${second?.id ?? ''}`),
      ),
      { rebuild: true, force: true },
    );
    expect(await rebuilt).toMatchObject({ documents: 3 });
    const found = await titles();
    expect(found).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining(['ان کی خبر', 'بدلی ہوئی سرخی']));
    expect(found).not.toContain(second?.title);
    const { hits } = (await ask('POST', '/indexes/articles/search', { q: indexedText('ان کی خبر') })) as { hits: Article[] };
    expect(hits.map(({ id }) => id)).toContain('theirs');
  });

  it('loses nothing that is written all the time, before the swap and behind it', async () => {
    putMany(30);
    await run(readArticles([folder]));
    const stampField = stampUnder(rootOfVersion(ANALYZER_VERSION));
    const written: string[] = [];
    let counter = 0;
    let last: Record<string, unknown> = {};
    let isDone = false;
    // As Justuju writes, with a stamp; one document is new, another one is the same again and again.
    const write = async (): Promise<void> => {
      while (!isDone) {
        counter += 1;
        const stamped = (id: string): object => ({ id, title: `ان کی خبر ${counter}`, counter, [stampField]: `${id}-${counter}` });
        last = await ask('POST', '/indexes/articles/documents', [stamped(`w${counter}`), stamped('again')]);
        written.push(`w${counter}`);
      }
    };
    let writer = Promise.resolve();
    const begin = (): Promise<void> => {
      writer = write();
      return Promise.resolve();
    };
    const rebuilt = await run(then(begin), { rebuild: true, force: true }).finally(() => {
      isDone = true;
    });
    await writer;
    await done(last);
    expect(written.length).toBeGreaterThan(10);
    expect(rebuilt?.former).toBeDefined();
    const { results } = (await get('/indexes/articles/documents?limit=10000&fields=id')) as { results: { id: string }[] };
    const found = new Set(results.map(({ id }) => id));
    expect(written.filter((id) => !found.has(id))).toEqual([]);
    expect(results).toHaveLength(30 + written.length + 1);
    expect(await get('/indexes/articles/documents/again')).toMatchObject({ counter });
  });

  it('takes over settings that were changed meanwhile, and those that were reset', async () => {
    putMany(3);
    await run(readArticles([folder]));
    await done(await ask('PATCH', '/indexes/articles/settings', { stopWords: ['اور'], pagination: { maxTotalHits: 33 } }));
    await run(
      then(async () => done(await ask('PATCH', '/indexes/articles/settings', { stopWords: null, pagination: { maxTotalHits: 44 } }))),
      { rebuild: true },
    );
    expect(await get('/indexes/articles/settings')).toMatchObject({ stopWords: [], pagination: { maxTotalHits: 44 } });
  });

  it('goes on with what a killed one has built, and leaves nothing of it that does not belong there', async () => {
    putMany(4);
    await run(readArticles([folder]));
    // As a killed run leaves it: the new index under its own name, without the swap.
    const killed = run(readArticles([folder]), { rebuild: true, signal: new AbortController().signal });
    await killed;
    const [, former = ''] = await uids();
    await done(await ask('PATCH', `/indexes/${former}`, { uid: 'articles_old' }));
    const { signature } = await planOf(clientSettings(await get('/indexes/articles/settings')));
    await done(await ask('PATCH', '/indexes/articles', { uid: `articles_new_${signature}` }));
    await done(await ask('POST', `/indexes/articles_new_${signature}/documents`, [{ id: 'stale', title: 'پرانی' }]));
    await done(await ask('PATCH', '/indexes/articles_old', { uid: 'articles' }));
    put('4.txt', 4);
    const steps: string[] = [];
    expect(await run(readArticles([folder]), { rebuild: true, onProgress: (step) => steps.push(step) })).toMatchObject({
      documents: 5,
      sent: 1,
      resumed: 4,
    });
    expect(steps).toContain('going on with what a killed run has built: 5 articles');
    expect(await titles()).toHaveLength(5);
  });

  it('can be undone, settings included, and the undoing too', async () => {
    putMany(3);
    await run(readArticles([folder]));
    await expect(rollBack(engine, 'articles')).rejects.toThrow('No index is kept from before a rebuild of `articles`');
    put('3.txt', 3);
    await run(readArticles([folder]), { rebuild: true });
    await done(await ask('PATCH', '/indexes/articles/settings', { pagination: { maxTotalHits: 55 } }));
    await rollBack(engine, 'articles');
    expect(await titles()).toHaveLength(3);
    expect(await get('/indexes/articles/settings/pagination')).toEqual({ maxTotalHits: 1000 });
    await rollBack(engine, 'articles');
    expect(await titles()).toHaveLength(4);
    expect(await get('/indexes/articles/settings/pagination')).toEqual({ maxTotalHits: 55 });
  });

  it('keeps one index of before, for some days', async () => {
    putMany(3);
    await run(readArticles([folder]));
    await run(readArticles([folder]), { rebuild: true });
    const [, former = ''] = await uids();
    await done(await ask('PATCH', `/indexes/${former}`, { uid: 'articles_former_20250101T000000' }));
    await run(readArticles([folder]));
    expect(await uids()).toEqual(['articles']);
    await run(readArticles([folder]), { rebuild: true });
    // A run that was killed behind its swap has not named it.
    const [, again = ''] = await uids();
    await done(await ask('PATCH', `/indexes/${again}`, { uid: 'articles_new_01234567' }));
    await run(readArticles([folder]));
    expect(await uids()).toEqual(['articles', expect.stringMatching(/^articles_former_/)]);
  });
});

it('leaves a new index out when there is no article, when reading breaks off, and when it is stopped', async () => {
  expect(await run(readArticles([folder]))).toBeNull();
  putMany(3);
  await expect(run(broken())).rejects.toThrow('the disk is gone');
  const stopping = new AbortController();
  const stopped = run(readArticles([folder], { onFile: () => stopping.abort(new Error('Ctrl-C')) }), { signal: stopping.signal });
  await expect(stopped).rejects.toThrow('Ctrl-C');
  expect(await uids()).toEqual([]);
});

it('removes what a killed run left behind, and says so', async () => {
  await done(await ask('POST', '/indexes', { uid: 'articles_new_0a1b2c3d', primaryKey: 'id' }));
  await done(await ask('POST', '/indexes', { uid: 'articles_new_house', primaryKey: 'id' }));
  putMany(1);
  const steps: string[] = [];
  await run(readArticles([folder]), { onProgress: (step) => steps.push(step) });
  expect(steps).toContain('removing what a run that was killed left behind: articles_new_0a1b2c3d');
  expect(await uids()).toEqual(['articles', 'articles_new_house']);
  await done(await ask('DELETE', '/indexes/articles_new_house'));
});

it('does not begin while another one is at work, and says who', async () => {
  putMany(1);
  const release = await holdIndex(config.dataDir, engine.url, 'articles', 'seed');
  await expect(run(readArticles([folder]))).rejects.toThrow(new RegExp(`^A seed is at work on \`articles\` \\(process ${process.pid} on `));
  await release();
  expect(await run(readArticles([folder]))).toMatchObject({ sent: 1 });
});

describe('a backup', () => {
  it('brings documents and settings back, also under another name', async () => {
    putMany(3);
    await run(readArticles([folder]));
    await done(await ask('PATCH', '/indexes/articles/settings', { pagination: { maxTotalHits: 77 } }));
    const file = join(folder, 'articles.backup.gz');
    expect(await writeBackup(engine, 'articles', file)).toBe(3);
    const before = await titles();
    await done(await ask('DELETE', '/indexes/articles/documents'));
    expect(await readBackup(engine, await backedUpIndex(file), file)).toBe(3);
    expect(await titles()).toEqual(before);
    expect(await get('/indexes/articles/settings/pagination')).toEqual({ maxTotalHits: 77 });
    // What is in it is known again: nothing is sent.
    rmSync(file);
    expect(await run(readArticles([folder]))).toMatchObject({ sent: 0, unchanged: 3 });
  });

  it('that is cut off, or is none, leaves the index as it is', async () => {
    putMany(3);
    await run(readArticles([folder]));
    const file = join(folder, 'articles.backup.gz');
    await writeBackup(engine, 'articles', file);
    const bytes = readFileSync(file);
    writeFileSync(file, bytes.subarray(0, bytes.length - 200));
    await expect(readBackup(engine, 'articles', file)).rejects.toThrow('cannot be read as a backup: unexpected end of file');
    writeFileSync(file, gzipSync('{"a":1}\n'));
    await expect(readBackup(engine, 'articles', file)).rejects.toThrow('is no backup of Justuju. Make one: justuju backup FILE');
    await expect(readBackup(engine, 'articles', join(folder, 'none'))).rejects.toThrow('cannot be read as a backup: ENOENT');
    expect(await titles()).toHaveLength(3);
    expect(await uids()).toEqual(['articles']);
  });
});

describe('verify', () => {
  it('tells what is missing, changed, and in the index only', async () => {
    putMany(4);
    await run(readArticles([folder]));
    const found = () => differences(engine, 'articles', readArticles([folder]), { listed: 10, nameField: 'title' });
    expect(await found()).toMatchObject({ same: 4, missing: { count: 0 }, changed: { count: 0 }, extra: { count: 0 } });
    const before = await titles();
    put('1.txt', 'بدلا');
    put('9.txt', 9);
    rmSync(join(folder, '2.txt'));
    const { same, missing, changed, extra } = await found();
    expect([same, missing.count, changed.count, extra.count]).toEqual([2, 1, 1, 1]);
    // An editor knows an article by its title, and an id is a hash.
    for (const { names } of [changed, extra]) expect(before).toContain(names[0]);
    expect(before).not.toContain(missing.names[0]);
    expect(missing.names[0]).not.toBe('');
  });
});

it("leaves an index alone that is somebody else's, or was never analyzed", async () => {
  putMany(1);
  await done(await ask('POST', '/indexes', { uid: 'articles', primaryKey: 'isbn' }));
  await done(await ask('POST', '/indexes/articles/documents', [{ isbn: 1 }]));
  await expect(run(readArticles([folder]))).rejects.toThrow('The index "articles" has the primary key `isbn`, and articles have `id`');
  await done(await ask('DELETE', '/indexes/articles'));
  await done(await ask('POST', '/indexes/articles/documents?primaryKey=id', [{ id: 1 }]));
  await expect(run(readArticles([folder]))).rejects.toThrow(
    'The documents of "articles" were never analyzed. Run npm run reindex -- articles first',
  );
});

it('names an article that Meilisearch cannot read by its title and file, in a new index and in one that is there', async () => {
  putMany(3);
  async function* withBad(): AsyncGenerator<Article, void, undefined> {
    for await (const article of readArticles([folder])) yield article.file === '2.txt' ? { ...article, title: 'باغ \uD800' } : article;
  }
  for (const unchanged of [0, 2]) {
    const loaded = await run(withBad());
    expect(loaded).toMatchObject({ documents: 2, unchanged });
    expect(loaded?.refused).toMatchObject([{ title: 'باغ \uD800', file: '2.txt' }]);
    expect(loaded?.refused[0]?.reason).toMatch(/^internal: unexpected end of hex escape/);
  }
});

it('sends a batch that is refused again in halves, and names the document that stands alone', async () => {
  putMany(6);
  async function* withBad(): AsyncGenerator<Article, void, undefined> {
    for await (const article of readArticles([folder])) yield article.file === '3.txt' ? { ...article, id: 'not an id!' } : article;
  }
  const loaded = await run(withBad());
  expect(loaded).toMatchObject({ documents: 5 });
  expect(loaded?.refused).toMatchObject([
    { id: 'not an id!', file: '3.txt', title: expect.any(String) as string, reason: expect.stringContaining('not an id!') as string },
  ]);
});
