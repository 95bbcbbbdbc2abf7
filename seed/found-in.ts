import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { type Found, formatOf } from './formats/index.js';
import { refusalOf } from './formats/refused.js';
import { Input, type InputOptions } from './input.js';
import { NEVER } from './sources.js';
import { Unreadable } from './unreadable.js';
import { entryNames, isZip, zipEntries } from './zip.js';

/** What is in the bytes of a source, whatever it is packed in. */
export interface FoundIn {
  /** Of the source, and of the file in an archive behind an exclamation mark. */
  readonly name: string;
  readonly format: string;
  readonly found: Found;
}

/** A file in an archive could not be read: the others are. */
export interface FailedIn {
  readonly name: string;
  readonly error: Unreadable;
}

/** Archives in archives. */
const DEEPEST = 3;

export async function* foundIn(
  name: string,
  chunks: AsyncIterable<Uint8Array>,
  options: InputOptions,
  depth = 0,
): AsyncGenerator<FoundIn | FailedIn, void, undefined> {
  if (depth > DEEPEST) throw new Unreadable(`is packed more than ${DEEPEST} times`, 'Unpack it and name the folder.');
  const input = await Input.open(name, chunks, options);
  try {
    if (input.head.length === 0) throw new Unreadable('is empty', 'Fetch it again.');
    if (input.head[0] === 0x1f && input.head[1] === 0x8b) {
      yield* foundIn(name.replace(/\.gz$/i, ''), gunzipped(input.chunks()), options, depth + 1);
      return;
    }
    if (isBagOfFiles(input)) {
      yield* inArchive(input, options, depth);
      return;
    }
    const format = formatOf(input);
    for await (const found of format.read(input)) yield { name, format: format.name, found };
  } finally {
    await input.close();
  }
}

async function* inArchive(input: Input, options: InputOptions, depth: number): AsyncGenerator<FoundIn | FailedIn, void, undefined> {
  for await (const entry of zipEntries(input.chunks())) {
    const name = `${input.name}!${entry.name}`;
    if (/(?:^|\/)(?:\.|__MACOSX\/)/.test(entry.name) || entry.size === 0) continue;
    if (NEVER.test(entry.name)) {
      yield { name, format: 'zip', found: { kind: 'left', reason: 'a picture, font or other file without articles' } };
      continue;
    }
    try {
      yield* foundIn(name, entry.chunks(), options, depth + 1);
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error;
      yield { name, error };
    }
  }
}

/** A zip that is no document: those have their own first entry. */
function isBagOfFiles(input: Input): boolean {
  const { head, extension } = input;
  if (!isZip(head) || refusalOf(input) !== undefined) return false;
  const names = entryNames(head);
  const isOffice =
    names[0] === '[Content_Types].xml' ||
    names.some((name) => /^(?:word|xl|ppt|_rels)\//.test(name)) ||
    /^(?:docx|xlsx|pptx|odt|ods|odp|epub)$/.test(extension);
  return !isOffice && names[0] !== 'mimetype';
}

async function* gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, void, undefined> {
  const source = Readable.from(chunks);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    const cut = (error as Error).message.includes('unexpected end');
    throw new Unreadable(
      cut ? 'is a gzip file that is cut off' : `is a damaged gzip file (${(error as Error).message})`,
      'What stood before that was read. Fetch it again.',
    );
  }
}
