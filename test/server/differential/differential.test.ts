/**
 * The same random requests to the engine alone and through Justuju. For English and Japanese the answers are the same, value by value;
 * for Urdu the status, the error code and the shape. What may differ stands in exceptions.ts.
 * Another seed: DIFFERENTIAL_SEED=7 npm run jest -- test/server/differential
 */

import { Draw } from '../../support/draw.js';
import { LANGUAGES, readCollection } from './collections.js';
import { type Compared, type Difference, differences, differencesOfShape } from './compare.js';
import { allows, EXCEPTIONS, forLists } from './exceptions.js';
import { ownWorkIn, withoutOwnWork } from './own-work.js';
import { describeRequest, lineOf, type Request } from './request.js';
import { drawRequest } from './requests.js';
import { prepareSide } from './setup.js';
import { type Side, startDirect, startThrough } from './sides.js';

const SEED_OF_THE_REPOSITORY = 13;
const REQUESTS = 300;

const seed = Number(process.env['DIFFERENTIAL_SEED'] ?? SEED_OF_THE_REPOSITORY);
const collections = LANGUAGES.map(readCollection);
const draw = new Draw(seed);
const requests = Array.from({ length: REQUESTS }, () => drawRequest(draw, collections));

let direct: Side;
let through: Side;
const needed = new Set<string>();
const statuses: number[] = [];

beforeAll(async () => {
  [direct, through] = await Promise.all([startDirect(), startThrough()]);
  await Promise.all([direct, through].map((side) => prepareSide(side, collections)));
});
afterAll(async () => {
  await Promise.all([direct?.stop(), through?.stop()]);
});

describe(`with seed ${seed}`, () => {
  it.each(requests.map((request, nth) => ({ nth, line: lineOf(request), request })))('$nth: $line', async ({ request }) => {
    const answers = await askBoth(request);
    statuses.push(answers[0].status);
    expectSame(request, ...(await withoutOwnTasks(request, answers)));
    if (request.writesTo === undefined || answers[0].status !== 202) return;

    expectSame(request, ...(await Promise.all([direct.finished(answers[0]), through.finished(answers[1])])));
    for (const look of looksAfter(request)) expectSame(look, ...(await askBoth(look)));
  });

  it('most of the requests are valid', () => {
    expect(statuses.length).toBe(REQUESTS);
    expect(statuses.filter((status) => status < 300).length).toBeGreaterThan(REQUESTS * 0.85);
  });

  it('every exception is needed', () => {
    if (seed === SEED_OF_THE_REPOSITORY) expect(EXCEPTIONS.map(({ reason }) => reason).filter((reason) => !needed.has(reason))).toEqual([]);
  });
});

const askBoth = (request: Request): Promise<[Compared, Compared]> => Promise.all([direct.ask(request), through.ask(request)]);

const ALL_TASKS: Request = { method: 'GET', path: '/tasks?limit=10000', caller: 'master', about: [] };

async function withoutOwnTasks(request: Request, answers: [Compared, Compared]): Promise<[Compared, Compared]> {
  const exceptions = forLists(request);
  if (exceptions.length === 0) return answers;
  const work = ownWorkIn(await through.ask(ALL_TASKS), through.told).filter(({ kind }) => exceptions.some(({ at }) => at === kind));
  const left = withoutOwnWork(request.path.startsWith('/tasks') ? 'tasks' : 'batches', ...answers, work);
  for (const { at, reason } of exceptions) if (!(at instanceof RegExp) && left.kinds.has(at)) needed.add(reason);
  return left.answers;
}

function expectSame(request: Request, ofDirect: Compared, ofThrough: Compared): void {
  const isOnlyAlike = request.findsByWords === true && request.about.includes('urdu');
  const found = (isOnlyAlike ? differencesOfShape : differences)(ofDirect, ofThrough);
  const unexpected = found.filter((difference) => {
    const exception = EXCEPTIONS.find((one) => allows(one, request, difference));
    if (exception !== undefined) needed.add(exception.reason);
    return exception === undefined;
  });
  if (unexpected.length > 0) throw new Error(report(request, unexpected, ofDirect, ofThrough));
}

/** What stands in the index after a write. */
function looksAfter({ writesTo, about }: Request): Request[] {
  if (writesTo === undefined || writesTo === '') return [];
  const look = { caller: 'master', about } as const;
  return [
    { ...look, method: 'GET', path: `/indexes/${writesTo}/documents?limit=100` },
    { ...look, method: 'GET', path: `/indexes/${writesTo}/settings` },
    { ...look, method: 'GET', path: `/indexes/${writesTo}/stats` },
    { ...look, method: 'POST', path: `/indexes/${writesTo}/search`, body: { limit: 10, showRankingScore: true }, findsByWords: true },
  ];
}

const LONGEST = 4_000;

function report(request: Request, found: readonly Difference[], ofDirect: Compared, ofThrough: Compared): string {
  const text = (value: unknown): string => JSON.stringify(value)?.slice(0, LONGEST) ?? 'missing';
  return [
    `Seed ${seed}. ${describeRequest(request)}`,
    ...found.slice(0, 12).map(({ at, direct: one, through: other }) => `- ${at}: ${text(one)} directly, ${text(other)} through Justuju`),
    `directly: ${ofDirect.status} ${text(ofDirect.body)}`,
    `through Justuju: ${ofThrough.status} ${text(ofThrough.body)}`,
  ].join('\n');
}
