import { ForwardIndex } from '../../../server/forward-index/forward-index.js';

const document = (n: number): Record<string, unknown> => ({ title: `کتاب ${n}`, body: 'یہ ایک لمبا متن ہے جو بہت سے الفاظ رکھتا ہے' });

describe('the forward index', () => {
  it('keeps what it has read under its stamp', () => {
    const forward = new ForwardIndex(1e6);
    const terms = forward.read(document(1), 'a');
    expect(forward.get('a')).toBe(terms);
    expect(forward.has('b')).toBe(false);
    forward.read(document(2), undefined);
    expect(forward.size).toBe(1);
  });

  it('holds the same whether a document was read or written', () => {
    const forward = new ForwardIndex(1e6);
    const read = forward.read({ title: 'کتاب' }, 'a');
    forward.put('b', [{ field: 'title', words: [{ term: 'کتاب', root: 'کتاب', sentence: 0 }] }]);
    expect(forward.get('b')).toEqual(read);
  });

  it('lets the longest unused documents go when there is no room, and takes no more memory than it may', () => {
    const forward = new ForwardIndex(20_000);
    for (let n = 0; n < 200; n += 1) {
      forward.read(document(n), `s${n}`);
      // Used again and again, so it stays.
      if (n >= 10) forward.get('s10');
    }
    expect(forward.size).toBeLessThan(60);
    expect(forward.has('s10')).toBe(true);
    expect(forward.has('s11')).toBe(false);
    expect(forward.has('s199')).toBe(true);
    expect(forward.isFull).toBe(true);
  });

  it('begins anew when its table of terms has grown out of its bounds, and only when asked to make room', () => {
    const forward = new ForwardIndex(30_000);
    const { table } = forward;
    for (let n = 0; n < 400; n += 1)
      forward.read({ title: `لفظ${String.fromCharCode(0x627 + (n % 8)).repeat(1 + Math.floor(n / 8))}` }, `s${n}`);
    expect(forward.table).toBe(table);
    forward.makeRoom();
    expect(forward.table).not.toBe(table);
    expect(forward.size).toBe(0);
  });

  it('reads nested texts, numbers and arrays', () => {
    const forward = new ForwardIndex(1e6);
    forward.read({ a: [{ b: 'کتاب' }], year: 2024, none: null, yes: true }, 'a');
    expect(forward.table.find('کتاب')).toBeDefined();
    expect(forward.table.find('2024')).toBeDefined();
  });
});
