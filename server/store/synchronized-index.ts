import type { Logger } from 'pino';
import type { PackedBatch } from './batch.js';
import { changesDocuments, type EngineChanges, isFinished, type ListedIndex, type Searched, type Task } from './engine-changes.js';
import type { Progress } from './requests.js';
import { StoreError } from './store-error.js';
import type { Store, Stores } from './stores.js';
import type { WritesUnderWay } from './writes-under-way.js';

/** What a write of our own does, as far as it is known. */
export interface Written {
  /** Whole documents. */
  readonly batches?: readonly PackedBatch[];
  readonly removed?: readonly (string | number)[] | 'all';
  /** Primary keys of documents of which only a part was sent: they are read when the task is done. */
  readonly changed?: readonly (string | number)[];
}

/** How far the store of an index is. */
export interface IndexStatus {
  readonly uid: string;
  /** In the store. */
  readonly documents: number;
  readonly inStep: boolean;
  /** While the store is built or compared: the part that is done, 0 to 1. */
  readonly building?: number;
  readonly failed?: string;
}

/** What the synchronized indexes of a process share. */
export interface Surroundings {
  readonly stores: Stores;
  readonly changes: EngineChanges;
  readonly underWay: WritesUnderWay;
  readonly log: Logger;
  /** Something is to be done soon. */
  readonly wake: () => void;
}

/** How long a finished task that nobody has claimed may be one of our own that is just being written down. */
const PATIENCE_MS = 5_000;
const MOST_EARLY = 64 * 1024 * 1024;
const LEAST_BACKOFF_MS = 1_000;
const MOST_BACKOFF_MS = 60_000;
/** Before a store is looked at again that another process is comparing. */
const OTHERS_MS = 1_000;

type Finished = ReadonlyMap<number, Task | undefined>;

interface Stranger {
  readonly since: number;
  /** Writes under way when it was first seen. */
  readonly underWay: readonly string[];
}

/** A store could not be opened. */
class Unopened extends Error {
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** One index and its store: settles our own writes, and finds out what others did. */
export class SynchronizedIndex {
  /** Undefined: the index does not exist, or its documents are not analyzed. */
  store: Store | undefined;
  usedAt = performance.now();
  private createdAt: string | undefined;
  private searched: (Searched & { readonly updatedAt: string }) | undefined;
  private told = '';
  /** Tasks that are in the store, or were: of this process and others. */
  private readonly ours = new Set<number>();
  /** Writes whose index did not exist yet. */
  private early: { readonly task: number; readonly written: Written }[] = [];
  private readonly changed = new Map<number, readonly string[]>();
  private readonly strangers = new Map<number, Stranger>();
  private comparing: Promise<void> | undefined;
  private progress: Progress | undefined;
  /** Whether the store holds what the index holds. */
  isInStep = false;
  /** It was looked at, and there is no store for it. */
  isForeign = false;
  private wasUnstamped = 0;
  /** Not compared again before, in time of `performance.now()`. */
  private restUntil = 0;
  private failure: { readonly message: string; readonly until: number; readonly backoff: number } | undefined;
  private isClosed = false;

  constructor(
    readonly uid: string,
    private readonly surroundings: Surroundings,
  ) {}

  get status(): IndexStatus | undefined {
    if (this.store === undefined && this.failure === undefined) return undefined;
    const { progress, failure } = this;
    return {
      uid: this.uid,
      documents: this.store?.searcher.documents ?? 0,
      inStep: this.isInStep,
      ...(this.comparing && { building: progress === undefined || progress.total === 0 ? 0 : progress.done / progress.total }),
      ...(failure && { failed: failure.message }),
    };
  }

  /** Tasks of Meilisearch that something waits for. */
  get waitsFor(): readonly number[] {
    this.store?.searcher.refresh();
    const pending = this.store?.searcher.sync.pendingTasks ?? [];
    return [...new Set([...pending, ...this.changed.keys(), ...this.early.map(({ task }) => task)])];
  }

