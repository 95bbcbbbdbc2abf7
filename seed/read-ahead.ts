import type { Fields } from './fields.js';
import type { FailedIn, FoundIn } from './found-in.js';
import type { ReadRecord } from './read-record.js';
import type { RecordThread } from './record-thread.js';

type Part = FoundIn | FailedIn;

/** Something that was found in a source; of a record also what was read of it, where another thread has done so. */
export interface ReadPart {
  readonly part: Part;
  readonly record?: ReadRecord | undefined;
}

/** Records given to the thread at a time, and characters in them: a message costs as much as a short record. */
const BATCH = { records: 32, length: 128 * 1024 };
/** What is found, and characters in it, before the first of it is waited for. */
const AHEAD = { parts: 128, length: 1024 * 1024 };

interface Waiting {
  readonly part: Part;
  readonly length: number;
  readonly record: Promise<ReadRecord | undefined>;
}

/** What is found in a source, in its order, while the records behind are read in a thread. */
export async function* readAhead(parts: AsyncIterable<Part>, thread: RecordThread): AsyncGenerator<ReadPart, void, undefined> {
  const waiting: Waiting[] = [];
  let ahead = 0;
  let batch = new Batch(thread);
  async function first(): Promise<ReadPart> {
    const { part, length, record } = waiting.shift() as Waiting;
    ahead -= length;
    return { part, record: await record };
  }
  let failure: Error | undefined;
  try {
    for await (const part of parts) {
      const fields = 'found' in part && part.found.kind === 'record' ? part.found.fields : undefined;
      const length = fields?.body.length ?? 0;
      ahead += length;
      waiting.push({ part, length, record: fields === undefined ? Promise.resolve(undefined) : batch.add(fields) });
      const isMuch = (): boolean => waiting.length >= AHEAD.parts || ahead >= AHEAD.length;
      if (isMuch() || batch.isFull) {
        batch.send();
        batch = new Batch(thread);
      }
      while (isMuch()) yield await first();
    }
  } catch (error) {
    failure = error as Error;
  }
  // What stands before a place that cannot be read comes all the same.
  batch.send();
  while (waiting.length > 0) yield await first();
  if (failure !== undefined) throw failure;
}

class Batch {
  private readonly records: Fields[] = [];
  private length = 0;
  private fulfil: (read: Promise<readonly (ReadRecord | undefined)[]>) => void = () => undefined;
  private readonly read = new Promise<readonly (ReadRecord | undefined)[]>((resolve) => {
    this.fulfil = resolve;
  });

  constructor(private readonly thread: RecordThread) {}

  get isFull(): boolean {
    return this.records.length >= BATCH.records || this.length >= BATCH.length;
  }

  add(fields: Fields): Promise<ReadRecord | undefined> {
    const place = this.records.push(fields) - 1;
    this.length += fields.body.length;
    return this.read.then((all) => all[place]);
  }

  send(): void {
    this.fulfil(this.records.length === 0 ? Promise.resolve([]) : this.thread.read(this.records));
  }
}
