import { foldDistribution } from '../../../server/facets/distribution.js';
import { sumFacets } from '../../../server/search/sum-facets.js';

const answer = (city: Record<string, number>) => ({ hits: [], facetDistribution: { city } });

it('the facets of two answers are in the order of the alphabet as those of one', () => {
  // As Meilisearch orders them: آ is taken apart.
  const { facetDistribution } = sumFacets(answer({ ابر: 1, آم: 2, لاہور: 3 }), answer({ ابر: 2, آگ: 1, پانی: 1 }), 100);
  const { city } = foldDistribution(facetDistribution) as { city: Record<string, number> };
  expect(Object.entries(city)).toEqual([
    ['ابر', 3],
    ['آگ', 1],
    ['آم', 2],
    ['پانی', 1],
    ['لاہور', 3],
  ]);
});
