import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { pino } from 'pino';
import { DocumentEncoder } from '../../../server/documents/document-encoder.js';
import { readLiveState } from '../../../server/engine/data-folder.js';
import { adminAuthorization } from '../../../server/meilisearch/client.js';
import { EngineHttp } from '../../../server/meilisearch/http.js';
import { SHADOW_ROOT, STAMP, shadowFields, stampOf } from '../../../server/shadow/shadow.js';
import { BatchBuilder, type PackedBatch, packBatch } from '../../../server/store/batch.js';
import { PackedTerms } from '../../../server/store/packed-terms.js';
import { StoreError } from '../../../server/store/store-error.js';
import { Store, Stores } from '../../../server/store/stores.js';
import { Synchronizer } from '../../../server/store/synchronizer.js';
import { wordsOfDocument } from '../../../server/store/words.js';
import { startTestEngine, type TestEngine } from '../../support/engine.js';

const LOG = pino({ level: process.env['TEST_LOG'] ?? 'silent' }, pino.destination(2));

type Document = Readonly<Record<string, unknown>>;

/** A process of Justuju, as far as stores are concerned. */
class Keeper {
  readonly stores: Stores;
  readonly synchronizer: Synchronizer;

  constructor(
    engine: TestEngine,
    readonly folder: string,
    http: EngineHttp,
  ) {
    this.stores = new Stores(folder, LOG);
    this.synchronizer = new Synchronizer({ stores: this.stores, folder, http, engine, log: LOG });
  }

  status(uid: string): ReturnType<Synchronizer['status']>[number] | undefined {
    this.synchronizer.use(uid);
    return this.synchronizer.status().find((one) => one.uid === uid);
  }

  /** How many documents hold a term; undefined: no document ever did. */
  holds(uid: string, term: string): number {
    const searcher = this.synchronizer.use(uid)?.searcher;
    searcher?.refresh();
    return searcher?.dictionary.documentsWithTerm(term) ?? 0;
  }

  async close(): Promise<void> {
    this.synchronizer.close();
    await this.stores.close();
  }
}

