import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import { Thread, threadFile } from '../thread.js';
import type { PackedBatch } from './batch.js';
import type { Settings } from './impact.js';
import { isKey, STORE_VERSION } from './layout.js';
import type { Compared, Reconciled } from './reconciler.js';
import { type Action, type Answer, END, type Progress, type Request } from './requests.js';
import { Searcher } from './searcher.js';
import { StoreError, toStoreError } from './store-error.js';

/** A stop waits so long, in milliseconds, for stores to be closed. What is cut off then is as after a kill: the store opens. */
const CLOSED_WITHIN_MS = 100;
/** And so long for the thread that writes: a process that exits while its lmdb opens a store is aborted, or hangs. A large batch takes half a second. */
const ENDED_WITHIN_MS = 5_000;

const REFRESHED_EVERY = 1_000;

const CLOSED = 'the stores are closed: the process stops';

/** The store of one index. The promise of a write is fulfilled when the worker has written it; a searcher under load may take it in a few turns later. */
export class Store {
  readonly searcher: Searcher;
  /** Why the last write failed; undefined where it did not. */
  fault: StoreError | undefined;
  /** Told where it shows between two writes, while the store is merged or made anew, that it is damaged or gone. */
  onLost: ((error: StoreError) => void) | undefined;
  /** Fulfilled when the searcher has read what is in the store; until then it finds nothing. */
  readonly opened: Promise<void>;
  private readonly timer: NodeJS.Timeout;

  constructor(
    readonly folder: string,
    private readonly ask: (action: Action, progress?: (progress: Progress) => void) => Promise<Reconciled | undefined>,
    settings: Settings,
  ) {
    this.searcher = new Searcher(folder, () => ask({ do: 'open' }).then(() => undefined));
    this.opened = ask({ do: 'configure', settings }).then(() => this.searcher.open());
    this.opened.catch(() => undefined);
    // So that a store that nobody asks for a while has little to catch up with.
    this.timer = setInterval(() => this.refresh(), REFRESHED_EVERY).unref();
  }

  /** @param task of Meilisearch that the documents wait for; undefined: they are live at once */
  add(batch: PackedBatch, task: number | undefined): Promise<void> {
    return this.write({ do: 'add', batch, task });
  }

  remove(keys: readonly (string | number)[] | 'all', task: number | undefined): Promise<void> {
    return this.write({ do: 'remove', keys: keys === 'all' ? keys : keys.map(String).filter(isKey), task });
  }

  /** A task is finished: what waited for it happens, or does not. */
  settle(task: number, succeeded: boolean): Promise<void> {
    return this.write({ do: 'settle', task, succeeded });
  }

  note(sync: { readonly lastTask?: number; readonly syncedUpdatedAt?: string }): Promise<void> {
    return this.write({ do: 'note', sync });
  }

  configure(settings: Settings): Promise<void> {
    return this.write({ do: 'configure', settings });
  }

  /** Makes the store hold what the index holds. Undefined: another process is at it. */
  async reconcile(compared: Compared, progress?: (progress: Progress) => void): Promise<Reconciled | undefined> {
    const result = await this.ask({ do: 'reconcile', ...compared }, progress);
    this.refresh();
    return result;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.opened.catch(() => undefined);
    await this.searcher.close();
    await this.ask({ do: 'close' });
  }

  private async write(action: Action): Promise<void> {
    try {
      await this.ask(action);
      this.fault = undefined;
    } catch (error) {
      this.fault = toStoreError(error);
      throw this.fault;
    }
    this.refresh();
  }

  private refresh(): void {
    try {
      this.searcher.refresh();
      // Now, while the new words are few.
      setImmediate(() => this.searcher.dictionary.sort());
    } catch (error) {
      this.fault = toStoreError(error);
    }
  }
}

interface Waiting {
  readonly resolve: (result: Reconciled | undefined) => void;
  readonly reject: (error: Error) => void;
  readonly progress: ((progress: Progress) => void) | undefined;
}

/** The stores of all indexes of a process, and the thread that writes to them. */
export class Stores {
  private readonly stores = new Map<string, Store>();
  private readonly waiting = new Map<number, Waiting>();
  private readonly thread: Thread<Request | typeof END, Answer>;
  private nextRequest = 0;
  private closing: Promise<void> | undefined;
  private isEnded = false;

