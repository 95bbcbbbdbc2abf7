import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { Insight } from '../../../server/insight/insight.js';
import { dayOf } from '../../../server/insight/ledger.js';
import { itOnSmallDisk, onSmallDisk } from '../../support/small-disk.js';

const TODAY = dayOf(Date.now());
const WISH = { index: 'books', from: TODAY, to: TODAY, list: 'all', offset: 0, limit: 10 } as const;
const CLICK = { kind: 'click', index: 'books', queryUid: undefined, position: undefined, document: undefined } as const;
const READER = { isCounted: true, wantsUid: true };

describe('what is counted', () => {
  let folder: string;
  const logged: string[] = [];
  const open = (days = 30, at = folder): Insight =>
    new Insight({
      folder: at,
      days,
      mostBytes: 1_000_000,
      log: pino({ level: 'error' }, { write: (line: string) => void logged.push(line) }),
    });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'justuju-insight-'));
    logged.length = 0;
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('survives a stop, what a reader may still be typing and clicks included', async () => {
    const first = open();
    const queryUid = first.searched('books', 'غالب', { totalHits: 1 }, READER);
    expect(first.followed({ kind: 'click', index: 'books', queryUid, position: 2, document: '1' })).toBe('taken');
    await first.close();
    const second = open();
    expect(await second.report(WISH)).toMatchObject({
      totals: { searches: 1, clicks: 1 },
      results: [{ query: 'غالب', searches: 1, clickedSearches: 1, averagePosition: 2 }],
    });
    await second.close();
    expect(logged).toEqual([]);
  });

  it('takes an id of yesterday, of another kind, or of a search without words for none', async () => {
    const insight = open();
    insight.searched('books', 'غالب', {}, READER);
    for (const queryUid of ['0199a41a-8186-40b3-b6e1-90e8cb582f35', '0199a41a-8186-70b3-b6e1-90e8cb582f35', 'x'])
      insight.followed({ kind: 'click', index: 'books', queryUid, position: undefined, document: undefined });
    await insight.close();
    const again = open();
    expect(await again.report(WISH)).toMatchObject({ totals: { searches: 1, clicks: 3, clickedSearches: 0 }, results: [{ clicks: 0 }] });
    await again.close();
  });

  it('is bounded: events are refused where they come faster than they can be written', async () => {
    const insight = open();
    const taken = Array.from({ length: 6_000 }, () => insight.followed(CLICK)).filter((one) => one === 'taken').length;
    expect(taken).toBe(5_000);
    await insight.close();
  });

  it('is nothing where it is switched off, or its file cannot be opened: the log says so, and all else works', async () => {
    const off = open(0);
    expect([off.isOn, off.searched('books', 'غالب', {}, READER), await off.report(WISH)]).toEqual([false, undefined, undefined]);
    await off.close();
    expect(logged).toEqual([]);
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const broken = open(30, file);
    expect([await broken.report(WISH), broken.followed(CLICK), typeof broken.fault]).toEqual([undefined, 'unwritable', 'string']);
    expect(logged).toHaveLength(1);
    await broken.close();
  });

  it.each(['the folder', 'the file'])(
    'that is deleted while it runs is begun anew, and nothing that comes later is lost: %s',
    async (what) => {
      const insight = open();
      insight.followed(CLICK);
      expect(await insight.report(WISH)).toMatchObject({ totals: { clicks: 1 } });
      if (what === 'the folder') rmSync(folder, { recursive: true });
      else for (const name of readdirSync(folder)) rmSync(join(folder, name));
      expect(insight.followed(CLICK)).toBe('taken');
      expect(insight.followed(CLICK)).toBe('taken');
      expect(await insight.report(WISH)).toMatchObject({ totals: { clicks: 2 } });
      expect(logged.join()).toContain('deleted');
      await insight.close();
      const again = open();
      expect(await again.report(WISH)).toMatchObject({ totals: { clicks: 2 } });
      await again.close();
    },
  );

  it('that cannot be made anew refuses events until it can', async () => {
    const at = join(folder, 'insight');
    const insight = open(30, at);
    insight.followed(CLICK);
    rmSync(at, { recursive: true });
    writeFileSync(at, 'not a folder');
    await insight.report(WISH);
    expect([insight.followed(CLICK), typeof insight.fault]).toEqual(['unwritable', 'string']);
    rmSync(at);
    expect(await insight.report(WISH)).toMatchObject({ totals: { clicks: 1 } });
    expect([insight.followed(CLICK), insight.fault]).toEqual(['taken', undefined]);
    await insight.close();
  });

  it('in a file that is cut off is said to be damaged, and is not opened: lmdb would end the process', async () => {
    const first = open();
    first.followed(CLICK);
    await first.close();
    truncateSync(join(folder, 'data.mdb'), 9_000);
    const insight = open();
    expect([insight.followed(CLICK), insight.fault]).toEqual(['unwritable', expect.stringContaining('is cut off')]);
    await insight.close();
  });

  itOnSmallDisk('on a full disk ends nothing: events are refused, and with room again all is written', async () => {
    const disk = join(folder, 'disk');
    await onSmallDisk(disk, '8m', async () => {
      const insight = open(30, join(disk, 'insight'));
      insight.followed(CLICK);
      await insight.report(WISH);
      // Fills what is left.
      try {
        writeFileSync(join(disk, 'other'), Buffer.alloc(10_000_000));
      } catch {
        // Full, as is wished.
      }
      insight.followed(CLICK);
      await insight.report(WISH);
      expect([insight.followed(CLICK), typeof insight.fault]).toEqual(['unwritable', 'string']);
      rmSync(join(disk, 'other'));
      expect(await insight.report(WISH)).toMatchObject({ totals: { clicks: 2 } });
      expect([insight.followed(CLICK), insight.fault]).toEqual(['taken', undefined]);
      await insight.close();
    });
  });
});
