import { pino } from 'pino';
import { EngineHttp } from '../../../server/engine/http.js';
import { type Shown, ShownDocuments } from '../../../server/engine/shown-documents.js';
import { call, finished } from '../../support/call.js';
import { startJustuju, type TestJustuju } from '../../support/justuju.js';

let justuju: TestJustuju;
let http: EngineHttp;
/** Requests that Meilisearch has answered. */
let asked = 0;
const shown: Shown = { uid: 'books', updatedAt: 'now', primaryKey: 'id', fields: ['id', 'title'] };
const wanted = [1, 2].map((id) => ({ id, stamp: `s${id}` }));

beforeAll(async () => {
  justuju = await startJustuju();
  http = new EngineHttp(justuju.engineUrl, () => {
    asked += 1;
  });
  const books = [
    { id: 1, title: 'کتاب گھر' },
    { id: 2, title: 'قلم' },
  ];
  const { body } = await call(justuju.url, 'POST', '/indexes/books/documents?primaryKey=id', books);
  await finished(justuju.url, body.taskUid);
}, 60_000);
afterAll(async () => {
  await http?.close();
  await justuju?.stop();
});

const open = (bytes: number): ShownDocuments =>
  new ShownDocuments(http, { url: justuju.engineUrl, adminKey: justuju.adminKey }, pino({ level: 'silent' }), bytes);
const textsOf = async (documents: ShownDocuments, of = shown): Promise<string[]> =>
  [...(await documents.of(wanted, of)).values()].map(({ bytes }) => bytes.toString());
const BOTH = ['{"id":1,"title":"کتاب گھر"}', '{"id":2,"title":"قلم"}'];

it.each<[string, number, Shown, number]>([
  ['are asked for once', 1e6, shown, 0],
  ['are asked for again after a change of the index', 1e6, { ...shown, updatedAt: 'later' }, 1],
  ['and where there is no room for them', 1, shown, 1],
])('shown documents %s', async (_what, room, second, more) => {
  const documents = open(room);
  expect(await textsOf(documents)).toEqual(BOTH);
  const before = asked;
  expect(await textsOf(documents, second)).toEqual(BOTH);
  expect(asked - before).toBe(more);
});

it('one that is gone is missing, and so are all of an index that is gone', async () => {
  const documents = open(1e6);
  expect([...(await documents.of([...wanted, { id: 9, stamp: 's9' }], shown)).keys()]).toEqual(['1', '2']);
  expect((await documents.of(wanted, { ...shown, uid: 'nowhere' })).size).toBe(0);
});
