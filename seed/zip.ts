import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, open, type ZipFile } from 'yauzl';
import { Unreadable } from './unreadable.js';

/** Zip archives, entry by entry, none held whole. */

export const isZip = (head: Uint8Array): boolean => head[0] === 0x50 && head[1] === 0x4b && (head[2] === 3 || head[2] === 5);

/** Names of the entries that begin within the first bytes of an archive: enough to tell a document of Word from an EPUB from a bag of files. */
export function entryNames(head: Uint8Array): string[] {
  const names: string[] = [];
  const view = Buffer.from(head);
  for (let at = isZip(head) ? 0 : -1; at >= 0 && at + 30 <= view.length && view.readUInt32LE(at) === 0x04034b50; ) {
    const length = view.readUInt16LE(at + 26);
    names.push(view.subarray(at + 30, at + 30 + length).toString('utf8'));
    const next = view.indexOf(Buffer.from([0x50, 0x4b, 3, 4]), at + 30 + length);
    at = next;
  }
  return names;
}

export interface ZipEntry {
  readonly name: string;
  /** Bytes when unpacked. */
  readonly size: number;
  readonly chunks: () => AsyncIterable<Uint8Array>;
}

/** Bytes that one of the archive may become: more is an archive made to fill a disk. */
const MOST_TIMES = 1_000;
const MOST_ENTRIES = 1_000_000;

/** The files of an archive, which is written to a temporary file first: its list of contents stands at its end. */
export async function* zipEntries(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<ZipEntry, void, undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'justuju-zip-'));
  const path = join(folder, 'archive.zip');
  let zip: ZipFile | undefined;
  try {
    await pipeline(chunks, createWriteStream(path));
    zip = await opened(path);
    if (zip.entryCount > MOST_ENTRIES) throw new Unreadable(`is a zip of ${zip.entryCount} files`, 'Unpack it and name the folder.');
    for (;;) {
      const entry = await nextEntry(zip);
      if (entry === undefined) return;
      if (entry.fileName.endsWith('/')) continue;
      if (entry.isEncrypted()) throw new Unreadable(`is a zip with a password (${entry.fileName})`, 'Unpack it and name the folder.');
      if (entry.uncompressedSize > Math.max(1_024 * 1_024, entry.compressedSize * MOST_TIMES))
        throw new Unreadable(
          `is a zip whose ${entry.fileName} would become ${entry.uncompressedSize} bytes`,
          'Unpack it yourself, if you trust it.',
        );
      const from = zip;
      yield { name: entry.fileName, size: entry.uncompressedSize, chunks: () => contentOf(from, entry) };
    }
  } finally {
    zip?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

const damaged = (error: Error): Unreadable => new Unreadable(`is a damaged zip (${error.message})`, 'Fetch or pack it again.');

const opened = (path: string): Promise<ZipFile> =>
  new Promise((resolve, reject) => {
    open(path, { lazyEntries: true, autoClose: false }, (error, zip) => {
      if (error) reject(damaged(error));
      else resolve(zip);
    });
  });

function nextEntry(zip: ZipFile): Promise<Entry | undefined> {
  return new Promise((resolve, reject) => {
    const done = (): void => {
      zip.removeListener('entry', onEntry);
      zip.removeListener('end', onEnd);
      zip.removeListener('error', onError);
    };
    const onEntry = (entry: Entry): void => {
      done();
      resolve(entry);
    };
    const onEnd = (): void => {
      done();
      resolve(undefined);
    };
    const onError = (error: Error): void => {
      done();
      reject(damaged(error));
    };
    zip.on('entry', onEntry).on('end', onEnd).on('error', onError);
    zip.readEntry();
  });
}

async function* contentOf(zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array, void, undefined> {
  const stream = await new Promise<AsyncIterable<Uint8Array>>((resolve, reject) => {
    zip.openReadStream(entry, (error, readable) => {
      if (error) reject(damaged(error));
      else resolve(readable as AsyncIterable<Uint8Array>);
    });
  });
  try {
    yield* stream;
  } catch (error) {
    throw damaged(error as Error);
  }
}
