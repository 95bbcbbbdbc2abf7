import type { Logger } from 'pino';
import { type Asked, askedIn } from './asked.js';
import { addCounts, countSearch, noCounts } from './counts.js';
import type { SearchEvent } from './event.js';
import { type Change, DAY_MS, dayOf, type Followed, Ledger, type RowKey } from './ledger.js';
import { NO_NEED, readQueryUid, writeQueryUid } from './query-uid.js';
import { type Report, type ReportWish, report } from './report.js';
import { Unfinished } from './unfinished.js';

export interface InsightOptions {
  /** Where what is counted lies. */
  readonly folder: string;
  /** So many days are kept; 0: nothing is counted. */
  readonly days: number;
  /** Bytes on the disk; beyond them the oldest days go. */
  readonly mostBytes: number;
  readonly log: Logger;
}

/** How often what was counted is written, in milliseconds: what a kill loses. */
const WRITTEN_EVERY_MS = 1_000;
/** How long nothing is tried after a write that failed, in milliseconds: a full disk stays full for a while. */
const AGAIN_AFTER_MS = 5_000;
/** How often old days are removed, in milliseconds. */
const TRIMMED_EVERY_MS = 3_600_000;
/** Rows that wait to be written; beyond it events are refused, and searches not counted: the disk does not keep up. */
const MOST_WAITING = 20_000;
/** Events that wait to be written. */
const MOST_EVENTS = 5_000;
/** A click is taken within a day after its search. */
const FOLLOWED_WITHIN_MS = DAY_MS;
/** A clock of another machine may be ahead by so much, in milliseconds. */
const CLOCK_DRIFT_MS = 60_000;
/** A search is counted some seconds after it was made, by whichever process answered it: its clicks wait so long for it, in milliseconds. */
const ROW_WITHIN_MS = 30_000;

/** What became of an event: `unwritable`: what is counted cannot be written down at present. */
export type Taken = 'taken' | 'too many' | 'unwritable';

/**
 * What readers look for, find and choose, counted by need and day. A search is counted in memory, in microseconds, and written behind its answer. Nothing is kept of who asked: no address, no key, no id of a reader.
 */
export class Insight {
  /** Undefined where nothing is counted, or while its file cannot be opened. */
  private ledger: Ledger | undefined;
  private readonly unfinished = new Unfinished((asked) => this.count(asked));
  private changes = new Map<string, Change>();
  private events = 0;
  private readonly timers: NodeJS.Timeout[] = [];
  private writing: Promise<void> = Promise.resolve();
  private readonly reports = new Set<Promise<unknown>>();
  private failure: string | undefined;
  private againAt = 0;
  private hasDropped = false;

  constructor(private readonly options: InsightOptions) {
    if (!this.isOn) return;
    try {
      this.ledger = new Ledger(options.folder);
    } catch (error) {
      this.fail(error);
    }
    this.timers.push(
      setInterval(() => this.writeSoon(), WRITTEN_EVERY_MS).unref(),
      setInterval(() => this.trim(), TRIMMED_EVERY_MS).unref(),
    );
    this.trim();
  }

  /** Whether anything is counted here. */
  get isOn(): boolean {
    return this.options.days > 0;
  }

  /** Why nothing can be written down at present; undefined where all is well. Tried again every few seconds. */
  get fault(): string | undefined {
    return this.failure;
  }

  /**
   * One search was answered.
   *
   * @param isCounted false for what is no search of a reader's: another page of the same hits, a question for facets only
   * @returns the id by which events name this search; undefined where nothing is counted, or there are no words
   */
  searched(
    index: string,
    q: unknown,
    answer: Readonly<Record<string, unknown>>,
    { isCounted, wantsUid }: { readonly isCounted: boolean; readonly wantsUid: boolean },
  ): string | undefined {
    if (!this.isOn || !(isCounted || wantsUid)) return undefined;
    const now = Date.now();
    const asked = askedIn(index, q, answer, now);
    if (asked === undefined) return undefined;
    if (isCounted) this.unfinished.add(asked, now);
    return wantsUid ? writeQueryUid(asked) : undefined;
  }

  /** A reader clicked, or did what the site hopes for. Where nothing is counted it is taken and forgotten. */
  followed({ kind, index, queryUid, position, document }: SearchEvent): Taken {
    if (!this.isOn) return 'taken';
    if (this.failure !== undefined) return 'unwritable';
    if (this.events >= MOST_EVENTS) return 'too many';
    this.events += 1;
    const now = Date.now();
    const search = queryUid === undefined ? undefined : readQueryUid(queryUid);
    const isOfToday =
      search !== undefined && search.hash !== NO_NEED && search.at <= now + CLOCK_DRIFT_MS && search.at > now - FOLLOWED_WITHIN_MS;
    const event: Followed = { kind, queryUid: isOfToday ? queryUid : undefined, position, document, until: now + ROW_WITHIN_MS };
    const change = this.changeOf(isOfToday ? [dayOf(search.at), index, search.hash] : [dayOf(now), index, '']);
    change.followed.push(event);
    return 'taken';
  }

