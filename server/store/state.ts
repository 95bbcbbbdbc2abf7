import { type CountChanges, type Counts, Dictionary, type NewWords, type WordCounts } from './dictionary.js';
import { Growing } from './growing.js';
import { ranksOf, type Settings } from './impact.js';

/** A document's number is of one that a write is under way for, of one that is there, or (also where it was never given) of none. */
export const DEAD = 0;
export const LIVE = 1;
export const PENDING = 2;

/** Documents with neighbouring numbers, whose posting lists were written together. */
export interface Segment {
  readonly number: number;
  readonly first: number;
  /** Up to but without. */
  readonly end: number;
  /** That it holds, dead ones too. */
  readonly documents: number;
}

/** What a task of Meilisearch will do when it succeeds. */
export interface PendingTask {
  readonly task: number;
  readonly added: Uint32Array;
  readonly removed: readonly string[] | 'all';
}

/** One process at a time merges or rebuilds: this one, so long as it says so again and again. */
export interface Claim {
  readonly by: string;
  readonly at: number;
  /** The segment in the making. */
  readonly segment?: number;
}

export interface Sync {
  readonly lastTask: number | undefined;
  readonly syncedUpdatedAt: string | undefined;
}

/** What one transaction changed. */
export interface Change {
  readonly words?: NewWords;
  readonly counts?: CountChanges;
  /** The next document number, from now on. */
  readonly next?: number;
  /** Of the documents with the last numbers before it: see `Checkpoint`. */
  readonly tieBreaks?: Uint32Array;
  readonly live?: Uint32Array;
  readonly pending?: Uint32Array;
  readonly dead?: Uint32Array;
  /** Field names that are new, in the order of their numbers. */
  readonly fields?: readonly string[];
  readonly opened?: PendingTask;
  readonly settled?: number;
  /** A task whose work is in the store now. */
  readonly done?: number;
  readonly sync?: Sync;
  readonly settings?: Settings;
  readonly segments?: readonly Segment[];
  readonly nextSegment?: number;
  /** Segments that may be deleted, with the generation since which nobody needs them and the time. */
  readonly retired?: readonly Retired[];
  readonly claim?: Claim | null;
  /** Settings for which the store is to be made anew. */
  readonly target?: Settings | null;
  /** The store goes on in another folder: this number. */
  readonly successor?: number;
  /** All live documents are gone, before anything else that changes. */
  readonly cleared?: boolean;
}

export interface Retired {
  readonly segment: number;
  readonly generation: number;
  readonly at: number;
}

/** All of a state but the words. */
export interface Checkpoint {
  readonly generation: number;
  readonly counts: Counts;
  readonly sorted: Uint32Array;
  readonly statuses: Uint8Array;
  /** For each document what decides between those that answer alike: made of its stamp, so that it is the same in every store of an index, whatever numbers documents have there. */
  readonly tieBreaks: Uint32Array;
  readonly rest: Rest;
  /** Parts of the table of words that belong to it, and how many words are in them. */
  readonly parts: number;
  readonly words: WordCounts;
  /** The generation of the checkpoint before. */
  readonly previous: number;
}

/** What there is beside words, counts and statuses of documents; the fields are those of `Change`. */
export interface Rest {
  readonly next: number;
  readonly fieldNames: readonly string[];
  readonly tasks: readonly PendingTask[];
  /** Tasks after the last one of `sync` whose work is in the store. */
  readonly done: readonly number[];
  readonly sync: Sync;
  readonly settings: Settings;
  readonly segments: readonly Segment[];
  readonly nextSegment: number;
  readonly retired: readonly Retired[];
  readonly claim: Claim | null;
  readonly target: Settings | null;
  readonly successor: number | null;
}

const NOTHING: Rest = {
  next: 0,
  fieldNames: [],
  tasks: [],
  done: [],
  sync: { lastTask: undefined, syncedUpdatedAt: undefined },
  settings: { primaryKey: undefined, searchable: ['*'] },
  segments: [],
  nextSegment: 0,
  retired: [],
  claim: null,
  target: null,
  successor: null,
};

/** What is kept of a store in memory, by its readers and its writers alike: the same changes, one after the other, make the same state. */
export class State {
  generation = 0;
  /** The generation in which a document last came alive or died, or a task had its effect (its documents may be none of the store), as far as this reader has seen: not the same for all. */
  documentsChanged = 0;
  readonly dictionary = new Dictionary();
  private rest = NOTHING;
  private statuses = new Uint8Array(1024);
  private tieBreaks = new Growing();
  /** For each field name, by number, its rank among the searched ones, or -1. */
  private ranks: readonly number[] = [];

