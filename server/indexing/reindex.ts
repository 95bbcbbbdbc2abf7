import { randomBytes } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import { ANALYZER_VERSION } from '@justuju/urdu';
import { OperatorError } from '../errors.js';
import { stringifyExactly } from '../json/exact-json.js';
import { adminAuthorization, adminClient, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import type { Access } from '../meilisearch/stored-documents.js';
import { isMostlyUrdu } from '../settings/lean.js';
import { stampOf } from '../shadow/shadow.js';
import { besideOf, freshUid, keepAsFormer, removeIndexes, removeOutdated } from './beside.js';
import { CompactMap } from './compact-map.js';
import { LateWrites } from './late-writes.js';
import { BATCH, Loader, type Refused } from './loader.js';
import { languageOfFirst, type Plan, planFor, READ_BY } from './plan.js';
import { fieldsOfAll, removeDocuments, versionsIn } from './stamps.js';

export interface ReindexOptions {
  /** Index settings in the client's own terms: `searchableAttributes: ["title", "body"]`. As a function: those of the old index, which may change while the new one is built. */
  readonly settings?: Record<string, unknown> | (() => Promise<Record<string, unknown>>);
  /** Default `id`. */
  readonly primaryKey?: string;
  readonly onProgress?: (done: { readonly phase: Phase; readonly documents: number }) => void;
  readonly signal?: AbortSignal;
  /** Primary keys of documents in whose place another one came; asked when all have come. */
  readonly superseded?: () => readonly string[];
  /** Asked when the new index is ready, before it takes the place of the old one; throws to leave the old one there. */
  readonly beforeSwap?: (built: { readonly documents: number; readonly refused: readonly Refused[] }) => Promise<void> | void;
  /** For who holds the index (index-lock.ts): goes on with what a killed run has built, and removes what else such runs left; told of their names. */
  readonly onLeftovers?: (uids: readonly string[]) => void;
}

export type Phase = 'resume' | 'create' | 'load' | 'wait' | 'swap' | 'clean';

export interface Reindexed {
  readonly documents: number;
  readonly milliseconds: number;
  readonly refused: readonly Refused[];
  /** Documents that a killed run had built already. */
  readonly resumed: number;
  /** What the index before is called now; undefined where there was none, or an empty one. */
  readonly former: string | undefined;
}

/**
 * Builds a new index beside `uid` and swaps it in. The old one is kept beside for some days (beside.ts). Searches go on meanwhile and never see a half-built index; what others write
 * meanwhile is taken over. On failure or abort the old index is untouched and the half-built one is deleted.
 */
export async function reindex(
  address: EngineAddress,
  uid: string,
  documents: AsyncIterable<Record<string, unknown>>,
  options: ReindexOptions = {},
): Promise<Reindexed> {
  const started = performance.now();
  const { settings = {}, primaryKey = 'id', signal } = options;
  const http = new EngineHttp(address.url);
  const access: Access = { http, authorization: adminAuthorization(address) };
  let fresh: string | undefined;
  try {
    // Before anything is read: what is written from now on is late.
    const late = await LateWrites.watch(access, uid, signal);
    const { first, all } = await peek(documents, signal);
    const wanted = typeof settings === 'function' ? await settings() : settings;
    const plan = await planFor(access, languageOfFirst(first, wanted), wanted, primaryKey);
    fresh = freshUid(uid, options.onLeftovers === undefined ? randomBytes(4).toString('hex') : plan.signature);
    const built = await new Build(address, access, uid, fresh, plan, late, { ...options, wanted }).run(all);
    return { ...built, milliseconds: performance.now() - started };
  } catch (error) {
    if (fresh !== undefined)
      await adminClient(address)
        .deleteIndexIfExists(fresh)
        .catch(() => undefined);
    throw error;
  } finally {
    await http.close();
  }
}

class Build {
  private readonly client;
  /** Primary key → stamp, of what is in the new index; taken: it belongs there. */
  private readonly built = new CompactMap();
  private readonly primaryKey: string;
  private readonly onProgress: NonNullable<ReindexOptions['onProgress']>;
  private resumed = 0;

  constructor(
    private readonly address: EngineAddress,
    private readonly access: Access,
    private readonly uid: string,
    private readonly fresh: string,
    private readonly plan: Plan,
    private readonly late: LateWrites,
    private readonly options: ReindexOptions & { readonly wanted: Record<string, unknown> },
  ) {
    this.client = adminClient(address);
    this.primaryKey = options.primaryKey ?? 'id';
    this.onProgress = options.onProgress ?? ((): void => undefined);
  }

  async run(documents: AsyncIterable<Record<string, unknown>>): Promise<Omit<Reindexed, 'milliseconds'>> {
    const { uid, fresh, onProgress, options } = this;
    const loader = this.loaderInto(fresh);
    await this.open();
    await this.fill(documents, loader);
    const { numberOfDocuments } = await this.client.index(fresh).getStats();
    if (numberOfDocuments === 0)
      throw new Error(`No document reached the new index; \`${uid}\` stays as it was. ${loader.refused[0]?.reason ?? ''}`.trim());
    onProgress({ phase: 'swap', documents: numberOfDocuments });
    options.signal?.throwIfAborted();
    await options.beforeSwap?.({ documents: numberOfDocuments, refused: loader.refused });
    const onSettings = (): Promise<void> => this.takeSettings();
    await this.late.takeOver({ uid: fresh, loader, onSettings });
    const { results } = await this.client.getIndexes({ limit: 100_000 });
    const isNew = !results.some((index) => index.uid === uid);
    if (isNew) await succeed(this.client.createIndex(uid, { primaryKey: this.primaryKey }).waitTask());
    const swap = await this.client.swapIndexes([{ indexes: [uid, fresh], rename: false }]);
    await succeed(this.client.tasks.waitForTask(swap));
    const behind = this.loaderInto(uid);
    await this.late.takeTail(fresh, swap.taskUid, { uid, loader: behind, onSettings, mayReplace: (keys) => this.untouched(keys) });
    onProgress({ phase: 'clean', documents: numberOfDocuments });
    const former = await this.keepOrRemove();
    return { documents: numberOfDocuments, refused: loader.refused, resumed: this.resumed, former };
  }

  private loaderInto(uid: string): Loader {
    return new Loader({
      ...this.access,
      uid,
      primaryKey: this.primaryKey,
      version: ANALYZER_VERSION,
      reading: this.plan.reading,
      signal: this.options.signal,
      onLoaded: (sent) => this.onProgress({ phase: 'load', documents: this.resumed + sent }),
      onAdded: (key, stamp) => this.built.setTaken(key, stamp),
    });
  }

  /** The index that is filled: a new one, or the one that a killed run has begun by the same plan. */
  private async open(): Promise<void> {
    const { fresh, onProgress, options, primaryKey, access } = this;
    const leftovers = options.onLeftovers === undefined ? [] : (await besideOf(this.address, this.uid)).halfBuilt;
    const others = leftovers.filter((name) => name !== fresh);
    if (others.length > 0) options.onLeftovers?.(others);
    await removeIndexes(this.address, others);
    if (leftovers.includes(fresh)) {
      // The tasks of the killed run go on in Meilisearch: a task of ours ends behind them.
      await succeed(this.client.index(fresh).updateSettings(this.plan.applied).waitTask());
      for await (const { key, stamp } of versionsIn(access, fresh, primaryKey, ANALYZER_VERSION, options.signal))
        this.built.set(String(key), stamp);
      onProgress({ phase: 'resume', documents: this.built.size });
      return;
    }
    onProgress({ phase: 'create', documents: 0 });
    await succeed(this.client.createIndex(fresh, { primaryKey }).waitTask());
    await succeed(this.client.index(fresh).updateSettings(this.plan.applied).waitTask());
  }

  private async fill(documents: AsyncIterable<Record<string, unknown>>, loader: Loader): Promise<void> {
    const { built, primaryKey, options } = this;
    const isResumed = built.size > 0;
    for await (const document of documents) {
      options.signal?.throwIfAborted();
      if (isResumed && built.take(String(document[primaryKey]), stampOf(stringifyExactly(document))) === true) this.resumed += 1;
      else await loader.add(document);
    }
    await loader.flush();
    this.onProgress({ phase: 'wait', documents: this.resumed + loader.sent });
    await loader.settle();
    if (isResumed) await this.removeStale();
    await removeDocuments(this.access, this.fresh, options.superseded?.() ?? [], options.signal);
    const { language, lean } = this.plan;
    // Only now it is known what most of the documents are. It takes Meilisearch no time.
    if ((language === 'urd' || language === undefined) && (this.resumed > 0 ? language === 'urd' : isMostlyUrdu(loader.urdu, loader.sent)))
      await succeed(this.client.index(this.fresh).updateSettings(lean).waitTask());
  }

  /** What the killed run had sent and this one has not. */
  private async removeStale(): Promise<void> {
    const { built, fresh, primaryKey, access } = this;
    const stale: unknown[] = [];
    for await (const { [primaryKey]: key } of fieldsOfAll(access, fresh, [primaryKey], this.options.signal))
      if (!built.wasTaken(String(key))) stale.push(key);
    await removeDocuments(access, fresh, stale, this.options.signal);
  }

  /** Somebody set the old index otherwise while the new one was built. */
  private async takeSettings(): Promise<void> {
    const { settings, wanted } = this.options;
    const now = typeof settings === 'function' ? await settings() : undefined;
    if (now === undefined || READ_BY.some((name) => !isDeepStrictEqual(now[name], wanted[name])))
      throw new OperatorError(
        `Somebody changed the settings of \`${this.uid}\` while it was built anew. It stays as it was; run this again.`,
      );
    const { applied, lean } = await planFor(this.access, this.plan.language, now, this.primaryKey);
    // What is set no more goes back to what Meilisearch has by itself.
    const unset = Object.fromEntries(Object.keys(this.plan.applied).map((name) => [name, null]));
    const set = this.plan.language === 'urd' ? { ...applied, ...lean } : applied;
    await succeed(
      this.client
        .index(this.fresh)
        .updateSettings({ ...unset, ...set })
        .waitTask(),
    );
  }

  /** Of documents those that nobody has written since the swap. */
  private async untouched(keys: readonly unknown[]): Promise<ReadonlySet<string>> {
    const { access, uid, primaryKey, built } = this;
    const free = new Set(keys.map(String));
    for await (const { key, stamp } of versionsIn(access, uid, primaryKey, ANALYZER_VERSION))
      if (free.has(String(key)) && built.take(String(key), stamp) !== true) free.delete(String(key));
    return free;
  }

  /** @returns the name under which the index before is kept: one without documents is not */
  private async keepOrRemove(): Promise<string | undefined> {
    const { numberOfDocuments } = await this.client.index(this.fresh).getStats();
    if (numberOfDocuments === 0) {
      await removeIndexes(this.address, [this.fresh]);
      return undefined;
    }
    const { uid } = await keepAsFormer(this.address, this.uid, this.fresh);
    await removeOutdated(this.address, await besideOf(this.address, this.uid));
    return uid;
  }
}

/** The first documents, and all of them. */
async function peek<T>(documents: AsyncIterable<T>, signal?: AbortSignal): Promise<{ first: readonly T[]; all: AsyncIterable<T> }> {
  const rest = documents[Symbol.asyncIterator]();
  const first: T[] = [];
  let next = await rest.next();
  for (; next.done !== true; next = await rest.next()) {
    signal?.throwIfAborted();
    first.push(next.value);
    if (first.length === BATCH.documents) break;
  }
  return { first, all: again() };

  async function* again(): AsyncGenerator<T> {
    try {
      yield* first;
      for (let more = await rest.next(); more.done !== true; more = await rest.next()) yield more.value;
    } finally {
      await rest.return?.();
    }
  }
}

interface Finished {
  readonly status: string;
  readonly error: { readonly message: string } | null;
}

async function succeed(task: Promise<Finished>): Promise<void> {
  const { status, error } = await task;
  if (status !== 'succeeded') throw new Error(`Meilisearch ${status} a step of the reindexing: ${error?.message ?? 'no reason given'}`);
}
