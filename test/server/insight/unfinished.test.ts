import fc from 'fast-check';
import type { Asked } from '../../../server/insight/asked.js';
import { Unfinished } from '../../../server/insight/unfinished.js';

const asked = (text: string, index = 'books'): Asked => ({ index, at: 0, hash: '', text, isEmpty: false });

/** What is counted of searches at their times, in milliseconds. */
function countedOf(searches: readonly (readonly [text: string, at: number, index?: string])[]): string[] {
  const counted: string[] = [];
  const unfinished = new Unfinished(({ text }) => counted.push(text));
  for (const [text, at, index] of searches) {
    unfinished.settle(at);
    unfinished.add(asked(text, index), at);
  }
  unfinished.settle(Number.POSITIVE_INFINITY);
  return counted.sort();
}

describe('what readers are still typing', () => {
  it.each<[string, Parameters<typeof countedOf>[0], string[]]>([
    [
      'is one query',
      [
        ['غا', 0],
        ['غال', 200],
        ['غالب', 500],
      ],
      ['غالب'],
    ],
    [
      'is one in capitals and small letters',
      [
        ['Gh', 0],
        ['gha', 100],
      ],
      ['gha'],
    ],
    [
      'is two after a pause',
      [
        ['غالب', 0],
        ['غالب کے', 6_000],
      ],
      ['غالب', 'غالب کے'],
    ],
    [
      'is two in two indexes',
      [
        ['غا', 0],
        ['غال', 1, 'other'],
      ],
      ['غا', 'غال'],
    ],
    [
      'stays where somebody types the same',
      [
        ['غالب', 0],
        ['غالب', 100],
        ['غالب', 200],
      ],
      ['غالب', 'غالب', 'غالب'],
    ],
    [
      'is taken once by each who goes on',
      [
        ['غا', 0],
        ['غا', 1],
        ['غال', 2],
        ['غال', 3],
      ],
      ['غال', 'غال'],
    ],
    [
      'is counted for who stops there',
      [
        ['کتاب', 0],
        ['کتا', 1],
        ['کتاب', 2],
        ['کتابیں', 3],
      ],
      ['کتاب', 'کتابیں'],
    ],
    [
      'is not what another begins with',
      [
        ['غال', 0],
        ['اغال', 1],
      ],
      ['اغال', 'غال'],
    ],
  ])('%s', (_what, searches, counted) => {
    expect(countedOf(searches)).toEqual([...counted].sort());
  });

  it('is right however many type at once: one query for each reader', () => {
    const words = ['کتاب', 'کتابیں', 'کتب', 'غالب', 'غالب کا'];
    const readers = fc.array(
      fc.record({ word: fc.constantFrom(...words), start: fc.nat(3_000), step: fc.integer({ min: 50, max: 400 }) }),
      {
        maxLength: 12,
      },
    );
    fc.assert(
      fc.property(readers, (typists) => {
        const keys = typists.flatMap(({ word, start, step }) =>
          [...word].map((_letter, i): [string, number] => [word.slice(0, i + 1), start + i * step]),
        );
        keys.sort((a, b) => a[1] - b[1]);
        expect(countedOf(keys)).toHaveLength(typists.length);
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('is bounded: the oldest is counted when too many wait', () => {
    let counted = 0;
    const unfinished = new Unfinished(() => {
      counted += 1;
    });
    for (let i = 0; i < 25_000; i += 1) unfinished.add(asked(`q${String(i).padStart(6, '0')}`), 0);
    expect(counted).toBe(15_000);
    unfinished.settle(Number.POSITIVE_INFINITY);
    expect(counted).toBe(25_000);
  });
});
