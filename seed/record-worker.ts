/** The thread of `record-thread.ts`. */
import { parentPort } from 'node:worker_threads';
import type { Fields } from './fields.js';
import { prepareFor, type ReadRecord, readRecord } from './read-record.js';

export interface ToRead {
  readonly id: number;
  readonly records: readonly Fields[];
}

/** Undefined: it could not be read here. Who asked reads it by itself, and meets the same error where it can be told. */
export interface WasRead {
  readonly id: number;
  readonly records: readonly (ReadRecord | undefined)[];
}

parentPort?.on('message', (asked: ToRead) => void answer(asked));

async function answer({ id, records }: ToRead): Promise<void> {
  await prepareFor(records);
  const read = records.map((fields) => {
    try {
      const { page: _page, ...record } = readRecord(fields);
      return record;
    } catch {
      return undefined;
    }
  });
  parentPort?.postMessage({ id, records: read } satisfies WasRead);
}
