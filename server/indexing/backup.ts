import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { isErrno } from '../engine/process.js';
import { OperatorError } from '../errors.js';
import { parseExactly, stringifyExactly } from '../json/exact-json.js';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import { clientSettingsOf } from './client-settings.js';
import type { EmbedderKeys } from './embedder-keys.js';
import { linesOf } from './lines-of.js';
import { ownDocuments } from './own-documents.js';
import { type ReindexOptions, reindex } from './reindex.js';
import { indexState } from './update.js';

/** An index in a file: a line that says what it is, with its settings, then a document a line; packed by gzip. */
interface Header {
  readonly justuju: 'backup';
  readonly version: 1;
  readonly index: string;
  readonly primaryKey: string;
  readonly documents: number;
  readonly settings: Record<string, unknown>;
}

/** Writes own fields and settings of an index. The file appears when it is whole. @returns how many documents are in it */
export async function writeBackup(address: EngineAddress, uid: string, file: string, keys?: EmbedderKeys): Promise<number> {
  const state = await indexState(address, uid);
  if (state?.primaryKey == null) throw new OperatorError(`There is no index \`${uid}\` with documents in Meilisearch at ${address.url}.`);
  const settings = await clientSettingsOf(address, uid, keys);
  const header: Header = { justuju: 'backup', version: 1, index: uid, primaryKey: state.primaryKey, documents: state.documents, settings };
  const http = new EngineHttp(address.url);
  const part = `${file}.part`;
  let written = 0;
  const lines = async function* (): AsyncGenerator<string> {
    yield `${stringifyExactly(header)}\n`;
    for await (const document of ownDocuments({ http, authorization: adminAuthorization(address) }, uid)) {
      written += 1;
      yield `${stringifyExactly(document)}\n`;
    }
  };
  try {
    await pipeline(Readable.from(lines()), createGzip(), createWriteStream(part));
    if (written !== state.documents)
      throw new OperatorError(`Somebody wrote to \`${uid}\` while it was read. Run this again when nobody writes.`);
    await rename(part, file);
    return written;
  } catch (error) {
    throw isErrno(error, 'ENOENT', 'EACCES', 'EISDIR', 'ENOTDIR', 'EROFS', 'ENOSPC')
      ? new OperatorError(
          `The backup cannot be written to ${file} (${error.message}). Give a file in a folder that is there, with room in it.`,
          { cause: error },
        )
      : error;
  } finally {
    await http.close();
    await rm(part, { force: true });
  }
}

/** Which index a backup is of. */
export async function backedUpIndex(file: string): Promise<string> {
  const lines = linesIn(file);
  try {
    return headerIn((await lines.next()).value, file).index;
  } finally {
    await lines.return?.(undefined);
  }
}

/** Builds an index anew from a backup, beside the one that is there, and swaps. Throws, and leaves it, where the file is damaged. */
export async function readBackup(
  address: EngineAddress,
  uid: string,
  file: string,
  options: Pick<ReindexOptions, 'onProgress' | 'signal' | 'onLeftovers'> = {},
): Promise<number> {
  const lines = linesIn(file);
  const header = headerIn((await lines.next()).value, file);
  const documents = async function* (): AsyncGenerator<Record<string, unknown>> {
    let number = 1;
    for await (const line of lines) {
      number += 1;
      yield documentIn(line, () => `${file}:${number} is no document: the backup is damaged. \`${uid}\` stays as it was.`);
    }
  };
  const built = await reindex(address, uid, documents(), {
    ...options,
    primaryKey: header.primaryKey,
    settings: header.settings,
    beforeSwap: ({ documents: count }) => {
      if (count !== header.documents)
        throw new OperatorError(`${file} gave ${count} of its ${header.documents} documents: it is damaged. \`${uid}\` stays as it was.`);
    },
  });
  return built.documents;
}

/** Without readline: it throws the error of a file that is cut off at nobody, which ended the process, where only its first line was wanted. */
async function* linesIn(file: string): AsyncGenerator<string, undefined, undefined> {
  try {
    const unpacked = createGunzip().setEncoding('utf8');
    createReadStream(file)
      .on('error', (error) => unpacked.destroy(error))
      .pipe(unpacked);
    for await (const line of linesOf(unpacked as AsyncIterable<string>)) if (line !== '') yield line;
  } catch (error) {
    throw new OperatorError(`${file} cannot be read as a backup: ${(error as Error).message}.`, { cause: error });
  }
  return undefined;
}

function documentIn(line: string, damaged: () => string): Record<string, unknown> {
  try {
    return parseExactly(line) as Record<string, unknown>;
  } catch (error) {
    throw new OperatorError(damaged(), { cause: error });
  }
}

function headerIn(line: string | undefined, file: string): Header {
  let header: Partial<Header> | undefined;
  try {
    header = parseExactly(line ?? '') as Partial<Header>;
  } catch {
    header = undefined;
  }
  if (header?.justuju !== 'backup' || header.version !== 1)
    throw new OperatorError(`${file} is no backup of Justuju. Make one: justuju backup FILE`);
  return header as Header;
}
