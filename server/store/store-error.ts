import { closeSync, fstatSync, openSync, readSync, statfsSync } from 'node:fs';

/**
 * Why a store cannot be read or written: `damaged`: it must be deleted and built anew; `full`: the disk is; `gone`: closed meanwhile; `failed`: anything else, worth another try.
 */
export type StoreFault = 'damaged' | 'full' | 'gone' | 'failed';

export class StoreError extends Error {
  constructor(
    readonly fault: StoreFault,
    message: string,
  ) {
    super(message);
    this.name = 'StoreError';
  }
}

/** What lmdb says of a file that holds something else than it should. */
const DAMAGE =
  /MDB_(CORRUPTED|PAGE_NOTFOUND|INVALID|VERSION_MISMATCH|BAD_DBI|INCOMPATIBLE|PANIC)|not a valid LMDB|Located page was wrong type|wrong type|Unable to deserialize|Database not found/i;
const FULL = /ENOSPC|No space left|MDB_MAP_FULL|disk quota/i;
/** What lmdb says where less was written than should have been. */
const CUT_SHORT = /Input\/output error/i;
/** A disk with less room, in bytes, is called full where a write was cut short. */
const LITTLE_ROOM = 64 * 1024 * 1024;

/** @param folder of the store, where something was written */
export function toStoreError(error: unknown, folder?: string): StoreError {
  if (error instanceof StoreError) return error;
  const message = error instanceof Error ? error.message : String(error);
  if (FULL.test(message) || (CUT_SHORT.test(message) && folder !== undefined && roomIn(folder) < LITTLE_ROOM)) {
    return new StoreError('full', `there is no room for the store (${message})`);
  }
  // What was read could not be understood: it is not what was written.
  const isNonsense = error instanceof RangeError || error instanceof TypeError || error instanceof SyntaxError;
  return new StoreError(isNonsense || DAMAGE.test(message) ? 'damaged' : 'failed', message);
}

/** Bytes that are free on the disk of a folder; of one that cannot be looked at all that may be. */
export function roomIn(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}

/** Of a meta page, as lmdb writes it: where the magic number, the page size, the last page and the transaction stand. */
const MAGIC = 0xbeefc0de;
const META = { magic: 24, pageSize: 48, lastPage: 144, transaction: 152, length: 176 } as const;

/**
 * Looks whether a file may be opened. lmdb maps it into memory: one that is cut off would end the process when its missing part is read, and no error could be caught.
 */
export function checkFile(file: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'r');
  } catch {
    return; // Not there: it will be made.
  }
  try {
    const { size } = fstatSync(descriptor);
    if (size === 0) return;
    const first = readMeta(descriptor, 0);
    if (first === undefined) throw new StoreError('damaged', `${file} does not begin as an LMDB file`);
    let newest = first;
    for (const at of [first.pageSize / 2, first.pageSize, (first.pageSize * 3) / 2]) {
      const meta = readMeta(descriptor, at);
      if (meta !== undefined && meta.transaction > newest.transaction) newest = meta;
    }
    const needed = (newest.lastPage + 1) * first.pageSize;
    if (size < needed) throw new StoreError('damaged', `${file} is cut off: ${size} bytes of ${needed}`);
  } finally {
    closeSync(descriptor);
  }
}

function readMeta(descriptor: number, at: number): { pageSize: number; lastPage: number; transaction: number } | undefined {
  const bytes = Buffer.alloc(META.length);
  if (readSync(descriptor, bytes, 0, META.length, at) < META.length || bytes.readUInt32LE(META.magic) !== MAGIC) return undefined;
  return {
    pageSize: bytes.readUInt32LE(META.pageSize),
    lastPage: Number(bytes.readBigUInt64LE(META.lastPage)),
    transaction: Number(bytes.readBigUInt64LE(META.transaction)),
  };
}
