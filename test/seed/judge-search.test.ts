import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readJudgements } from '../../seed/judgements.js';
import { finished, call as request } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { eventually } from '../support/processes.js';

const folder = mkdtempSync(join(tmpdir(), 'justuju-judge-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command as it is built. */
const run = (...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> =>
  new Promise((done) => {
    execFile(process.execPath, [resolve('dist/seed/main.js'), ...args], { env: { ...process.env } }, (error, stdout, stderr) =>
      done({ status: error === null ? 0 : Number(error.code), stdout, stderr }),
    );
  });

describe('a file of judgements', () => {
  it('is NDJSON or CSV', async () => {
    const wanted = [
      { query: 'کتاب', documents: ['1', '2'] },
      { query: 'قلم', documents: ['3'] },
    ];
    expect(await readJudgements(file('a.ndjson', '{"query":"کتاب","documents":[1,"2"]}\n\n{"query":"قلم","documents":"3"}\n'))).toEqual(
      wanted,
    );
    expect(await readJudgements(file('a.csv', '\uFEFFquery,documents\nکتاب,1 2\n"قلم",3\n'))).toEqual(wanted);
  });

  it('is read as spreadsheets and programs write it too: UTF-16, tabs, semicolons, a list of JSON', async () => {
    const wanted = [{ query: 'کتاب, قلم', documents: ['1', '2'] }];
    const table = 'query\tdocuments\r\nکتاب, قلم\t1 2\r\n';
    writeFileSync(join(folder, 'le.txt'), Buffer.from(`\uFEFF${table}`, 'utf16le'));
    writeFileSync(join(folder, 'be.txt'), Buffer.from(`\uFEFF${table}`, 'utf16le').swap16());
    for (const name of ['le.txt', 'be.txt']) expect(await readJudgements(join(folder, name))).toEqual(wanted);
    expect(await readJudgements(file('s.csv', table.replaceAll('\t', ';')))).toEqual(wanted);
    expect(await readJudgements(file('l.json', JSON.stringify(wanted)))).toEqual(wanted);
    await expect(readJudgements(file('m.json', '[{"query":"x"}]'))).rejects.toThrow(/m\.json: judgement 1: expected a query/);
  });

  it('is not judged with a key that cannot be sent, which is not shown, nor where its run could not be kept', async () => {
    const needs = file('k.ndjson', '{"query":"کتاب","documents":[1]}');
    process.env['JUSTUJU_KEY'] = 'a-secret\nkey';
    try {
      const { status, stderr } = await run('judge', needs);
      expect([status, stderr]).toEqual([2, expect.stringMatching(/^Justuju: JUSTUJU_KEY holds a blank/)]);
      expect(stderr).not.toMatch(/secret/);
    } finally {
      delete process.env['JUSTUJU_KEY'];
    }
    expect((await run('judge', needs, '--save', folder)).stderr).toMatch(/is a folder\. Give the name of a file/);
    expect((await run('judge', needs, '--save', join(folder, 'none', 'x.json'))).stderr).toMatch(/there is no folder/);
  });

  it.each([
    ['not JSON', '{"query":"کتاب"', /b\.txt:1: no JSON/],
    ['no documents', '{"query":"کتاب","documents":[]}', /b\.txt:1: expected a query/],
    ['a query twice', '{"query":"ک","documents":[1]}\n{"query":"ک","documents":[2]}', /stands there twice \(judgements 1 and 2\)/],
    ['nothing', '', /holds no judgement/],
    ['another table', 'a,b\n1,2\n', /row 1 holds no query/],
  ])('with %s is refused', async (_what, text, message) => {
    await expect(readJudgements(file('b.txt', text))).rejects.toThrow(message);
  });

  it('is not judged by a fall where nothing is compared', async () => {
    const { status, stderr } = await run('judge', file('c.ndjson', '{"query":"کتاب","documents":[1]}'), '--max-drop', '0.1');
    expect([status, stderr.trim()]).toEqual([2, 'error: --max-drop needs --compare RUN, the run before the change']);
  });

  it('that is not there is refused', async () => {
    await expect(readJudgements(join(folder, 'none'))).rejects.toThrow(/none cannot be read/);
  });
});

describe('justuju judge, with fifty needs of the samples', () => {
  let justuju: TestJustuju;
  let needs: string;

  const judge = (...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> => judgeOf(needs, ...args);
  const judgeOf = (judgements: string, ...args: string[]): Promise<{ status: number; stdout: string; stderr: string }> =>
    run('judge', judgements, '--url', justuju.url, ...args);

  beforeAll(async () => {
    justuju = await startJustuju({ samples: true });
    const { body } = await request(justuju.url, 'GET', '/indexes/articles/documents?limit=1000&fields=id,title');
    const idOf = new Map((body.results as { id: string; title: string }[]).map(({ id, title }) => [title, id]));
    const lines = readFileSync('test/server/insight/needs.tsv', 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t') as [string, string]);
    expect(lines.filter(([, title]) => !idOf.has(title))).toEqual([]);
    needs = file('needs.ndjson', lines.map(([query, title]) => JSON.stringify({ query, documents: [idOf.get(title)] })).join('\n'));
    await eventually('Roman letters are understood', async () => {
      const answer = await request(justuju.url, 'POST', '/indexes/articles/search', { q: 'ajrak' });
      return answer.body.urdu?.understood?.words[0]?.readings[0]?.reason === 'transliterated' || undefined;
    });
  });
  afterAll(() => justuju?.stop());

  it('tells what a synonym does', async () => {
    const saved = join(folder, 'before.json');
    const before = await judge('--save', saved);
    expect([before.status, before.stderr]).toEqual([0, '']);
    expect(before.stdout).toMatch(/^"articles", 50 queries: MRR@10 0\.9\d\d, hit@10 0\.\d{3}\n/);
    expect(before.stdout).toContain('  چوگان\n');
    const { body } = await request(justuju.url, 'PUT', '/indexes/articles/settings/synonyms', { چوگان: ['پولو'] });
    await finished(justuju.url, body.taskUid as number);
    const after = await eventually(
      'the synonym acts',
      async () => {
        const run = await judge('--compare', saved);
        return run.stdout.includes('better:') ? run : undefined;
      },
      20_000,
    );
    expect(after.stdout).toMatch(/better:\n(.*\n)*? {2}چوگان: none -> 1\n/);
    expect(after.stdout).toContain('0 worse\n');
    expect(after.stdout).toMatch(/^after: {2}MRR@10 [01]\.\d{3} \(\+0\.0\d\d\)/m);
    expect(after.status).toBe(0);
  });

  it('ends with a status by the threshold, and says what it cannot do', async () => {
    const lost = file('lost.ndjson', JSON.stringify({ query: 'نستعلیق', documents: ['nobody'] }));
    const saved = file('saved.json', JSON.stringify({ justuju: 'verdict', queries: [{ query: 'نستعلیق', rank: 2 }] }));
    expect((await judge('--min-mrr', '0.5')).status).toBe(0);
    expect((await judgeOf(lost, '--min-mrr', '0.5')).status).toBe(1);
    expect(await judgeOf(lost, '--compare', saved, '--max-drop', '0.4')).toMatchObject({
      status: 1,
      stdout: expect.stringMatching(/^before: MRR@10 0\.500, hit@10 1\.000(.*\n)*1 worse:\n {2}نستعلیق: 2 -> none\n$/m),
    });
    expect((await judgeOf(lost, '--compare', saved, '--max-drop', '0.5')).status).toBe(0);
    const nowhere = await judge('--index', 'nowhere');
    expect([nowhere.status, nowhere.stderr]).toEqual([2, expect.stringContaining('answers 404')]);
    expect((await judge('--min-mrr', '2')).status).toBe(2);
    expect(await judge('--compare', lost)).toMatchObject({ status: 2, stderr: expect.stringContaining('was not written by') });
    const parsed = JSON.parse((await judge('--json')).stdout) as { queries: unknown[] };
    expect(parsed.queries).toHaveLength(50);
  });
});