  /** Whether it should be looked at sooner than once a second. */
  get isRestless(): boolean {
    return this.strangers.size > 0;
  }

  /** Meilisearch has taken a write of our own. */
  async expect(task: number, written: Written): Promise<void> {
    const { store } = this;
    if (store === undefined) {
      const bytes = this.early.reduce((sum, one) => sum + sizeOf(one.written), sizeOf(written));
      // What has no place will be read from Meilisearch.
      if (bytes <= MOST_EARLY) this.early.push({ task, written });
      return;
    }
    try {
      for (const batch of written.batches ?? []) await store.add(batch, task);
      if (written.removed !== undefined) await store.remove(written.removed, task);
      if (written.changed !== undefined) this.changed.set(task, written.changed.map(String));
      // After a swap in between, the index that has the uid now got the write, and its store lacks it: there it is a stranger's.
      if (this.store !== store) return;
      this.ours.add(task);
      this.isInStep = false;
    } catch (error) {
      // It is not in the store: its task will be a stranger's.
      await this.fail(error);
    }
  }

  /**
   * Looks what is to be done.
   *
   * @param listed undefined: the index does not exist
   * @param finished of the tasks in `waitsFor`
   */
  async look(listed: ListedIndex | undefined, finished: Finished): Promise<void> {
    if (this.failure !== undefined && performance.now() < this.failure.until) return;
    try {
      if (listed === undefined) {
        this.early = this.early.filter(({ task }) => !finished.has(task));
        this.isForeign = true;
        return this.leave();
      }
      const store = await this.chosen(listed, finished);
      this.isForeign = store === undefined;
      if (store === undefined) return;
      await this.admit();
      await this.settle(store, listed, finished);
      await this.judge(store, listed);
    } catch (error) {
      await this.fail(error);
    }
  }

  close(): void {
    this.isClosed = true;
  }

  private leave(): void {
    this.store = undefined;
    this.createdAt = undefined;
    this.searched = undefined;
    this.told = '';
    this.isInStep = false;
    this.strangers.clear();
    // What is in the store that is left is not in the next one: what that one holds it knows by itself.
    this.ours.clear();
  }

  /** The store of the index that has the uid now. */
  private async chosen(listed: ListedIndex, finished: Finished): Promise<Store | undefined> {
    if (listed.createdAt !== this.createdAt) this.leave();
    this.createdAt = listed.createdAt;
    if (this.searched?.updatedAt !== listed.updatedAt) {
      this.searched = { ...(await this.surroundings.changes.searched(this.uid)), updatedAt: listed.updatedAt };
    }
    const { isAnalyzed, searchable } = this.searched;
    if (!isAnalyzed) {
      this.store = undefined;
      this.early = this.early.filter(({ task }) => !finished.has(task));
      return undefined;
    }
    const settings = { primaryKey: listed.primaryKey ?? undefined, searchable };
    const told = JSON.stringify(settings);
    if (this.store === undefined) {
      const store = this.surroundings.stores.of({ createdAt: listed.createdAt, ...settings });
      store.onLost = (error) => {
        if (this.store === store) void this.fail(error).then(this.surroundings.wake);
      };
      await store.opened.catch((cause: unknown) => {
        throw new Unopened(cause);
      });
      this.store = store;
      // It may have been opened with other settings.
      this.told = '';
    }
    if (told !== this.told) await this.store.configure(settings);
    this.told = told;
    return this.store;
  }

  /** Each is waited for until the store has it: whoever is told before that its task is done would not find its documents. */
  private async admit(): Promise<void> {
    for (const one of [...this.early]) {
      await this.expect(one.task, one.written);
      this.early = this.early.filter((other) => other !== one);
    }
  }

