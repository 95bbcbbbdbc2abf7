import fc from 'fast-check';
import { countsByYear, stretches } from '../../search-box/src/model/years.js';

describe('stretches of years', () => {
  it('are single years while these can be shown', () => {
    expect(stretches(2019, 2021)).toEqual([
      { from: 2019, to: 2019 },
      { from: 2020, to: 2020 },
      { from: 2021, to: 2021 },
    ]);
    expect(stretches(1947, 2024)[0]).toEqual({ from: 1945, to: 1949 });
  });

  it('are at most so many as can be shown, follow each other, and hold all years', () => {
    const year = fc.integer({ min: 1, max: 9999 });
    fc.assert(
      fc.property(year, year, (a, b) => {
        const [first, last] = a < b ? [a, b] : [b, a];
        const spans = stretches(first, last);
        expect(spans.length).toBeLessThanOrEqual(25);
        expect(spans[0]?.from).toBeLessThanOrEqual(first);
        expect(spans.at(-1)?.to).toBeGreaterThanOrEqual(last);
        expect(spans.every((span, i) => i === 0 || span.from === (spans[i - 1]?.to ?? 0) + 1)).toBe(true);
      }),
      { seed: 1 },
    );
  });
});

it('dates of a year count together, in every unit', () => {
  expect([...countsByYear({ '2024-01-01': 2, '2024-12-31': 1, 'no date': 9 }, 'iso')]).toEqual([[2024, 3]]);
  expect([...countsByYear({ '1704067200': 2 }, 'seconds')]).toEqual([[2024, 2]]);
  expect([...countsByYear({ '1704067199999': 2 }, 'milliseconds')]).toEqual([[2023, 2]]);
});
