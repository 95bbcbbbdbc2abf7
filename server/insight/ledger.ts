import { mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Database, open, type RootDatabase } from 'lmdb';
import { checkFile, roomIn } from '../store/store-error.js';
import { addCounts, type Click, type Counts, countClick, noCounts } from './counts.js';

/** Days since 1970, in UTC. */
export type Day = number;
export const DAY_MS = 86_400_000;
export const dayOf = (milliseconds: number): Day => Math.floor(milliseconds / DAY_MS);

/** A row: what is counted of one need in one index on one day. Without a hash: of all of them together. */
export type RowKey = [day: Day, index: string, hash: string];
const ALL = '';

/** The row of all needs knows how many rows there are beside it. */
interface Row extends Counts {
  rows?: number;
}

/** A click or conversion on its way into its row. */
export interface Followed extends Omit<Click, 'isFirst'> {
  readonly kind: 'click' | 'conversion';
  /** The search that it followed; undefined: not told, or none of ours. */
  readonly queryUid: string | undefined;
  /** Until then it waits for its row, which another process may be about to write: milliseconds since 1970. */
  readonly until: number;
}

/** What is to be added to a row. */
export interface Change {
  readonly key: RowKey;
  readonly counts: Counts;
  readonly followed: Followed[];
}

/** Needs of one index on one day: what more comes is counted in the row of all, so that nobody fills the disk by asking nonsense. */
const MOST_ROWS = 20_000;
/** Rows that are changed, or read, in one turn of the event loop: a few milliseconds, also on a busy machine. */
const AT_ONCE = 100;
/** How long lmdb's reason for a failed write is waited for, in milliseconds: it comes in the same turn, or never. */
const REASON_WITHIN_MS = 100;
/** Bytes that must be free on the disk: on a full one lmdb rejects promises now and then that nobody was given, which ends the process. */
const LEAST_ROOM = 2 * 1024 * 1024;
/** Clicks that one search is counted with. */
const MOST_CLICKS = 20;

/**
 * What was counted, on disk: an LMDB file beside the stores. LMDB keeps several processes that write to it apart, a kill at any moment leaves it whole, and a write does not hold the event loop.
 * A table rather than an index of Meilisearch's: a search would otherwise cost Meilisearch a task, and counters are no documents.
 */
export class Ledger {
  private readonly root: RootDatabase;
  private readonly rows: Database<Row, RowKey>;
  /** Searches that were clicked → how often, by their ids, which begin with the time. */
  private readonly clicked: Database<number, string>;
  private readonly file: string;
  private readonly inode: number;

