import { foldDistribution } from '../../../server/facets/distribution.js';

/** As Meilisearch orders values by name: letters are taken apart, then by code points. */
const byName = (values: readonly string[]): Record<string, number> =>
  Object.fromEntries(
    values
      .map((value) => [value, value.normalize('NFKD')] as const)
      .sort(([, one], [, other]) => (one < other ? -1 : 1))
      .map(([value]) => [value, 1]),
  );

it.each([
  [['ابر', 'آم', 'لاہور', 'ٹماٹر', 'پانی', 'چاند'], 'an alef with a madda stands behind an alef and its words, in both orders'],
  [['اردو', 'بٹ', 'پشتو', 'گاجر', 'لاہور', 'وقت', 'ہندی', 'یمن'], 'letters that Arabic lacks'],
  [['آم', 'آنکھ', 'ؤاؤ', 'ئین'], 'letters with a hamza'],
])('%j in the order of the alphabet: %s', (values) => {
  const { city } = foldDistribution({ city: byName(values) }) as { city: Record<string, number> };
  const alphabet = 'ا آ ب پ ت ٹ ج چ د گ ل و ؤ ہ ی ئ'.split(' ');
  const places = Object.keys(city).map((value) => alphabet.indexOf(value[0] as string));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(Object.keys(city)).toHaveLength(values.length);
});

it('by count where Meilisearch gives them so', () => {
  expect(Object.keys((foldDistribution({ city: { لاہور: 3, ابر: 2, آم: 1 } }) as { city: object }).city)).toEqual(['لاہور', 'ابر', 'آم']);
});
