/** `_formatted` and `_matchesPosition` beside the real Meilisearch's, for every kind of value. English words: there both mark alike. */
import { type FormatOptions, formatNow } from '../../../server/highlight/format.js';
import { createMatcher } from '../../../server/highlight/match.js';
import { formatOptions, type SearchBody } from '../../../server/search/request.js';
import { call, finished } from '../../support/call.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';
import { ask } from './ask.js';

const DOCUMENT = {
  id: 1,
  count: 42,
  share: 1.5,
  minus: -3,
  large: 1e21,
  small: 1e-7,
  yes: true,
  nothing: null,
  text: 'the kitten and the kitchen 42 end',
  list: ['kit one', 42, true, null, ['deep kit', 42], { x: 'kit' }],
  author: { name: 'kit here', more: { count: 42, tags: ['kitx', { e: 'kit' }] }, books: [{ title: 'kit a' }, { title: 'b kit' }] },
  empty: '',
  'no items': [],
  'no fields': {},
  _geo: { lat: 42, lng: 3.5 },
  'dot.key': 'kit',
  joined: 'sunflower and sun flower',
  __proto__x: 'kit',
};

const BODIES: readonly SearchBody[] = [
  { q: 'kit', attributesToHighlight: ['*'] },
  { q: '42', attributesToHighlight: ['*'] },
  { q: '', attributesToHighlight: ['*'] },
  { q: 'kit', attributesToHighlight: ['text'] },
  { q: 'kit', attributesToHighlight: ['text'], attributesToRetrieve: ['id', 'count'] },
  { q: 'kit', attributesToHighlight: ['text'], attributesToRetrieve: ['id'] },
  { q: 'kit', attributesToHighlight: ['text'], attributesToRetrieve: [] },
  { q: 'kit', attributesToHighlight: ['*'], attributesToRetrieve: ['id'] },
  { q: 'kit', attributesToHighlight: ['author'], attributesToRetrieve: ['author.name'] },
  { q: 'kit', attributesToHighlight: ['author.more'] },
  { q: 'kit', attributesToHighlight: ['author.more.tags'], attributesToRetrieve: ['author.name'] },
  { q: 'kit', attributesToHighlight: ['list'], attributesToRetrieve: ['list'] },
  { q: 'kit', attributesToHighlight: ['lis'], attributesToRetrieve: ['list'] },
  { q: 'kit', attributesToHighlight: ['missing'] },
  { q: 'kit', attributesToHighlight: ['missing', '*'] },
  { q: 'kit', attributesToHighlight: ['missing', 'text'], attributesToRetrieve: ['id'] },
  { q: 'kit', attributesToHighlight: [] },
  { q: 'kit', attributesToCrop: [] },
  { q: 'kit', attributesToHighlight: ['dot.key'] },
  { q: 'kit', attributesToHighlight: ['*'], highlightPreTag: '[[', highlightPostTag: ']]' },
  { q: 'kit', attributesToHighlight: ['text'], highlightPreTag: '', highlightPostTag: '' },
  { q: 'kitche', attributesToHighlight: ['*'] },
  { q: 'kitchen end', attributesToHighlight: ['*'] },
  { q: '"kitchen 42" end', attributesToHighlight: ['*'] },
  { q: '"and the kitchen"', attributesToHighlight: ['*'] },
  { q: 'sun flower', attributesToHighlight: ['joined'] },
  { q: 'sunflower', attributesToHighlight: ['joined'] },
  { q: 'kit', attributesToCrop: ['text:0'], attributesToHighlight: ['text'] },
  { q: 'kit', attributesToCrop: ['text'], cropLength: 0 },
  { q: 'kit', attributesToCrop: ['*'], attributesToHighlight: ['author'] },
  { q: 'kit', attributesToCrop: ['text:3'], attributesToRetrieve: ['id'] },
  { q: '', attributesToCrop: ['text:3'], attributesToRetrieve: ['id'] },
  { q: '', attributesToCrop: ['*:2', 'text:3'] },
  { q: '', attributesToCrop: ['text:3', '*:2'] },
  { q: '', attributesToCrop: ['text:'], cropLength: 4 },
  { q: '', attributesToCrop: ['text:x'], cropLength: 4 },
  { q: '', attributesToCrop: ['author:1'], cropMarker: '[more]' },
  { q: '', attributesToCrop: ['author.name:1', 'author:0'] },
  { q: '', attributesToCrop: ['missing:3'] },
  { q: '', attributesToCrop: ['list:1'], cropMarker: '' },
];

let engine: TestEngine;

beforeAll(async () => {
  engine = await startTestEngine();
  const written = await call(engine.url, 'POST', '/indexes/t/documents', [DOCUMENT], key());
  expect((await finished(engine.url, (written.body as { taskUid: number }).taskUid, key())).status).toBe('succeeded');
});

afterAll(() => engine.stop());

const key = (): Record<string, string> => (engine.adminKey === undefined ? {} : { authorization: `Bearer ${engine.adminKey}` });

const options = (body: SearchBody): FormatOptions => {
  const retrieve = body['attributesToRetrieve'] as string[] | undefined;
  return { ...formatOptions(body), ...(retrieve === undefined ? {} : { retrieve }), fields: Object.keys(DOCUMENT) };
};

const sorted = (value: Record<string, unknown> | undefined): unknown => value && Object.fromEntries(Object.entries(value).toSorted());

describe('beside the real Meilisearch', () => {
  it.each(BODIES.map((body) => [JSON.stringify(body), body] as const))('%s', async (_, body) => {
    const { body: answer } = await call(engine.url, 'POST', '/indexes/t/search', { ...body, showMatchesPosition: true }, key());
    const [hit] = answer.hits as { _formatted?: Record<string, unknown>; _matchesPosition: Record<string, unknown[]> }[];
    const match = createMatcher(ask(body['q'] as string, { typing: true }));
    const own = formatNow(DOCUMENT, { ...options(body), showMatchesPosition: true }, match);
    expect(sorted(own.formatted)).toEqual(sorted(hit?._formatted));
    // Meilisearch 1.21 keeps, of the positions in one array, those in the last element that has any. Ours has them all.
    const positions = Object.fromEntries(Object.entries(own.positions ?? {}).map(([path, found]) => [path, inLastElement(found)]));
    expect(sorted(positions)).toEqual(sorted(hit?._matchesPosition));
  });
});

const inLastElement = <T extends { readonly indices?: readonly number[] }>(found: readonly T[]): T[] => {
  const last = JSON.stringify(found.at(-1)?.indices);
  return found.filter(({ indices }) => JSON.stringify(indices) === last);
};

describe('positions', () => {
  it('name every element of an array', () => {
    const { positions } = formatNow(
      { tags: ['کتاب', ['نئی', 'کتاب کتاب']] },
      { ...options({}), showMatchesPosition: true },
      createMatcher(ask('کتاب')),
    );
    expect(positions).toEqual({
      tags: [
        { start: 0, length: 8, indices: [0] },
        { start: 0, length: 8, indices: [1, 1] },
        { start: 9, length: 8, indices: [1, 1] },
      ],
    });
  });

  it('survive a field called __proto__', () => {
    const document = JSON.parse('{"__proto__": "کتاب", "a": 1}') as Record<string, unknown>;
    const own = formatNow(
      document,
      { ...options({ attributesToHighlight: ['*'] }), showMatchesPosition: true },
      createMatcher(ask('کتاب')),
    );
    expect(JSON.stringify(own)).toBe(
      '{"formatted":{"__proto__":"<em>کتاب</em>","a":"1"},"positions":{"__proto__":[{"start":0,"length":8}]}}',
    );
  });
});
