import { join } from 'node:path';
import type { Logger } from 'pino';
import type { EngineAddress } from '../meilisearch/client.js';
import type { EngineHttp } from '../meilisearch/http.js';
import { EngineChanges, type ListedIndex, type Task } from './engine-changes.js';
import type { Store, Stores } from './stores.js';
import { type IndexStatus, SynchronizedIndex, type Written } from './synchronized-index.js';
import { WritesUnderWay } from './writes-under-way.js';

/** Between two looks: while something is awaited, and otherwise. */
const SOON_MS = 60;
const PAUSE_MS = 1_000;
/** How often it is looked whether a task has had its effect. */
const SETTLED_LOOK_MS = 10;
/** An index that was neither searched nor written for so long rests. */
const USED_MS = 5 * 60_000;
const LEAST_BACKOFF_MS = 500;
const MOST_BACKOFF_MS = 15_000;
/** A write that another process has not written down so long after its task was finished is that of one that fell. */
const OTHERS_WITHIN_MS = 5_000;
/** How often stores are looked for whose index is gone, and how long it must have been. */
const SWEEP_MS = 60_000;
const GONE_MS = 10 * 60_000;

/** A write of our own on its way to Meilisearch. */
export interface WriteUnderWay {
  /** Meilisearch has taken it. Fulfilled when the store has, too; never rejected. */
  sent(task: number, written: Written): Promise<void>;
  /** Meilisearch has refused it. After `sent` without effect. */
  end(): void;
}

export interface SynchronizerOptions {
  readonly stores: Stores;
  /** Where the stores are. */
  readonly folder: string;
  readonly http: EngineHttp;
  readonly engine: EngineAddress;
  readonly log: Logger;
}

/** Keeps the stores of all indexes that are in use in this process in step with Meilisearch. */
export class Synchronizer {
  private readonly indexes = new Map<string, SynchronizedIndex>();
  private readonly underWay: WritesUnderWay;
  private readonly changes: EngineChanges;
  private readonly closing = new AbortController();
  private readonly goneSince = new Map<string, number>();
  private running = false;
  private wakeUp: () => void = () => undefined;
  private isWoken = false;
  private listedAt = Number.NEGATIVE_INFINITY;
  private sweptAt = performance.now();
  private failures = 0;

  constructor(private readonly options: SynchronizerOptions) {
    this.underWay = new WritesUnderWay(join(options.folder, 'writing'));
    this.changes = new EngineChanges(options.http, options.engine);
  }

  /** An index is searched, or written. Its store, as soon as there is one: see `Searcher.sync` for whether it is in step. */
  use(uid: string): Store | undefined {
    return this.indexOf(uid).store;
  }

  /** To be called before a write is sent to Meilisearch. */
  begin(uid: string): WriteUnderWay {
    const index = this.indexOf(uid);
    const end = this.underWay.begin(uid);
    return {
      end,
      sent: async (task, written) => {
        await index.expect(task, written);
        end();
        this.wake();
      },
    };
  }

  /** Whether the store of an index holds what the index holds. */
  isInStep(uid: string): boolean {
    return this.indexes.get(uid)?.isInStep === true;
  }

  /** Whether it is known that an index has no store: there is no such index, or its documents are not analyzed. */
  isForeign(uid: string): boolean {
    return this.indexes.get(uid)?.isForeign === true;
  }

  /** Fulfilled when a task of our own has had its effect on the store. */
  async settled(uid: string, task: number): Promise<void> {
    while (!this.closing.signal.aborted && this.indexOf(uid).waitsFor.includes(task))
      await new Promise((resolve) => setTimeout(resolve, SETTLED_LOOK_MS).unref());
  }

  /**
   * Whether a task that Meilisearch has finished has not had its effect on the store yet: as far as this process knows, and as others on the same store have written down. Whoever is told that it is done shall find its
   * documents through each of them.
   */
  isAwaited(uid: string, task: number, { enqueuedAt, finishedAt }: { readonly enqueuedAt: number; readonly finishedAt: number }): boolean {
    if (Date.now() - finishedAt > OTHERS_WITHIN_MS) return false;
    return this.underWay.isAnotherBefore(uid, enqueuedAt) || this.indexOf(uid).waitsFor.includes(task);
  }

  /** Meilisearch was gone and answers again: nothing more is waited for. */
  engineIsBack(): void {
    if (this.failures > 0) this.lookSoon();
  }

