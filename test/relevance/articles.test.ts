/** Readers' queries over the sample articles, asked of a whole Justuju with a real Meilisearch. */
import { call } from '../support/call.js';
import { startJustuju, type TestJustuju } from '../support/justuju.js';
import { ANYTHING, QUERIES, type Query, SOMETHING } from './queries.js';

let justuju: TestJustuju;
beforeAll(async () => {
  justuju = await startJustuju({ samples: true });
}, 60_000);
afterAll(() => justuju.stop());

interface Answer {
  /** Names of the files, best first. */
  readonly names: readonly string[];
  readonly didYouMean: string | undefined;
}

async function ask(q: string, exact: true | undefined): Promise<Answer> {
  const { status, body } = await call(justuju.url, 'POST', '/indexes/articles/search', {
    q,
    ...(exact === true ? { urdu: { exact: true } } : {}),
  });
  expect(status).toBe(200);
  const hits = body.hits as { file: string }[];
  return { names: hits.map(({ file }) => nameOf(file)), didYouMean: body.urdu?.didYouMean };
}

const nameOf = (file: string): string => file.replace(/^.*\//, '').replace(/\.txt$/, '');

async function check({ q, first, anyOrder, not = [], exact }: Query): Promise<void> {
  const { names } = await ask(q, exact);
  if (first.length === 0) expect(names).toEqual([]);
  const head = names.slice(0, first.length);
  if (anyOrder === true) expect([...head].sort()).toEqual([...first].sort());
  else expect(head).toEqual(first);
  for (const name of not) expect(names).not.toContain(name);
}

async function checkSaying({ q, didYouMean, exact }: Query): Promise<void> {
  const said = (await ask(q, exact)).didYouMean;
  if (didYouMean === SOMETHING) expect(said).toEqual(expect.any(String));
  else expect(said).toBe(didYouMean);
}

const all = Object.values(QUERIES).flat();

describe.each(Object.entries(QUERIES))('%s', (_kind, queries) => {
  for (const query of queries) {
    const test = query.fails === undefined ? it : it.failing;
    test(`${query.q} → ${query.first.join(', ') || 'nothing'} (${query.fails ?? query.why})`, () => check(query));
  }
});

describe('didYouMean', () => {
  for (const query of all) {
    if (query.didYouMean === ANYTHING) continue;
    const said = query.didYouMean === undefined ? 'nothing' : query.didYouMean === SOMETHING ? 'something' : query.didYouMean;
    const test = query.saysOtherwise === undefined ? it : it.failing;
    test(`${query.q}: says ${said}${query.saysOtherwise === undefined ? '' : ` (${query.saysOtherwise})`}`, () => checkSaying(query));
  }
});

describe('the queries', () => {
  it('are enough', () => expect(all.length).toBeGreaterThanOrEqual(60));
  it('are different', () => expect(new Set(all.map(({ q, exact }) => `${q} ${exact}`)).size).toBe(all.length));
  it('have enough that is right as it is', () => {
    expect(all.filter(({ didYouMean, first }) => didYouMean === undefined && first.length > 0).length).toBeGreaterThanOrEqual(15);
  });
});
