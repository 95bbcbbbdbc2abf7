import { keyOf as seedKeyOf } from '../../../seed/field-names.js';
import { FIELDS, keyOf, namedAs, namesOf } from '../../../server/fields/field-names.js';

it.each([
  ['as programs compare', keyOf],
  ['as files are read', seedKeyOf],
])('no name stands twice, %s', (_, key) => {
  const keys = FIELDS.flatMap(namesOf).map(key);
  expect(keys).toEqual([...new Set(keys)]);
  expect(keys).not.toContain('');
});

it('finds the fields that are called as a part is, the likeliest first, in any case', () => {
  expect(namedAs(['title'], ['body', 'شہ_سرخی', 'Headline', 'TITLE'])).toEqual(['TITLE', 'Headline', 'شہ_سرخی']);
});