  /** What was counted of an index, with what was counted until now. Undefined where nothing is counted, or the file cannot be opened. */
  async report(wish: ReportWish): Promise<Report | undefined> {
    await this.write();
    if (this.ledger === undefined) return undefined;
    const today = dayOf(Date.now());
    // Days that were never counted, or are gone, are not looked through.
    const from = Math.max(wish.from, today - this.options.days + 1);
    const reading = report(this.ledger, { ...wish, from, to: Math.max(from, Math.min(wish.to, today)) });
    this.reports.add(reading);
    try {
      return await reading;
    } finally {
      this.reports.delete(reading);
    }
  }

  /** Writes what waits. Where it is the end, also what a reader may still be typing. */
  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    if (!this.isOn) return;
    this.unfinished.settle(Number.POSITIVE_INFINITY);
    await this.write();
    if (this.changes.size > 0 && this.failure !== undefined)
      this.options.log.error({ rows: this.changes.size }, 'what was counted last could not be written, and is lost');
    await this.closeWhenRead(this.ledger);
  }

  /** A report reads in several turns, and not from a file that was closed meanwhile. */
  private async closeWhenRead(ledger: Ledger | undefined): Promise<void> {
    await Promise.allSettled(this.reports);
    await ledger?.close();
  }

  private count(asked: Asked): void {
    if (this.changes.size >= MOST_WAITING) {
      if (!this.hasDropped) this.options.log.error('more searches wait to be written than are kept: these are not counted');
      this.hasDropped = true;
      return;
    }
    countSearch(this.changeOf([dayOf(asked.at), asked.index, asked.hash]).counts, asked);
  }

  private changeOf(key: RowKey): Change {
    const name = key.join(' ');
    let change = this.changes.get(name);
    if (change === undefined) {
      change = { key, counts: noCounts(), followed: [] };
      this.changes.set(name, change);
    }
    return change;
  }

  private writeSoon(): void {
    this.unfinished.settle(Date.now());
    if (Date.now() >= this.againAt) void this.write();
  }

  /** One write after the other. */
  private write(): Promise<void> {
    this.writing = this.writing.then(() => this.writeNow());
    return this.writing;
  }

  private async writeNow(): Promise<void> {
    if (!this.isOn || (this.changes.size === 0 && this.failure === undefined)) return;
    const changes = [...this.changes.values()];
    this.changes = new Map();
    this.events = 0;
    let left: readonly Change[] = changes;
    try {
      left = await this.writeWhereItIsFound(changes);
      this.recover();
    } catch (error) {
      this.fail(error);
    }
    for (const { key, counts, followed } of left) {
      const change = this.changeOf(key);
      addCounts(change.counts, counts);
      change.followed.push(...followed);
      this.events += followed.length;
    }
  }

  /** What was written into a file that is gone by then is written once more, into a new one: a click that was answered with 201 was lost. Who deletes the file wants what was kept before to be gone. */
  private async writeWhereItIsFound(changes: readonly Change[]): Promise<readonly Change[]> {
    const { folder, log } = this.options;
    this.ledger ??= new Ledger(folder);
    const left = await this.ledger.write(changes, Date.now());
    if (!this.ledger.isGone) return left;
    log.error({ folder }, 'the file of what readers look for was deleted or replaced; counting begins anew');
    void this.closeWhenRead(this.ledger).catch((error: unknown) => log.warn({ err: error }, 'a file that was deleted could not be closed'));
    this.ledger = undefined;
    this.ledger = new Ledger(folder);
    return this.ledger.write(changes, Date.now());
  }

  private fail(error: unknown): void {
    const { folder, log } = this.options;
    this.againAt = Date.now() + AGAIN_AFTER_MS;
    if (this.failure === undefined)
      log.error({ err: error, folder }, 'what readers look for cannot be written down; it is tried again, events are refused until then');
    this.failure = error instanceof Error ? error.message : String(error);
  }

  private recover(): void {
    if (this.failure !== undefined) this.options.log.info('what readers look for is written down again');
    this.failure = undefined;
    this.hasDropped = false;
  }

  private trim(): void {
    const { days, mostBytes, log } = this.options;
    const today = dayOf(Date.now());
    this.ledger
      ?.trim(today - days + 1, today, mostBytes)
      .catch((error: unknown) => log.warn({ err: error }, 'old counts could not be removed'));
  }
}