  /** Of all indexes in use that have a store, or should. */
  status(): readonly IndexStatus[] {
    return [...this.indexes.values()].flatMap(({ status }) => status ?? []);
  }

  close(): void {
    for (const index of this.indexes.values()) index.close();
    this.closing.abort();
    this.wake();
  }

  private indexOf(uid: string): SynchronizedIndex {
    let index = this.indexes.get(uid);
    if (index === undefined) {
      const { stores, log } = this.options;
      index = new SynchronizedIndex(uid, { stores, log, changes: this.changes, underWay: this.underWay, wake: () => this.lookSoon() });
      this.indexes.set(uid, index);
      this.lookSoon();
    }
    index.usedAt = performance.now();
    if (!this.running && !this.closing.signal.aborted) {
      this.running = true;
      void this.run();
    }
    return index;
  }

  private lookSoon(): void {
    this.listedAt = Number.NEGATIVE_INFINITY;
    this.wake();
  }

  private wake(): void {
    this.isWoken = true;
    this.wakeUp();
  }

  private async run(): Promise<void> {
    const { signal } = this.closing;
    while (!signal.aborted) {
      let milliseconds: number;
      try {
        const isBusy = await this.look();
        if (this.failures > 0) this.options.log.info('Meilisearch answers again');
        this.failures = 0;
        milliseconds = isBusy ? SOON_MS : PAUSE_MS;
      } catch (error) {
        if (signal.aborted) return;
        milliseconds = Math.min(MOST_BACKOFF_MS, LEAST_BACKOFF_MS * 2 ** this.failures);
        if (this.failures === 0) this.options.log.warn({ error }, 'the stores cannot be kept in step: Meilisearch does not answer');
        this.failures += 1;
      }
      await this.pause(milliseconds);
    }
  }

  /** Woken up, it still rests a little: many writes come at a time. */
  private async pause(milliseconds: number): Promise<void> {
    const rest = (time: number): Promise<void> =>
      new Promise((resolve) => {
        const timer = setTimeout(resolve, time);
        timer.unref();
        this.wakeUp = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    if (!this.isWoken && milliseconds > SOON_MS) await rest(milliseconds);
    this.isWoken = false;
    if (!this.closing.signal.aborted) await new Promise((resolve) => setTimeout(resolve, SOON_MS).unref());
  }

  /** Returns whether something is awaited. */
  private async look(): Promise<boolean> {
    const now = performance.now();
    const used = this.used(now);
    if (used.length === 0) return false;
    const awaited = [...new Set(used.flatMap((index) => index.waitsFor))].sort((a, b) => a - b);
    const finished: ReadonlyMap<number, Task | undefined> = awaited.length === 0 ? new Map() : await this.changes.finished(awaited);
    const isDue = now - this.listedAt >= PAUSE_MS - SOON_MS || used.some((index) => index.isRestless);
    if (finished.size > 0 || isDue) {
      const listed = await this.changes.indexes();
      this.listedAt = now;
      for (const index of used) {
        if (this.closing.signal.aborted) return false;
        await index.look(listed.get(index.uid), finished);
      }
      await this.sweep(listed, now);
    }
    return used.some((index) => index.isRestless || index.waitsFor.length > 0);
  }

  /** Those that rest are forgotten: their stores know how far they are. */
  private used(now: number): readonly SynchronizedIndex[] {
    for (const [uid, index] of this.indexes) {
      if (now - index.usedAt < USED_MS || index.waitsFor.length > 0) continue;
      index.close();
      this.indexes.delete(uid);
    }
    return [...this.indexes.values()];
  }

  /** Removes stores whose index has been gone for a while. */
  private async sweep(listed: ReadonlyMap<string, ListedIndex>, now: number): Promise<void> {
    if (now - this.sweptAt < SWEEP_MS) return;
    this.sweptAt = now;
    const { stores, log } = this.options;
    const gone = await stores.foldersBeside([...listed.values()].map(({ createdAt }) => createdAt));
    for (const folder of this.goneSince.keys()) if (!gone.includes(folder)) this.goneSince.delete(folder);
    for (const folder of gone) {
      const since = this.goneSince.get(folder) ?? now;
      this.goneSince.set(folder, since);
      if (now - since < GONE_MS) continue;
      log.info({ folder }, 'a store is removed: its index is gone');
      await stores.remove(folder).catch((error: unknown) => log.error({ error, folder }, 'a store could not be removed'));
    }
  }
}
