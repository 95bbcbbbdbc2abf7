import { isDeepStrictEqual } from 'node:util';
import { OperatorError } from '../errors.js';
import { finishedTask } from '../meilisearch/finished-task.js';
import type { Access } from '../meilisearch/stored-documents.js';
import { versionOf } from '../shadow/shadow.js';
import { CompactMap } from './compact-map.js';
import type { Loader } from './loader.js';
import { ownPart } from './own-documents.js';
import { documentsByKey, fieldsOfAll, removeDocuments, type Version, versionsIn } from './stamps.js';

/** Tasks that change documents or settings of an index. */
const WRITES = 'documentAdditionOrUpdate,documentDeletion,documentEdition,settingsUpdate';

/** Times that the old index is looked at for what was written meanwhile, before others are asked to pause. */
const MOST_ROUNDS = 10;
/** Documents so few that they may be taken over behind the swap: within a second or so. */
const FEW = 1_000;

/** Where what was written meanwhile goes. */
export interface Successor {
  readonly uid: string;
  readonly loader: Loader;
  /** Somebody changed the settings of the old index. */
  readonly onSettings: () => Promise<void>;
  /** Whether a document may be written over, or removed; all unless told. */
  readonly mayReplace?: (keys: readonly unknown[]) => Promise<ReadonlySet<string>>;
}

/**
 * What others write to an index while it is built anew beside. It is found by stamps, as the store finds it: a change past Justuju that leaves the stamp of a document as it was
 * is not seen.
 */
export class LateWrites {
  private constructor(
    private readonly access: Access,
    private readonly uid: string,
    private known: CompactMap,
    private settings: unknown,
    private last: number | undefined,
    private readonly signal: AbortSignal | undefined,
    /** Number of the newest task of any index before the last look. */
    private looked = -1,
  ) {}

  /** Remembers what an index holds, once all that was sent to it before is in it. An index that is not there holds nothing. */
  static async watch(access: Access, uid: string, signal?: AbortSignal): Promise<LateWrites> {
    const watched = new LateWrites(access, uid, new CompactMap(), undefined, undefined, signal);
    watched.last = await watched.lastWrite();
    const { known } = watched;
    for await (const { key, stamp } of watched.versions(uid)) known.set(String(key), stamp);
    watched.settings = await watched.settingsOf(uid);
    return watched;
  }

  /** Takes over what was written since, round by round, until nothing is late, or so little that it may follow the swap. */
  async takeOver(into: Successor): Promise<void> {
    for (let round = 0, taken = 0; round < MOST_ROUNDS; round += 1) {
      this.looked = (await this.tasks('limit=1'))[0]?.uid ?? -1;
      const last = await this.lastWrite();
      if (last === this.last) return;
      this.last = last;
      taken = await this.takeFrom(this.uid, into);
      if (round === MOST_ROUNDS - 1 && taken <= FEW) return;
    }
    throw new OperatorError(
      `Somebody writes to \`${this.uid}\` faster than it can be taken over while it is built anew. It stays as it was, with what was written; run this again when less is written.`,
    );
  }

  /**
   * Takes over what came between the last look and the swap.
   * @param former what the old index is called now
   * @returns how many documents
   */
  async takeTail(former: string, swap: number, into: Successor): Promise<number> {
    // Which of the two indexes a task before a swap was of Meilisearch does not tell reliably behind it (1.21): all count that are not ours.
    const names = `${encodeURIComponent(this.uid)},${encodeURIComponent(former)}`;
    const [last] = await this.tasks(`indexUids=${names}&types=${WRITES}&from=${swap - 1}&limit=1`);
    return last === undefined || last.uid <= this.looked ? 0 : this.takeFrom(former, into);
  }

  private async takeFrom(uid: string, { uid: target, loader, onSettings, mayReplace }: Successor): Promise<number> {
    const settings = await this.settingsOf(uid);
    if (!isDeepStrictEqual(settings, this.settings)) {
      this.settings = settings;
      await onSettings();
    }
    const now = new CompactMap();
    const changed: unknown[] = [];
    let again = 0;
    for await (const { key, stamp } of this.versions(uid)) {
      const same = this.known.take(String(key), stamp);
      if (same !== undefined) again += 1;
      if (same !== true) changed.push(key);
      now.set(String(key), stamp);
    }
    const gone = again < this.known.size ? await this.goneFrom(target, now) : [];
    this.known = now;
    const free = await mayReplace?.([...changed, ...gone]);
    const may = (key: unknown): boolean => free?.has(String(key)) ?? true;
    for await (const document of documentsByKey(this.access, uid, changed.filter(may))) await loader.add(ownPart(document));
    await loader.settle();
    await removeDocuments(this.access, target, gone.filter(may), this.signal);
    return changed.length + gone.length;
  }

  /** Documents of the new index that the old one held, and holds no more. */
  private async goneFrom(target: string, now: CompactMap): Promise<unknown[]> {
    const primaryKey = await this.primaryKeyOf(target);
    const gone: unknown[] = [];
    if (primaryKey === undefined) return gone;
    for await (const { [primaryKey]: key } of fieldsOfAll(this.access, target, [primaryKey], this.signal))
      if (this.known.has(String(key)) && !now.has(String(key))) gone.push(key);
    return gone;
  }

  private async *versions(uid: string): AsyncGenerator<Version, void, undefined> {
    const primaryKey = await this.primaryKeyOf(uid);
    if (primaryKey === undefined) return;
    const settings = (await this.settingsOf(uid)) as { searchableAttributes?: string[] };
    yield* versionsIn(this.access, uid, primaryKey, versionOf(settings.searchableAttributes ?? []), this.signal);
  }

  private async primaryKeyOf(uid: string): Promise<string | undefined> {
    const { primaryKey } = (await this.ask(`/indexes/${encodeURIComponent(uid)}`)) as { primaryKey?: string | null };
    return primaryKey ?? undefined;
  }

  private settingsOf(uid: string): Promise<unknown> {
    return this.ask(`/indexes/${encodeURIComponent(uid)}/settings`);
  }

  /** Number of the last write, once it is done: then all before it are. */
  private async lastWrite(): Promise<number | undefined> {
    const [last] = await this.tasks(`indexUids=${encodeURIComponent(this.uid)}&types=${WRITES}&limit=1`);
    if (last === undefined) return undefined;
    await finishedTask(this.access, last.uid, this.signal);
    // Of several servers one may be behind the others.
    const unfinished = await this.tasks(
      `indexUids=${encodeURIComponent(this.uid)}&types=${WRITES}&statuses=enqueued,processing&limit=1000`,
    );
    for (const { uid } of unfinished) if (uid < last.uid) await finishedTask(this.access, uid, this.signal);
    return last.uid;
  }

  private async tasks(query: string): Promise<readonly { readonly uid: number }[]> {
    return ((await this.ask(`/tasks?${query}`)) as { results: { uid: number }[] }).results;
  }

  private async ask(path: string): Promise<unknown> {
    const { http, authorization } = this.access;
    return (await http.request({ method: 'GET', path, authorization })).json();
  }
}
