import { STAMP } from '../../../server/shadow/shadow.js';
import { type Compared, differences, differencesOfShape } from './compare.js';

/** The differential test is worth what its comparison sees. */
const answer = (body: unknown, status = 200): Compared => ({ status, type: 'application/json', body });
const places = (found: readonly { at: string }[]): string[] => found.map(({ at }) => at);
const federated = (queriesPosition: number, hit: object): object => ({ ...hit, _federation: { queriesPosition } });

describe('differences', () => {
  it.each<[what: string, direct: unknown, through: unknown, at: string[]]>([
    ['nothing', { hits: [{ id: 1 }] }, { hits: [{ id: 1 }] }, []],
    ['another order of hits', { hits: [{ id: 1 }, { id: 2 }] }, { hits: [{ id: 2 }, { id: 1 }] }, ['body.hits[0].id', 'body.hits[1].id']],
    ['a hit too few', { hits: [{ id: 1 }] }, { hits: [] }, ['body.hits']],
    ['a key too many', { query: '' }, { query: '', urdu: {} }, ['body.urdu']],
    ['a key too few', { query: '', limit: 1 }, { query: '' }, ['body.limit']],
    ['a null for nothing', { query: null }, {}, ['body.query']],
    ['a text for a number', { id: 1 }, { id: '1' }, ['body.id']],
    ['another moment', { processingTimeMs: 1, taskUid: 3 }, { processingTimeMs: 9, taskUid: 4 }, []],
    ['null for a moment', { finishedAt: '2026-01-01T00:00:00Z' }, { finishedAt: null }, ['body.finishedAt']],
    ['another number of a task', { uid: 3 }, { uid: 4 }, []],
    ['another name of an index', { uid: 'books' }, { uid: 'films' }, ['body.uid']],
  ])('sees %s', (_what, direct, through, at) => {
    expect(places(differences(answer(direct), answer(through)))).toEqual(at);
  });

  it('sees another status and another content type', () => {
    expect(places(differences(answer({}), answer({}, 404)))).toEqual(['status']);
    expect(places(differences(answer({}), { ...answer({}), type: 'text/html' }))).toEqual(['content-type']);
  });
});

describe('differences of shape', () => {
  it.each<[what: string, direct: unknown, through: unknown, at: string[]]>([
    ['no other hits of the same shape', { hits: [{ id: 1 }, { id: 2 }] }, { hits: [{ id: 7 }] }, []],
    ['no hits where there are some', { hits: [{ id: 1 }] }, { hits: [] }, []],
    ['a key too many in a hit', { hits: [{ id: 1 }] }, { hits: [{ id: 2, [STAMP]: 'x' }] }, [`body.hits[].${STAMP}`]],
    ['another type', { hits: [{ id: 1 }] }, { hits: [{ id: '1' }] }, ['body.hits[].id']],
    ['null for a list', { hits: [] }, { hits: null }, ['body.hits']],
    ['no other values of a facet', { facetDistribution: { genre: { a: 1 } } }, { facetDistribution: { genre: { b: 2 } } }, []],
    [
      'a facet too few',
      { facetDistribution: { genre: {}, year: {} } },
      { facetDistribution: { genre: {} } },
      ['body.facetDistribution.year'],
    ],
    ['no other matched fields', { hits: [{ _matchesPosition: { title: [] } }] }, { hits: [{ _matchesPosition: {} }] }, []],
    ['no hits of another query', { hits: [federated(0, { _formatted: {} })] }, { hits: [federated(1, {})] }, []],
    [
      'other hits of the same query',
      { hits: [federated(1, { _formatted: {} })] },
      { hits: [federated(1, {})] },
      ['body.hits[1]._formatted'],
    ],
    ['another error', { code: 'a', message: '' }, { code: 'b', message: 'other' }, ['body.code']],
  ])('sees %s', (_what, direct, through, at) => {
    expect(places(differencesOfShape(answer(direct), answer(through)))).toEqual(at);
  });
});
