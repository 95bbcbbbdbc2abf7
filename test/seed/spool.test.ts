import { Spool } from '../../seed/spool.js';

// More than begin on one page of the file of beginnings, and one larger than a piece that is read at a time.
const COUNT = 20_000;
const LARGE = 12_345;
const textOf = (number: number): string => (number === LARGE ? 'ج'.repeat(700_000) : `حرف ${number} `.repeat(1 + (number % 7)));

test('what was put aside is read back, by its number and in its order', () => {
  const spool = new Spool<string>();
  try {
    for (let number = 0; number < COUNT; number += 1) expect(spool.push(textOf(number))).toBe(number);
    // Some lie on the disk, the last one in memory.
    for (const number of [0, 8_190, 8_191, 8_192, LARGE, 16_383, 16_384, COUNT - 1]) expect(spool.read(number)).toBe(textOf(number));
    let number = 0;
    for (const value of spool.values(() => true)) {
      if (value !== textOf(number)) throw new Error(`number ${number} is ${value.slice(0, 50)}`);
      number += 1;
    }
    expect(number).toBe(COUNT);
    expect([...spool.values((nth) => nth % 5_000 === 4_999)]).toEqual([4_999, 9_999, 14_999, 19_999].map(textOf));
  } finally {
    spool.close();
  }
});

test('of nothing nothing is read', () => {
  const spool = new Spool<string>();
  expect([...spool.values(() => true)]).toEqual([]);
  spool.close();
});
