import { mkdirSync } from 'node:fs';
import { type Database, open, type RootDatabase } from 'lmdb';
import type { Place } from './place.js';

/** The tasks by which servers do their parts of one write, by their places. Null: that server has not taken its part. */
export type Parts = readonly (readonly [Place, number | null])[];

/** An index, as it was last seen on each server. */
export interface Seen {
  /** Of the first server: what the index goes by. */
  readonly createdAt: string;
  /** On each of its servers. */
  readonly updatedAt: Readonly<Record<Place, string>>;
}

const SMALLEST = 0;

/**
 * What no server knows of the others, on disk below `DATA_DIR/group`: which tasks belong together, over how many servers an index is spread, and by what time of creation it goes. It cannot be made anew from the
 * servers, all but the second, so it is no part of the store. LMDB keeps several processes apart.
 */
export class GroupLedger {
  private readonly root: RootDatabase;
  private readonly tasks: Database<Parts, number>;
  private readonly byPart: Database<number, [Place, number]>;
  private readonly spread: Database<number, string>;
  private readonly seen: Database<Seen, string>;
  private readonly firsts: Database<string, [Place, string]>;

  constructor(folder: string) {
    mkdirSync(folder, { recursive: true });
    this.root = open({ path: folder, noSubdir: false, maxDbs: 8, encoding: 'json' });
    this.tasks = this.root.openDB({ name: 'tasks', encoding: 'json' });
    this.byPart = this.root.openDB({ name: 'tasks by part', encoding: 'json' });
    this.spread = this.root.openDB({ name: 'spread', encoding: 'json' });
    this.seen = this.root.openDB({ name: 'seen', encoding: 'json' });
    this.firsts = this.root.openDB({ name: 'firsts', encoding: 'json' });
  }

  /** Writes down a task of the group. @returns its number, which is larger than all before */
  addTask(parts: Parts): Promise<number> {
    return this.root.transaction(() => {
      const uid = this.lastTask() + 1;
      void this.tasks.put(uid, parts);
      for (const [place, part] of parts) if (part !== null) void this.byPart.put([place, part], uid);
      return uid;
    });
  }

  /** -1 where there is none. */
  lastTask(): number {
    this.root.resetReadTxn();
    return [...this.tasks.getKeys({ reverse: true, limit: 1 })][0] ?? -1;
  }

  countTasks(): number {
    return this.tasks.getCount();
  }

  partsOf(task: number): Parts | undefined {
    this.root.resetReadTxn();
    return this.tasks.get(task);
  }

  taskOf(place: Place, part: number): number | undefined {
    return this.byPart.get([place, part]);
  }

  /** The newest task of a server that belongs to this task of the group or to one before. */
  partBefore(task: number, place: Place): number | undefined {
    for (const { value } of this.tasks.getRange({ start: task, end: SMALLEST, reverse: true })) {
      const part = value.find(([at, uid]) => at === place && uid !== null)?.[1];
      if (part != null) return part;
    }
    return this.tasks.get(SMALLEST)?.find(([at]) => at === place)?.[1] ?? undefined;
  }

  /** Over how many servers an index is spread, from the first on; undefined: not known. */
  spreadOf(uid: string): number | undefined {
    // Another process may have written a moment ago.
    this.root.resetReadTxn();
    return this.spread.get(uid);
  }

  async setSpread(uid: string, servers: number | undefined): Promise<void> {
    if (servers === undefined) await this.spread.remove(uid);
    else if (this.spread.get(uid) !== servers) await this.spread.put(uid, servers);
  }

  /** Where nothing is written down yet. @returns what is written down then */
  addSpread(uid: string, servers: number): Promise<number> {
    return this.root.transaction(() => {
      const known = this.spread.get(uid);
      if (known === undefined) void this.spread.put(uid, servers);
      return known ?? servers;
    });
  }

  /** Two indexes have taken each other's names. */
  async swapSpread(one: string, other: string): Promise<void> {
    await this.root.transaction(() => {
      const [first, second] = [this.spread.get(one), this.spread.get(other)];
      for (const [uid, servers] of [
        [one, second],
        [other, first],
      ] as const)
        if (servers === undefined) void this.spread.remove(uid);
        else void this.spread.put(uid, servers);
    });
  }

  /** The time of creation by which an index goes that a server knows by its own. */
  firstOf(place: Place, createdAt: string): string | undefined {
    return place === 0 ? createdAt : this.firsts.get([place, createdAt]);
  }

  seenOf(createdAt: string): Seen | undefined {
    return this.seen.get(createdAt);
  }

  /** @param own the times of creation on the other servers */
  async see(seen: Seen, own: Readonly<Record<Place, string>>): Promise<void> {
    const isKnown = Object.entries(own).every(([place, createdAt]) => this.firsts.get([Number(place), createdAt]) === seen.createdAt);
    if (isKnown && JSON.stringify(this.seen.get(seen.createdAt)) === JSON.stringify(seen)) return;
    await this.root.transaction(() => {
      void this.seen.put(seen.createdAt, seen);
      for (const [place, createdAt] of Object.entries(own)) void this.firsts.put([Number(place), createdAt], seen.createdAt);
    });
  }

  async close(): Promise<void> {
    await this.root.close();
  }
}
