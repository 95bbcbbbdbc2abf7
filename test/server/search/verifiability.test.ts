/** An index that cannot be asked for its documents by their stamps, as one of an older Justuju, or one whose settings were changed past Justuju. */
import { STAMP } from '../../../server/shadow/shadow.js';
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';
import { eventually } from '../../support/processes.js';

const KEY = 'a-master-key-of-the-tests';
const AUTHORIZATION = { authorization: `Bearer ${KEY}` };
let justuju: TestJustuju;

beforeAll(async () => {
  justuju = await startJustuju({ masterKey: KEY });
}, 60_000);
afterAll(() => justuju?.stop());

async function change(base: string, method: string, path: string, body: unknown): Promise<void> {
  const answer = await call(base, method, path, body, AUTHORIZATION);
  expect(await finished(base, answer.body.taskUid, AUTHORIZATION)).toMatchObject({ status: 'succeeded' });
}

it.each([
  ['filterable', {}, { filterableAttributes: ['topic'] }],
  ['displayed', { displayedAttributes: ['id', 'title'] }, { filterableAttributes: ['topic'], displayedAttributes: ['id', 'title'] }],
])(
  'mends an index whose stamps are not %s, and searches it meanwhile',
  async (name, before, past) => {
    const path = `/indexes/${name}`;
    await change(justuju.url, 'PATCH', `${path}/settings`, { filterableAttributes: ['topic'], ...before });
    await change(justuju.url, 'POST', `${path}/documents`, [
      { id: 1, title: 'شہروں میں پانی', topic: 'موسم' },
      { id: 2, title: 'پانی کے باغ', topic: 'ادب' },
    ]);
    await change(justuju.engineUrl, 'PATCH', `${path}/settings`, past);
    const search = async (): Promise<number[]> => {
      const { status, body } = await call(justuju.url, 'POST', `${path}/search`, { q: 'شہر ' }, AUTHORIZATION);
      expect(status).toBe(200);
      return (body.hits as { id: number }[]).map(({ id }) => id);
    };
    const settings = async (base: string): Promise<Record<string, unknown>> =>
      (await call(base, 'GET', `${path}/settings`, undefined, AUTHORIZATION)).body;
    expect(await search()).toEqual([1]);
    await eventually('the stamps can be filtered by', async () => {
      expect(await search()).toEqual([1]);
      return JSON.stringify((await settings(justuju.engineUrl))['filterableAttributes']).includes(STAMP);
    });
    expect(await settings(justuju.url)).toMatchObject(past);
    expect(await search()).toEqual([1]);
  },
  30_000,
);