  /** What there is beside words, counts and statuses. */
  get now(): Rest {
    return this.rest;
  }

  statusOf(document: number): number {
    return this.statuses[document] ?? DEAD;
  }

  /** See `Checkpoint`. */
  tieBreakOf(document: number): number {
    return this.tieBreaks.at(document);
  }

  rankOfField(name: number): number {
    return this.ranks[name] ?? -1;
  }

  apply(change: Change): void {
    this.generation += 1;
    if (change.cleared === true) this.clear();
    if (change.words !== undefined) this.dictionary.add(change.words);
    if (change.counts !== undefined) this.dictionary.count(change.counts);
    const { rest } = this;
    this.setRest({
      next: change.next ?? rest.next,
      fieldNames: change.fields === undefined ? rest.fieldNames : [...rest.fieldNames, ...change.fields],
      tasks: tasksAfter(rest.tasks, change),
      done: doneAfter(rest.done, change),
      sync: change.sync ?? rest.sync,
      settings: change.settings ?? rest.settings,
      segments: change.segments ?? rest.segments,
      nextSegment: change.nextSegment ?? rest.nextSegment,
      retired: change.retired ?? rest.retired,
      claim: change.claim === undefined ? rest.claim : change.claim,
      target: change.target === undefined ? rest.target : change.target,
      successor: change.successor ?? rest.successor,
    });
    change.tieBreaks?.forEach((tieBreak, i, { length }) => {
      this.tieBreaks.set(this.rest.next - length + i, tieBreak);
    });
    this.mark(change.dead, DEAD);
    this.mark(change.pending, PENDING);
    this.mark(change.live, LIVE);
    const moved = (change.live?.length ?? 0) + (change.dead?.length ?? 0);
    if (moved > 0 || change.cleared === true || change.done !== undefined) this.documentsChanged = this.generation;
  }

  /** @param previous the generation of the checkpoint before */
  checkpoint(parts: number, previous: number): Checkpoint {
    return {
      parts,
      previous,
      words: this.dictionary.wordCounts,
      generation: this.generation,
      counts: this.dictionary.counts,
      sorted: this.dictionary.sort(),
      statuses: this.statuses.subarray(0, this.rest.next),
      tieBreaks: this.tieBreaks.view(),
      rest: this.rest,
    };
  }

  /** Goes on from a checkpoint; its words must have been added. */
  restore({ generation, counts, sorted, statuses, tieBreaks, rest }: Checkpoint): void {
    this.generation = generation;
    this.documentsChanged = generation;
    this.dictionary.setCounts(counts, sorted);
    this.statuses = new Uint8Array(Math.max(1024, statuses.length));
    this.statuses.set(statuses);
    this.tieBreaks = new Growing(tieBreaks);
    this.setRest(rest);
  }

  private setRest(rest: Rest): void {
    const isSame = rest.settings === this.rest.settings && rest.fieldNames === this.rest.fieldNames;
    this.rest = rest;
    if (!isSame) this.ranks = ranksOf(rest.fieldNames, rest.settings);
    if (rest.next <= this.statuses.length) return;
    const statuses = new Uint8Array(rest.next * 2);
    statuses.set(this.statuses);
    this.statuses = statuses;
  }

  private clear(): void {
    this.dictionary.clearCounts();
    for (let document = 0; document < this.rest.next; document += 1) if (this.statuses[document] === LIVE) this.statuses[document] = DEAD;
  }

  private mark(documents: Uint32Array | undefined, status: number): void {
    documents?.forEach((document) => {
      this.statuses[document] = status;
    });
  }
}

function tasksAfter(tasks: readonly PendingTask[], { opened, settled }: Change): readonly PendingTask[] {
  const left = settled === undefined ? tasks : tasks.filter(({ task }) => task !== settled);
  return opened === undefined ? left : [...left, opened];
}

function doneAfter(tasks: readonly number[], { done, sync }: Change): readonly number[] {
  const all = done === undefined ? tasks : [...tasks, done];
  const last = sync?.lastTask;
  return last === undefined ? all : all.filter((task) => task > last);
}
