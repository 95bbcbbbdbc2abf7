import type { Asked } from './asked.js';

/** Who types goes on within this time, in milliseconds. */
const PATIENCE_MS = 5_000;
/** Searches that wait to be counted; beyond it the oldest is counted at once. Some 5 MB. */
const MOST = 10_000;
/** A query goes on by so many letters at once at most: what is pasted or chosen is another query. */
const LONGEST_STEP = 40;
/** So many that are over may stand in the list before it is cut. */
const CUT_AT = 1_000;

interface Waiting {
  readonly asked: Asked;
  readonly key: string;
  readonly until: number;
  isOver: boolean;
}

/**
 * Front ends search at each letter: غ, غا, غال, غالب are one query. So a search waits some seconds before it is counted, and one that begins with it and goes on takes its place: the longest such
 * one, once. Who asked is not looked at, and needs not be: each reader who types leaves as many beginnings behind as are taken, so that the counts are right however many type the same
 * at once. (Two that paste what begins alike within these seconds count as one.)
 */
export class Unfinished {
  private readonly byText = new Map<string, Waiting[]>();
  /** In the order of their time. */
  private readonly queue: Waiting[] = [];
  private first = 0;

  /** @param count told of each search that was not gone on from */
  constructor(private readonly count: (asked: Asked) => void) {}

  /** @param now milliseconds, rising */
  add(asked: Asked, now: number): void {
    const key = keyOf(asked);
    this.takeBeginning(key, asked.index.length + 1);
    const waiting: Waiting = { asked, key, until: now + PATIENCE_MS, isOver: false };
    const same = this.byText.get(key);
    if (same === undefined) this.byText.set(key, [waiting]);
    else same.push(waiting);
    this.queue.push(waiting);
    if (this.queue.length - this.first > MOST) this.countFirst();
  }

  /** Counts what nobody has gone on from in time; `Infinity`: all. */
  settle(now: number): void {
    while (this.first < this.queue.length && (this.queue[this.first] as Waiting).until <= now) this.countFirst();
  }

  /** A longer query that begins so takes the place of the longest that waits. */
  private takeBeginning(key: string, least: number): void {
    for (let length = key.length - 1; length > Math.max(least, key.length - LONGEST_STEP); length -= 1) {
      const waiting = this.byText.get(key.slice(0, length))?.pop();
      if (waiting === undefined) continue;
      if (this.byText.get(waiting.key)?.length === 0) this.byText.delete(waiting.key);
      waiting.isOver = true;
      return;
    }
  }

  private countFirst(): void {
    const waiting = this.queue[this.first] as Waiting;
    this.first += 1;
    // The list is cut now and then, not at each step.
    if (this.first > CUT_AT) {
      this.queue.splice(0, this.first);
      this.first = 0;
    }
    if (waiting.isOver) return;
    const same = this.byText.get(waiting.key);
    if (same !== undefined) {
      same.splice(same.indexOf(waiting), 1);
      if (same.length === 0) this.byText.delete(waiting.key);
    }
    this.count(waiting.asked);
  }
}

const keyOf = ({ index, text }: Asked): string => `${index}\n${text.toLowerCase()}`;
