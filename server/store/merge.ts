import { APPEND, META, numberBytes, Postings, readNumber, segmentKey } from './layout.js';
import { DEAD, type Segment, type State } from './state.js';
import type { StoreWriter } from './writer.js';

/** Bytes that one transaction of a merge writes, and keys that one of a deletion removes, about: some ten milliseconds each. */
const SLICE_BYTES = 4 * 1024 * 1024;
const SLICE_KEYS = 4_000;
/** As many neighbours of like size are merged; so many times larger is what they become, and what counts as like: up to `SMALLEST` documents, up to `FANOUT` times that, and so on. */
const FANOUT = 8;
const SMALLEST = 64;
const MOST_MERGED = 2 * FANOUT;
/** A segment of which so much is dead is written anew. */
const DEAD_SHARE = 0.4;
/** Whoever makes something says that it still does, and is believed so long, in milliseconds. */
const CLAIM_RENEWED = 2_000;
const CLAIM_BELIEVED = 30_000;

/** What is waited for before segments are deleted: readers look for news far more often. */
export const RETIRED_FOR = 3_000;

/** The segments to merge next: small neighbours first. So each document is written anew only as often as the store grows `FANOUT` times. */
export function chooseMerge(state: State): readonly Segment[] {
  const { segments } = state.now;
  const largest = Math.max(0, ...segments.map(({ documents }) => documents));
  for (let size = SMALLEST; size < FANOUT * Math.max(largest, SMALLEST); size *= FANOUT) {
    for (let end = segments.length; end >= FANOUT; end -= 1) {
      let from = end;
      while (from > 0 && end - from < MOST_MERGED && (segments[from - 1] as Segment).documents <= size) from -= 1;
      if (end - from >= FANOUT) return segments.slice(from, end);
    }
  }
  const worn = segments.find((segment) => segment.documents - aliveIn(segment, state) > segment.documents * DEAD_SHARE);
  return worn === undefined ? [] : [worn];
}

/** How many of the documents with these numbers are not dead. */
function aliveIn({ first, end }: Pick<Segment, 'first' | 'end'>, state: State): number {
  let alive = 0;
  for (let document = first; document < end; document += 1) if (state.statusOf(document) !== DEAD) alive += 1;
  return alive;
}

/** Takes the right to merge or rebuild, or keeps it. Returns whether it is ours; to be called within `write`. */
export function claim(writer: StoreWriter, by: string, segment?: number): boolean {
  const { current } = writer;
  const held = current.now.claim;
  const isOurs = held?.by === by;
  const now = Date.now();
  if (held !== null && !isOurs && now - held.at < CLAIM_BELIEVED) return false;
  // What a merge that was killed, or failed, left.
  if (held?.segment !== undefined && held.segment !== segment) writer.record(writer.retire([held.segment]));
  if (isOurs && held.segment === segment && now - held.at < CLAIM_RENEWED) return true;
  writer.record({ claim: { by, at: now, ...(segment === undefined ? {} : { segment }) } });
  return true;
}

/** Merges segments into a new one, without their dead documents: many small transactions under a new number, and one that puts it in their place. */
export function* merge(writer: StoreWriter, sources: readonly Segment[], by: string): Generator<undefined> {
  const { nextSegment: segment } = writer.current.now;
  const isBegun = writer.write(() => {
    if (writer.current.now.nextSegment !== segment || !claim(writer, by, segment)) return false;
    writer.record({ nextSegment: segment + 1 });
    return true;
  });
  if (!isBegun) return;
  const merging = new Merging(writer, sources, segment);
  for (;;) {
    yield;
    const lists = merging.read();
    const isOurs = writer.write(() => {
      if (!isHeld(writer, by, segment)) return false;
      // Where nothing was added meanwhile these are the last keys.
      const options = writer.current.now.nextSegment === segment + 1 ? APPEND : {};
      for (const [key, bytes] of lists) writer.tables.postings.putSync(key, bytes, options);
      return claim(writer, by, segment);
    });
    if (!isOurs) return;
    if (lists.length === 0) break;
  }
  writer.write(() => {
    if (!isHeld(writer, by, segment)) return;
    const { segments } = writer.current.now;
    const at = segments.findIndex(({ number }) => number === sources[0]?.number);
    const isThere = sources.every(({ number }, i) => at !== -1 && segments[at + i]?.number === number);
    if (!isThere) return writer.record({ claim: null, ...writer.retire([segment]) });
    const merged = merging.merged(writer.current);
    const replaced = [...segments.slice(0, at), ...(merged.documents === 0 ? [] : [merged]), ...segments.slice(at + sources.length)];
    const gone = [...sources.map(({ number }) => number), ...(merged.documents === 0 ? [segment] : [])];
    writer.record({ segments: replaced, claim: null, ...writer.retire(gone) });
  });
}

