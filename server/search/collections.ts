import { setTimeout as pause } from 'node:timers/promises';
import { Retriever } from '../retrieval/retriever.js';
import type { Searcher } from '../store/searcher.js';
import type { Store } from '../store/stores.js';
import type { Synchronizer } from '../store/synchronizer.js';
import { Knowledge } from '../vocabulary/knowledge.js';
import { Together } from '../vocabulary/together.js';

/** What is known of one index: its store, and what is derived from it. */
export interface Collection {
  readonly searcher: Searcher;
  readonly retriever: Retriever;
  readonly knowledge: Knowledge;
  readonly together: Together;
}

/** The first search of an index waits so long for its store to be opened, in milliseconds, unless told; a small index that has none yet is read in that time. */
const MOST_WAIT_MS = 2_000;
const LOOK_MS = 10;
/** Callers may name any index. */
const MOST_WAITED = 10_000;

/** The collections of all indexes that are in use. */
export class Collections {
  private readonly known = new WeakMap<Store, Collection>();
  /** The store of an index that was waited for; undefined: in vain, or there is to be none. */
  private readonly waited = new Map<string, Store | undefined>();

  constructor(
    private readonly synchronizer: Synchronizer,
    private readonly mostWaitMs = MOST_WAIT_MS,
  ) {}

  /**
   * As it is now; undefined: there is no store yet, and Meilisearch finds and orders the hits.
   *
   * @param mostWaitMs how long a store is waited for that is not in step yet, in milliseconds
   */
  async of(uid: string, mostWaitMs = this.mostWaitMs): Promise<Collection | undefined> {
    const store = await this.storeOf(uid, mostWaitMs);
    if (store === undefined) return undefined;
    const collection = this.collectionOf(store);
    collection.searcher.refresh();
    await collection.knowledge.keepFresh();
    return collection;
  }

  /** One that is new is waited for: at the first search of an index, also of one that was deleted and made anew. */
  private async storeOf(uid: string, mostWaitMs: number): Promise<Store | undefined> {
    let store = this.synchronizer.use(uid);
    if (this.waited.has(uid) && this.waited.get(uid) === store) return store;
    const until = performance.now() + mostWaitMs;
    while ((store === undefined || !this.synchronizer.isInStep(uid)) && performance.now() < until && !this.synchronizer.isForeign(uid)) {
      await pause(LOOK_MS);
      store = this.synchronizer.use(uid);
    }
    if (this.waited.size > MOST_WAITED) this.waited.clear();
    this.waited.set(uid, store);
    return store;
  }

  /** Whether the store knows all that Meilisearch has: then it counts by itself. */
  isInStep(uid: string): boolean {
    return this.synchronizer.isInStep(uid);
  }

  private collectionOf(store: Store): Collection {
    let collection = this.known.get(store);
    const { searcher } = store;
    // A store that was read anew has another dictionary.
    if (collection === undefined || collection.knowledge.vocabulary !== searcher.dictionary) {
      const together = new Together(searcher);
      collection = { searcher, retriever: new Retriever(searcher), knowledge: new Knowledge(searcher.dictionary, together), together };
      this.known.set(store, collection);
    }
    return collection;
  }
}
