import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Article, readArticles } from '../../seed/articles.js';
import { load } from '../../seed/load.js';
import type { Config } from '../../server/config.js';
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
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const get = async (path: string): Promise<unknown> =>
  (await fetch(engine.url + path, { headers: { authorization: `Bearer ${engine.adminKey ?? ''}` } })).json();

const run = (articles: AsyncGenerator<Article, void, undefined>, signal = new AbortController().signal): Promise<unknown> =>
  load(articles, 'articles', config, { signal, onProgress: () => {} });

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
  for await (const article of readArticles(['test/seed/golden'])) {
    yield article;
    throw new Error('the disk is gone');
  }
}

it(
  'puts the articles into the index with their settings, and in a second run replaces them',
  async () => {
    const expected: string[] = [];
    for await (const { title } of readArticles(['test/seed/golden'])) expected.push(title);
    expect(await run(readArticles(['test/seed/golden']))).toMatchObject({ documents: expected.length });
    expect(await titles()).toEqual(expected.sort());
    expect(await get('/indexes/articles/settings/filterable-attributes')).toEqual(
      expect.arrayContaining(['source', 'topic', 'date', 'timestamp', 'place']),
    );
    expect(await get('/indexes/articles/settings/sortable-attributes')).toEqual(expect.arrayContaining(['timestamp', 'title']));

    writeFileSync(join(folder, 'a.txt'), 'نئے باغ کا افتتاح\n\nشہر کے نئے باغ میں ایک ہزار درخت لگا دیے گئے ہیں۔\n');
    await run(readArticles([folder]));
    expect(await titles()).toEqual(['نئے باغ کا افتتاح']);
    expect(await uids()).toEqual(['articles']);
  },
  PATIENCE_MS,
);

it(
  'leaves the index as it is when there is no article, when reading breaks off, and when it is stopped',
  async () => {
    const before = await titles();
    expect(before).not.toEqual([]);
    expect(await run(readArticles([folder]))).toBeNull();
    await expect(run(broken())).rejects.toThrow('the disk is gone');
    const stopping = new AbortController();
    const stopped = run(readArticles(['test/seed/golden'], { onFile: () => stopping.abort(new Error('Ctrl-C')) }), stopping.signal);
    await expect(stopped).rejects.toThrow('Ctrl-C');
    expect(await titles()).toEqual(before);
    expect(await uids()).toEqual(['articles']);
  },
  PATIENCE_MS,
);