  private async settle(store: Store, { primaryKey }: ListedIndex, finished: Finished): Promise<void> {
    for (const pending of store.searcher.sync.pendingTasks) {
      if (finished.has(pending)) await this.settleOne(store, pending, finished.get(pending));
      else this.ours.add(pending);
    }
    for (const [task, keys] of this.changed) {
      if (!finished.has(task)) continue;
      if (finished.get(task)?.status === 'succeeded') {
        if (primaryKey === null) this.ours.delete(task);
        else await store.reconcile({ engine: this.surroundings.changes.engine, uid: this.uid, primaryKey, keys });
      }
      this.changed.delete(task);
    }
  }

  /** After a swap the tasks before it bear the other uid: a task of this uid wrote to this index, any other one did not. */
  private async settleOne(store: Store, pending: number, task: Task | undefined): Promise<void> {
    const isOfThis = task?.indexUid === this.uid;
    if (isOfThis) this.ours.add(pending);
    else this.ours.delete(pending);
    await store.settle(pending, isOfThis && task.status === 'succeeded');
  }

  /** Finds out whether the store holds what the index holds, or what must be done for that. */
  private async judge(store: Store, listed: ListedIndex): Promise<void> {
    const { sync } = store.searcher;
    const isWaiting = this.waitsFor.length > 0;
    if (sync.syncedUpdatedAt === listed.updatedAt && this.comparing === undefined) {
      this.isInStep = !isWaiting;
      this.settled();
      return;
    }
    this.isInStep = false;
    if (this.comparing !== undefined) return;
    const tasks = await this.surroundings.changes.tasksSince(this.uid, sync.lastTask);
    if (sync.syncedUpdatedAt === undefined || tasks === undefined) return this.compareSoon(store, listed, tasks);
    const strange = this.strangeIn(tasks, store);
    const now = performance.now();
    if (strange.some((task) => this.isRipe(task, now))) return this.compareSoon(store, listed, tasks);
    // What is being done, or has been but is not settled, would be lost if all were said to be well now.
    if (isWaiting || strange.length > 0 || tasks.some((task) => !isFinished(task))) return;
    const again = (await this.surroundings.changes.indexes()).get(this.uid);
    if (again?.updatedAt !== listed.updatedAt || again.createdAt !== listed.createdAt) return this.surroundings.wake();
    if (tasks.length === 0) return this.compareSoon(store, listed, tasks);
    await store.note(noteOf(tasks, listed));
    for (const { uid } of tasks) this.ours.delete(uid);
    this.isInStep = true;
    this.settled();
  }

  /** The tasks that changed documents and are not known to be ours. */
  private strangeIn(tasks: readonly Task[], store: Store): readonly number[] {
    // Another process may have written down what it did meanwhile.
    store.searcher.refresh();
    for (const task of [...store.searcher.sync.pendingTasks, ...store.searcher.doneTasks]) this.ours.add(task);
    const last = store.searcher.sync.lastTask ?? -1;
    const strange = tasks.filter((task) => changesDocuments(task) && task.uid > last && !this.ours.has(task.uid)).map(({ uid }) => uid);
    for (const known of this.strangers.keys()) if (!strange.includes(known)) this.strangers.delete(known);
    return strange;
  }

  /** Whether a strange task may not be one of our own any more that was not written down yet when it was first seen. */
  private isRipe(task: number, now: number): boolean {
    let stranger = this.strangers.get(task);
    const underWay = this.surroundings.underWay.of(this.uid);
    if (stranger === undefined) {
      stranger = { since: now, underWay };
      this.strangers.set(task, stranger);
    }
    return now - stranger.since > PATIENCE_MS || !stranger.underWay.some((one) => underWay.includes(one));
  }

  private compareSoon(store: Store, listed: ListedIndex, tasks: readonly Task[] | undefined): void {
    const began = performance.now();
    const isResting = began < this.restUntil;
    this.progress = undefined;
    this.comparing = (isResting ? this.compareTail(store, listed) : this.compare(store, listed, tasks ?? []))
      .catch((error: unknown) => (this.store === store ? this.fail(error) : undefined))
      .finally(() => {
        this.comparing = undefined;
        if (isResting) return;
        this.restUntil = Math.max(this.restUntil, 2 * performance.now() - began);
        this.surroundings.wake();
      });
  }

