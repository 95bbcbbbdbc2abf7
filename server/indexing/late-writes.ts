import { OperatorError } from '../errors.js';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';

/** Tasks that change documents of an index. */
const WRITES = 'documentAdditionOrUpdate,documentDeletion,documentEdition,settingsUpdate';

/**
 * Remembers what was written last to an index that is built anew beside.
 * @returns what throws when somebody has written since: his documents would be lost when the new index takes the place of the old one
 */
export async function watchWrites(address: EngineAddress, uid: string): Promise<() => Promise<void>> {
  const before = await lastWrite(address, uid);
  return async () => {
    if ((await lastWrite(address, uid)) !== before)
      throw new OperatorError(
        `Somebody wrote to \`${uid}\` while it was built anew. It stays as it was, with what was written; run this again when nobody writes.`,
      );
  };
}

async function lastWrite(address: EngineAddress, uid: string): Promise<number | undefined> {
  const http = new EngineHttp(address.url);
  try {
    const path = `/tasks?indexUids=${encodeURIComponent(uid)}&types=${WRITES}&limit=1`;
    const { results } = (await http.request({ method: 'GET', path, authorization: adminAuthorization(address) })).json() as {
      results?: { uid: number }[];
    };
    return results?.[0]?.uid;
  } finally {
    await http.close();
  }
}
