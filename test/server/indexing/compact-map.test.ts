import fc from 'fast-check';
import { CompactMap } from '../../../server/indexing/compact-map.js';

it.each([
  ['in memory', undefined],
  ['in a file from the first page on', 0],
  ['in a file from the fifth page on', 4],
])('tells of each key whether it is there, with which value, and whether it was asked for, as a Map would: %s', (_where, mostInMemory) => {
  const key = fc.integer({ min: 0, max: 30_000 }).map(String);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(key, fc.constantFrom('a', 'b')), { maxLength: 6_000 }),
      fc.array(key, { maxLength: 50 }),
      (entries, asked) => {
        const compact = new CompactMap(mostInMemory);
        const map = new Map<string, string>();
        for (const [name, value] of entries) {
          compact.set(name, value);
          map.set(name, value);
        }
        expect(compact.size).toBe(map.size);
        for (const name of asked) {
          expect(compact.has(name)).toBe(map.has(name));
          expect(compact.take(name, 'a')).toBe(map.has(name) ? map.get(name) === 'a' : undefined);
        }
        for (const name of map.keys()) expect(compact.wasTaken(name)).toBe(asked.includes(name));
      },
    ),
    { numRuns: 60, seed: 1 },
  );
});

it('gives a number back, and of many keys each its own', () => {
  const compact = new CompactMap(2);
  const count = 20_000;
  for (let i = 0; i < count; i += 1) expect(compact.add(`key ${i}`, i)).toBe(true);
  expect(compact.add('key 7', 8)).toBe(false);
  expect(compact.size).toBe(count);
  for (let i = 0; i < count; i += 7) expect(compact.numberOf(`key ${i}`)).toBe(i);
  expect(compact.numberOf('another')).toBeUndefined();
});
