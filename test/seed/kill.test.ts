import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Draw } from '../support/draw.js';
import { startTestEngine, type TestEngine } from '../support/engine.js';
import { endAll, requireBuild, start } from '../support/processes.js';

/**
 * The command is killed with SIGKILL at random moments, against the real Meilisearch. After a plain re-run the index is what it would have been, settings included; no search
 * failed meanwhile or saw half an index; nothing is left over. `KILLS=50 npm run jest -- test/seed/kill` does it more often.
 */
const KILLS = Number(process.env['KILLS'] ?? '5');
const PATIENCE_MS = 60_000 + KILLS * 30_000;
const SEED = resolve('dist/seed/main.js');
const ARTICLES = 400;

let engine: TestEngine;
let folder: string;
beforeAll(async () => {
  requireBuild();
  engine = await startTestEngine();
  folder = mkdtempSync(join(tmpdir(), 'justuju-kill-'));
}, PATIENCE_MS);
afterAll(async () => {
  await endAll();
  await engine?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const env = (): NodeJS.ProcessEnv => ({
  DATA_DIR: join(folder, 'data'),
  MEILI_URL: engine.url,
  ...(engine.adminKey !== undefined && { MEILI_API_KEY: engine.adminKey }),
});

async function ask(path: string, method = 'GET', body?: unknown): Promise<{ status: number; body: Record<string, unknown> }> {
  const answer = await fetch(engine.url + path, {
    method,
    headers: { authorization: `Bearer ${engine.adminKey ?? ''}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

/** Ends with the process: its status, or null where it was killed. */
async function seed(args: readonly string[], killAfterMs?: number): Promise<number | null> {
  const child = start(process.execPath, [SEED, join(folder, 'news.json'), '--index', 'news', ...args], env());
  const ended = new Promise<number | null>((done) => child.once('close', (code) => done(code)));
  if (killAfterMs !== undefined) void sleep(killAfterMs).then(() => child.kill('SIGKILL'));
  return ended;
}

const write = (round: number): void =>
  writeFileSync(
    join(folder, 'news.json'),
    JSON.stringify(
      Array.from({ length: ARTICLES }, (_, i) => ({
        id: i,
        title: `خبر نمبر ${i}`,
        body: `شہر کے نئے باغ میں دور ${round} کے ${i} درخت لگا دیے گئے ہیں۔`,
      })),
    ),
  );

async function contents(): Promise<{ documents: unknown; settings: Record<string, unknown> }> {
  const { results } = (await ask(`/indexes/news/documents?limit=${ARTICLES * 2}`)).body as {
    results: { id: string; body: string; title: string }[];
  };
  const documents = results.map(({ id, title, body }) => ({ id, title, body })).sort((a, b) => (a.id < b.id ? -1 : 1));
  return { documents, settings: (await ask('/indexes/news/settings')).body };
}

it(
  'survives being killed at any moment of a first build, an update, a rebuild',
  async () => {
    const draw = new Draw(7);
    write(0);
    expect(await seed([])).toBe(0);
    await ask('/indexes/news/settings', 'PATCH', { pagination: { maxTotalHits: 77 } });
    const settings = async (): Promise<unknown> => (await ask('/indexes/news/settings')).body['pagination'];
    let searching = true;
    const troubles: unknown[] = [];
    const searcher = (async () => {
      while (searching) {
        const { status, body } = await ask('/indexes/news/search', 'POST', { q: '', limit: 1 });
        if (status !== 200 || Number(body['estimatedTotalHits']) < 77) troubles.push({ status, body });
        await sleep(10);
      }
    })();
    for (let round = 1; round <= KILLS; round += 1) {
      write(round);
      const args = round % 2 === 0 ? ['--rebuild'] : [];
      await seed(args, draw.whole(200, 1_700));
      expect(await seed(args)).toBe(0);
      const survived = await contents();
      expect(await settings()).toEqual({ maxTotalHits: 77 });
      expect(survived.documents).toHaveLength(ARTICLES);
      expect(JSON.stringify(survived.documents)).not.toContain(`دور ${round - 1} کے`);
      const { results } = (await ask('/indexes')).body as { results: { uid: string }[] };
      // The index before a rebuild is kept, one of them.
      const [own, former] = results.map(({ uid }) => uid).sort();
      expect([results.length <= 2, own, former ?? 'news_former_']).toEqual([true, 'news', expect.stringMatching(/^news_former_/)]);
    }
    searching = false;
    await searcher;
    expect(troubles).toEqual([]);
  },
  PATIENCE_MS,
);