describe('keeping the store in step with Meilisearch', () => {
  let engine: TestEngine;
  let http: EngineHttp;
  let folder: string;
  let keepers: Keeper[] = [];
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
    folder = await mkdtemp(join(tmpdir(), 'justuju-stores-'));
    uid = `articles${nth++}`;
  });
  afterEach(async () => {
    for (const keeper of keepers) await keeper.close();
    keepers = [];
    await rm(folder, { recursive: true, force: true });
  });

  const start = (at = folder): Keeper => {
    const keeper = new Keeper(engine, at, http);
    keepers.push(keeper);
    return keeper;
  };
  const stop = async (keeper: Keeper): Promise<void> => {
    keepers = keepers.filter((one) => one !== keeper);
    await keeper.close();
  };

  async function ask(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<Record<string, unknown>> {
    const authorization = adminAuthorization(engine);
    const answer =
      body === undefined ? await http.request({ method, path, authorization }) : await http.send(method, path, authorization, body);
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.text}`);
    return answer.json() as Record<string, unknown>;
  }
  async function done(sent: Promise<Record<string, unknown>>): Promise<number> {
    const { taskUid } = (await sent) as { taskUid: number };
    for (;;) {
      const { status } = await ask('GET', `/tasks/${taskUid}`);
      if (status !== 'enqueued' && status !== 'processing') return taskUid;
      await pause(10);
    }
  }
  const create = async (name = uid, searchable = [SHADOW_ROOT]): Promise<void> => {
    await done(ask('POST', '/indexes', { uid: name, primaryKey: 'id' }));
    await done(ask('PUT', `/indexes/${name}/settings/searchable-attributes`, searchable));
    await done(ask('PUT', `/indexes/${name}/settings/filterable-attributes`, ['id', 'kind']));
  };
  /** As Justuju sends it to Meilisearch. */
  const shadowed = (document: Document): Document => ({
    ...document,
    ...shadowFields(document, new DocumentEncoder().encode),
    [STAMP]: stampOf(JSON.stringify(document)),
  });
  const write = (documents: readonly Document[], name = uid): Promise<Record<string, unknown>> =>
    ask('POST', `/indexes/${name}/documents`, documents.map(shadowed));
  const batchOf = (documents: readonly Document[]): PackedBatch => {
    const builder = new BatchBuilder('id');
    for (const document of documents) builder.add({ stamp: stampOf(JSON.stringify(document)), ids: document }, wordsOfDocument(document));
    return packBatch(builder.take());
  };
  async function until(holds: () => boolean, what: () => string, milliseconds = 20_000): Promise<number> {
    const began = performance.now();
    while (!holds()) {
      if (performance.now() - began > milliseconds) throw new Error(`not within ${milliseconds} ms: ${what()}`);
      await pause(10);
    }
    return performance.now() - began;
  }
  const inStep = (keeper: Keeper, documents: number, name = uid): Promise<number> =>
    until(
      () => {
        const status = keeper.status(name);
        return status?.inStep === true && status.documents === documents;
      },
      () => `in step with ${documents}: ${JSON.stringify(keeper.status(name))}`,
    );

  /** Where terms stand first in document 3, in words of its title. */
  const positions = (keeper: Keeper, terms: readonly string[]): readonly number[] => {
    const { searcher } = keeper.synchronizer.use(uid) as Store;
    const reader = new PackedTerms();
    reader.open(searcher.vector(searcher.numberOf(3) as number) as Uint8Array, searcher.dictionary.rootsOfForms());
    let first = -1;
    reader.fields((name, from) => {
      if (searcher.fieldNames[name] === 'title') first = from;
    });
    const found = new Map<string, number>();
    for (let order = 0; order < reader.size; order += 1) {
      const term = searcher.dictionary.textOfTerm(searcher.dictionary.termOfForm(reader.termAt(order)));
      found.set(term, reader.positionAt(reader.from(order)) - first);
    }
    return terms.map((term) => found.get(term) ?? -1);
  };
  const enginePid = async ({ dataDir }: TestEngine): Promise<number> => (await readLiveState(dataDir))?.engine?.pid ?? -1;

  const LAHORE = { id: 1, title: 'لاہور کی بہار', kind: 'a' };
  const KARACHI = { id: 2, title: 'کراچی کا سمندر', kind: 'b' };

  it('builds a store by comparison, with glued compounds whole and in parts', async () => {
    await create();
    await done(write([LAHORE, { id: 3, title: 'یہ خوبصورت ہے', year: 1947 }, { id: 4, title: 'Only English' }]));
    const keeper = start();
    await inStep(keeper, 3);
    expect(keeper.holds(uid, 'لاہور')).toBe(1);
    const counts = (): number[] => ['خوبصورت', 'خوب', 'صورت', '1947', 'english'].map((term) => keeper.holds(uid, term));
    expect(counts()).toEqual([1, 1, 1, 1, 1]);
    expect(positions(keeper, ['خوبصورت', 'خوب', 'صورت', 'ہے'])).toEqual([1, 1, 2, 3]);
    // Made anew from what is in it.
    await done(ask('PUT', `/indexes/${uid}/settings/searchable-attributes`, [`${SHADOW_ROOT}.title`]));
    await until(
      () => keeper.holds(uid, '1947') === 0,
      () => 'titles only',
    );
    expect(counts()).toEqual([1, 1, 1, 0, 1]);
    expect(positions(keeper, ['خوبصورت', 'خوب', 'صورت', 'ہے'])).toEqual([1, 1, 2, 3]);
  });

  it('settles its own writes, and asks for no comparison', async () => {
    await create();
    const keeper = start();
    await inStep(keeper, 0);
    const store = keeper.synchronizer.use(uid);
    const reconciled = jest.spyOn(store as NonNullable<typeof store>, 'reconcile');
    for (const document of [LAHORE, KARACHI]) {
      const under = keeper.synchronizer.begin(uid);
      const { taskUid } = (await write([document])) as { taskUid: number };
      await done(Promise.resolve({ taskUid }));
      // Later than any look in between: the marker holds it back.
      await pause(1_500);
      await under.sent(taskUid, { batches: [batchOf([document])] });
    }
    await inStep(keeper, 2);
    const under = keeper.synchronizer.begin(uid);
    const { taskUid } = (await ask('DELETE', `/indexes/${uid}/documents/1`)) as { taskUid: number };
    await under.sent(taskUid, { removed: [1] });
    await inStep(keeper, 1);
    expect(keeper.holds(uid, 'کراچی')).toBe(1);
    expect(reconciled).not.toHaveBeenCalled();
  });

  describe('what others write', () => {
    let keeper: Keeper;
    beforeEach(async () => {
      await create();
      await done(write([LAHORE, KARACHI]));
      keeper = start();
      await inStep(keeper, 2);
    });

    it('is known within seconds (three, in freshness.mjs): additions, updates, deletions', async () => {
      await done(write([{ id: 3, title: 'پشاور کے بازار', kind: 'b' }]));
      expect(
        await until(
          () => keeper.holds(uid, 'پشاور') === 1,
          () => 'the new word',
        ),
      ).toBeLessThan(10_000);
      await inStep(keeper, 3);
      await done(write([{ id: 1, title: 'ملتان کے آم', kind: 'a' }]));
      await until(
        () => keeper.holds(uid, 'ملتان') === 1,
        () => 'the word of the update',
      );
      expect(keeper.holds(uid, 'لاہور')).toBe(0);
      await done(ask('DELETE', `/indexes/${uid}/documents/1`));
      await inStep(keeper, 2);
      await done(ask('POST', `/indexes/${uid}/documents/delete`, { filter: 'kind = b' }));
      await inStep(keeper, 0);
      await done(write([LAHORE, KARACHI]));
      await inStep(keeper, 2);
      await done(ask('DELETE', `/indexes/${uid}/documents`));
      await inStep(keeper, 0);
    });

    it('a swap brings the store of the other index, an index made anew a new one', async () => {
      const other = `${uid}_other`;
      await create(other);
      await done(write([{ id: 9, title: 'ملتان کے آم' }], other));
      await inStep(keeper, 1, other);
      await done(ask('POST', '/swap-indexes', [{ indexes: [uid, other] }] as never));
      await until(
        () => keeper.holds(uid, 'ملتان') === 1 && keeper.holds(other, 'لاہور') === 1,
        () => 'swapped',
      );
      await inStep(keeper, 1);
      await done(ask('DELETE', `/indexes/${uid}`));
      await until(
        () => keeper.synchronizer.use(uid) === undefined,
        () => 'gone',
      );
      await create();
      await done(write([LAHORE]));
      await inStep(keeper, 1);
      expect(keeper.holds(uid, 'ملتان')).toBe(0);
    });

    /** The next writes wait for it some seconds. */
    const slowTask = (): Promise<unknown> =>
      ask(
        'POST',
        `/indexes/${uid}_slow/documents`,
        Array.from({ length: 20_000 }, (_, i) => ({ id: i, title: `دن ${i} کا موسم ${i * 7}` })),
      );

    it('a write behind a swap that nobody has seen yet is in the store of the index that it went to', async () => {
      const other = `${uid}_other`;
      await create(other);
      await done(write([{ id: 9, title: 'ملتان کے آم' }], other));
      await inStep(keeper, 2);
      await done(ask('POST', '/swap-indexes', [{ indexes: [uid, other] }] as never));
      const under = keeper.synchronizer.begin(uid);
      // The write waits for this, and the store of the other index is compared meanwhile.
      await slowTask();
      const sent = await write([KARACHI]);
      await under.sent(Number(sent['taskUid']), { batches: [batchOf([KARACHI])] });
      await inStep(keeper, 2);
      expect([keeper.holds(uid, 'ملتان'), keeper.holds(uid, 'کراچی')]).toEqual([1, 1]);
    });

    it('a write that is being put into the store of an index that has left its name meanwhile is read from the one that took it', async () => {
      const other = `${uid}_other`;
      await create(other);
      await done(write([{ id: 9, title: 'ملتان کے آم' }], other));
      const former = keeper.synchronizer.use(uid) as Store;
      const add = former.add.bind(former);
      jest.spyOn(former, 'add').mockImplementation(async (...given) => {
        await inStep(keeper, 1);
        await add(...given);
      });
      await done(ask('POST', '/swap-indexes', [{ indexes: [uid, other] }] as never));
      const under = keeper.synchronizer.begin(uid);
      await slowTask();
      const sent = await write([KARACHI]);
      await under.sent(Number(sent['taskUid']), { batches: [batchOf([KARACHI])] });
      await inStep(keeper, 2);
      expect([keeper.holds(uid, 'ملتان'), keeper.holds(uid, 'کراچی')]).toEqual([1, 1]);
    });

    it('documents without a stamp are left out', async () => {
      await done(ask('POST', `/indexes/${uid}/documents`, [{ id: 2, title: 'کوئٹہ' }]));
      await inStep(keeper, 1);
      expect(keeper.holds(uid, 'کراچی')).toBe(0);
    });

    it('an update of a part of a document is read when it is done', async () => {
      const store = keeper.synchronizer.use(uid);
      const reconciled = jest.spyOn(store as NonNullable<typeof store>, 'reconcile');
      const under = keeper.synchronizer.begin(uid);
      const part = { title: 'پشاور کے بازار' };
      const sent = await ask('PUT', `/indexes/${uid}/documents`, [
        { id: 2, ...part, ...shadowFields(part, new DocumentEncoder().encode), [STAMP]: 'fresh' },
      ]);
      await under.sent(sent['taskUid'] as number, { changed: [2] });
      await until(
        () => keeper.holds(uid, 'پشاور') === 1,
        () => 'the part',
      );
      await inStep(keeper, 2);
      expect(keeper.holds(uid, 'کراچی')).toBe(0);
      expect(reconciled.mock.calls.map(([{ keys }]) => keys)).toEqual([['2']]);
    });

    it('other searched fields count other words', async () => {
      await done(ask('PUT', `/indexes/${uid}/settings/searchable-attributes`, [`${SHADOW_ROOT}.kind`]));
      await until(
        () => keeper.holds(uid, 'لاہور') === 0,
        () => 'no title',
      );
      expect(keeper.holds(uid, 'b')).toBe(1);
    });
  });

  it('a failed write of our own goes away', async () => {
    await create();
    const keeper = start();
    await inStep(keeper, 0);
    const under = keeper.synchronizer.begin(uid);
    const { taskUid } = (await ask('POST', `/indexes/${uid}/documents`, [{ title: 'no id' }])) as { taskUid: number };
    await under.sent(taskUid, { batches: [batchOf([LAHORE])] });
    await inStep(keeper, 0);
    expect(keeper.holds(uid, 'لاہور')).toBe(0);
  });

  it('a first write makes the index', async () => {
    const keeper = start();
    const under = keeper.synchronizer.begin(uid);
    await ask('POST', '/indexes', { uid, primaryKey: 'id' });
    await ask('PUT', `/indexes/${uid}/settings/searchable-attributes`, [SHADOW_ROOT]);
    const { taskUid } = (await write([LAHORE])) as { taskUid: number };
    await under.sent(taskUid, { batches: [batchOf([LAHORE])] });
    await inStep(keeper, 1);
  });

  it('a store is in step again at once after a start, without reading documents', async () => {
    await create();
    await done(write([LAHORE, KARACHI]));
    const first = start();
    await inStep(first, 2);
    await stop(first);
    const second = start();
    const requests = jest.spyOn(EngineHttp.prototype, 'request');
    expect(await inStep(second, 2)).toBeLessThan(10_000);
    expect(requests.mock.calls.filter(([{ path }]) => path.includes('/tasks') || path.includes('/documents'))).toEqual([]);
    requests.mockRestore();
  });

  describe('another process on the same stores', () => {
    let child: ChildProcess;
    /** So many that building takes a second. */
    const MANY = 12_000;
    let theirs: { readonly documents: number; readonly inStep: boolean; readonly building?: number } | undefined;
    const fork_ = (): void => {
      theirs = undefined;
      const given = { engine: { url: engine.url, adminKey: engine.adminKey }, folder, uid };
      child = fork(new URL('../../support/keeper-process.mjs', import.meta.url), [JSON.stringify(given)], { execArgv: [] });
      child.on('message', (message: { status?: typeof theirs }) => {
        theirs = message.status ?? theirs;
      });
    };
    afterEach(() => {
      child.kill('SIGKILL');
    });

    it('writes: both settle, nobody reads documents', async () => {
      await create();
      const keeper = start();
      await inStep(keeper, 0);
      const store = keeper.synchronizer.use(uid);
      const reconciled = jest.spyOn(store as NonNullable<typeof store>, 'reconcile');
      fork_();
      await until(
        () => theirs?.inStep === true,
        () => 'the other one in step',
      );
      for (let id = 1; id <= 20; id += 1) child.send({ documents: [{ id, title: `${LAHORE.title} ${id}` }] });
      await inStep(keeper, 20);
      await until(
        () => theirs?.inStep === true && theirs.documents === 20,
        () => 'the other one in step with 20',
      );
      expect(keeper.holds(uid, 'لاہور')).toBe(20);
      expect(reconciled).not.toHaveBeenCalled();
    });

    it('is killed while it builds the store: the next one goes on', async () => {
      await create();
      const documents = Array.from({ length: MANY }, (_, id) => ({ id, title: `${LAHORE.title} ${id} ${id % 97}` }));
      await done(write(documents));
      fork_();
      // At its own report, not at the next look: a look later it may have finished.
      child.on('message', ({ status }: { status?: typeof theirs }) => {
        if ((status?.building ?? 0) > 0) child.kill('SIGKILL');
      });
      await once(child, 'exit');
      expect(theirs).toMatchObject({ inStep: false });
      const keeper = start();
      await until(
        () => keeper.status(uid)?.inStep === true,
        () => 'built',
        60_000,
      );
      expect(keeper.status(uid)?.documents).toBe(MANY);
      expect(keeper.holds(uid, 'لاہور')).toBe(MANY);
    });
  });

  it('a store that cannot be opened is built anew', async () => {
    await create();
    await done(write([LAHORE, KARACHI]));
    const first = start();
    await inStep(first, 2);
    await stop(first);
    const [version] = readdirSync(folder).filter((name) => name !== 'writing') as [string];
    const [store] = readdirSync(join(folder, version)) as [string];
    writeFileSync(join(folder, version, store, 'data.mdb'), 'no database'.repeat(2_000));
    await inStep(start(), 2);
  });

  it('settles when Meilisearch was killed in between, and ends at once while it is away', async () => {
    await create();
    const keeper = start();
    const other = start();
    await inStep(keeper, 0);
    other.synchronizer.use(uid);
    const under = keeper.synchronizer.begin(uid);
    const { taskUid } = (await write([LAHORE])) as { taskUid: number };
    process.kill(await enginePid(engine), 'SIGKILL');
    await under.sent(taskUid, { batches: [batchOf([LAHORE])] });
    expect(keeper.status(uid)?.inStep).toBe(false);
    const began = performance.now();
    await stop(other);
    // A wait for an answer that never comes would last for a minute.
    expect(performance.now() - began).toBeLessThan(10_000);
    await inStep(keeper, 1);
    expect(keeper.holds(uid, 'لاہور')).toBe(1);
  });

  it('a write that came before there was a store is waited for until the store has it, however slow that is', async () => {
    await create();
    const { taskUid } = (await write([LAHORE])) as { taskUid: number };
    const keeper = start();
    const { add } = Store.prototype;
    const slow = jest.spyOn(Store.prototype, 'add').mockImplementationOnce(async function (this: Store, ...given) {
      await pause(1_500);
      return add.apply(this, given);
    });
    await keeper.synchronizer.begin(uid).sent(taskUid, { batches: [batchOf([LAHORE])] });
    await done(Promise.resolve({ taskUid }));
    await keeper.synchronizer.settled(uid, taskUid);
    expect(slow).toHaveBeenCalled();
    expect(keeper.holds(uid, 'لاہور')).toBe(1);
    slow.mockRestore();
  });

  it('a full disk is told, and tried again', async () => {
    await create();
    const full = jest.spyOn(Store.prototype, 'note').mockRejectedValueOnce(new StoreError('full', 'No space left on device'));
    await done(write([LAHORE]));
    const keeper = start();
    await until(
      () => keeper.status(uid)?.failed !== undefined,
      () => 'told',
    );
    expect(keeper.status(uid)).toMatchObject({ failed: 'No space left on device', documents: 1, inStep: false });
    await inStep(keeper, 1);
    expect(keeper.status(uid)?.failed).toBeUndefined();
    full.mockRestore();
  });

  it('names the stores whose index is gone', async () => {
    await create();
    const keeper = start();
    await inStep(keeper, 0);
    const { createdAt } = (await ask('GET', `/indexes/${uid}`)) as { createdAt: string };
    expect(await keeper.stores.foldersBeside([createdAt])).toEqual([]);
    const [gone] = (await keeper.stores.foldersBeside([])) as [string];
    await keeper.stores.remove(gone);
    expect(await keeper.stores.foldersBeside([])).toEqual([]);
  });
});
