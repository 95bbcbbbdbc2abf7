/** How documents are shared out and answers are put together, without servers. */
import { mergeTasks, type PartTask } from '../../../server/group/merge-tasks.js';
import { compareHits, compareValues, inTurn, merged, takenInTurn } from '../../../server/group/order.js';
import { placeOf } from '../../../server/group/place.js';
import { shareOut } from '../../../server/group/shares.js';

const keys = Array.from({ length: 3_000 }, (_, i) => `key-${i}`);

describe('the place of a document', () => {
  it('never changes: these were told by the first version', () => {
    expect(
      keys
        .slice(0, 12)
        .map((key) => placeOf(key, 3))
        .join(''),
    ).toBe(PLACES);
  });

  it('gives each server about the same', () => {
    const counts = [0, 0, 0, 0];
    for (const key of keys) counts[placeOf(key, 4)] = (counts[placeOf(key, 4)] as number) + 1;
    for (const count of counts) expect(Math.abs(count - 750)).toBeLessThan(120);
  });

  it('moves documents to a server that is added, and between no others', () => {
    const moved = keys.filter((key) => placeOf(key, 3) !== placeOf(key, 4));
    expect(moved.every((key) => placeOf(key, 4) === 3)).toBe(true);
    expect(moved.length / keys.length).toBeCloseTo(1 / 4, 1);
  });
});
/** By hashlib of Python. */
const PLACES = '002200002010';

describe('shares', () => {
  const lines = (documents: readonly object[]): Buffer => Buffer.from(documents.map((one) => `${JSON.stringify(one)}\n`).join(''));
  const all = ({ parts }: ReturnType<typeof shareOut>): string[] =>
    [...parts.values()].flatMap((part) => part.toString().trim().split('\n')).sort();

  it('holds each document once, byte for byte', () => {
    const written = ['{"id": 12345678901234567890, "n": 1.0}', '{"id":"b","n":1e3}', '{"id":"c"}'];
    const shares = shareOut(Buffer.from(`${written.join('\n')}\n\n`), 'application/x-ndjson', 'id', 3);
    expect(all(shares)).toEqual([...written].sort());
    const [place] = [...shares.parts].find(([, part]) => part.includes('12345678901234567890')) as [number, Buffer];
    expect(place).toBe(placeOf('12345678901234567890', 3));
  });

  it('finds the primary key as Meilisearch does', () => {
    expect(shareOut(lines([{ title: 'a', bookId: 7 }]), 'application/x-ndjson', undefined, 3).primaryKey).toBe('bookId');
    expect(shareOut(lines([{ uid: 1, id: 7 }]), 'application/x-ndjson', undefined, 3).primaryKey).toBeUndefined();
    expect(shareOut(lines([{ book: { id: 'x' } }]), 'application/x-ndjson', 'book.id', 3).parts.get(placeOf('x', 3))).toBeDefined();
  });

  it('leaves a document without a sound key to be refused alone', () => {
    const shares = shareOut(lines([{ id: 'a' }, { id: 'not sound' }, { id: 'c' }]), 'application/x-ndjson', 'id', 3);
    expect(all(shares)).toEqual(['{"id":"not sound"}']);
  });

  it('refuses what is no JSON', () => {
    expect(() => shareOut(Buffer.from('{"id":'), 'application/json', 'id', 3)).toThrow('malformed');
    expect(() => shareOut(Buffer.from('id\n1'), 'text/csv', 'id', 3)).toThrow('CSV');
  });
});

describe('lists of several servers', () => {
  it('are read in turn, from any offset', () => {
    const lists = [['a', 'b', 'c', 'd', 'e'], ['1'], ['x', 'y', 'z']];
    const whole = ['a', '1', 'x', 'b', 'y', 'c', 'z', 'd', 'e'];
    for (let offset = 0; offset <= 10; offset += 1) {
      const starts = inTurn(
        lists.map(({ length }) => length),
        offset,
      );
      expect(starts.reduce((a, b) => a + b)).toBe(Math.min(offset, 9));
      const rest = lists.map((list, i) => list.slice(starts[i]));
      expect(takenInTurn(rest, starts, 3)).toEqual(whole.slice(offset, offset + 3));
    }
  });

  it('keep the order of their scores, and what is alike in turn', () => {
    const hit = (id: string, score: number): Record<string, unknown> => ({ id, _rankingScoreDetails: { words: { order: 0, score } } });
    const lists = [
      [hit('a', 1), hit('b', 0.5), hit('c', 0.5)],
      [hit('d', 0.9), hit('e', 0.5), hit('f', 0.1)],
    ];
    expect(merged(lists, compareHits, 5).map(({ id }) => id)).toEqual(['a', 'd', 'b', 'e', 'c']);
  });

  it('are sorted by values as Meilisearch sorts', () => {
    const values = ['b', 3, null, 'A', 10, undefined];
    expect([...values].sort((a, b) => compareValues(a, b, 1))).toEqual([3, 10, 'A', 'b', null, undefined]);
    expect([...values].sort((a, b) => compareValues(a, b, -1))).toEqual([10, 3, 'b', 'A', null, undefined]);
  });
});

describe('a task of several servers', () => {
  const task = (status: PartTask['status'], more: Partial<PartTask> = {}): PartTask => ({
    uid: 1,
    status,
    type: 'documentAdditionOrUpdate',
    ...more,
  });
  const statusOf = (...statuses: PartTask['status'][]): string =>
    mergeTasks(
      9,
      statuses.map((status, place) => [place, task(status)] as const),
      () => null,
    ).status;

  it('is done when all are, and failed when one is', () => {
    expect(statusOf('succeeded', 'succeeded')).toBe('succeeded');
    expect(statusOf('succeeded', 'enqueued')).toBe('processing');
    expect(statusOf('enqueued', 'enqueued')).toBe('enqueued');
    expect(statusOf('failed', 'processing')).toBe('processing');
    expect(statusOf('failed', 'succeeded')).toBe('failed');
  });

  it('adds up what they have done', () => {
    const merged = mergeTasks(
      9,
      [
        [0, task('succeeded', { details: { indexedDocuments: 3 } })],
        [2, task('succeeded', { details: { indexedDocuments: 4 } })],
      ],
      () => null,
    );
    expect(merged).toMatchObject({ uid: 9, details: { indexedDocuments: 7 }, error: null });
  });

  it('has failed where a server has not taken its part', () => {
    expect(
      mergeTasks(
        9,
        [
          [0, task('succeeded')],
          [1, null],
        ],
        () => null,
      ),
    ).toMatchObject({ status: 'failed', error: { code: 'write_taken_in_part' } });
  });

  it('deletes an index that one of them does not have', () => {
    const gone = task('failed', { type: 'indexDeletion', error: { code: 'index_not_found' } });
    expect(
      mergeTasks(
        9,
        [
          [0, task('succeeded', { type: 'indexDeletion' })],
          [1, gone],
        ],
        () => null,
      ).status,
    ).toBe('succeeded');
    expect(
      mergeTasks(
        9,
        [
          [0, gone],
          [1, gone],
        ],
        () => null,
      ).status,
    ).toBe('failed');
  });
});
