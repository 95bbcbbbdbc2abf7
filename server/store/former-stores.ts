import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Logger } from 'pino';
import { adminAuthorization, type EngineAddress } from '../meilisearch/client.js';
import { EngineHttp } from '../meilisearch/http.js';
import { FORMER_INDEX } from '../meilisearch/own-indexes.js';
import { STORE_VERSION } from './layout.js';

/** How stores of one version are named: that of their layout and that of the analyzer. Other folders are none of ours. */
const VERSION = /^\d+-\d+$/;

/** Removes the stores that code of other versions wrote: nobody reads them any more, and all in them is derived. */
export async function removeFormerStores(folder: string, log: Logger): Promise<void> {
  const names = await readdir(folder).catch(() => []);
  for (const name of names.filter((one) => VERSION.test(one) && one !== STORE_VERSION)) {
    try {
      await rm(join(folder, name), { recursive: true, force: true });
      log.info({ folder: join(folder, name) }, 'stores of another version are removed; they are built anew from Meilisearch');
    } catch (error) {
      log.warn({ error, folder: join(folder, name) }, 'stores of another version could not be removed; delete them by hand');
    }
  }
}

/** Removes the index in Meilisearch that held vocabularies before there were stores. */
export async function removeFormerIndex(engine: EngineAddress, log: Logger): Promise<void> {
  const http = new EngineHttp(engine.url);
  const authorization = adminAuthorization(engine);
  try {
    // Not asked for by name: Meilisearch would write into the log of every start that it is not there.
    const listed = await http.request({ method: 'GET', path: '/indexes?limit=1000', authorization });
    const { results = [] } = (listed.status === 200 ? listed.json() : {}) as { results?: { uid: string }[] };
    if (!results.some(({ uid }) => uid === FORMER_INDEX)) return;
    const { status } = await http.request({ method: 'DELETE', path: `/indexes/${FORMER_INDEX}`, authorization });
    if (status === 202) log.info({ index: FORMER_INDEX }, 'the index in which vocabularies were kept is removed');
    else log.warn({ index: FORMER_INDEX, status }, 'the index in which vocabularies were kept could not be removed; delete it by hand');
  } catch (error) {
    log.warn(
      { error, index: FORMER_INDEX },
      'the index in which vocabularies were kept could not be removed; it is tried at the next start',
    );
  } finally {
    await http.close();
  }
}
