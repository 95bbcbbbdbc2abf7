import { isDeepStrictEqual } from 'node:util';
import { adminClient, type EngineAddress } from '../meilisearch/client.js';

/** What a Meilisearch holds, as far as an upgrade must not lose it. */
export interface Inventory {
  readonly version: string;
  readonly indexes: readonly IndexInventory[];
  /** Uids: from them and the master key the keys themselves follow. */
  readonly keys: readonly string[];
}

export interface IndexInventory {
  readonly uid: string;
  readonly primaryKey: string | null;
  readonly documents: number;
  /** In how many documents each field stands. */
  readonly fields: Readonly<Record<string, number>>;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The first documents, whole. */
  readonly sample: readonly unknown[];
}

/** Documents of each index that are compared whole; of all others it is counted in how many each field stands. */
const SAMPLE = 100;
/** More than there are in any Meilisearch. */
const ALL = 100_000;

export async function inventoryOf(address: EngineAddress): Promise<Inventory> {
  const client = adminClient(address);
  const { pkgVersion } = await client.getVersion();
  const { results } = await client.getIndexes({ limit: ALL });
  const indexes: IndexInventory[] = [];
  for (const { uid, primaryKey } of results) {
    const index = client.index(uid);
    const { numberOfDocuments, fieldDistribution } = await index.getStats();
    const settings = (await index.getSettings()) as Record<string, unknown>;
    const { results: sample } = await index.getDocuments({ limit: SAMPLE });
    indexes.push({ uid, primaryKey: primaryKey ?? null, documents: numberOfDocuments, fields: fieldDistribution, settings, sample });
  }
  const keys = address.adminKey === undefined ? [] : (await client.getKeys({ limit: ALL })).results.map(({ uid }) => uid);
  return { version: pkgVersion, indexes: indexes.sort((a, b) => (a.uid < b.uid ? -1 : 1)), keys };
}

/** What is missing or different afterwards, a sentence each. What a newer version has beside is no difference. */
export function lostBetween(before: Inventory, after: Inventory): string[] {
  const there = new Map(after.indexes.map((index) => [index.uid, index]));
  const lost = before.indexes.flatMap((index) => {
    const now = there.get(index.uid);
    return now === undefined ? [`The index \`${index.uid}\` is missing.`] : differences(index, now);
  });
  const keys = before.keys.filter((uid) => !after.keys.includes(uid));
  return [...lost, ...(keys.length > 0 ? [`${keys.length} API keys are missing: ${keys.join(', ')}.`] : [])];
}

function differences(before: IndexInventory, after: IndexInventory): string[] {
  const { uid } = before;
  const found: string[] = [];
  if (after.documents !== before.documents) found.push(`\`${uid}\` has ${after.documents} documents in place of ${before.documents}.`);
  if (after.primaryKey !== before.primaryKey)
    found.push(`The primary key of \`${uid}\` is ${after.primaryKey} in place of ${before.primaryKey}.`);
  for (const [field, count] of Object.entries(before.fields))
    if (after.fields[field] !== count)
      found.push(`In \`${uid}\` ${after.fields[field] ?? 0} documents have the field \`${field}\` in place of ${count}.`);
  for (const [name, value] of Object.entries(before.settings)) {
    // Settings that a version no longer has (`vectorStore`, since 1.37) are not lost.
    if (name in after.settings && !isDeepStrictEqual(plain(after.settings[name]), plain(value)))
      found.push(`The setting \`${name}\` of \`${uid}\` is another one.`);
  }
  if (!isDeepStrictEqual(sorted(after.sample, before), sorted(before.sample, before)))
    found.push(`Of the first ${before.sample.length} documents of \`${uid}\` some are different.`);
  return found;
}

/** As JSON has it, so that an inventory that was kept in a file compares with a new one. */
const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

/** An import may bring documents in another order: those of the first page are compared as a set, by primary key. */
function sorted(sample: readonly unknown[], { primaryKey }: IndexInventory): unknown[] {
  const keyOf = (document: unknown): string => String((document as Record<string, unknown>)[primaryKey ?? 'id']);
  return plain([...sample].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))) as unknown[];
}