  constructor(
    private readonly folder: string,
    private readonly log: Logger,
  ) {
    this.thread = new Thread({
      file: threadFile('server/store/worker'),
      data: { version: STORE_VERSION },
      standsBack: true,
      onTold: (answer) => this.take(answer),
      onFault: (error) => log.error({ error }, 'the thread that writes to the stores failed'),
      onEnd: () => {
        for (const { reject } of this.waiting.values()) reject(new StoreError('failed', 'the thread that writes to the stores ended'));
        this.waiting.clear();
      },
    });
  }

  /**
   * The store of an index, opened on first use.
   *
   * @throws StoreError after `close`
   */
  of({ createdAt, ...settings }: Settings & { readonly createdAt: string }): Store {
    if (this.closing !== undefined) throw new StoreError('failed', CLOSED);
    let store = this.stores.get(createdAt);
    if (store === undefined) {
      const folder = this.folderOf(createdAt);
      store = new Store(folder, (action, progress) => this.ask(folder, action, progress), settings);
      this.stores.set(createdAt, store);
    }
    return store;
  }

  /** Closes a store: `of` opens it anew. */
  async release(createdAt: string): Promise<void> {
    const store = this.stores.get(createdAt);
    this.stores.delete(createdAt);
    await store?.close();
  }

  async remove(createdAt: string): Promise<void> {
    await this.release(createdAt);
    await rm(this.folderOf(createdAt), { recursive: true, force: true });
  }

  /** The end: no store is opened any more. What the worker has not begun is left undone, as after a kill. */
  close(): Promise<void> {
    this.closing ??= this.closeAll();
    return this.closing;
  }

  private async closeAll(): Promise<void> {
    const stores = [...this.stores.values()];
    this.stores.clear();
    const closed = Promise.allSettled(stores.map((store) => store.close()));
    await Promise.race([closed, pause(CLOSED_WITHIN_MS, undefined, { ref: false })]);
    this.isEnded = true;
    if (await this.thread.endBy(END, ENDED_WITHIN_MS)) return;
    this.log.warn(
      'the thread that writes to the stores has not ended in time: the process ends as if it were killed, and stores open as after that',
    );
    // Otherwise it would wait for ever: lmdb closes its stores when the thread is taken down, and waits for a lock that the thread held (seen behind uploads of 20 MB).
    process.once('exit', () => process.kill(process.pid, 'SIGKILL'));
  }

  /** Folders of stores on the disk that are of none of these indexes; `remove` takes them as it takes a `createdAt`. */
  async foldersBeside(createdAts: readonly string[]): Promise<readonly string[]> {
    const known = new Set(createdAts.map((createdAt) => this.folderOf(createdAt)));
    const names = await readdir(join(this.folder, STORE_VERSION)).catch(() => []);
    return names.filter((name) => !known.has(this.folderOf(name)));
  }

  private folderOf(createdAt: string): string {
    return join(this.folder, STORE_VERSION, createdAt.replace(/[^\w.-]/g, '_'));
  }

  private ask(folder: string, action: Action, progress?: (progress: Progress) => void): Promise<Reconciled | undefined> {
    if (this.isEnded) return Promise.reject(new StoreError('failed', CLOSED));
    const request: Request = { id: this.nextRequest++, folder, action };
    const answered = new Promise<Reconciled | undefined>((resolve, reject) => this.waiting.set(request.id, { resolve, reject, progress }));
    this.thread.post(request, action.do === 'add' ? [action.batch.buffer] : []);
    return answered;
  }

  private take({ id, folder, fault, message, result, progress }: Answer): void {
    if (id === undefined) {
      const lost = fault === 'damaged' ? [...this.stores.values()].find((store) => store.folder === folder)?.onLost : undefined;
      if (lost !== undefined) {
        lost(new StoreError('damaged', message ?? 'damaged'));
        return;
      }
      this.log.warn({ folder, reason: message }, 'a store could not be merged or made anew; it is tried again');
      return;
    }
    const asked = this.waiting.get(id);
    if (progress !== undefined) {
      asked?.progress?.(progress);
      return;
    }
    this.waiting.delete(id);
    if (fault === undefined) asked?.resolve(result);
    else asked?.reject(new StoreError(fault, message ?? fault));
  }
}
