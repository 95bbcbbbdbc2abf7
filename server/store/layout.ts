import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { ANALYZER_VERSION } from '@justuju/urdu';
import { type Database, open, type RootDatabase } from 'lmdb';
import { checkFile } from './store-error.js';

/** Raised when the bytes in the file mean something else: stores of other versions are built anew. */
export const LAYOUT_VERSION = 4;

/** Stores that were written by other code lie elsewhere: the folder's name. */
export const STORE_VERSION = `${LAYOUT_VERSION}-${ANALYZER_VERSION}`;

/** What the tables of a store hold. All of it is derived and can be built anew from Meilisearch. */
export interface Tables {
  readonly root: RootDatabase<Buffer, string>;
  /** By name: see `META`. */
  readonly meta: Database<Buffer, string>;
  /** Generation → what changed (`Change`). */
  readonly log: Database<Buffer, number>;
  /** Part → words (`NewWords`) as of the checkpoint. */
  readonly words: Database<Buffer, number>;
  /** Document → its name (`DocumentName`), as JSON. */
  readonly documents: Database<Buffer, number>;
  /** Primary key as text → the live document. Meilisearch knows no difference between 1 and "1". */
  readonly keys: Database<Buffer, string>;
  /** Document → its term vector, as `VectorEncoder` writes it. */
  readonly vectors: Database<Buffer, number>;
  /** Segment and term, segment and beginning, or segment and pair → posting list; see `termKey`, `beginningKey`, `pairKey`, `Postings`. */
  readonly postings: Database<Buffer, Uint8Array>;
}

export const META = {
  /** The layout and analyzer the store was made by. */
  version: 'version',
  /** How many changes there were. */
  generation: 'generation',
  /** Readers that are not at this generation yet may miss segments that are gone. */
  floor: 'floor',
  /** Everything in memory (`Checkpoint`), as of one generation. */
  checkpoint: 'checkpoint',
  /** Its generation. */
  checkpointed: 'checkpointed',
} as const;

const TABLES = 8;
const DATA_FILE = 'data.mdb';
const FOLDER_NAME = /^\d+$/;

/** A store lies in a folder with a number; one that was made anew lies beside it under the next, and the old one says so. */
export function currentFolder(base: string): string | undefined {
  const names = existsSync(base) ? readdirSync(base) : [];
  const numbers = names.filter((name) => FOLDER_NAME.test(name) && existsSync(join(base, name, DATA_FILE)));
  return numbers.length === 0 ? undefined : numberedFolder(base, Math.min(...numbers.map(Number)));
}

export const numberedFolder = (base: string, number: number): string => join(base, String(number));

/** Opens a store. The readers' side must open it after the writers' side: it creates nothing. */
export function openTables(folder: string, readOnly: boolean): Tables {
  checkFile(join(folder, DATA_FILE));
  const root: RootDatabase<Buffer, string> = open({ path: folder, maxDbs: TABLES, encoding: 'binary', readOnly, noSubdir: false });
  const byNumber = (name: string): Database<Buffer, number> => root.openDB({ name, encoding: 'binary', keyEncoding: 'uint32' });
  return {
    root,
    meta: root.openDB({ name: 'meta', encoding: 'binary' }),
    log: byNumber('log'),
    words: byNumber('words'),
    documents: byNumber('documents'),
    keys: root.openDB({ name: 'keys', encoding: 'binary' }),
    vectors: byNumber('vectors'),
    postings: root.openDB({ name: 'postings', encoding: 'binary', keyEncoding: 'binary' }),
  };
}

/** Longer primary keys are refused by Meilisearch. */
const LONGEST_KEY = 511;

/** Whether a text may be a primary key. */
export const isKey = (text: string): boolean => text !== '' && text.length <= LONGEST_KEY;

/** For keys behind all others of their table: pages are filled, not halved. */
export const APPEND = { append: true } as const;

export const pack = (value: unknown): Buffer => serialize(value);
export const unpack = <T>(bytes: Uint8Array): T => deserialize(bytes) as T;