  /** A whole comparison must rest: others may write all the time. New documents are looked for all the same. */
  private async compareTail(store: Store, { primaryKey }: ListedIndex): Promise<void> {
    if (primaryKey === null) return;
    await store.reconcile({ engine: this.surroundings.changes.engine, uid: this.uid, primaryKey, isTail: true });
  }

  private async compare(store: Store, listed: ListedIndex, tasks: readonly Task[]): Promise<void> {
    const { log, changes } = this.surroundings;
    const { uid } = this;
    const began = performance.now();
    const wasEmpty = store.searcher.sync.syncedUpdatedAt === undefined;
    if (wasEmpty) log.info({ uid }, 'the store of the index is being built; searches are answered meanwhile');
    if (listed.primaryKey !== null) {
      const compared = { engine: changes.engine, uid, primaryKey: listed.primaryKey };
      const found = await store.reconcile(compared, (progress) => {
        this.progress = progress;
      });
      if (this.isClosed) return;
      if (found === undefined) {
        this.restUntil = performance.now() + OTHERS_MS;
        return;
      }
      const seconds = Math.round(performance.now() - began) / 1_000;
      log.info({ uid, ...found, seconds }, wasEmpty ? 'the store of the index is built' : 'the store of the index was compared with it');
      if (found.unstamped > 0 && this.wasUnstamped === 0) {
        log.warn(
          { uid, documents: found.unstamped },
          'documents were written past Justuju: searches do not find them until `npm run reindex`',
        );
      }
      this.wasUnstamped = found.unstamped;
    }
    await store.note(noteOf(tasks, listed));
    this.strangers.clear();
    this.settled();
  }

  private settled(): void {
    if (this.failure === undefined) return;
    this.surroundings.log.info({ uid: this.uid }, 'the store of the index can be written again');
    this.failure = undefined;
  }

  private async fail(error: unknown): Promise<void> {
    if (this.isClosed) return;
    const { log, stores } = this.surroundings;
    const { uid, createdAt, failure } = this;
    const message = error instanceof Error ? error.message : String(error);
    const backoff = failure === undefined ? LEAST_BACKOFF_MS : Math.min(MOST_BACKOFF_MS, 2 * failure.backoff);
    if (failure?.message !== message)
      log.error({ uid, error: message, backoff }, 'the store of the index cannot be kept in step; searches go on');
    this.failure = { message, until: performance.now() + backoff, backoff };
    this.isInStep = false;
    if (createdAt === undefined) return;
    if (isDamage(error instanceof Unopened ? error.cause : error)) {
      // All in it is derived.
      log.warn({ uid, error: message }, 'the store of the index cannot be used: it is deleted and built anew');
      this.leave();
      await stores.remove(createdAt).catch((cause: unknown) => log.error({ uid, cause }, 'the store could not be deleted'));
    } else if (error instanceof Unopened) {
      this.leave();
      await stores.release(createdAt).catch(() => undefined);
    }
  }
}

/** The newest task whose work the store holds, and the state of the index that it is a copy of. */
const noteOf = (tasks: readonly Task[], { updatedAt }: ListedIndex): { lastTask?: number; syncedUpdatedAt: string } => {
  const undone = Math.min(...tasks.filter((task) => !isFinished(task)).map(({ uid }) => uid));
  const done = tasks.filter(({ uid }) => uid < undone).map(({ uid }) => uid);
  return { syncedUpdatedAt: updatedAt, ...(done.length > 0 && { lastTask: Math.max(...done) }) };
};

const sizeOf = ({ batches = [] }: Written): number => batches.reduce((sum, { byteLength }) => sum + byteLength, 0);

const isDamage = (error: unknown): boolean => error instanceof StoreError && error.fault === 'damaged';
