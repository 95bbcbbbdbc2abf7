import { fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type Counts, countSearch, noCounts } from '../../../server/insight/counts.js';
import { type Change, DAY_MS, Ledger } from '../../../server/insight/ledger.js';
import { writeQueryUid } from '../../../server/insight/query-uid.js';
import { report } from '../../../server/insight/report.js';
import { hashOf } from '../../../server/settings/need.js';

const DAY = 20_000;
const hash = hashOf('غالب');
let folder: string;
let ledger: Ledger;

const searches = (count: number, text = 'غالب'): Counts => {
  const counts = noCounts();
  for (let i = 0; i < count; i += 1) countSearch(counts, { index: 'books', at: 0, hash, text, isEmpty: false });
  return counts;
};
const change = (more: Partial<Change>): Change => ({ key: [DAY, 'books', hash], counts: noCounts(), followed: [], ...more });
const told = async (from = DAY, to = DAY) => await report(ledger, { index: 'books', from, to, list: 'all', offset: 0, limit: 1_000 });

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'justuju-ledger-'));
  ledger = new Ledger(folder);
});
afterEach(async () => {
  await ledger.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('the ledger', () => {
  it('adds up, also over days and after it was opened anew', async () => {
    await ledger.write([change({ counts: searches(2) }), change({ key: [DAY + 1, 'books', hash], counts: searches(3, 'ghalib') })], 0);
    await ledger.write([change({ counts: searches(2) })], 0);
    await ledger.close();
    ledger = new Ledger(folder);
    const { results, totals } = await told(DAY, DAY + 1);
    expect(totals.searches).toBe(7);
    expect(results).toMatchObject([
      {
        query: 'غالب',
        searches: 7,
        spellings: [
          { text: 'غالب', searches: 4 },
          { text: 'ghalib', searches: 3 },
        ],
      },
    ]);
  });

  it('keeps the row of each need and of all in step where several processes write at once', async () => {
    const children = [1, 2, 3].map(
      () =>
        new Promise<void>((done, failed) => {
          const child = fork(resolve('test/server/insight/ledger-process.mjs'), [folder, String(DAY), hash, '40']);
          child.once('exit', (code) => (code === 0 ? done() : failed(new Error(`a writer ended with ${code}`))));
        }),
    );
    await Promise.all(children);
    const { results, totals } = await told();
    expect([totals.searches, results[0]?.searches]).toEqual([120, 120]);
  }, 60_000);

  it('counts a click that comes before its search, and one whose search never comes for all together', async () => {
    const queryUid = writeQueryUid({ at: DAY * DAY_MS, hash });
    const click = { kind: 'click', queryUid, position: 0, document: '1', until: 10 } as const;
    const left = await ledger.write([change({ followed: [click] })], 5);
    expect(left).toMatchObject([{ key: [DAY, 'books', hash], followed: [click] }]);
    await ledger.write([change({ counts: searches(1) }), ...left], 6);
    expect((await told()).results[0]).toMatchObject({ clicks: 1, clickedSearches: 1, documents: [{ id: '1', clicks: 1 }] });
    const stray = { ...click, queryUid: writeQueryUid({ at: DAY * DAY_MS, hash: hashOf('اقبال') }) };
    expect(await ledger.write([change({ key: [DAY, 'books', hashOf('اقبال')], followed: [stray] })], 11)).toEqual([]);
    expect((await told()).totals).toMatchObject({ clicks: 2, clickedSearches: 1 });
    expect((await told()).results).toHaveLength(1);
  });

  it('counts no more than 20 clicks of one search', async () => {
    const queryUid = writeQueryUid({ at: DAY * DAY_MS, hash });
    const followed = Array.from({ length: 100 }, () => ({ kind: 'click', queryUid, position: 0, document: '1', until: 10 }) as const);
    await ledger.write([change({ counts: searches(1), followed })], 0);
    expect((await told()).results[0]).toMatchObject({ clicks: 20, clickedSearches: 1 });
  });

  it('keeps 20,000 needs of a day, and counts all others together', async () => {
    const many = Array.from({ length: 20_100 }, (_, i) => change({ key: [DAY, 'books', hashOf(String(i))], counts: searches(1, `q${i}`) }));
    await ledger.write(many, 0);
    const { total, totals } = await told();
    expect([total, totals.searches]).toEqual([20_000, 20_100]);
  }, 60_000);

  it('removes old days, more of them where there is too little room, and never today', async () => {
    for (const day of [DAY - 40, DAY - 20, DAY - 10, DAY])
      await ledger.write([change({ key: [day, 'books', hash], counts: searches(1) })], 0);
    await ledger.trim(DAY - 30, DAY, 1_000_000);
    expect((await told(DAY - 50)).totals.searches).toBe(3);
    await ledger.trim(DAY - 30, DAY, 0);
    expect((await told(DAY - 50)).totals.searches).toBe(1);
  });
});
