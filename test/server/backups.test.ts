import { chmod, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findExecutable } from '../../server/engine/find-executable.js';
import { type Answer, finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { eventually } from '../support/processes.js';

/** Dumps and snapshots are Meilisearch's own, taken through Justuju; what Justuju keeps of an index stands in the index, and comes back with it. */
const ARABIC_KAF = '\u0643';
const ARABIC_YEH = '\u064A';

const SETTINGS = {
  searchableAttributes: ['title'],
  filterableAttributes: ['genre'],
  stopWords: [`${ARABIC_KAF}ے`],
  dictionary: [`وز${ARABIC_YEH}ر اعظم`],
  synonyms: { [`${ARABIC_KAF}ار`]: ['گاڑی'], car: ['auto'] },
};
const DOCUMENTS = [
  { id: 1, title: `${ARABIC_KAF}تاب گھر`, genre: `شاعر${ARABIC_YEH}` },
  { id: 2, title: 'گاڑی کے پہیے', genre: 'سفر' },
];

let folder: string;
let source: TestJustuju;
let settings: unknown;

const dataOf = async ({ url }: TestJustuju, method: string, path: string, body?: unknown): Promise<Answer['body']> => {
  const answer = await request(url, method, path, body);
  expect({ path, status: answer.status }).toEqual({ path, status: 200 });
  return answer.body;
};

async function done(method: string, path: string, body?: unknown): Promise<Answer['body']> {
  const answer = await request(source.url, method, path, body);
  expect({ path, status: answer.status }).toEqual({ path, status: 202 });
  const task = await finished(source.url, answer.body.taskUid);
  expect({ path, status: task.status, error: task.error }).toEqual({ path, status: 'succeeded', error: null });
  return task;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'justuju-backup-'));
  source = await startJustuju();
  await done('PATCH', '/indexes/books/settings', SETTINGS);
  await done('POST', '/indexes/books/documents?primaryKey=id', DOCUMENTS);
  settings = await dataOf(source, 'GET', '/indexes/books/settings');
  expect(settings).toMatchObject(SETTINGS);
});
afterAll(async () => {
  await source?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** A Meilisearch that starts from a backup: its options are Justuju's to give, so this one is put in front of them. */
async function startingFrom(option: string, file: string): Promise<string> {
  const { path } = await findExecutable({ meiliBin: undefined, searchPath: process.env['PATH'], dataDir: source.dataDir });
  const script = join(folder, `meilisearch${option}`);
  await writeFile(script, `#!/bin/sh\nexec '${path}' ${option} '${file}' "$@"\n`);
  await chmod(script, 0o755);
  return script;
}

it.each([
  ['dump', '/dumps', 'dumps', '--import-dump'],
  ['snapshot', '/snapshots', 'snapshots', '--import-snapshot'],
])('a %s brings everything back: documents, settings as they were set, the words of the collection', async (_what, route, kept, option) => {
  await done('POST', route);
  const [file, ...others] = await readdir(join(source.dataDir, 'meili', kept));
  expect(others).toEqual([]);
  const restored = await startJustuju({ meiliBin: await startingFrom(option, join(source.dataDir, 'meili', kept, file ?? '')) });
  try {
    expect(await dataOf(restored, 'GET', '/indexes/books/settings')).toEqual(settings);
    for (const { id, ...document } of DOCUMENTS)
      expect(await dataOf(restored, 'GET', `/indexes/books/documents/${id}`)).toEqual({ id, ...document });
    expect((await dataOf(restored, 'GET', '/indexes')).results.map(({ uid }: { uid: string }) => uid)).toEqual(['books']);
    expect((await dataOf(restored, 'GET', '/ready')).reindex).toEqual([]);
    const search = async (body: object): Promise<unknown[]> =>
      (await dataOf(restored, 'POST', '/indexes/books/search', body)).hits.map(({ id }: { id: number }) => id);
    expect(await search({ q: 'کتاب' })).toEqual([1]);
    expect(await search({ q: `${ARABIC_KAF}ار` })).toEqual([2]);
    expect(await search({ q: '', filter: 'genre = شاعری' })).toEqual([1]);
    await eventually('a query in Roman letters is understood', async () => (await search({ q: 'kitab' })).length === 1 || undefined);
    // Settings that are set from now on go on from what was set then.
    const { body } = await request(restored.url, 'PUT', '/indexes/books/settings/dictionary', ['J. R. R.']);
    await finished(restored.url, body.taskUid);
    expect((await dataOf(restored, 'GET', '/indexes/books/settings')).stopWords).toEqual(SETTINGS.stopWords);
  } finally {
    await restored.stop();
  }
});
