/** A comparison reads for a while what others, and we ourselves, write meanwhile. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adminAuthorization } from '../../../server/meilisearch/client.js';
import { EngineHttp, type EngineRequest } from '../../../server/meilisearch/http.js';
import { SHADOW_ROOT, STAMP } from '../../../server/shadow/shadow.js';
import { type Batch, BatchBuilder } from '../../../server/store/batch.js';
import { Lease } from '../../../server/store/lease.js';
import { Reconciler } from '../../../server/store/reconciler.js';
import { wordsOfDocument } from '../../../server/store/words.js';
import { StoreWriter } from '../../../server/store/writer.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';

interface Note {
  readonly id: number;
  readonly title: string;
}

const stampFor = ({ title }: Note): string => `stamp of ${title}`;
const batchOf = (note: Note): Batch => {
  const builder = new BatchBuilder('id');
  builder.add({ stamp: stampFor(note), ids: { id: note.id } }, wordsOfDocument({ ...note }));
  return builder.take();
};
const TASK = 7;

describe('what is written between the reading of a document and the writing of it', () => {
  let engine: TestEngine;
  let http: EngineHttp;
  let folder: string;
  let writer: StoreWriter;
  let nth = 0;
  let uid: string;

  beforeAll(async () => {
    engine = await startTestEngine();
    http = new EngineHttp(engine.url);
  });
  afterAll(async () => {
    await http.close();
    await engine.stop();
  });
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'justuju-reconciler-'));
    writer = new StoreWriter(join(folder, '1'), 'test');
    writer.configure({ primaryKey: 'id', searchable: ['*'] });
    uid = `notes${nth++}`;
    await send('POST', '/indexes', { uid, primaryKey: 'id' });
    await send('PUT', `/indexes/${uid}/settings/filterable-attributes`, ['id']);
    await write([1, 2, 3].map((id) => ({ id, title: `پہلا ${id}` })));
  });
  afterEach(async () => {
    await writer.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function send(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<void> {
    const authorization = adminAuthorization(engine);
    const answer =
      body === undefined ? await http.request({ method, path, authorization }) : await http.send(method, path, authorization, body);
    const { taskUid } = answer.json() as { readonly taskUid: number };
    for (;;) {
      const { status } = (await http.request({ method: 'GET', path: `/tasks/${taskUid}`, authorization })).json() as { status: string };
      if (status === 'succeeded') return;
      expect(['enqueued', 'processing']).toContain(status);
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
  const write = (notes: readonly Note[]): Promise<void> =>
    send(
      'POST',
      `/indexes/${uid}/documents`,
      notes.map((note) => ({ ...note, [SHADOW_ROOT]: { title: note.title }, [STAMP]: stampFor(note) })),
    );

  /** Compares, and does something when whole documents have been read for the first time. */
  async function compare(meanwhile: () => Promise<void>): Promise<void> {
    let isDone = false;
    const between = Object.assign(Object.create(http) as EngineHttp, {
      send: async (method: string, path: string, authorization: string | undefined, body: unknown) => {
        const answer = await http.send(method as EngineRequest['method'], path, authorization, body);
        if (isDone || !(body as { fields?: readonly string[] }).fields?.includes('title')) return answer;
        isDone = true;
        await meanwhile();
        return answer;
      },
    });
    const home = { writer, check: () => undefined, written: () => undefined };
    const reconciler = new Reconciler(home, between, { engine, uid, primaryKey: 'id' }, () => undefined);
    await reconciler.all(new Lease(join(folder, 'lease')));
    expect(isDone).toBe(true);
  }
  const held = (): Record<string, string | undefined> =>
    Object.fromEntries(
      [1, 2, 3].map((id) => {
        const number = writer.numberOf(String(id));
        return [id, number === undefined ? undefined : writer.nameOf(number)?.stamp];
      }),
    );
  const first = (id: number): string => stampFor({ id, title: `پہلا ${id}` });
  const NEWER = { id: 2, title: 'دوسرا 2' };

  it('an update of our own is not undone', async () => {
    await compare(async () => {
      writer.add(batchOf(NEWER), TASK);
      await write([NEWER]);
      writer.settle(TASK, true);
    });
    expect(held()).toEqual({ 1: first(1), 2: stampFor(NEWER), 3: first(3) });
  });

  it('nor is a deletion', async () => {
    await compare(async () => {
      writer.remove(['2'], TASK);
      await send('DELETE', `/indexes/${uid}/documents/2`);
      writer.settle(TASK, true);
    });
    expect(held()).toEqual({ 1: first(1), 2: undefined, 3: first(3) });
  });

  it('nor what another process on the same store has written', async () => {
    await compare(async () => {
      const other = new StoreWriter(join(folder, '1'), 'test');
      await write([NEWER]);
      other.add(batchOf(NEWER), undefined);
      await other.close();
    });
    expect(held()).toEqual({ 1: first(1), 2: stampFor(NEWER), 3: first(3) });
  });

  it('an update that fails leaves what was read', async () => {
    await compare(() => {
      writer.add(batchOf(NEWER), TASK);
      writer.settle(TASK, false);
      return Promise.resolve();
    });
    expect(held()).toEqual({ 1: first(1), 2: first(2), 3: first(3) });
  });
});
