/** Records of large sources are read in a thread: what comes is the same, in the same order, whatever becomes of it. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Article, readArticles } from '../../seed/articles.js';
import { NO_FIELDS } from '../../seed/fields.js';
import type { FailedIn, FoundIn } from '../../seed/found-in.js';
import { readAhead } from '../../seed/read-ahead.js';
import { readRecord } from '../../seed/read-record.js';
import { RecordThread } from '../../seed/record-thread.js';
import { countOf, newReport, type SeedReport } from '../../seed/report.js';
import { Unreadable } from '../../seed/unreadable.js';

const MANY = 1_200;
const DAYS = ['لاہور میں بارش ہوئی اور گلیاں ڈوب گئیں۔', 'کراچی میں بجلی کا تعطل رہا، لوگ پریشان ہوئے۔', 'پشاور کے بازار آج بند رہے۔'];
const recordOf = (i: number): object => ({
  id: i,
  title: `خبر نمبر ${i}`,
  body: `${DAYS[i % 3]}\nیہ ${i} واں دن ہے، اور موسم بدلتا رہا۔\n${i % 7 === 0 ? 'شیئر کریں\n' : ''}${i % 100 === 9 ? '35 دسمبر 2018ء' : '3 دسمبر 2018ء'}`,
});

async function all(parts: AsyncIterable<Article>): Promise<Article[]> {
  const articles: Article[] = [];
  for await (const article of parts) articles.push(article);
  return articles;
}

describe('a file with many records', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'justuju-read-ahead-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  async function read(path: string, isHere: boolean): Promise<{ articles: Article[]; report: SeedReport }> {
    const report = newReport();
    const articles = await all(readArticles([path], { report, ...(isHere && { onPage: () => undefined }) }));
    return { articles, report };
  }

  it('gives the same articles and the same report as without a thread', async () => {
    const path = join(folder, 'all.ndjson');
    await writeFile(path, Array.from({ length: MANY }, (_, i) => JSON.stringify(recordOf(i))).join('\n'));
    const [there, here] = [await read(path, false), await read(path, true)];
    expect(there.articles).toHaveLength(MANY);
    expect(there).toEqual(here);
    expect(here.report.noise.share).toBeGreaterThan(0);
    expect(countOf(here.report, 'impossibleDates')).toBe(MANY / 100);
  });

  it('that is cut off gives what stands before', async () => {
    const path = join(folder, 'cut.json');
    const text = JSON.stringify(Array.from({ length: MANY }, (_, i) => recordOf(i)));
    await writeFile(path, text.slice(0, -100));
    const [there, here] = [await read(path, false), await read(path, true)];
    expect(there.articles).toHaveLength(MANY - 1);
    expect(there).toEqual(here);
    expect(there.report.skipped).toHaveLength(1);
  });
});

describe('reading ahead', () => {
  const found = (i: number, body = `متن ${i}`): FoundIn => ({
    name: 'f',
    format: 'ndjson',
    found: { kind: 'record', fields: { ...NO_FIELDS, title: `خبر ${i}`, body } },
  });
  async function* given(parts: readonly (FoundIn | FailedIn)[], error?: Error): AsyncGenerator<FoundIn | FailedIn> {
    for (const part of parts) yield await Promise.resolve(part);
    if (error !== undefined) throw error;
  }
  const threads: RecordThread[] = [];
  const threadOf = (file?: URL): RecordThread => {
    const thread = new RecordThread(file);
    threads.push(thread);
    return thread;
  };
  afterEach(async () => {
    for (const thread of threads.splice(0)) await thread.close();
  });

  it('keeps the order, of what is no record too', async () => {
    const parts = Array.from({ length: 400 }, (_, i) =>
      i % 9 === 4 ? { name: `x${i}`, error: new Unreadable('is empty', 'Fetch it again.') } : found(i),
    );
    const seen: unknown[] = [];
    for await (const { part, record } of readAhead(given(parts), threadOf())) {
      seen.push(part);
      if ('found' in part && part.found.kind === 'record') {
        const { page: _page, ...expected } = readRecord(part.found.fields);
        expect(record).toEqual(expected);
      } else expect(record).toBeUndefined();
    }
    expect(seen).toEqual(parts);
  });

  it('leaves to this thread what the other one could not read', async () => {
    const thread = threadOf(new URL('data:text/javascript,process.exit(1)'));
    const records: unknown[] = [];
    for await (const { record } of readAhead(given(Array.from({ length: 300 }, (_, i) => found(i))), thread)) records.push(record);
    expect(records).toEqual(Array.from({ length: 300 }));
  });

  it('gives what stands before an error first', async () => {
    const seen: unknown[] = [];
    const reading = (async () => {
      const parts = Array.from({ length: 5 }, (_, i) => found(i));
      for await (const { part } of readAhead(given(parts, new Error('cut off')), threadOf())) seen.push(part);
    })();
    await expect(reading).rejects.toThrow('cut off');
    expect(seen).toHaveLength(5);
  });

  it('does not take in more than it may hold', async () => {
    let taken = 0;
    async function* large(): AsyncGenerator<FoundIn> {
      for (; taken < 100; taken += 1) yield await Promise.resolve(found(taken, 'لفظ '.repeat(100_000)));
    }
    for await (const _ of readAhead(large(), threadOf())) break;
    expect(taken).toBeLessThan(10);
  });
});
