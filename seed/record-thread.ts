import { Thread, threadFile } from '../server/thread.js';
import type { Fields } from './fields.js';
import type { ReadRecord } from './read-record.js';
import type { ToRead, WasRead } from './record-worker.js';

/** Megabytes. A record is read in much less; without bounds V8 would let garbage of tens of megabytes lie in a second heap. */
const MEMORY = { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 256 };

/** Reads records in a thread of its own: cleaning takes half the time of a run. */
export class RecordThread {
  private readonly waiting = new Map<number, (records: WasRead['records']) => void>();
  private readonly thread: Thread<ToRead, WasRead>;
  private next = 0;
  private hasFallen = false;
  /** It has started, or it has fallen: who reads meanwhile need not do so any longer. */
  isReady = false;

  constructor(file = threadFile('seed/record-worker')) {
    this.thread = new Thread<ToRead, WasRead>({
      file,
      memory: MEMORY,
      onTold: ({ id, records }) => {
        this.waiting.get(id)?.(records);
        this.waiting.delete(id);
      },
      // What it was asked is read by who asked: a record that is too much for it may be for this thread too, and is named then.
      onFault: () => undefined,
      onEnd: () => {
        this.hasFallen = true;
        for (const resolve of this.waiting.values()) resolve([]);
        this.waiting.clear();
      },
    });
  }

  /** Begins it. It loads what it needs while others read. One that falls meanwhile answers too. */
  start(): void {
    void this.read([]).then(() => {
      this.isReady = true;
    });
  }

  /** @returns for each record what was read; undefined, or none, where it could not be */
  read(records: readonly Fields[]): Promise<readonly (ReadRecord | undefined)[]> {
    if (this.hasFallen) return Promise.resolve([]);
    const id = this.next++;
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.thread.post({ id, records });
    });
  }

  close(): Promise<void> {
    return this.thread.terminate();
  }
}
