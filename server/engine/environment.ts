import { totalmem } from 'node:os';

/**
 * Variables of Meilisearch's that a local engine does not get from the operator. Most are set on its command line, which would win anyway: where it listens and keeps its
 * data, its keys and logs. With TLS Justuju would not find it. A dump or snapshot can be imported once, and every restart would try again and fail.
 */
const KEPT_BACK =
  /^MEILI_(HTTP_ADDR|DB_PATH|DUMP_DIR|SNAPSHOT_DIR|ENV|MASTER_KEY|LOG_LEVEL|NO_ANALYTICS|CONFIG_FILE_PATH|SSL_.*|IMPORT_DUMP|IMPORT_SNAPSHOT|URL|API_KEY|BIN|VERSION)$/;

/** What a local engine gets where the operator says nothing. */
const DEFAULTS = {
  // Meilisearch's own 100 MB are for documents without our search terms, which double them. It keeps bodies in files, not in memory.
  MEILI_HTTP_PAYLOAD_SIZE_LIMIT: '10GiB',
  /**
   * Meilisearch takes buffers in proportion to what it may use for indexing, two thirds of the machine if not told, and the
   * kernel fills them with zeroes for each batch. Measured on 2 busy cores and 24 GB with 1.21: a batch of one document 6 s
   * as it comes, 50 to 400 ms with 1 GiB; 2,000 documents 20 and 14 s; at most 1.7 GB and 0.25 GB resident.
   */
  MEILI_MAX_INDEXING_MEMORY: String(Math.min(2 ** 30, Math.floor((totalmem() * 2) / 3))),
} as const;

/** The environment of a local engine: the operator's, with all MEILI_* that Justuju does not decide itself. */
export function environmentOf(operator: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  // A variable that is set to nothing is not set: Meilisearch would not start.
  const passedOn = Object.entries(operator).filter(
    ([name, value]) => !name.startsWith('MEILI_') || (value !== '' && !KEPT_BACK.test(name)),
  );
  return { ...DEFAULTS, ...Object.fromEntries(passedOn) };
}