  /** @throws what the file system says, or StoreError where the file is damaged */
  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.file = join(folder, 'data.mdb');
    checkFile(this.file);
    // Writes stand in transactions of their own. The batch that lmdb makes of each turn has a promise that nobody can hear: where the commit fails (a full disk), it ended the process.
    this.root = open({ path: folder, noSubdir: false, maxDbs: 4, encoding: 'json', eventTurnBatching: false });
    this.rows = this.root.openDB({ name: 'rows', encoding: 'json' });
    this.clicked = this.root.openDB({ name: 'clicked', encoding: 'json' });
    this.inode = statSync(this.file).ino;
  }

  /** Whether somebody has deleted the file, or put another one there: what is written goes into one that nobody will open again. */
  get isGone(): boolean {
    return statSync(this.file, { throwIfNoEntry: false })?.ino !== this.inode;
  }

  /** Adds up. @returns what could not be written yet: clicks whose searches are still to come */
  async write(changes: readonly Change[], now: number): Promise<Change[]> {
    const left: Change[] = [];
    for (let at = 0; at < changes.length; at += AT_ONCE) {
      const part = changes.slice(at, at + AT_ONCE);
      await this.transaction(() => {
        for (const change of part) this.apply(change, now, left);
      });
    }
    return left;
  }

  /**
   * lmdb tells a commit that failed to each write of it, and the reason in a promise beside; one that nobody hears ends the process, as a full disk did.
   *
   * @throws the reason
   */
  private async transaction(act: () => void): Promise<void> {
    // Of a folder that is gone nothing is known: `isGone` tells.
    const room = roomIn(dirname(this.file));
    if (room < LEAST_ROOM) throw new Error(`no room on the disk: ${room} bytes are free`);
    try {
      await this.root.transaction(act);
    } catch (error) {
      const reason = (error as { commitError?: unknown }).commitError;
      if (!(reason instanceof Promise)) throw error;
      throw await Promise.race([
        reason.then(
          () => error,
          (cause: unknown) => cause,
        ),
        pause(REASON_WITHIN_MS, error, { ref: false }),
      ]);
    }
  }

  private apply({ key, counts, followed }: Change, now: number, left: Change[]): void {
    const [day, index] = key;
    const all = this.rows.get([day, index, ALL]) ?? { ...noCounts(), rows: 0 };
    let row = key[2] === ALL ? undefined : this.rows.get(key);
    const isNew = row === undefined && counts.searches > 0 && key[2] !== ALL;
    if (isNew && (all.rows ?? 0) < MOST_ROWS) {
      row = noCounts();
      all.rows = (all.rows ?? 0) + 1;
    }
    const waits = row === undefined && !isNew ? followed.filter(({ until, queryUid }) => queryUid !== undefined && until > now) : [];
    if (waits.length > 0) left.push({ key, counts: noCounts(), followed: waits });
    const isWaiting = new Set(waits);
    addCounts(all, counts, { spellings: 0, documents: 0 });
    if (row !== undefined) addCounts(row, counts);
    for (const event of followed) if (!isWaiting.has(event)) this.follow(event, all, row);
    unheard(this.rows.put([day, index, ALL], all));
    if (row !== undefined) unheard(this.rows.put(key, row));
  }

  /** A click is counted for its search, where that is known, and for all. */
  private follow({ kind, queryUid, position, document }: Followed, all: Counts, row: Counts | undefined): void {
    if (kind === 'conversion') {
      all.conversions += 1;
      if (row !== undefined) row.conversions += 1;
      return;
    }
    const before = row === undefined || queryUid === undefined ? undefined : (this.clicked.get(queryUid) ?? 0);
    if (before === MOST_CLICKS) return;
    if (before !== undefined && queryUid !== undefined) unheard(this.clicked.put(queryUid, before + 1));
    const isFirst = before === 0;
    // Which documents are clicked is told of each need, not of all.
    countClick(all, { position, document: undefined, isFirst });
    if (row !== undefined) countClick(row, { position, document, isFirst });
  }

  /** The rows of an index from one day to another, both included, some after each turn. The row of all needs of a day comes without a hash. */
  async *read(index: string, from: Day, to: Day): AsyncGenerator<{ readonly day: Day; readonly hash: string; readonly counts: Counts }> {
    for (let day = from; day <= to; day += 1) {
      let after: RowKey | undefined;
      for (;;) {
        const part = [
          ...this.rows.getRange({
            start: after ?? [day, index, ALL],
            ...(after !== undefined && { exclusiveStart: true }),
            end: [day, index, BEHIND],
            limit: AT_ONCE,
          }),
        ];
        for (const { key, value } of part) yield { day, hash: key[2], counts: value };
        after = part.at(-1)?.key;
        if (part.length < AT_ONCE) break;
        await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  /** Removes the days before one, and more where the rows take more than so many bytes, the oldest first. Some after each turn. */
  async trim(first: Day, today: Day, mostBytes: number): Promise<void> {
    await this.removeRows(first);
    await this.removeClicked((today - 1) * DAY_MS);
    for (let day = first; day < today && this.bytes() > mostBytes; day += 1) await this.removeRows(day + 1);
  }

  /** What the rows take on the disk. */
  private bytes(): number {
    const stats = this.rows.getStats() as Readonly<Record<string, number>>;
    const { pageSize = 0, treeBranchPageCount = 0, treeLeafPageCount = 0, overflowPages = 0 } = stats;
    return pageSize * (treeBranchPageCount + treeLeafPageCount + overflowPages);
  }

  private async removeRows(before: Day): Promise<void> {
    await this.removeIn(this.rows, [0, '', ''], [before, '', '']);
  }

  private async removeClicked(before: number): Promise<void> {
    const time = Math.max(0, before).toString(16).padStart(12, '0');
    await this.removeIn(this.clicked, '', `${time.slice(0, 8)}-${time.slice(8)}`);
  }

  private async removeIn<V, K extends string | RowKey>(table: Database<V, K>, start: K, end: K): Promise<void> {
    for (;;) {
      const keys = [...table.getKeys({ start, end, limit: AT_ONCE })];
      if (keys.length === 0) return;
      await this.transaction(() => {
        for (const key of keys) unheard(table.remove(key));
      });
    }
  }

  async close(): Promise<void> {
    await this.root.close();
  }
}

/** A write within a transaction, whose failure the transaction tells. */
function unheard(write: Promise<boolean>): void {
  write.catch((error: unknown) => {
    // The promise beside it too: under load it was rejected without one who hears.
    (error as { readonly commitError?: PromiseLike<unknown> }).commitError?.then(undefined, () => undefined);
  });
}

/** Behind all hashes. */
const BEHIND = 'g';