/** The number under a name, 0 where there is none. */
export function readNumber<K extends string>(table: Database<Buffer, K>, key: K): number {
  const bytes = table.getBinaryFast(key);
  return bytes === undefined ? 0 : bytes.readUInt32LE(0);
}

export function numberBytes(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(number);
  return bytes;
}

/** A key of the postings: the segment (four bytes, so that a segment's keys stand together), then what kind of list, then which. */
const TERM = 0;
const BEGINNING = 1;
const PAIR = 2;

export function termKey(segment: number, term: number): Buffer {
  const key = Buffer.allocUnsafe(9);
  key.writeUInt32BE(segment, 0);
  key[4] = TERM;
  key.writeUInt32BE(term, 5);
  return key;
}

export function beginningKey(segment: number, beginning: string): Buffer {
  const key = Buffer.allocUnsafe(5 + 2 * beginning.length);
  key.writeUInt32BE(segment, 0);
  key[4] = BEGINNING;
  key.write(beginning, 5, 'utf16le');
  return key;
}

/** @param pair see `pairOf` */
export function pairKey(segment: number, pair: number): Buffer {
  const key = Buffer.allocUnsafe(11);
  key.writeUInt32BE(segment, 0);
  key[4] = PAIR;
  key.writeUIntBE(pair, 5, 6);
  return key;
}

/** Before all keys of a segment. */
export function segmentKey(segment: number): Buffer {
  const key = Buffer.allocUnsafe(4);
  key.writeUInt32BE(segment, 0);
  return key;
}

/** The documents that hold a word, rising, with what it is worth there (1 to 255) and the fields it stands in. Valid until the next call; may hold dead documents. */
export interface PostingList {
  readonly length: number;
  /** These may be longer than the list. */
  readonly documents: Uint32Array;
  readonly impacts: Uint8Array;
  /** Bit i: the i-th searched field; bit 7: all further ones. */
  readonly masks: Uint8Array;
}

const POSTING = 6;

/** A posting list read from, or written to, its bytes: the documents, then the impacts, then the masks. */
export class Postings implements PostingList {
  length = 0;
  documents: Uint32Array<ArrayBuffer>;
  impacts: Uint8Array<ArrayBuffer>;
  masks: Uint8Array<ArrayBuffer>;

  constructor(room = 1024) {
    this.documents = new Uint32Array(room);
    this.impacts = new Uint8Array(room);
    this.masks = new Uint8Array(room);
  }

  clear(): void {
    this.length = 0;
  }

  push(document: number, impact: number, mask: number): void {
    this.makeRoom(this.length + 1);
    this.documents[this.length] = document;
    this.impacts[this.length] = impact;
    this.masks[this.length] = mask;
    this.length += 1;
  }

  /** @param bytes as they stand in the file, not necessarily aligned */
  read(bytes: Uint8Array): void {
    const { length } = bytes;
    this.length = length / POSTING;
    this.makeRoom(this.length);
    const impactsAt = this.length * 4;
    const masksAt = impactsAt + this.length;
    new Uint8Array(this.documents.buffer).set(bytes.subarray(0, impactsAt));
    this.impacts.set(bytes.subarray(impactsAt, masksAt));
    this.masks.set(bytes.subarray(masksAt, length));
  }

  bytes(): Buffer {
    const { length } = this;
    const bytes = Buffer.allocUnsafe(length * POSTING);
    bytes.set(new Uint8Array(this.documents.buffer, 0, length * 4));
    bytes.set(this.impacts.subarray(0, length), length * 4);
    bytes.set(this.masks.subarray(0, length), length * 5);
    return bytes;
  }

  private makeRoom(length: number): void {
    if (length <= this.documents.length) return;
    const room = Math.max(length, 2 * this.documents.length);
    const { documents, impacts, masks } = this;
    this.documents = new Uint32Array(room);
    this.documents.set(documents);
    this.impacts = new Uint8Array(room);
    this.impacts.set(impacts);
    this.masks = new Uint8Array(room);
    this.masks.set(masks);
  }
}