const isHeld = (writer: StoreWriter, by: string, segment: number): boolean =>
  writer.current.now.claim?.by === by && writer.current.now.claim.segment === segment;

/** Goes through the posting lists of several segments, which are in one order, side by side. */
class Merging {
  private after: Buffer | undefined;
  private readonly list = new Postings();
  private readonly part = new Postings();

  constructor(
    private readonly writer: StoreWriter,
    private readonly sources: readonly Segment[],
    private readonly segment: number,
  ) {}

  merged(state: State): Segment {
    const first = (this.sources[0] as Segment).first;
    const end = (this.sources[this.sources.length - 1] as Segment).end;
    return { number: this.segment, first, end, documents: aliveIn({ first, end }, state) };
  }

  /** The next posting lists of the merged segment; none at its end. */
  read(): [key: Buffer, bytes: Buffer][] {
    const lists: [Buffer, Buffer][] = [];
    const open = this.sources.map(({ number }) => this.rangeOf(number));
    let bytes = 0;
    while (bytes < SLICE_BYTES) {
      let least: Buffer | undefined;
      for (const { word } of open) if (word !== undefined && (least === undefined || word.compare(least) < 0)) least = word;
      if (least === undefined) break;
      this.list.clear();
      for (const source of open) {
        if (source.word?.equals(least) !== true) continue;
        this.append(source.value);
        bytes += source.value.length;
        source.advance();
      }
      this.after = least;
      if (this.list.length > 0) lists.push([Buffer.concat([segmentKey(this.segment), least]), this.list.bytes()]);
    }
    for (const source of open) source.close();
    // All of them dead: what follows may not be.
    return lists.length === 0 && bytes >= SLICE_BYTES ? this.read() : lists;
  }

  private append(bytes: Uint8Array): void {
    const { current } = this.writer;
    const { part, list } = this;
    part.read(bytes);
    for (let i = 0; i < part.length; i += 1) {
      const document = part.documents[i] as number;
      if (current.statusOf(document) !== DEAD) list.push(document, part.impacts[i] as number, part.masks[i] as number);
    }
  }

  /** The lists of a segment behind those that are done. */
  private rangeOf(number: number): Range {
    const { postings } = this.writer.tables;
    const start = this.after === undefined ? segmentKey(number) : Buffer.concat([segmentKey(number), this.after]);
    const entries = postings.getRange({ start, end: segmentKey(number + 1), exclusiveStart: this.after !== undefined })[Symbol.iterator]();
    return new Range(entries);
  }
}

class Range {
  /** The key behind the segment's number: what the list is of. Undefined at the end. */
  word: Buffer | undefined;
  value: Uint8Array = new Uint8Array(0);

  constructor(private readonly entries: Iterator<{ key: Uint8Array; value: Buffer }>) {
    this.advance();
  }

  advance(): void {
    const next = this.entries.next();
    this.word = undefined;
    if (next.done === true) return;
    this.word = Buffer.from(next.value.key).subarray(segmentKey(0).length);
    this.value = next.value.value;
  }

  close(): void {
    this.entries.return?.();
  }
}

/** Deletes segments that are no longer searched, some keys at a time. */
export function* sweep(writer: StoreWriter, patience: number): Generator<undefined> {
  const { tables } = writer;
  for (const { segment, generation, at } of writer.current.now.retired) {
    if (Date.now() - at < patience) return;
    let isDone = false;
    while (!isDone) {
      yield;
      writer.write(() => {
        // A reader that has not gone on so far must do so before it looks for postings.
        if (readNumber(tables.meta, META.floor) < generation) tables.meta.putSync(META.floor, numberBytes(generation));
        const keys = [...tables.postings.getKeys({ start: segmentKey(segment), end: segmentKey(segment + 1), limit: SLICE_KEYS })];
        for (const key of keys) tables.postings.removeSync(key);
        isDone = keys.length < SLICE_KEYS;
        if (isDone) writer.record({ retired: writer.current.now.retired.filter((retired) => retired.segment !== segment) });
      });
    }
  }
}
